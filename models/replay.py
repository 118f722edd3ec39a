"""An attempt read back by replaying its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.tables import AttemptEventRow, AttemptItemRow, AttemptRow, ResponseRow, ShownQuestionRow
from quiz.questions import Question, mark, question_from_json, response_from_json
from quiz.sessions import Attempt, Break, Finish, Given, Item, Kind, Sureness, marked


@dataclass(frozen=True)
class StoredAttempt:
    """An attempt with what it was drawn from."""

    attempt: Attempt
    plan: str
    """JSON of what the learner chose; its form depends on the kind."""
    seed: int
    content_version: str


def select_attempt(*, session: Session, attempt_id: UUID) -> StoredAttempt:
    """Return an attempt as its log says.

    Raises:
        RecordMissing: it is not in the database.
    """
    stored = select_optional_attempt(session=session, attempt_id=attempt_id)
    if stored is None:
        raise RecordMissing("This session is not on this machine any more. Go to Home and start another.")
    return stored


def select_optional_attempt(
    *, session: Session, attempt_id: UUID, learner: UUID | None = None
) -> StoredAttempt | None:
    """Return an attempt as its log says, or None; where a learner is named, only theirs."""
    row = session.get(AttemptRow, attempt_id)
    if row is None or (learner is not None and row.learner_id != learner):
        return None
    items = _items(session, attempt_id)
    attempt = _replayed(session, row, items)
    return StoredAttempt(attempt, row.plan, row.seed, row.content_version)


def _items(session: Session, attempt_id: UUID) -> list[Item]:
    statement = (
        select(AttemptItemRow.question_hash, ShownQuestionRow.content)
        .join(ShownQuestionRow, col(ShownQuestionRow.hash) == col(AttemptItemRow.question_hash))
        .where(AttemptItemRow.attempt_id == attempt_id)
        .order_by(col(AttemptItemRow.position))
    )
    return [Item(_question(content)) for _, content in session.exec(statement)]


@lru_cache(maxsize=4096)
def _question(content: str) -> Question:
    return question_from_json(content)


def _replayed(session: Session, row: AttemptRow, items: list[Item]) -> Attempt:
    kind = Kind(row.kind)
    responses = session.exec(
        select(ResponseRow).where(ResponseRow.attempt_id == row.id).order_by(col(ResponseRow.sequence))
    )
    for entry in responses:
        item = items[entry.position]
        response = response_from_json(entry.response)
        given_mark = None if kind is Kind.TEST else mark(item.question, response)
        sure = Sureness(entry.sure) if entry.sure else None
        given = Given(response, entry.given_at, given_mark, entry.seconds, sure)
        items[entry.position] = replace(item, given=(*item.given, given))
    events = session.exec(
        select(AttemptEventRow)
        .where(AttemptEventRow.attempt_id == row.id)
        .order_by(col(AttemptEventRow.sequence))
    ).all()
    breaks, position = _apply_events(events, items)
    if kind is Kind.TEST and row.finished_at is not None:
        items = [marked(item) for item in items]
    return Attempt(
        id=row.id,
        learner=row.learner_id,
        unit=row.unit,
        kind=kind,
        title=row.title,
        started_at=row.started_at,
        items=tuple(items),
        size=row.size,
        minutes=row.minutes,
        extra_percent=row.extra_percent,
        breaks=breaks,
        position=position,
        finished_at=row.finished_at,
        finish=Finish(row.finish) if row.finish else None,
    )


def _apply_events(events: Sequence[AttemptEventRow], items: list[Item]) -> tuple[tuple[Break, ...], int]:
    breaks: list[Break] = []
    position = 0
    for event in events:
        place = event.position
        if event.kind == "break_start":
            breaks.append(Break(event.at))
        elif event.kind == "break_end" and breaks:
            breaks[-1] = replace(breaks[-1], end=event.at)
        elif place is None or place >= len(items):
            continue
        elif event.kind == "move":
            position = place
        elif event.kind in {"flag", "unflag"}:
            items[place] = replace(items[place], flagged=event.kind == "flag")
        elif event.kind == "show":
            items[place] = replace(items[place], shown_at=items[place].shown_at or event.at)
    return tuple(breaks), position
