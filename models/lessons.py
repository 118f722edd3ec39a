"""Lessons as stored: the questions exactly as they are shown, and the hands counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from models.tables import LessonCountRow, LessonQuestionRow, LessonRow, ShownQuestionRow
from quiz.questions import content_hash, question_from_json, question_json
from quiz.sessions import Lesson


@dataclass(frozen=True)
class LessonSummary:
    """A lesson as listed."""

    id: UUID
    unit: str
    title: str
    made_at: datetime
    questions: int


def create_lesson(*, session: Session, lesson: Lesson, now: datetime) -> None:
    """Store a new lesson with its questions as they are shown."""
    session.add(LessonRow(id=lesson.id, unit=lesson.unit, title=lesson.title, made_at=now))
    session.flush()
    for position, question in enumerate(lesson.questions):
        digest = content_hash(question)
        session.exec(
            insert(ShownQuestionRow)
            .values(hash=digest, content=question_json(question))
            .on_conflict_do_nothing()
        )
        session.add(LessonQuestionRow(lesson_id=lesson.id, position=position, question_hash=digest))


def select_optional_lesson(*, session: Session, lesson_id: UUID) -> Lesson | None:
    """Return a lesson with its counts, or None."""
    row = session.get(LessonRow, lesson_id)
    if row is None:
        return None
    contents = session.exec(
        select(ShownQuestionRow.content)
        .join(LessonQuestionRow, col(LessonQuestionRow.question_hash) == col(ShownQuestionRow.hash))
        .where(LessonQuestionRow.lesson_id == lesson_id)
        .order_by(col(LessonQuestionRow.position))
    ).all()
    counts: dict[int, dict[str, int]] = {}
    for count in session.exec(select(LessonCountRow).where(LessonCountRow.lesson_id == lesson_id)):
        counts.setdefault(count.position, {})[count.option] = count.hands
    return Lesson(row.id, row.unit, row.title, tuple(map(question_from_json, contents)), counts)


def select_lessons(*, session: Session, limit: int = 10) -> list[LessonSummary]:
    """Return the lessons of this machine, the newest first."""
    statement = (
        select(LessonRow, func.count(col(LessonQuestionRow.id)))
        .join(LessonQuestionRow, col(LessonQuestionRow.lesson_id) == col(LessonRow.id))
        .group_by(col(LessonRow.id))
        .order_by(col(LessonRow.made_at).desc())
        .limit(limit)
    )
    return [
        LessonSummary(row.id, row.unit, row.title, row.made_at, number)
        for row, number in session.exec(statement)
    ]


def save_hands(*, session: Session, lesson_id: UUID, position: int, option: str, hands: int) -> None:
    """Store how many hands an option drew, in place of what was counted before."""
    row = session.exec(
        select(LessonCountRow).where(
            LessonCountRow.lesson_id == lesson_id,
            LessonCountRow.position == position,
            LessonCountRow.option == option,
        )
    ).first() or LessonCountRow(lesson_id=lesson_id, position=position, option=option, hands=0)
    row.hands = hands
    session.add(row)


def delete_lesson(*, session: Session, lesson_id: UUID) -> None:
    """Remove a lesson with its counts; one that is gone already is no fault."""
    row = session.get(LessonRow, lesson_id)
    if row is not None:
        session.delete(row)
