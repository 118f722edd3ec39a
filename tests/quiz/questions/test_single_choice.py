"""Single choice: 1 for the right option, 0 for another."""

from __future__ import annotations

import pytest
from literal_questions import single_choice

from quiz.questions import UNANSWERED, Mark, SingleChoiceResponse, Verdict, chance, mark, right_response


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("a", Mark(verdict=Verdict.RIGHT, fraction=1.0)),
        ("b", Mark(verdict=Verdict.WRONG, fraction=0.0)),
        ("c", Mark(verdict=Verdict.WRONG, fraction=0.0)),
        (None, UNANSWERED),
        (
            "x",
            Mark(
                verdict=Verdict.MALFORMED,
                fraction=0.0,
                message="That is not an option of this question. Choose one of the options.",
            ),
        ),
    ],
)
def test_what_a_choice_is_worth(chosen: str | None, expected: Mark) -> None:
    assert mark(single_choice(), SingleChoiceResponse(chosen=chosen)) == expected


def test_one_option_of_four_is_guessed_in_a_quarter() -> None:
    assert chance(single_choice()) == 0.25


def test_the_right_response_is_the_right_options_key() -> None:
    assert right_response(single_choice()) == SingleChoiceResponse(chosen="a")
    assert single_choice().key == "a"
