"""What a learner has been shown: in practice, in tests, and on which papers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.tables import AttemptItemRow, AttemptRow
from quiz.sessions import Kind


def select_seen_families(*, session: Session, learner: UUID, unit: str) -> list[str]:
    """Return the families a learner has been shown in a test or answered in practice, oldest first."""
    latest = func.max(func.coalesce(AttemptItemRow.marked_at, AttemptItemRow.shown_at))
    statement = (
        select(AttemptItemRow.family)
        .where(
            AttemptItemRow.learner_id == learner,
            AttemptItemRow.unit == unit,
            (col(AttemptItemRow.kind) == Kind.TEST) | col(AttemptItemRow.marked_at).is_not(None),
        )
        .group_by(AttemptItemRow.family)
        .order_by(latest)
    )
    return list(session.exec(statement))


def select_papers_sat(*, session: Session, learner: UUID, unit: str) -> list[frozenset[str]]:
    """Return the families of each test paper the learner has started."""
    statement = select(AttemptItemRow.attempt_id, AttemptItemRow.family).where(
        AttemptItemRow.learner_id == learner,
        AttemptItemRow.unit == unit,
        AttemptItemRow.kind == Kind.TEST,
    )
    papers: dict[UUID, set[str]] = {}
    for attempt_id, family in session.exec(statement):
        papers.setdefault(attempt_id, set()).add(family)
    return [frozenset(families) for families in papers.values()]


def select_met_in_test(*, session: Session, learner: UUID, unit: str) -> frozenset[str]:
    """Return the families the learner has met in a finished test."""
    statement = (
        select(AttemptItemRow.family)
        .join(AttemptRow, col(AttemptRow.id) == col(AttemptItemRow.attempt_id))
        .where(
            AttemptItemRow.learner_id == learner,
            AttemptItemRow.unit == unit,
            AttemptItemRow.kind == Kind.TEST,
            col(AttemptRow.finished_at).is_not(None),
        )
        .distinct()
    )
    return frozenset(session.exec(statement))


def select_optional_latest_unit(*, session: Session, learner: UUID) -> str | None:
    """Return the unit of the attempt a learner started last, or None."""
    return session.exec(
        select(AttemptRow.unit)
        .where(AttemptRow.learner_id == learner)
        .order_by(col(AttemptRow.started_at).desc())
        .limit(1)
    ).first()
