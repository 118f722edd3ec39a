"""Finished tests by their marks alone, as they are stored with each question: of a learner, and of a group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, bindparam, type_coerce
from sqlalchemy import select as columns
from sqlmodel import Session, col

from models.prepared import Prepared
from models.tables import AttemptItemRow, AttemptRow, GroupMemberRow
from quiz.sessions import Kind, SatTest
from quiz.syllabus import CriterionRef


def select_tests(*, session: Session, learner: UUID, unit: str, limit: int = 50) -> list[SatTest]:
    """Return the marks of a learner's finished tests of a unit, the newest first; two queries however many."""
    return _sat(session, unit, _OF_LEARNER, learner=learner, limit=limit)[::-1]


def select_group_tests(session: Session, group_id: UUID, unit: str) -> list[SatTest]:
    """Return the marks of every finished test of a unit of everybody who is in a group now, oldest first.

    Two queries however many.
    """
    return _sat(session, unit, _OF_GROUP, group_id=group_id)


def _statements(condition: ColumnElement[bool]) -> tuple[Prepared, Prepared]:
    """Return the statements for the tests that meet a condition, the oldest first, and for their questions."""
    tests = columns(col(AttemptRow.id), col(AttemptRow.learner_id), col(AttemptRow.finished_at))
    # As stored: to make an id of each again takes longer than to read the rows.
    test = type_coerce(col(AttemptItemRow.attempt_id), String).label("test")
    questions = columns(test, col(AttemptItemRow.criterion), col(AttemptItemRow.fraction))
    return (
        Prepared(
            tests.where(condition, *_FINISHED).order_by(col(AttemptRow.finished_at), col(AttemptRow.id))
        ),
        Prepared(
            questions.join(AttemptRow, col(AttemptItemRow.attempt_id) == col(AttemptRow.id))
            .where(condition, *_FINISHED)
            .order_by(col(AttemptItemRow.attempt_id), col(AttemptItemRow.position))
        ),
    )


_FINISHED = (
    col(AttemptRow.unit) == bindparam("unit"),
    col(AttemptRow.kind) == Kind.TEST.value,
    col(AttemptRow.finished_at).is_not(None),
)
_OF_LEARNER = _statements(
    col(AttemptRow.id).in_(
        columns(col(AttemptRow.id))
        .where(col(AttemptRow.learner_id) == bindparam("learner"), *_FINISHED)
        .order_by(col(AttemptRow.finished_at).desc())
        .limit(bindparam("limit"))
    )
)
_OF_GROUP = _statements(
    col(AttemptRow.learner_id).in_(
        columns(col(GroupMemberRow.learner_id)).where(
            col(GroupMemberRow.group_id) == bindparam("group_id"), col(GroupMemberRow.left_at).is_(None)
        )
    )
)


def _sat(session: Session, unit: str, statements: tuple[Prepared, Prepared], **values: Any) -> list[SatTest]:
    """Return the tests that the statements find; a question without an answer has earned 0."""
    tests, questions = statements
    marks: dict[str, list[tuple[CriterionRef, float]]] = {}
    refs: dict[str, CriterionRef] = {}
    for test, code, fraction in questions.all(session, unit=unit, **values):
        ref = refs.get(code) or refs.setdefault(code, CriterionRef(unit, code))
        marks.setdefault(test, []).append((ref, fraction or 0.0))
    return [
        SatTest(row.id, row.learner_id, row.finished_at, tuple(marks.get(row.id.hex, ())))
        for row in tests.all(session, unit=unit, **values)
    ]
