"""Quiz evidence as stored: the first try of each practice question, the standing answers of tests."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.tables import AttemptItemRow
from quiz.progress import QuizEvidence
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef


def select_evidence(
    *, session: Session, learner: UUID, unit: str | None = None, since: datetime | None = None
) -> list[QuizEvidence]:
    """Return a learner's evidence in a unit, or in all where none is named, oldest first; from `since` on."""
    statement = (
        select(
            AttemptItemRow.unit,
            AttemptItemRow.criterion,
            AttemptItemRow.question_id,
            AttemptItemRow.family,
            AttemptItemRow.fraction,
            AttemptItemRow.marked_at,
            AttemptItemRow.kind,
            AttemptItemRow.seconds,
            AttemptItemRow.sure,
        )  # type: ignore[call-overload]  # sqlmodel's stubs stop at four columns
        .where(
            AttemptItemRow.learner_id == learner,
            *([AttemptItemRow.unit == unit] if unit is not None else []),
            *([col(AttemptItemRow.marked_at) >= since] if since is not None else []),
            col(AttemptItemRow.marked_at).is_not(None),
        )
        .order_by(AttemptItemRow.marked_at)
    )
    return [
        QuizEvidence(
            CriterionRef(of_unit, code), question, family, fraction, at, Kind(kind), seconds,
            Sureness(sure) if sure else None,
        )
        for of_unit, code, question, family, fraction, at, kind, seconds, sure in session.exec(statement)
    ]  # fmt: skip
