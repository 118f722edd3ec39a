"""Multiple response: the share of right options among exactly as many as are right."""

from __future__ import annotations

import pytest
from literal_questions import MULTIPLE_RESPONSE, head, option

from quiz.questions import (
    UNANSWERED,
    Mark,
    MultipleResponse,
    MultipleResponseResponse,
    Verdict,
    chance,
    mark,
    right_response,
)

THREE_OF_FIVE = MultipleResponse(
    head=head(),
    stem="Choose three.",
    options=tuple(option(key, f"text {key}", right=key in "abc") for key in "abcde"),
)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("a", "b"), Mark(verdict=Verdict.RIGHT, fraction=1.0)),
        (("b", "a"), Mark(verdict=Verdict.RIGHT, fraction=1.0)),
        (("b", "d"), Mark(verdict=Verdict.PARTIAL, fraction=0.5)),
        (("c", "d"), Mark(verdict=Verdict.WRONG, fraction=0.0)),
        ((), UNANSWERED),
    ],
)
def test_what_two_choices_are_worth(chosen: tuple[str, ...], expected: Mark) -> None:
    assert mark(MULTIPLE_RESPONSE, MultipleResponseResponse(chosen=chosen)) == expected


@pytest.mark.parametrize(("chosen", "share"), [("abd", 2 / 3), ("ade", 1 / 3)])
def test_each_right_option_earns_its_share(chosen: str, share: float) -> None:
    assert mark(THREE_OF_FIVE, MultipleResponseResponse(chosen=tuple(chosen))) == Mark(
        verdict=Verdict.PARTIAL, fraction=share
    )


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (("a",), "Choose two: you have chosen one."),
        (("a", "b", "c", "d"), "Choose two: you have chosen four."),
        (("a", "x"), "That is not an option of this question. Choose among the options shown."),
        (("a", "a"), "That is not an option of this question. Choose among the options shown."),
    ],
)
def test_another_number_of_options_or_one_that_is_not_there_is_malformed(
    chosen: tuple[str, ...], message: str
) -> None:
    assert mark(MULTIPLE_RESPONSE, MultipleResponseResponse(chosen=chosen)) == Mark(
        verdict=Verdict.MALFORMED, fraction=0.0, message=message
    )


def test_guessing_is_one_in_as_many_ways_as_there_are_to_choose() -> None:
    assert chance(MULTIPLE_RESPONSE) == 1 / 6
    assert chance(THREE_OF_FIVE) == 1 / 10


def test_as_many_have_to_be_chosen_as_are_right() -> None:
    assert (MULTIPLE_RESPONSE.choose, THREE_OF_FIVE.choose) == (2, 3)
    assert right_response(THREE_OF_FIVE) == MultipleResponseResponse(chosen=("a", "b", "c"))
