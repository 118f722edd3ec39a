"""What a learner has been shown: in practice, in tests, and on which papers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import exists, literal_column
from sqlmodel import Session, col, select

from models.tables import AttemptItemRow, AttemptRow, FamilySumsRow, ResponseRow
from quiz.sessions import Kind

_IN_TEST: Final = col(AttemptItemRow.kind) == literal_column(f"'{Kind.TEST}'")
"""SQLite takes a partial index only for what stands in the text of a query, not for its parameters."""


def select_seen_families(*, session: Session, learner: UUID, unit: str) -> list[str]:
    """Return the families a learner has been shown in a test or answered in practice, oldest first."""
    seen = dict(
        session.exec(
            select(FamilySumsRow.family, FamilySumsRow.latest_at).where(
                FamilySumsRow.learner_id == learner, FamilySumsRow.unit == unit
            )
        ).all()
    )
    # What is marked is in the running sums; what was shown in a test and has no mark is not.
    waiting = select(AttemptItemRow.family, AttemptItemRow.shown_at).where(
        AttemptItemRow.learner_id == learner,
        AttemptItemRow.unit == unit,
        col(AttemptItemRow.marked_at).is_(None),
        AttemptItemRow.kind == Kind.TEST,
    )
    for family, shown_at in session.exec(waiting):
        seen[family] = max(seen.get(family, shown_at), shown_at)
    return sorted(seen, key=lambda family: (seen[family], family))


def select_questions_of(*, session: Session, learner: UUID, families: Collection[str]) -> list[str]:
    """Return the ids of the questions of some families that a learner has answered, oldest first."""
    # A family's criterion leads to its answers: an index by family would cost every answer more than this saves.
    statement = (
        select(AttemptItemRow.question_id)
        .join(
            FamilySumsRow,
            (col(FamilySumsRow.learner_id) == col(AttemptItemRow.learner_id))
            & (col(FamilySumsRow.unit) == col(AttemptItemRow.unit))
            & (col(FamilySumsRow.criterion) == col(AttemptItemRow.criterion))
            & (col(FamilySumsRow.family) == col(AttemptItemRow.family)),
        )
        .where(
            FamilySumsRow.learner_id == learner,
            col(FamilySumsRow.family).in_(families),
            col(AttemptItemRow.marked_at).is_not(None),
        )
        .order_by(col(AttemptItemRow.marked_at))
    )
    return list(session.exec(statement))


def select_papers_sat(*, session: Session, learner: UUID, unit: str) -> list[frozenset[str]]:
    """Return the families of each test paper the learner has started."""
    statement = select(AttemptItemRow.attempt_id, AttemptItemRow.family).where(
        AttemptItemRow.learner_id == learner,
        AttemptItemRow.unit == unit,
        _IN_TEST,
    )
    papers: dict[UUID, set[str]] = {}
    for attempt_id, family in session.exec(statement):
        papers.setdefault(attempt_id, set()).add(family)
    return [frozenset(families) for families in papers.values()]


def select_met_in_test(*, session: Session, learner: UUID, unit: str) -> frozenset[str]:
    """Return the families the learner has met in a finished test."""
    answered = select(FamilySumsRow.family).where(
        FamilySumsRow.learner_id == learner, FamilySumsRow.unit == unit, col(FamilySumsRow.tested).is_(True)
    )
    left_out = (
        select(AttemptItemRow.family)
        .join(AttemptRow, col(AttemptRow.id) == col(AttemptItemRow.attempt_id))
        .where(
            AttemptItemRow.learner_id == learner,
            AttemptItemRow.unit == unit,
            AttemptItemRow.kind == Kind.TEST,
            col(AttemptItemRow.marked_at).is_(None),
            col(AttemptRow.finished_at).is_not(None),
        )
    )
    return frozenset((*session.exec(answered), *session.exec(left_out)))


def select_optional_latest_unit(*, session: Session, learner: UUID) -> str | None:
    """Return the unit of the attempt a learner started last, or None."""
    return session.exec(
        select(AttemptRow.unit)
        .where(AttemptRow.learner_id == learner)
        .order_by(col(AttemptRow.started_at).desc())
        .limit(1)
    ).first()


def select_optional_just_begun(
    *, session: Session, learner: UUID, unit: str, kind: Kind, plan: str, since: datetime
) -> UUID | None:
    """Return the session on exactly that plan which a learner began since then and has not answered in, or None."""
    return session.exec(
        select(AttemptRow.id)
        .where(
            AttemptRow.learner_id == learner,
            AttemptRow.unit == unit,
            AttemptRow.kind == kind,
            AttemptRow.plan == plan,
            col(AttemptRow.started_at) >= since,
            col(AttemptRow.finished_at).is_(None),
            ~exists().where(col(ResponseRow.attempt_id) == col(AttemptRow.id)),
        )
        .order_by(col(AttemptRow.started_at).desc())
        .limit(1)
    ).first()
