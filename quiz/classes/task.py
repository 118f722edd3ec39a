"""A task set for a group, and who has done it.

Every answer that counts as evidence is counted: the first try at a question in practice, a starting
check or a review, and the standing answers of a finished test; the same question once a day. Counting
starts when the task is set and its day ends at midnight in London; what comes later is late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from quiz.classes.group import Member
from quiz.errors import EntryRefused
from quiz.progress import QuizEvidence, first_of_a_day
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON, day, without_controls

MOST_QUESTIONS = 200
_LONGEST_TITLE = 100


@dataclass(frozen=True)
class Task:
    """So many questions on some criteria of a unit by the end of a day."""

    id: UUID
    group: UUID
    title: str
    unit: str
    codes: tuple[str, ...]
    questions: int
    due: date
    set_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def begins(self) -> datetime:
        """Return the beginning of the London day on which it was set: no earlier answer makes a difference."""
        day = self.set_at.astimezone(LONDON).date()
        return datetime(day.year, day.month, day.day, tzinfo=LONDON)

    @property
    def refs(self) -> frozenset[CriterionRef]:
        """Return the criteria it is about."""
        return frozenset(CriterionRef(self.unit, code) for code in self.codes)


class TaskState(StrEnum):
    """How far a learner is with a task."""

    DONE = "done on time"
    LATE = "done late"
    OVERDUE = "overdue"
    BEGUN = "begun"
    NOT_BEGUN = "not begun"


@dataclass(frozen=True)
class TaskDone:
    """What a learner did of a task."""

    in_time: int
    """Answers by the end of its day; there may be more than were asked for."""
    late: int
    """Answers after its day."""
    questions: int
    done_at: datetime | None
    """When the last answer that was asked for came; None while some are missing."""
    state: TaskState

    @property
    def answered(self) -> int:
        """Return how many of the questions asked for are answered, in time or late."""
        return min(self.in_time + self.late, self.questions)

    @property
    def left(self) -> int:
        """Return how many of the questions asked for are still to be answered."""
        return self.questions - self.answered


def make_task(
    task_id: UUID,
    group: UUID,
    *,
    title: str,
    unit: str,
    codes: Sequence[str],
    questions: int,
    due: date | None,
    now: datetime,
    today: date,
) -> Task:
    """Return a task set now, with its title trimmed and its criteria in order.

    Raises:
        EntryRefused: the title, a criterion or the day is missing, the day is past, or there are too
            few or too many questions.
    """
    clean = " ".join(without_controls(title).split())
    if not clean or len(clean) > _LONGEST_TITLE:
        raise EntryRefused(f"Give the task a title of at most {_LONGEST_TITLE} characters.")
    if not codes:
        raise EntryRefused("Choose at least one criterion.")
    if not 1 <= questions <= MOST_QUESTIONS:
        raise EntryRefused(f"Ask for 1 to {MOST_QUESTIONS} questions.")
    if due is None:
        raise EntryRefused("Give the day by which it is due.")
    if due < today:
        raise EntryRefused(f"{day(due)} is past. Give the day by which it is due.")
    ordered = sorted({CriterionRef(unit, code) for code in codes}, key=lambda ref: ref.sort_key)
    return Task(task_id, group, clean, unit, tuple(ref.code for ref in ordered), questions, due, now)


def did_task(task: Task, evidence: Iterable[QuizEvidence], today: date) -> TaskDone:
    """Return what a learner did of a task, from their evidence of at least its unit."""
    refs = task.refs
    # The first of a day is sought before the time of setting cuts the day: a question already
    # answered that morning is not a first try in the afternoon.
    counted = [
        fact
        for fact in first_of_a_day(fact for fact in evidence if fact.ref in refs)
        if fact.at.astimezone(UTC) >= task.set_at.astimezone(UTC)
    ]
    in_time = sum(fact.day <= task.due for fact in counted)
    done = counted[task.questions - 1] if len(counted) >= task.questions else None
    return TaskDone(
        in_time,
        len(counted) - in_time,
        task.questions,
        done.at if done else None,
        _state(task, done, counted, today),
    )


def who_did(
    task: Task, members: Sequence[Member], evidence: Mapping[UUID, Sequence[QuizEvidence]], today: date
) -> tuple[tuple[Member, TaskDone], ...]:
    """Return what each member did of a task, by name."""
    return tuple(
        (member, did_task(task, evidence.get(member.id, ()), today))
        for member in sorted(members, key=lambda member: (member.name.casefold(), member.id))
    )


def _state(task: Task, done: QuizEvidence | None, counted: Sequence[QuizEvidence], today: date) -> TaskState:
    if done is not None:
        return TaskState.DONE if done.day <= task.due else TaskState.LATE
    if today > task.due:
        return TaskState.OVERDUE
    return TaskState.BEGUN if counted else TaskState.NOT_BEGUN
