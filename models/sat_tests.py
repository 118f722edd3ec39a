"""Finished tests by their marks alone, as they are stored with each question: of a learner, and of a group."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models.groups import in_group
from models.tables import AttemptItemRow, AttemptRow
from quiz.sessions import Kind, SatTest
from quiz.syllabus import CriterionRef


def select_tests(*, session: Session, learner: UUID, unit: str, limit: int = 50) -> list[SatTest]:
    """Return the marks of a learner's finished tests of a unit, the newest first; one query however many."""
    newest = (
        select(AttemptRow.id)
        .where(AttemptRow.learner_id == learner, *_finished(unit))
        .order_by(col(AttemptRow.finished_at).desc())
        .limit(limit)
    )
    return _sat(session, unit, col(AttemptRow.id).in_(newest))[::-1]


def select_group_tests(session: Session, group_id: UUID, unit: str) -> list[SatTest]:
    """Return the marks of every finished test of a unit of everybody who is in a group now, oldest first.

    One query however many.
    """
    return _sat(session, unit, in_group(AttemptRow, group_id), *_finished(unit))


def _finished(unit: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(AttemptRow.unit) == unit,
        col(AttemptRow.kind) == Kind.TEST,
        col(AttemptRow.finished_at).is_not(None),
    )


def _sat(session: Session, unit: str, *conditions: ColumnElement[bool]) -> list[SatTest]:
    """Return the tests that meet the conditions, oldest first; a question without an answer has earned 0."""
    statement = (
        select(
            AttemptRow.id,
            AttemptRow.learner_id,
            AttemptRow.finished_at,
            AttemptItemRow.criterion,
            AttemptItemRow.fraction,
        )  # type: ignore[call-overload]  # sqlmodel's stubs stop at four columns
        .join(AttemptItemRow, col(AttemptItemRow.attempt_id) == col(AttemptRow.id))
        .where(*conditions)
        .order_by(AttemptRow.finished_at, AttemptRow.id, AttemptItemRow.position)
    )
    about: dict[UUID, tuple[UUID, datetime]] = {}
    marks: dict[UUID, list[tuple[CriterionRef, float]]] = {}
    refs: dict[str, CriterionRef] = {}
    for attempt, learner, finished_at, code, fraction in session.exec(statement):
        about[attempt] = (learner, finished_at)
        ref = refs.setdefault(code, CriterionRef(unit, code))
        marks.setdefault(attempt, []).append((ref, fraction or 0.0))
    return [SatTest(attempt, *about[attempt], tuple(given)) for attempt, given in marks.items()]
