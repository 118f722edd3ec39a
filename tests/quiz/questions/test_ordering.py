"""Ordering: Kendall's tau of the order given, not below 0."""

from __future__ import annotations

from random import Random

import pytest
from literal_questions import ORDERING

from quiz.questions import UNANSWERED, Mark, OrderingResponse, Verdict, chance, mark, right_response, shuffle


@pytest.mark.parametrize(
    ("order", "verdict", "fraction"),
    [
        ("bapd", Verdict.RIGHT, 1.0),
        ("bpad", Verdict.PARTIAL, 2 / 3),  # one exchange of neighbours: 5 pairs of 6 right, 1 wrong
        ("abdp", Verdict.PARTIAL, 1 / 3),  # two exchanges: 4 right, 2 wrong
        ("dbap", Verdict.WRONG, 0.0),  # 3 right, 3 wrong
        ("dpab", Verdict.WRONG, 0.0),  # all wrong: -1, held at 0
    ],
)
def test_what_an_order_is_worth(order: str, verdict: Verdict, fraction: float) -> None:
    found = mark(ORDERING, OrderingResponse(order=tuple(order)))
    assert (found.verdict, found.message) == (verdict, "")
    assert found.fraction == pytest.approx(fraction, abs=1e-12)


def test_no_order_is_no_answer() -> None:
    assert mark(ORDERING, OrderingResponse()) == UNANSWERED


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("bap", "Give every step a place."),
        ("bapp", "Give each step its own place: two steps share one."),
        ("bapdd", "Give each step its own place: two steps share one."),
        ("bapx", "That is not a step of this question. Choose among the steps shown."),
    ],
)
def test_an_order_that_leaves_out_or_repeats_a_step_is_malformed(order: str, message: str) -> None:
    assert mark(ORDERING, OrderingResponse(order=tuple(order))) == Mark(
        verdict=Verdict.MALFORMED, fraction=0.0, message=message
    )


def test_the_right_order_is_never_shown() -> None:
    shown = {tuple(step.key for step in shuffle(ORDERING, Random(seed)).steps) for seed in range(400)}
    assert ("b", "a", "p", "d") not in shown
    assert len(shown) == 23


def test_four_steps_are_guessed_in_one_of_24() -> None:
    assert chance(ORDERING) == 1 / 24


def test_the_right_response_is_the_order_of_the_places() -> None:
    assert right_response(ORDERING) == OrderingResponse(order=("b", "a", "p", "d"))
