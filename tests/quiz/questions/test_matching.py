"""Matching: the share of lefts that have their own right."""

from __future__ import annotations

from random import Random

import pytest
from literal_questions import MATCHING

from quiz.questions import UNANSWERED, Mark, MatchingResponse, Verdict, chance, mark, right_response, shuffle


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"k": "k", "c": "c", "s": "s", "t": "t"}, Mark(verdict=Verdict.RIGHT, fraction=1.0)),
        ({"k": "k", "c": "c", "s": "t", "t": "s"}, Mark(verdict=Verdict.PARTIAL, fraction=0.5)),
        ({"k": "k", "c": "s", "s": "t", "t": "c"}, Mark(verdict=Verdict.PARTIAL, fraction=0.25)),
        ({"k": "c", "c": "k", "s": "t", "t": "s"}, Mark(verdict=Verdict.WRONG, fraction=0.0)),
        ({}, UNANSWERED),
    ],
)
def test_what_a_match_is_worth(chosen: dict[str, str], expected: Mark) -> None:
    assert mark(MATCHING, MatchingResponse(chosen=chosen)) == expected


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"k": "k", "c": "c", "s": "s"}, "Match every line: 1 still has no answer."),
        ({"k": "k"}, "Match every line: 3 still have no answer."),
        ({"k": "k", "c": "k", "s": "s", "t": "t"}, "Use each answer once: one of them is chosen twice."),
        (
            {"k": "x", "c": "c", "s": "s", "t": "t"},
            "That is not an answer to this question. Choose among the answers shown.",
        ),
        (
            {"x": "k", "c": "c", "s": "s", "t": "t"},
            "That is not an answer to this question. Choose among the answers shown.",
        ),
    ],
)
def test_a_match_that_is_not_full_or_not_of_this_question_is_malformed(
    chosen: dict[str, str], message: str
) -> None:
    assert mark(MATCHING, MatchingResponse(chosen=chosen)) == Mark(
        verdict=Verdict.MALFORMED, fraction=0.0, message=message
    )


def test_rights_are_shown_in_their_own_order() -> None:
    assert list(MATCHING.rights.items()) == [
        ("t", "counts minutes"),
        ("k", "heats water"),
        ("s", "holds leaves back"),
        ("c", "stores leaves"),
    ]


def test_lefts_and_rights_are_shuffled_each_for_itself() -> None:
    shuffled = [shuffle(MATCHING, Random(seed)) for seed in range(60)]
    orders = {(tuple(pair.key for pair in q.pairs), q.right_order) for q in shuffled}
    # Of 24 * 24 orders, 60 draws would give 24 at most if the two went together.
    assert len(orders) > 24
    assert all(sorted(q.right_order) == ["c", "k", "s", "t"] for q in shuffled)
    assert all(sorted(q.pairs, key=str) == sorted(MATCHING.pairs, key=str) for q in shuffled)


def test_four_pairs_are_guessed_in_one_of_24() -> None:
    assert chance(MATCHING) == 1 / 24


def test_the_right_response_gives_each_left_its_own_right() -> None:
    assert right_response(MATCHING) == MatchingResponse(chosen={"k": "k", "c": "c", "s": "s", "t": "t"})
