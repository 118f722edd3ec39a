"""Quiz evidence as stored: the first try of each practice question, the standing answers of tests."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.tables import AttemptItemRow
from quiz.progress import QuizEvidence, blended_facility
from quiz.sessions import Kind
from quiz.syllabus import CriterionRef


def select_evidence(*, session: Session, learner: UUID, unit: str) -> list[QuizEvidence]:
    """Return a learner's evidence in a unit, oldest first."""
    statement = (
        select(
            AttemptItemRow.criterion,
            AttemptItemRow.question_id,
            AttemptItemRow.family,
            AttemptItemRow.fraction,
            AttemptItemRow.marked_at,
            AttemptItemRow.kind,
        )  # type: ignore[call-overload]  # sqlmodel's stubs stop at four columns
        .where(
            AttemptItemRow.learner_id == learner,
            AttemptItemRow.unit == unit,
            col(AttemptItemRow.marked_at).is_not(None),
        )
        .order_by(AttemptItemRow.marked_at)
    )
    return [
        QuizEvidence(CriterionRef(unit, code), question, family, fraction, at, Kind(kind))
        for code, question, family, fraction, at, kind in session.exec(statement)
    ]


def select_facility(*, session: Session, unit: str) -> dict[CriterionRef, float]:
    """Return how hard each answered criterion is for all learners here, blended with the prior."""
    statement = (
        select(
            AttemptItemRow.criterion,
            func.sum(AttemptItemRow.fraction),
            func.count(),
            func.count(func.distinct(AttemptItemRow.learner_id)),
        )
        .where(AttemptItemRow.unit == unit, col(AttemptItemRow.marked_at).is_not(None))
        .group_by(AttemptItemRow.criterion)
    )
    return {
        CriterionRef(unit, code): blended_facility(float(right or 0), answers, learners)
        for code, right, answers, learners in session.exec(statement)
    }
