"""A lesson: questions on the classroom screen, uncovered step by step, with hands counted by the tutor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from quiz.questions import MultipleResponse, Question, SingleChoice
from quiz.syllabus import CriterionRef

MOST_HANDS = 999
TEACH_AGAIN = 0.6
"""Below this share of right answers a criterion is worth teaching again."""


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
    """How the answers to a choice question fell: hands counted, choices on devices, or both."""

    counts: Mapping[str, int]
    right: frozenset[str]

    @property
    def total(self) -> int:
        """Return how many choices there were."""
        return sum(self.counts.values())

    def share(self, key: str) -> float:
        """Return the share of choices that an option drew, 0 before there is any."""
        return self.counts.get(key, 0) / self.total if self.total else 0.0

    @property
    def right_share(self) -> float:
        """Return the share of choices on right options."""
        return sum(self.share(key) for key in self.right)


@dataclass(frozen=True)
class CriterionSplit:
    """How a class did on a criterion, over the questions that were answered or whose hands were counted."""

    ref: CriterionRef
    questions: int
    answers: int
    right_share: float

    @property
    def teach_again(self) -> bool:
        """Return whether too few answers were right."""
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
