"""A live lesson: learners answer on devices of their own while the tutor uncovers each question.

What the screen shows (`LivePlace`) decides what a device shows and whether an answer counts. Once
the answer to a question has been on the screen, no answer to it is taken any more, even when the
tutor covers it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from quiz.errors import EntryRefused, MoveRefused
from quiz.questions import (
    MultipleResponse,
    MultipleResponseResponse,
    Question,
    Response,
    SingleChoice,
    SingleChoiceResponse,
    mark,
)
from quiz.sessions.lesson import CriterionSplit, Split, Step, can_count, hands_split
from quiz.syllabus import CriterionRef
from quiz.wording import too_long, without_controls

GONE_ON = "The class has gone on to another question. Here it is."
LONGEST_NICKNAME = 24
MOST_PARTICIPANTS = 200
"""How many may join one lesson; measured with sixty (docs/decisions.md)."""


class LiveStage(StrEnum):
    """Where a live lesson stands."""

    WAITING = "waiting"
    """Learners are joining; no question is on the screen yet."""
    ASKING = "asking"
    ENDED = "ended"


@dataclass(frozen=True)
class LivePlace:
    """What the classroom screen shows of a live lesson."""

    stage: LiveStage
    position: int = 0
    step: Step = Step.QUESTION
    uncovered: frozenset[int] = frozenset()
    """The positions whose answer has been on the screen."""

    @property
    def takes_answers(self) -> bool:
        """Return whether a device may answer the question on the screen now."""
        return (
            self.stage is LiveStage.ASKING
            and self.step is Step.OPTIONS
            and self.position not in self.uncovered
        )

    def moved(self, position: int, step: Step) -> LivePlace:
        """Return the place after the tutor has shown that step of that question."""
        uncovered = self.uncovered | {position} if step >= Step.ANSWER else self.uncovered
        return LivePlace(LiveStage.ASKING, position, step, uncovered)


@dataclass(frozen=True)
class Participant:
    """Somebody who joined a live lesson."""

    id: UUID
    nickname: str
    joined_at: datetime
    learner: UUID | None = None
    """Their profile, if the device has one."""
    keeps: bool = False
    """Whether they said that their answers also go to their own practice."""
    connected: bool = True
    """False once the tutor has freed the nickname for another device."""


@dataclass(frozen=True)
class LiveAnswer:
    """What a participant answered at a position; `fraction` from 0 to 1 is what it earned."""

    participant: UUID
    position: int
    response: Response
    fraction: float
    given_at: datetime


def nickname(text: str) -> str:
    """Return what was typed as a nickname, trimmed.

    Raises:
        EntryRefused: it is empty or too long.
    """
    clean = " ".join(without_controls(text).split())
    if not clean:
        raise EntryRefused("Type the name that the class should see first.")
    if len(clean) > LONGEST_NICKNAME:
        raise EntryRefused(too_long("That name", len(clean), LONGEST_NICKNAME))
    return clean


def fraction_of(question: Question, response: Response, place: LivePlace, position: int) -> float:
    """Return what a response earns, if the lesson takes it.

    Raises:
        MoveRefused: the screen is elsewhere, the options are not on it, the answer has been shown, or the
            response is no full answer.
    """
    if place.stage is LiveStage.ENDED:
        raise MoveRefused("The lesson has ended, so this answer was not stored.")
    if place.position != position or place.stage is LiveStage.WAITING:
        raise MoveRefused(GONE_ON)
    if position in place.uncovered:
        raise MoveRefused("The answer has been on the screen already, so this one was not stored.")
    if not place.takes_answers:
        raise MoveRefused("The options are not on the screen now, so this answer was not stored.")
    marked = mark(question, response)
    if not marked.verdict.is_marked:
        raise MoveRefused(marked.message)
    return marked.fraction


def device_split(question: Question, responses: Iterable[Response], hands: Mapping[str, int]) -> Split:
    """Return how often each option was chosen, on devices and by hands together.

    Raises:
        ValueError: the question has no options to choose among.
    """
    counts = dict(hands_split(question, hands).counts)
    for response in responses:
        for key in chosen_keys(response):
            if key in counts:
                counts[key] += 1
    assert isinstance(question, SingleChoice | MultipleResponse)
    return Split(counts, frozenset(option.key for option in question.options if option.right))


def chosen_keys(response: Response) -> tuple[str, ...]:
    """Return the options that a response to a choice question names; () for other types."""
    if isinstance(response, SingleChoiceResponse):
        return (response.chosen,) if response.chosen is not None else ()
    if isinstance(response, MultipleResponseResponse):
        return tuple(response.chosen)
    return ()


def class_by_criterion(
    questions: Sequence[Question],
    answers: Iterable[LiveAnswer],
    hands: Mapping[int, Mapping[str, int]],
) -> list[CriterionSplit]:
    """Return how the class did on each criterion, by devices and hands together, the weakest first.

    An answer on a device counts with what it earned, a hand with 1 on a right option and 0 on a wrong one.
    """
    earned: dict[CriterionRef, float] = {}
    given: dict[CriterionRef, int] = {}
    asked: dict[CriterionRef, set[int]] = {}

    def count(position: int, right: float, number: int) -> None:
        ref = questions[position].head.ref
        earned[ref] = earned.get(ref, 0.0) + right
        given[ref] = given.get(ref, 0) + number
        asked.setdefault(ref, set()).add(position)

    for answer in answers:
        if 0 <= answer.position < len(questions):
            count(answer.position, answer.fraction, 1)
    for position, counted in hands.items():
        if not 0 <= position < len(questions) or not can_count(questions[position]):
            continue
        split = hands_split(questions[position], counted)
        if split.total:
            # Not from the share: 44 hands of 69 and 1 answer of 6 would come out below 45/75.
            count(position, sum(split.counts[key] for key in split.right), split.total)
    rows = [CriterionSplit(ref, len(asked[ref]), given[ref], earned[ref] / given[ref]) for ref in given]
    return sorted(rows, key=lambda row: (row.right_share, row.ref.sort_key))
