"""Matching: give each left its right.

The mark is the share of lefts that have their own right. The chance of guessing all is 1/n!.
"""

from __future__ import annotations

from math import factorial
from random import Random
from typing import Literal

from quiz.questions.mark import UNANSWERED, Mark, malformed, mark_of
from quiz.questions.question import QuestionHead, Value


class MatchPair(Value):
    """A left, and the right that belongs to it."""

    key: str
    left: str
    right: str
    why: str


class Matching(Value):
    """Pairs in the order of their lefts; `right_order` lists pair keys in the order of the rights shown."""

    type: Literal["matching"] = "matching"
    head: QuestionHead
    stem: str
    pairs: tuple[MatchPair, ...]
    right_order: tuple[str, ...]

    @property
    def rights(self) -> dict[str, str]:
        """Map pair keys to rights, in the order shown."""
        by_key = {pair.key: pair.right for pair in self.pairs}
        return {key: by_key[key] for key in self.right_order}


class MatchingResponse(Value):
    """For each left (a pair's key) the right chosen (the key of the pair that it belongs to)."""

    type: Literal["matching"] = "matching"
    chosen: dict[str, str] = {}


def mark(question: Matching, response: MatchingResponse) -> Mark:
    """Return the share of lefts matched; a left without a right, or a right used twice, is malformed."""
    if not response.chosen:
        return UNANSWERED
    keys = {pair.key for pair in question.pairs}
    if not set(response.chosen) <= keys or not set(response.chosen.values()) <= keys:
        return malformed("That is not an answer to this question. Choose among the answers shown.")
    missing = len(keys) - len(response.chosen)
    if missing:
        return malformed(f"Match every line: {missing} still {'has' if missing == 1 else 'have'} no answer.")
    if len(set(response.chosen.values())) < len(keys):
        return malformed("Use each answer once: one of them is chosen twice.")
    return mark_of(sum(left == right for left, right in response.chosen.items()) / len(keys))


def shuffle(question: Matching, rng: Random) -> Matching:
    """Return the question with its lefts and its rights in another order, each of its own."""
    pairs = list(question.pairs)
    rng.shuffle(pairs)
    rights = [pair.key for pair in pairs]
    rng.shuffle(rights)
    return question.model_copy(update={"pairs": tuple(pairs), "right_order": tuple(rights)})


def chance(question: Matching) -> float:
    """Return the chance that a random full answer is right."""
    return 1 / factorial(len(question.pairs))


def right_response(question: Matching) -> MatchingResponse:
    """Return the response that earns the full mark."""
    return MatchingResponse(chosen={pair.key: pair.key for pair in question.pairs})
