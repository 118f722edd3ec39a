"""The answers to a criterion's questions as they were given, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.tables import AttemptItemRow, ResponseRow, ShownQuestionRow
from quiz.questions import Mark, Question, Response, mark, question_from_json, response_from_json
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef


@dataclass(frozen=True)
class GivenAnswer:
    """An answer that counts: the first try in practice, the standing answer of a finished test."""

    attempt: UUID
    kind: Kind
    question: Question
    response: Response
    mark: Mark
    at: datetime
    sure: Sureness | None


def select_answers(
    *, session: Session, learner: UUID, ref: CriterionRef, limit: int = 50
) -> list[GivenAnswer]:
    """Return the newest answers of a learner that count for a criterion, with the question as shown."""
    items = session.exec(
        select(AttemptItemRow, ShownQuestionRow.content)
        .join(ShownQuestionRow, col(ShownQuestionRow.hash) == col(AttemptItemRow.question_hash))
        .where(
            AttemptItemRow.learner_id == learner,
            AttemptItemRow.unit == ref.unit,
            AttemptItemRow.criterion == ref.code,
            col(AttemptItemRow.marked_at).is_not(None),
        )
        .order_by(col(AttemptItemRow.marked_at).desc())
        .limit(limit)
    ).all()
    responses = _responses(session, {item.attempt_id for item, _ in items})
    found: list[GivenAnswer] = []
    for item, content in items:
        given = responses.get((item.attempt_id, item.position))
        if not given or item.marked_at is None:
            continue
        kind, question = Kind(item.kind), question_from_json(content)
        response = response_from_json((given[-1] if kind is Kind.TEST else given[0]).response)
        found.append(
            GivenAnswer(
                item.attempt_id,
                kind,
                question,
                response,
                mark(question, response),
                item.marked_at,
                Sureness(item.sure) if item.sure else None,
            )  # fmt: skip
        )
    return found


def _responses(session: Session, attempts: set[UUID]) -> dict[tuple[UUID, int], Sequence[ResponseRow]]:
    rows = session.exec(
        select(ResponseRow)
        .where(col(ResponseRow.attempt_id).in_(attempts))
        .order_by(col(ResponseRow.sequence))
    )
    found: dict[tuple[UUID, int], list[ResponseRow]] = {}
    for row in rows:
        found.setdefault((row.attempt_id, row.position), []).append(row)
    return dict(found)
