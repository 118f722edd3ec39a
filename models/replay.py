"""An attempt read back by replaying its log."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary, WeakValueDictionary

from sqlalchemy import Pool, bindparam, func, inspect
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.prepared import Prepared
from models.tables import (
    AttemptEventRow,
    AttemptItemRow,
    AttemptRow,
    Base,
    ResponseRow,
    ShownQuestionRow,
    columns_of,
)
from quiz.questions import Question, mark, question_from_json, response_from_json
from quiz.sessions import Attempt, Break, Finish, Given, Item, Kind, Sureness, marked
from quiz.wording import gone


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
        raise RecordMissing(gone("session", "Go to Home and start another."))
    return stored


def select_optional_attempt(
    *, session: Session, attempt_id: UUID, learner: UUID | None = None
) -> StoredAttempt | None:
    """Return an attempt as its log says, or None; where a learner is named, only theirs.

    Of a log that was replayed in this process before, only what has been added since is read.
    """
    found = _STANDS.first(session, attempt_id=attempt_id)
    if found is None or (learner is not None and found.learner_id != learner):
        return None
    recent = _recent_of(session)
    known = recent.get(attempt_id)
    if known is not None and known.stands == found:
        return known.stored
    attempt = None if known is None else _gone_on(session, found, known)
    if attempt is None:
        attempt = _from_the_start(session, found)
    stored = StoredAttempt(attempt, found.plan, found.seed, found.content_version)
    recent.put(attempt_id, _Known(found, stored))
    return stored


def _last(table: type[ResponseRow] | type[AttemptEventRow], name: str) -> Any:
    """Return the id of an attempt's last row, by its sequence: rows are only ever added behind it."""
    return (
        select(table.id)
        .where(table.attempt_id == AttemptRow.id)
        .order_by(col(table.sequence).desc())
        .limit(1)
        .correlate(AttemptRow)
        .scalar_subquery()
        .label(name)
    )


# Ids, not numbers: after a restore other rows may have the same numbers.
_STANDS = Prepared(
    columns(
        *inspect(AttemptRow).columns,
        _last(ResponseRow, "last_response"),
        _last(AttemptEventRow, "last_event"),
        select(func.count(col(AttemptItemRow.id)))
        .where(AttemptItemRow.attempt_id == AttemptRow.id)
        .correlate(AttemptRow)
        .scalar_subquery()
        .label("items"),
        select(AttemptItemRow.question_hash)
        .where(AttemptItemRow.attempt_id == AttemptRow.id)
        .order_by(col(AttemptItemRow.position).desc())
        .limit(1)
        .correlate(AttemptRow)
        .scalar_subquery()
        .label("last_question"),
    ).where(col(AttemptRow.id) == bindparam("attempt_id"))
)


@dataclass(frozen=True)
class _Known:
    """An attempt replayed before, and how its row and its log stood then."""

    stands: Any
    stored: StoredAttempt

    @property
    def size(self) -> int:
        """Return how many questions it holds."""
        return len(self.stored.attempt.items)


