"""Attempts as stored: written move by move, read back by replaying the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid4

from sqlalchemy import func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.tables import (
    AttemptEventRow,
    AttemptItemRow,
    AttemptRow,
    ResponseRow,
    ShownQuestionRow,
)
from quiz.questions import (
    Question,
    Response,
    content_hash,
    mark,
    question_from_json,
    question_json,
    response_from_json,
    response_json,
)
from quiz.sessions import Attempt, Break, Finish, Given, Item, Kind, marked, settle


@dataclass(frozen=True)
class StoredAttempt:
    """An attempt with what it was drawn from."""

    attempt: Attempt
    plan: str
    """JSON of what the learner chose; its form depends on the kind."""
    seed: int
    content_version: str


@dataclass(frozen=True)
class AttemptSummary:
    """An attempt in a list: enough to name it and to go on with it."""

    id: UUID
    unit: str
    kind: Kind
    title: str
    started_at: datetime
    finished_at: datetime | None
    size: int | None
    answered: int
    last_at: datetime


def create_attempt(*, session: Session, attempt: Attempt, plan: str, seed: int, content_version: str) -> None:
    """Store a new attempt with all of its questions as they are shown."""
    session.add(
        AttemptRow(
            id=attempt.id,
            learner_id=attempt.learner,
            unit=attempt.unit,
            kind=attempt.kind,
            title=attempt.title,
            plan=plan,
            seed=seed,
            content_version=content_version,
            started_at=attempt.started_at,
            size=attempt.size,
            minutes=attempt.minutes,
            extra_percent=attempt.extra_percent,
        )
    )
    session.flush()
    for position, item in enumerate(attempt.items):
        _add_item(session, attempt, position, item.question, attempt.started_at)


def append_item(*, session: Session, attempt: Attempt, question: Question, now: datetime) -> None:
    """Store one more question at the attempt's end; one already there is left as it is."""
    position = len(attempt.items)
    taken = session.exec(
        select(AttemptItemRow.id).where(
            AttemptItemRow.attempt_id == attempt.id, AttemptItemRow.position == position
        )
    ).first()
    if taken is None:
        _add_item(session, attempt, position, question, now)


def save_response(
    *, session: Session, attempt: Attempt, position: int, response: Response, now: datetime,
    submit_id: UUID, seconds: float | None = None,
) -> bool:  # fmt: skip
    """Store a response, and in practice the mark of the first try; return False if it was stored before.

    A repeat of a `submit_id` (a rerun, a double click, a message sent again) writes nothing.
    """
    known = session.exec(select(ResponseRow.id).where(ResponseRow.submit_id == submit_id)).first()
    if known is not None:
        return False
    session.add(
        ResponseRow(
            attempt_id=attempt.id,
            position=position,
            sequence=_next(session, ResponseRow, attempt.id),
            submit_id=submit_id,
            response=response_json(response),
            given_at=now,
            seconds=seconds,
        )
    )
    if attempt.kind is not Kind.TEST:
        _mark_first_try(session, attempt, position, response, now)
    return True


def save_event(
    *, session: Session, attempt: Attempt, kind: str, now: datetime, position: int | None = None
) -> None:
    """Store what happened beside responses: flag, unflag, move, show, break_start, break_end."""
    session.add(
        AttemptEventRow(
            attempt_id=attempt.id,
            sequence=_next(session, AttemptEventRow, attempt.id),
            kind=kind,
            position=position,
            at=now,
        )
    )


def save_finish(*, session: Session, attempt: Attempt) -> None:
    """Store that the attempt is finished, and for a test the mark of every standing response."""
    row = session.get(AttemptRow, attempt.id)
    if row is None:
        raise RecordMissing("This session is not in the database any more.")
    if row.finished_at is not None:
        return
    row.finished_at, row.finish = attempt.finished_at, attempt.finish
    session.add(row)
    if attempt.kind is not Kind.TEST:
        return
    items = session.exec(select(AttemptItemRow).where(AttemptItemRow.attempt_id == attempt.id)).all()
    for item in items:
        latest = attempt.items[item.position].latest
        if latest is not None and latest.mark is not None and latest.mark.verdict.is_marked:
            item.fraction, item.verdict = latest.mark.fraction, latest.mark.verdict
            item.marked_at = latest.at
            session.add(item)


