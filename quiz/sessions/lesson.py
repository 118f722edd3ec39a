"""A lesson: questions on the classroom screen, uncovered step by step, with hands counted by the tutor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from quiz.questions import MultipleResponse, Question, SingleChoice
from quiz.syllabus import CriterionRef

MOST_HANDS = 999
TEACH_AGAIN = 0.6
"""Below this share of hands on the right option a criterion is worth teaching again."""


class Step(IntEnum):
    """How much of a question is on the screen; each step shows what the steps before it show, and more."""

    QUESTION = 0
    OPTIONS = 1
    ANSWER = 2
    WHY = 3
    NOTE = 4


@dataclass(frozen=True)
class Lesson:
    """Questions in the order in which they are shown, and the hands counted for options."""

    id: UUID
    unit: str
    title: str
    questions: tuple[Question, ...]
    counts: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    """By position and option key."""

    def place(self, at: int, step: int) -> tuple[int, Step]:
        """Return the position and step nearest to those given that the lesson has."""
        position = min(max(at, 0), len(self.questions) - 1)
        return position, Step(min(max(step, 0), len(Step) - 1))


@dataclass(frozen=True)
class Split:
    """How the hands for a choice question fell."""

    counts: Mapping[str, int]
    right: frozenset[str]

    @property
    def total(self) -> int:
        """Return how many hands were counted."""
        return sum(self.counts.values())

    def share(self, key: str) -> float:
        """Return the share of hands that an option drew, 0 before any is counted."""
        return self.counts.get(key, 0) / self.total if self.total else 0.0

    @property
    def right_share(self) -> float:
        """Return the share of hands on right options."""
        return sum(self.share(key) for key in self.right)


@dataclass(frozen=True)
class CriterionSplit:
    """How a class did on a criterion, over the questions whose hands were counted."""

    ref: CriterionRef
    questions: int
    hands: int
    right_share: float

    @property
    def teach_again(self) -> bool:
        """Return whether too few hands were right."""
        return self.right_share < TEACH_AGAIN


def can_count(question: Question) -> bool:
    """Return whether hands can be counted for its options."""
    return isinstance(question, SingleChoice | MultipleResponse)


def hands_split(question: Question, counts: Mapping[str, int]) -> Split:
    """Return how the hands fell; keys that are no options of the question are left out.

    Raises:
        ValueError: the question has no options to count hands for.
    """
    if not isinstance(question, SingleChoice | MultipleResponse):
        raise ValueError("Hands can only be counted for a question with options.")
    known = {option.key: max(0, counts.get(option.key, 0)) for option in question.options}
    return Split(known, frozenset(option.key for option in question.options if option.right))


def hands_by_criterion(
    questions: Sequence[Question], counts: Mapping[int, Mapping[str, int]]
) -> list[CriterionSplit]:
    """Return how the class did on each criterion that hands were counted for, the weakest first.

    A criterion's share is of all its hands together, so that a question many answered weighs more.
    """
    hands: dict[CriterionRef, list[Split]] = {}
    for position, question in enumerate(questions):
        if can_count(question) and counts.get(position):
            found = hands_split(question, counts[position])
            if found.total:
                hands.setdefault(question.head.ref, []).append(found)
    rows = [
        CriterionSplit(
            ref,
            len(splits),
            sum(one.total for one in splits),
            sum(one.right_share * one.total for one in splits) / sum(one.total for one in splits),
        )
        for ref, splits in hands.items()
    ]
    return sorted(rows, key=lambda row: (row.right_share, row.ref.sort_key))
