"""Sorting: the share sorted rightly less what guessing gives, not below 0."""

from __future__ import annotations

import pytest
from literal_questions import SORTING, head

from quiz.questions import (
    UNANSWERED,
    Mark,
    SortCase,
    Sorting,
    SortingResponse,
    Verdict,
    chance,
    mark,
    right_response,
)

THREE_CLASSES = Sorting(
    head=head(),
    stem="Sort these.",
    classes={"Hot": "served warm", "Cold": "served with ice", "Dry": "not a drink"},
    cases=tuple(
        SortCase(key=key, text=f"case {key}", belongs=belongs, why="So it is.")
        for key, belongs in {"a": "Hot", "b": "Cold", "c": "Dry"}.items()
    ),
)


def sorted_as(assam: str, darjeeling: str, sencha: str, matcha: str) -> SortingResponse:
    return SortingResponse(chosen={"a": assam, "d": darjeeling, "s": sencha, "m": matcha})


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (sorted_as("Black", "Black", "Green", "Green"), Mark(verdict=Verdict.RIGHT, fraction=1.0)),
        # three of four: (3/4 - 1/2) / (1 - 1/2)
        (sorted_as("Black", "Black", "Green", "Black"), Mark(verdict=Verdict.PARTIAL, fraction=0.5)),
        # half is what guessing gives
        (sorted_as("Black", "Black", "Black", "Black"), Mark(verdict=Verdict.WRONG, fraction=0.0)),
        (sorted_as("Green", "Green", "Black", "Black"), Mark(verdict=Verdict.WRONG, fraction=0.0)),
        (SortingResponse(), UNANSWERED),
    ],
)
def test_what_a_sorting_under_two_headings_is_worth(response: SortingResponse, expected: Mark) -> None:
    assert mark(SORTING, response) == expected


def test_two_of_three_under_three_headings_earn_a_half() -> None:
    found = mark(THREE_CLASSES, SortingResponse(chosen={"a": "Hot", "b": "Cold", "c": "Hot"}))
    assert found.verdict is Verdict.PARTIAL
    assert found.fraction == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3), abs=1e-12)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"a": "Black", "d": "Black", "s": "Green"}, "Sort every line: 1 still has no heading."),
        ({"a": "Black"}, "Sort every line: 3 still have no heading."),
        ({"a": "White"}, "That is not an answer to this question. Choose among the headings shown."),
        ({"x": "Black"}, "That is not an answer to this question. Choose among the headings shown."),
    ],
)
def test_a_sorting_that_is_not_full_or_not_of_this_question_is_malformed(
    chosen: dict[str, str], message: str
) -> None:
    assert mark(SORTING, SortingResponse(chosen=chosen)) == Mark(
        verdict=Verdict.MALFORMED, fraction=0.0, message=message
    )


def test_guessing_is_one_in_classes_to_the_power_of_cases() -> None:
    assert chance(SORTING) == 1 / 16
    assert chance(THREE_CLASSES) == pytest.approx(1 / 27, abs=1e-12)


def test_the_right_response_puts_each_case_where_it_belongs() -> None:
    assert right_response(SORTING) == sorted_as("Black", "Black", "Green", "Green")
