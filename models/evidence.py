"""Quiz evidence as stored: the first try of each practice question, the standing answers of tests."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.demo_mark import demo_ids
from models.tables import AttemptItemRow
from quiz.progress import QuizEvidence, blended_facility
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef


def select_evidence(*, session: Session, learner: UUID, unit: str | None = None) -> list[QuizEvidence]:
    """Return a learner's evidence in a unit, or in all where none is named, oldest first."""
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


def select_facility(
    *, session: Session, unit: str | None = None, demo: bool = False
) -> dict[CriterionRef, float]:
    """Return how hard each answered criterion is for all learners here, blended with the prior.

    Answers of demo learners say nothing about real ones, nor the other way round: `demo` says whose count.
    """
    of_demo = col(AttemptItemRow.learner_id).in_(demo_ids())
    statement = (
        select(
            AttemptItemRow.unit,
            AttemptItemRow.criterion,
            func.sum(AttemptItemRow.fraction),
            func.count(),
            func.count(func.distinct(AttemptItemRow.learner_id)),
        )  # type: ignore[call-overload]  # as above
        .where(
            *([AttemptItemRow.unit == unit] if unit is not None else []),
            col(AttemptItemRow.marked_at).is_not(None),
            of_demo if demo else ~of_demo,
        )
        .group_by(AttemptItemRow.unit, AttemptItemRow.criterion)
    )
    return {
        CriterionRef(of_unit, code): blended_facility(float(right or 0), answers, learners)
        for of_unit, code, right, answers, learners in session.exec(statement)
    }
