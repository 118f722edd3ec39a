"""Moves as a page makes them: read the attempt, move, store; each in a transaction of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from models import (
    Database,
    append_item,
    create_attempt,
    save_event,
    save_finish,
    save_response,
    select_attempt,
)
from quiz.questions import Question, Response
from quiz.sessions import (
    Attempt,
    answer,
    append,
    begin_break,
    end_break,
    finish,
    flag,
    move,
    show_answer,
)


def begin(database: Database, attempt: Attempt) -> Attempt:
    with database.write() as session:
        create_attempt(session=session, attempt=attempt, plan='{"a": 1}', seed=7, content_version="v1")
    return attempt


def load(database: Database, attempt: Attempt) -> Attempt:
    with database.read() as session:
        return select_attempt(session=session, attempt_id=attempt.id).attempt


def give(
    database: Database,
    attempt: Attempt,
    position: int,
    response: Response,
    now: datetime,
    seconds: float | None = None,
    submit_id: UUID | None = None,
) -> Attempt:
    with database.write() as session:
        answered = answer(attempt, position, response, now, seconds)
        save_response(
            session=session,
            attempt=answered,
            position=position,
            response=response,
            now=now,
            submit_id=submit_id or uuid4(),
            seconds=seconds,
        )
    return answered


def show(database: Database, attempt: Attempt, position: int, now: datetime) -> Attempt:
    return _event(database, show_answer(attempt, position, now), "show", now, position)


def set_flag(database: Database, attempt: Attempt, position: int, flagged: bool, now: datetime) -> Attempt:
    kind = "flag" if flagged else "unflag"
    return _event(database, flag(attempt, position, flagged, now), kind, now, position)


def go_to(database: Database, attempt: Attempt, position: int, now: datetime) -> Attempt:
    return _event(database, move(attempt, position), "move", now, position)


def rest(database: Database, attempt: Attempt, now: datetime) -> Attempt:
    return _event(database, begin_break(attempt, now), "break_start", now)


def resume(database: Database, attempt: Attempt, now: datetime) -> Attempt:
    return _event(database, end_break(attempt, now), "break_end", now)


def grow(database: Database, attempt: Attempt, question: Question, now: datetime) -> Attempt:
    with database.write() as session:
        append_item(session=session, attempt=attempt, question=question, now=now)
    return append(attempt, question)


def end(database: Database, attempt: Attempt, now: datetime) -> Attempt:
    if attempt.on_break:
        attempt = resume(database, attempt, now)
    finished = finish(attempt, now)
    with database.write() as session:
        save_finish(session=session, attempt=finished)
    return finished


def _event(
    database: Database, attempt: Attempt, kind: str, now: datetime, position: int | None = None
) -> Attempt:
    with database.write() as session:
        save_event(session=session, attempt=attempt, kind=kind, now=now, position=position)
    return attempt
