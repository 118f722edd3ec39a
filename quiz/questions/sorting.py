"""Sorting: put each case under its class.

The mark is the share of cases sorted rightly less what guessing would give, not below 0:
(share - 1/classes) / (1 - 1/classes). The chance of guessing all is (1/classes)^cases.
"""

from __future__ import annotations

from random import Random
from typing import Literal

from quiz.questions.mark import UNANSWERED, Mark, malformed, mark_of
from quiz.questions.question import QuestionHead, Value


class SortCase(Value):
    """A case, the class it belongs to, and why."""

    key: str
    text: str
    belongs: str
    why: str


class Sorting(Value):
    """Classes with their meanings, and cases in the order shown."""

    type: Literal["sorting"] = "sorting"
    head: QuestionHead
    stem: str
    classes: dict[str, str]
    cases: tuple[SortCase, ...]


class SortingResponse(Value):
    """For each case (its key) the class chosen."""

    type: Literal["sorting"] = "sorting"
    chosen: dict[str, str] = {}


def mark(question: Sorting, response: SortingResponse) -> Mark:
    """Return how many cases are sorted rightly, less guessing; a case without a class is malformed."""
    if not response.chosen:
        return UNANSWERED
    belongs = {case.key: case.belongs for case in question.cases}
    if (
        not set(response.chosen) <= belongs.keys()
        or not set(response.chosen.values()) <= question.classes.keys()
    ):
        return malformed("That is not an answer to this question. Choose among the headings shown.")
    missing = len(belongs) - len(response.chosen)
    if missing:
        return malformed(f"Sort every line: {missing} still {'has' if missing == 1 else 'have'} no heading.")
    share = sum(belongs[key] == chosen for key, chosen in response.chosen.items()) / len(belongs)
    guessed = 1 / len(question.classes)
    return mark_of(max(0.0, (share - guessed) / (1 - guessed)))


def shuffle(question: Sorting, rng: Random) -> Sorting:
    """Return the question with its cases in another order."""
    cases = list(question.cases)
    rng.shuffle(cases)
    return question.model_copy(update={"cases": tuple(cases)})


def chance(question: Sorting) -> float:
    """Return the chance that a random full answer is right."""
    return float((1 / len(question.classes)) ** len(question.cases))


def right_response(question: Sorting) -> SortingResponse:
    """Return the response that earns the full mark."""
    return SortingResponse(chosen={case.key: case.belongs for case in question.cases})