def select_attempt(*, session: Session, attempt_id: UUID) -> StoredAttempt:
    """Return an attempt as its log says.

    Raises:
        RecordMissing: it is not in the database.
    """
    stored = select_optional_attempt(session=session, attempt_id=attempt_id)
    if stored is None:
        raise RecordMissing("This session is not on this machine any more. Go to Home and start another.")
    return stored


def select_optional_attempt(*, session: Session, attempt_id: UUID) -> StoredAttempt | None:
    """Return an attempt as its log says, or None."""
    row = session.get(AttemptRow, attempt_id)
    if row is None:
        return None
    items = _items(session, attempt_id)
    attempt = _replayed(session, row, items)
    return StoredAttempt(attempt, row.plan, row.seed, row.content_version)


def settle_attempt(*, session: Session, attempt: Attempt, now: datetime) -> Attempt:
    """Return the attempt; one that has just run out of time is stored as finished at its deadline."""
    settled = settle(attempt, now)
    if settled.finished and not attempt.finished:
        save_finish(session=session, attempt=settled)
    return settled


def select_attempts(
    *, session: Session, learner: UUID, unit: str, kinds: Iterable[Kind], finished: bool, limit: int = 50
) -> list[AttemptSummary]:
    """Return a learner's attempts of those kinds, newest first."""
    answered = func.count(func.distinct(ResponseRow.position))
    last = func.max(ResponseRow.given_at)
    statement = (
        select(AttemptRow, answered, last)
        .join(ResponseRow, col(ResponseRow.attempt_id) == col(AttemptRow.id), isouter=True)
        .where(
            AttemptRow.learner_id == learner,
            AttemptRow.unit == unit,
            col(AttemptRow.kind).in_([*kinds]),
            col(AttemptRow.finished_at).is_not(None) if finished else col(AttemptRow.finished_at).is_(None),
        )
        .group_by(col(AttemptRow.id))
        .order_by(col(AttemptRow.started_at).desc())
        .limit(limit)
    )
    return [
        AttemptSummary(
            row.id, row.unit, Kind(row.kind), row.title, row.started_at, row.finished_at, row.size,
            count, latest or row.started_at,
        )
        for row, count, latest in session.exec(statement)
    ]  # fmt: skip


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


def _add_item(session: Session, attempt: Attempt, position: int, question: Question, now: datetime) -> None:
    digest = content_hash(question)
    session.exec(
        insert(ShownQuestionRow).values(hash=digest, content=question_json(question)).on_conflict_do_nothing()
    )
    head = question.head
    session.add(
        AttemptItemRow(
            id=uuid4(),
            attempt_id=attempt.id,
            learner_id=attempt.learner,
            position=position,
            question_hash=digest,
            question_id=head.id,
            family=head.family,
            unit=head.unit,
            criterion=head.criterion,
            kind=attempt.kind,
            shown_at=now,
        )
    )


def _mark_first_try(
    session: Session, attempt: Attempt, position: int, response: Response, now: datetime
) -> None:
    item = session.exec(
        select(AttemptItemRow).where(
            AttemptItemRow.attempt_id == attempt.id,
            AttemptItemRow.position == position,
            col(AttemptItemRow.marked_at).is_(None),
        )
    ).first()
    if item is not None:
        given = mark(attempt.items[position].question, response)
        item.fraction, item.verdict, item.marked_at = given.fraction, given.verdict, now
        session.add(item)


def _next(session: Session, table: type[ResponseRow] | type[AttemptEventRow], attempt_id: UUID) -> int:
    latest = session.exec(select(func.max(table.sequence)).where(table.attempt_id == attempt_id)).one()
    return (latest or 0) + 1


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
        given = Given(response, entry.given_at, given_mark, entry.seconds)
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
