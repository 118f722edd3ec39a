"""A review session: another variant of each family that is due."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from quiz.questions import Question
from quiz.sessions.bank import QuestionBank
from quiz.syllabus import CriterionRef

_TRIES = 24
"""How many seeds in a row are tried: more than any family has variants, and these come round in turn."""


@dataclass(frozen=True)
class ReviewPlan:
    """The families of a review session, in the order in which they are asked, of one unit or several."""

    families: tuple[str, ...]

    def to_json(self) -> str:
        """Return the plan as JSON."""
        return json.dumps({"families": self.families})

    @staticmethod
    def from_json(text: str) -> ReviewPlan:
        """Return the plan that `to_json` wrote."""
        return ReviewPlan(tuple(json.loads(text)["families"]))


def reviewable(families: Iterable[str], bank: QuestionBank, *, today: date) -> tuple[str, ...]:
    """Return the families, in order, that are in the content and rest on law that holds on that day."""
    return tuple(family for family in families if _may_be_asked(family, bank, today))


def draw_review(
    families: Iterable[str], bank: QuestionBank, seed: int, seen: Sequence[str], *, today: date
) -> tuple[Question, ...]:
    """Return a question of each family, in order; `seen` are ids of questions shown before, oldest first.

    A generator gives a variant that was not seen, or the one seen longest ago; a written question
    comes with the order of its parts drawn anew. Families that have left the content, or whose law has
    lapsed, are skipped. The same arguments give the same questions.
    """
    questions: list[Question] = []
    shown = list(seen)
    for family in reviewable(families, bank, today=today):
        question = _another(family, bank, Random(f"{family}:{seed}").randrange(2**32), shown)
        shown.append(question.head.id)
        questions.append(question)
    return tuple(questions)


def _another(family: str, bank: QuestionBank, first: int, shown: Sequence[str]) -> Question:
    question = bank.question(family, first)
    if question.head.origin == "written":
        return question
    recency = {variant_of(name): place for place, name in enumerate(shown) if name.startswith(f"{family}.")}
    candidates = [question]
    while variant_of(candidates[-1].head.id) in recency:
        if len(candidates) == _TRIES:
            return min(candidates, key=lambda found: recency[variant_of(found.head.id)])
        candidates.append(bank.question(family, first + len(candidates)))
    return candidates[-1]


def variant_of(question: str) -> str:
    """Return the variant in a generated question's id: all of it but the print of its exact wording."""
    return question.rpartition(".")[0]


@lru_cache(maxsize=8192)  # more than there are families; a bank under another overlay is another bank
def _may_be_asked(family: str, bank: QuestionBank, today: date) -> bool:
    return family in bank and family in _holding(bank, bank.criterion_of(family).ref, today)


@lru_cache(maxsize=1024)  # each criterion's, for today and under the overlay at hand
def _holding(bank: QuestionBank, ref: CriterionRef, today: date) -> frozenset[str]:
    """Return the families of a criterion whose law holds on that day."""
    return frozenset(
        (
            *(entry.family for entry in bank.written(ref, today=today)),
            *(family.id for family in bank.generated(ref, today=today)),
        )
    )
