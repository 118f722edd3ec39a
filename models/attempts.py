"""Attempts as stored: written move by move, and listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, exists, func, inspect, update
from sqlalchemy import select as columns
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from models.errors import RecordMissing
from models.prepared import Prepared
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
    _add_items(session, attempt, [item.question for item in attempt.items], 0, attempt.started_at)


def append_item(*, session: Session, attempt: Attempt, question: Question, now: datetime) -> None:
    """Store one more question at the attempt's end; one already there is left as it is."""
    _add_items(session, attempt, [question], len(attempt.items), now)


def save_response(
    *, session: Session, attempt: Attempt, position: int, response: Response, now: datetime,
    submit_id: UUID, seconds: float | None = None, sure: Sureness | None = None, counted: bool = True,
) -> bool:  # fmt: skip
    """Store a response, and in practice the mark of the first try; return False if it was stored before.

    A repeat of a `submit_id` (a rerun, a double click, a message sent again) writes nothing. The mark goes
    into the learner's running sums, unless whoever stores many at once does that at the end.
    """
    stored = _ADD_RESPONSE.run(
        session,
        id=uuid4(), attempt_id=attempt.id, its_attempt=attempt.id, position=position,
        submit_id=submit_id, response=response_json(response), given_at=now, seconds=seconds, sure=sure,
    )  # fmt: skip
    if not stored:
        return False
    if attempt.kind is not Kind.TEST:
        item = _mark_first_try(session, attempt, position, response, now, seconds, sure)
        if item is not None and counted:
            count_in(session=session, learner=attempt.learner, facts=[_fact(item)])
    return True


def save_event(
    *, session: Session, attempt: Attempt, kind: str, now: datetime, position: int | None = None
) -> None:
    """Store what happened beside responses: flag, unflag, move, show, break_start, break_end."""
    _ADD_EVENT.run(
        session,
        id=uuid4(), attempt_id=attempt.id, its_attempt=attempt.id, kind=kind, position=position, at=now,
    )  # fmt: skip


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
    return [row.id for row in _OPEN_TESTS.all(session, learner=learner)]


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


def _add_items(
    session: Session, attempt: Attempt, questions: Sequence[Question], first: int, now: datetime
) -> None:
    """Store questions from a position on; what stands at a position stays."""
    if not questions:
        return
    hashes = [content_hash(question) for question in questions]
    _ADD_QUESTION.run_each(
        session,
        [
            {"hash": digest, "content": question_json(question)}
            for digest, question in zip(hashes, questions, strict=True)
        ],
    )
    _ADD_ITEM.run_each(
        session,
        [
            {
                "id": uuid4(), "attempt_id": attempt.id, "learner_id": attempt.learner, "position": position,
                "question_hash": digest, "question_id": question.head.id, "family": question.head.family,
                "unit": question.head.unit, "criterion": question.head.criterion, "kind": attempt.kind,
                "shown_at": now,
            }
            for position, (digest, question) in enumerate(zip(hashes, questions, strict=True), first)
        ],
    )  # fmt: skip


def _mark_first_try(
    session: Session,
    attempt: Attempt,
    position: int,
    response: Response,
    now: datetime,
    seconds: float | None,
    sure: Sureness | None,
) -> Any:
    """Store the mark of the first try and return its row, or None where there was a mark before."""
    given = mark(attempt.items[position].question, response)
    return _MARK_FIRST_TRY.first(
        session,
        its_attempt=attempt.id, its_position=position, fraction=given.fraction, verdict=given.verdict,
        marked_at=now, seconds=seconds, sure=sure,
    )  # fmt: skip


def _fact(item: Any) -> QuizEvidence:
    """Return what the row of a marked item says."""
    return QuizEvidence(
        CriterionRef(item.unit, item.criterion), item.question_id, item.family, item.fraction,
        item.marked_at, Kind(item.kind), item.seconds, Sureness(item.sure) if item.sure else None,
    )  # fmt: skip


def _following(table: type[ResponseRow] | type[AttemptEventRow]) -> Any:
    """Return the number behind those of an attempt's rows so far; a writer has the database to itself."""
    return (
        select(func.coalesce(func.max(col(table.sequence)), 0) + 1)
        .where(col(table.attempt_id) == bindparam("its_attempt"))
        .scalar_subquery()
    )


_ADD_QUESTION = Prepared(insert(ShownQuestionRow).on_conflict_do_nothing(), "hash", "content")
_ADD_ITEM = Prepared(
    insert(AttemptItemRow).on_conflict_do_nothing(index_elements=["attempt_id", "position"]),
    "id", "attempt_id", "learner_id", "position", "question_hash", "question_id", "family", "unit", "criterion",
    "kind", "shown_at",
)  # fmt: skip
_ADD_RESPONSE = Prepared(
    insert(ResponseRow)
    .values(sequence=_following(ResponseRow))
    .on_conflict_do_nothing(index_elements=["submit_id"]),
    "id", "attempt_id", "position", "submit_id", "response", "given_at", "seconds", "sure",
)  # fmt: skip
_ADD_EVENT = Prepared(
    insert(AttemptEventRow).values(sequence=_following(AttemptEventRow)),
    "id", "attempt_id", "kind", "position", "at",
)  # fmt: skip
_MARK_FIRST_TRY = Prepared(
    update(AttemptItemRow)
    .where(
        col(AttemptItemRow.attempt_id) == bindparam("its_attempt"),
        col(AttemptItemRow.position) == bindparam("its_position"),
        col(AttemptItemRow.marked_at).is_(None),
    )
    .returning(*inspect(AttemptItemRow).columns),
    "fraction", "verdict", "marked_at", "seconds", "sure",
)  # fmt: skip
_OPEN_TESTS = Prepared(
    columns(col(AttemptRow.id)).where(
        col(AttemptRow.learner_id) == bindparam("learner"),
        col(AttemptRow.kind) == Kind.TEST,
        col(AttemptRow.finished_at).is_(None),
    )
)
