"""An attempt read back by replaying its log."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, bindparam, func, inspect
from sqlalchemy import select as columns
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
    """Return an attempt as its log says, or None; where a learner is named, only theirs.

    A log that has not grown since it was last replayed in this process is not read again.
    """
    found = session.execute(_STANDS, {"attempt_id": attempt_id}).first()
    if found is None or (learner is not None and found.learner_id != learner):
        return None
    stands = tuple(found)
    recent = _recent_of(session)
    known = recent.get(attempt_id)
    if known is not None and known[0] == stands:
        return known[1]
    row = session.get(AttemptRow, attempt_id)
    assert row is not None  # found just above, in the same transaction
    same_items = known is not None and known[0][-2:] == stands[-2:]
    items = (
        [Item(item.question) for item in known[1].attempt.items]
        if known is not None and same_items
        else _items(session, attempt_id)
    )
    attempt = _replayed(session, row, items)
    stored = StoredAttempt(attempt, row.plan, row.seed, row.content_version)
    recent.put(attempt_id, (stands, stored))
    return stored


def _last(table: type[ResponseRow] | type[AttemptEventRow]) -> Any:
    """Return the id of an attempt's last row, by its sequence: rows are only ever added behind it."""
    return (
        select(table.id)
        .where(table.attempt_id == AttemptRow.id)
        .order_by(col(table.sequence).desc())
        .limit(1)
        .correlate(AttemptRow)
        .scalar_subquery()
    )


# Ids, not numbers: after a restore other rows may have the same numbers.
_STANDS = columns(
    *inspect(AttemptRow).columns,
    _last(ResponseRow),
    _last(AttemptEventRow),
    select(func.count(col(AttemptItemRow.id)))
    .where(AttemptItemRow.attempt_id == AttemptRow.id)
    .correlate(AttemptRow)
    .scalar_subquery(),
    select(AttemptItemRow.question_hash)
    .where(AttemptItemRow.attempt_id == AttemptRow.id)
    .order_by(col(AttemptItemRow.position).desc())
    .limit(1)
    .correlate(AttemptRow)
    .scalar_subquery(),
).where(col(AttemptRow.id) == bindparam("attempt_id"))


class _Recent:
    """The attempts replayed last, by id; those not asked for longest go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[UUID, tuple[tuple[Any, ...], StoredAttempt]] = OrderedDict()

    def get(self, attempt_id: UUID) -> tuple[tuple[Any, ...], StoredAttempt] | None:
        with self._lock:
            found = self._kept.get(attempt_id)
            if found is not None:
                self._kept.move_to_end(attempt_id)
            return found

    def put(self, attempt_id: UUID, value: tuple[tuple[Any, ...], StoredAttempt]) -> None:
        with self._lock:
            self._kept[attempt_id] = value
            self._kept.move_to_end(attempt_id)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


_REPLAYED: WeakKeyDictionary[Pool, _Recent] = WeakKeyDictionary()
"""By database, known by the pool of its connections, which readers and writers share."""
_MOST_REPLAYED = 512


def _recent_of(session: Session) -> _Recent:
    pool = session.connection().engine.pool
    found = _REPLAYED.get(pool)
    if found is None:
        found = _REPLAYED[pool] = _Recent(_MOST_REPLAYED)
    return found


def _items(session: Session, attempt_id: UUID) -> list[Item]:
    statement = (
        select(ShownQuestionRow.content)
        .join(AttemptItemRow, col(ShownQuestionRow.hash) == col(AttemptItemRow.question_hash))
        .where(AttemptItemRow.attempt_id == attempt_id)
        .order_by(col(AttemptItemRow.position))
    )
    return [Item(_question(content)) for content in session.exec(statement)]


@lru_cache(maxsize=4096)
def _question(content: str) -> Question:
    return question_from_json(content)


_RESPONSES = (
    columns(
        col(ResponseRow.position),
        col(ResponseRow.response),
        col(ResponseRow.given_at),
        col(ResponseRow.seconds),
        col(ResponseRow.sure),
    )
    .where(col(ResponseRow.attempt_id) == bindparam("attempt_id"))
    .order_by(col(ResponseRow.sequence))
)


def _replayed(session: Session, row: AttemptRow, items: list[Item]) -> Attempt:
    kind = Kind(row.kind)
    responses = session.execute(_RESPONSES, {"attempt_id": row.id})
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
