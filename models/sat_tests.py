"""Finished tests by their marks alone, as they are stored with each question: of a learner, and of a group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col

from models.prepared import Prepared
from models.tables import AttemptItemRow, AttemptRow, GroupMemberRow
from quiz.sessions import Kind, SatTest
from quiz.syllabus import CriterionRef


def select_tests(*, session: Session, learner: UUID, unit: str, limit: int = 50) -> list[SatTest]:
    """Return the marks of a learner's finished tests of a unit, the newest first; one query however many."""
    return _sat(unit, _OF_LEARNER.all(session, learner=learner, unit=unit, limit=limit))[::-1]


def select_group_tests(session: Session, group_id: UUID, unit: str) -> list[SatTest]:
    """Return the marks of every finished test of a unit of everybody who is in a group now, oldest first.

    One query however many.
    """
    return _sat(unit, _OF_GROUP.all(session, group_id=group_id, unit=unit))


def _marks(condition: ColumnElement[bool]) -> Prepared:
    """Return the statement for every question of the tests that meet a condition, the oldest test first."""
    return Prepared(
        columns(
            col(AttemptRow.id),
            col(AttemptRow.learner_id),
            col(AttemptRow.finished_at),
            col(AttemptItemRow.criterion),
            col(AttemptItemRow.fraction),
        )
        .join(AttemptItemRow, col(AttemptItemRow.attempt_id) == col(AttemptRow.id))
        .where(condition, *_FINISHED)
        .order_by(col(AttemptRow.finished_at), col(AttemptRow.id), col(AttemptItemRow.position))
    )


_FINISHED = (
    col(AttemptRow.unit) == bindparam("unit"),
    col(AttemptRow.kind) == Kind.TEST.value,
    col(AttemptRow.finished_at).is_not(None),
)
_OF_LEARNER = _marks(
    col(AttemptRow.id).in_(
        columns(col(AttemptRow.id))
        .where(col(AttemptRow.learner_id) == bindparam("learner"), *_FINISHED)
        .order_by(col(AttemptRow.finished_at).desc())
        .limit(bindparam("limit"))
    )
)
_OF_GROUP = _marks(
    col(AttemptRow.learner_id).in_(
        columns(col(GroupMemberRow.learner_id)).where(
            col(GroupMemberRow.group_id) == bindparam("group_id"), col(GroupMemberRow.left_at).is_(None)
        )
    )
)


def _sat(unit: str, rows: Iterable[Any]) -> list[SatTest]:
    """Return the tests of such rows; a question without an answer has earned 0."""
    about: dict[UUID, Any] = {}
    marks: dict[UUID, list[tuple[CriterionRef, float]]] = {}
    refs: dict[str, CriterionRef] = {}
    for row in rows:
        about[row.id] = row
        ref = refs.get(row.criterion) or refs.setdefault(row.criterion, CriterionRef(unit, row.criterion))
        marks.setdefault(row.id, []).append((ref, row.fraction or 0.0))
    return [SatTest(row.id, row.learner_id, row.finished_at, tuple(marks[row.id])) for row in about.values()]
