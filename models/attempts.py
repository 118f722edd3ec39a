"""Attempts as stored: written move by move, and listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import exists, func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.sums import count_in
from models.tables import (
    AttemptEventRow,
    AttemptItemRow,
    AttemptRow,
    ResponseRow,
    ShownQuestionRow,
)
from quiz.progress import QuizEvidence
from quiz.questions import (
    Question,
    Response,
    content_hash,
    mark,
    question_json,
    response_json,
)
from quiz.sessions import Attempt, Kind, Sureness, settle
from quiz.syllabus import CriterionRef


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
    submit_id: UUID, seconds: float | None = None, sure: Sureness | None = None, counted: bool = True,
) -> bool:  # fmt: skip
    """Store a response, and in practice the mark of the first try; return False if it was stored before.

    A repeat of a `submit_id` (a rerun, a double click, a message sent again) writes nothing. The mark goes
    into the learner's running sums, unless whoever stores many at once does that at the end.
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
            sure=sure,
        )
    )
    if attempt.kind is not Kind.TEST:
        item = _mark_first_try(session, attempt, position, response, now, seconds, sure)
        if item is not None and counted:
            count_in(session=session, learner=attempt.learner, facts=[_fact(item)])
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
    marked = []
    for item in items:
        latest = attempt.items[item.position].latest
        if latest is not None and latest.mark is not None and latest.mark.verdict.is_marked:
            item.fraction, item.verdict = latest.mark.fraction, latest.mark.verdict
            item.marked_at = latest.at
            item.seconds, item.sure = latest.seconds, latest.sure
            session.add(item)
            marked.append(item)
    session.flush()
    count_in(session=session, learner=attempt.learner, facts=map(_fact, marked))


def count_attempt_in(*, session: Session, attempt: Attempt) -> None:
    """Take all marks of an attempt, none of which was counted, into its learner's running sums."""
    items = session.exec(
        select(AttemptItemRow).where(
            AttemptItemRow.attempt_id == attempt.id, col(AttemptItemRow.marked_at).is_not(None)
        )
    )
    count_in(session=session, learner=attempt.learner, facts=map(_fact, items))


def settle_attempt(*, session: Session, attempt: Attempt, now: datetime) -> Attempt:
    """Return the attempt; one that has just run out of time is stored as finished at its deadline."""
    settled = settle(attempt, now)
    if settled.finished and not attempt.finished:
        save_finish(session=session, attempt=settled)
    return settled


def select_open_tests(*, session: Session, learner: UUID) -> list[UUID]:
    """Return the tests of a learner that are not finished."""
    statement = select(AttemptRow.id).where(
        AttemptRow.learner_id == learner,
        AttemptRow.kind == Kind.TEST,
        col(AttemptRow.finished_at).is_(None),
    )
    return list(session.exec(statement))


def select_attempts(
    *,
    session: Session,
    learner: UUID,
    kinds: Iterable[Kind],
    finished: bool,
    unit: str | None = None,
    limit: int = 50,
) -> list[AttemptSummary]:
    """Return a learner's attempts of those kinds, newest first; of every unit where none is named.

    Practice that was left without an answer is no use to anybody and is not among them.
    """
    mine = col(ResponseRow.attempt_id) == col(AttemptRow.id)
    answered = select(func.count(func.distinct(ResponseRow.position))).where(mine).scalar_subquery()
    last = select(func.max(ResponseRow.given_at)).where(mine).scalar_subquery()
    of_use = (
        (col(AttemptRow.kind) == Kind.TEST) | col(AttemptRow.finished_at).is_not(None) | exists().where(mine)
    )
    wanted = (
        select(AttemptRow.id)
        .where(
            AttemptRow.learner_id == learner,
            *([AttemptRow.unit == unit] if unit is not None else []),
            col(AttemptRow.kind).in_([*kinds]),
            col(AttemptRow.finished_at).is_not(None) if finished else col(AttemptRow.finished_at).is_(None),
            of_use,
        )
        .order_by(col(AttemptRow.started_at).desc())
        .limit(limit)
    )
    # The responses are counted of those that are returned, not of all that might be.
    statement = (
        select(AttemptRow, answered, last)
        .where(col(AttemptRow.id).in_(wanted))
        .order_by(col(AttemptRow.started_at).desc())
    )
    return [
        AttemptSummary(
            row.id, row.unit, Kind(row.kind), row.title, row.started_at, row.finished_at, row.size,
            count, latest or row.started_at,
        )
        for row, count, latest in session.exec(statement)
    ]  # fmt: skip


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
    session: Session,
    attempt: Attempt,
    position: int,
    response: Response,
    now: datetime,
    seconds: float | None,
    sure: Sureness | None,
) -> AttemptItemRow | None:
    """Store the mark of the first try and return its row, or None where there was a mark before."""
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
        item.seconds, item.sure = seconds, sure
        session.add(item)
        session.flush()
    return item


def _fact(item: AttemptItemRow) -> QuizEvidence:
    assert item.fraction is not None
    assert item.marked_at is not None
    return QuizEvidence(
        CriterionRef(item.unit, item.criterion), item.question_id, item.family, item.fraction,
        item.marked_at, Kind(item.kind), item.seconds, Sureness(item.sure) if item.sure else None,
    )  # fmt: skip


def _next(session: Session, table: type[ResponseRow] | type[AttemptEventRow], attempt_id: UUID) -> int:
    latest = session.exec(select(func.max(table.sequence)).where(table.attempt_id == attempt_id)).one()
    return (latest or 0) + 1