class _Shelf:
    """Attempts by id, with so many questions in all; those not asked for longest go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._kept: OrderedDict[UUID, _Known] = OrderedDict()

    def get(self, attempt_id: UUID) -> _Known | None:
        found = self._kept.get(attempt_id)
        if found is not None:
            self._kept.move_to_end(attempt_id)
        return found

    def put(self, attempt_id: UUID, value: _Known) -> None:
        self.drop(attempt_id)
        self._kept[attempt_id] = value
        self._held += value.size
        while self._held > self._most and len(self._kept) > 1:
            self._held -= self._kept.popitem(last=False)[1].size

    def drop(self, attempt_id: UUID) -> None:
        before = self._kept.pop(attempt_id, None)
        if before is not None:
            self._held -= before.size


class _Recent:
    """The attempts replayed last: those that go on, and a few that are finished, so that memory does not grow with them."""

    def __init__(self, most: int, most_finished: int) -> None:
        self._lock = Lock()
        self._open, self._finished = _Shelf(most), _Shelf(most_finished)

    def get(self, attempt_id: UUID) -> _Known | None:
        with self._lock:
            return self._open.get(attempt_id) or self._finished.get(attempt_id)

    def put(self, attempt_id: UUID, value: _Known) -> None:
        finished = value.stored.attempt.finished
        here, there = (self._finished, self._open) if finished else (self._open, self._finished)
        with self._lock:
            there.drop(attempt_id)
            here.put(attempt_id, value)


_REPLAYED: WeakKeyDictionary[Pool, _Recent] = WeakKeyDictionary()
"""By database, known by the pool of its connections, which readers and writers share."""
_MOST_REPLAYED = 12_000
"""Questions: three hundred learners with a test each. One takes some 2 kB."""
_MOST_FINISHED = 1_200
"""Questions: thirty reports at a time that somebody looks at."""


def _recent_of(session: Session) -> _Recent:
    pool = session.connection().engine.pool
    found = _REPLAYED.get(pool)
    if found is None:
        found = _REPLAYED[pool] = _Recent(_MOST_REPLAYED, _MOST_FINISHED)
    return found


def _items(session: Session, attempt_id: UUID, since: int = 0) -> list[Item]:
    """Return the questions from a position on, nothing answered."""
    found = _QUESTIONS.all(session, attempt_id=attempt_id, since=since)
    return [Item(_question(row.hash, row.content)) for row in found]


def _question(digest: str, content: str) -> Question:
    """Return the question that was stored under a hash; one parsed lately is shared."""
    with _PARSING:
        found = _PARSED.get(digest)
    if found is None:
        found = question_from_json(content)
        with _PARSING:
            _PARSED[digest] = found
    return found


_PARSED: WeakValueDictionary[str, Question] = WeakValueDictionary()
"""Every question that some attempt above holds, once."""
_PARSING = Lock()


_QUESTIONS = Prepared(
    columns(col(ShownQuestionRow.hash), col(ShownQuestionRow.content))
    .join(AttemptItemRow, col(ShownQuestionRow.hash) == col(AttemptItemRow.question_hash))
    .where(
        col(AttemptItemRow.attempt_id) == bindparam("attempt_id"),
        col(AttemptItemRow.position) >= bindparam("since"),
    )
    .order_by(col(AttemptItemRow.position))
)


def _log(table: type[Base], *wanted: str) -> tuple[Prepared, Prepared]:
    """Return the statements for an attempt's rows in order: all of them, and from the row of an id on."""
    rows = columns_of(table)
    all_rows = (
        columns(*(rows[name] for name in ("id", *wanted)))
        .where(rows.attempt_id == bindparam("attempt_id"))
        .order_by(rows.sequence)
    )
    known = columns(rows.sequence).where(rows.id == bindparam("known")).scalar_subquery()
    return Prepared(all_rows), Prepared(all_rows.where(rows.sequence >= known))


_RESPONSES = _log(ResponseRow, "position", "response", "given_at", "seconds", "sure")
_EVENTS = _log(AttemptEventRow, "kind", "position", "at")


def _from_the_start(session: Session, row: Any) -> Attempt:
    responses = _RESPONSES[0].all(session, attempt_id=row.id)
    events = _EVENTS[0].all(session, attempt_id=row.id)
    return _replayed(row, _items(session, row.id), responses, events, (), 0)


def _gone_on(session: Session, row: Any, known: _Known) -> Attempt | None:
    """Return an attempt replayed before with what was added since; None where all has to be read again.

    That is so where what was known is not in its place any more, as after a restore, and where a test has
    ended: its answers are marked then.
    """
    was, before = known.stands, known.stored.attempt
    if row.finished_at != was.finished_at:
        return None
    items = list(before.items)
    if row.items > was.items:
        items += _items(session, row.id, was.items)
    elif (row.items, row.last_question) != (was.items, was.last_question):
        return None
    responses = _since(session, _RESPONSES, row.id, was.last_response, row.last_response)
    events = _since(session, _EVENTS, row.id, was.last_event, row.last_event)
    if responses is None or events is None:
        return None
    return _replayed(row, items, responses, events, before.breaks, before.position)


def _since(
    session: Session,
    statements: tuple[Prepared, Prepared],
    attempt_id: UUID,
    known: UUID | None,
    last: UUID | None,
) -> Sequence[Any] | None:
    """Return an attempt's rows behind the one of a known id, or None where that is not there (any more)."""
    if last == known:
        return ()
    all_rows, since = statements
    if known is None:
        return all_rows.all(session, attempt_id=attempt_id)
    found = since.all(session, attempt_id=attempt_id, known=known)
    return found[1:] if found and found[0].id == known else None


def _replayed(
    row: Any,
    items: list[Item],
    responses: Iterable[Any],
    events: Iterable[Any],
    breaks: tuple[Break, ...],
    position: int,
) -> Attempt:
    """Return the attempt after these rows of its log, from items, breaks and position as they stand before."""
    kind = Kind(row.kind)
    for entry in responses:
        item = items[entry.position]
        response = response_from_json(entry.response)
        given_mark = None if kind is Kind.TEST else mark(item.question, response)
        sure = Sureness(entry.sure) if entry.sure else None
        given = Given(response, entry.given_at, given_mark, entry.seconds, sure)
        items[entry.position] = replace(item, given=(*item.given, given))
    breaks, position = _apply_events(events, items, breaks, position)
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


def _apply_events(
    events: Iterable[Any], items: list[Item], taken: tuple[Break, ...], position: int
) -> tuple[tuple[Break, ...], int]:
    breaks = list(taken)
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
