"""Attempts as stored: each move is written, and whoever reads them again finds the same attempt."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from literal_attempts import ATTEMPT, RIGHT, START, WRONG, a_test, at, practice, question
from literal_questions import MATCHING, MULTIPLE_RESPONSE, ORDERING, SORTING
from sqlalchemy import event
from stored_moves import begin, end, give, go_to, grow, load, rest, resume, set_flag, show

from models import (
    AttemptSummary,
    Database,
    Learner,
    RecordMissing,
    StoredAttempt,
    append_item,
    create_learner,
    open_database,
    save_event,
    save_finish,
    save_response,
    select_attempt,
    select_attempts,
    select_optional_attempt,
    settle_attempt,
)
from models.prepared import WATCHERS
from quiz.questions import SingleChoiceResponse, response_json, right_response
from quiz.sessions import Attempt, Finish, Kind, settle

UNIT = "L/601/7638"
SUBMIT = UUID("33333333-3333-4333-8333-333333333333")


def reopened(database: Database, attempt: Attempt) -> Attempt:
    """Return the attempt as another process finds it."""
    other = open_database(database.path.parent)
    found = load(other, attempt)
    other.close()
    return found


def rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(statement)]


def test_practice_as_a_story(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), question("1.2"), learner=learner.id))
    assert load(database, attempt) == attempt

    attempt = give(database, attempt, 0, WRONG, at(1), seconds=12.5)
    assert load(database, attempt) == attempt
    attempt = give(database, attempt, 0, RIGHT, at(2))
    attempt = go_to(database, attempt, 1, at(3))
    attempt = give(database, attempt, 1, WRONG, at(4))
    attempt = show(database, attempt, 1, at(5))
    attempt = set_flag(database, attempt, 1, True, at(6))
    assert load(database, attempt) == attempt
    assert reopened(database, attempt) == attempt

    attempt = end(database, attempt, at(7))
    assert reopened(database, attempt) == attempt
    assert (attempt.finished_at, attempt.finish) == (at(7), Finish.LEARNER)


def test_the_on_screen_test_as_a_story(database: Database, learner: Learner) -> None:
    asked = [question(code) for code in ("1.1", "1.2", "1.3")]
    attempt = begin(database, a_test(*asked, learner=learner.id, extra_percent=25))
    attempt = give(database, attempt, 0, WRONG, at(1))
    attempt = give(database, attempt, 0, RIGHT, at(2))
    attempt = set_flag(database, attempt, 1, True, at(3))
    attempt = set_flag(database, attempt, 2, True, at(3))
    attempt = set_flag(database, attempt, 1, False, at(4))
    attempt = go_to(database, attempt, 2, at(5))
    attempt = rest(database, attempt, at(10))
    assert reopened(database, attempt) == attempt
    assert reopened(database, attempt).on_break

    attempt = resume(database, attempt, at(20))
    attempt = give(database, attempt, 2, WRONG, at(21))
    found = reopened(database, attempt)
    assert found == attempt
    assert found.deadline(at(21)) == at(85)
    assert [given.mark for item in found.items for given in item.given] == [None, None, None]

    attempt = end(database, attempt, at(30))
    assert reopened(database, attempt) == attempt


def test_a_test_finished_from_a_break_comes_back_the_same(database: Database, learner: Learner) -> None:
    attempt = begin(database, a_test(question("1.1"), learner=learner.id))
    attempt = rest(database, give(database, attempt, 0, RIGHT, at(1)), at(10))
    attempt = end(database, attempt, at(20))
    assert load(database, attempt) == attempt
    assert [(taken.start, taken.end) for taken in attempt.breaks] == [(at(10), at(20))]


def test_every_type_of_question_and_answer_comes_back_the_same(database: Database, learner: Learner) -> None:
    asked = (question("1.1"), MULTIPLE_RESPONSE, MATCHING, ORDERING, SORTING)
    attempt = begin(database, practice(*asked, learner=learner.id))
    for position, each in enumerate(asked):
        attempt = give(database, attempt, position, right_response(each), at(position))
    assert load(database, attempt) == attempt
    assert all(item.settled for item in attempt.items)


def test_what_an_attempt_was_drawn_from_is_kept(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), learner=learner.id))
    with database.read() as session:
        assert select_attempt(session=session, attempt_id=ATTEMPT) == StoredAttempt(
            attempt, '{"a": 1}', 7, "v1"
        )


def test_an_attempt_is_read_in_one_query_until_somebody_moves_in_it(
    database: Database, learner: Learner
) -> None:
    attempt = begin(database, practice(question("1.1"), question("1.2"), learner=learner.id))
    other = open_database(database.path.parent)
    assert queries(database, attempt) > 1
    assert queries(database, attempt) == 1
    moved = give(other, attempt, 0, WRONG, at(1))
    assert load(database, attempt) == moved
    moved = go_to(other, moved, 1, at(2))
    assert load(database, attempt) == moved
    moved = grow(other, moved, question("1.1", 2), at(3))
    assert load(database, attempt) == moved
    moved = end(other, moved, at(4))
    assert load(database, attempt) == moved
    assert queries(database, attempt) == 1
    with database.read() as session:
        assert select_optional_attempt(session=session, attempt_id=attempt.id, learner=SUBMIT) is None
    other.close()


def queries(database: Database, attempt: Attempt) -> int:
    """Return how many queries it takes to read an attempt."""
    said: list[str] = []
    with database.read() as session:
        engine = session.get_bind()
        listen = (engine, "before_cursor_execute", lambda *args: said.append(args[2]))
        event.listen(*listen)
        WATCHERS.append(lambda statement, _given: said.append(statement))
        select_attempt(session=session, attempt_id=attempt.id)
        event.remove(*listen)
        WATCHERS.pop()
    return len([statement for statement in said if statement.startswith("SELECT")])


def test_of_an_attempt_read_before_only_what_was_added_is_read(database: Database, learner: Learner) -> None:
    asked = [question("1.1", number) for number in range(1, 31)]
    attempt = begin(database, practice(*asked, learner=learner.id))
    for position in range(30):
        attempt = give(database, attempt, position, WRONG, at(3 * position + 1))
        assert queries(database, attempt) == (4 if position == 0 else 2)
        attempt = show(database, attempt, position, at(3 * position + 2))
        attempt = go_to(database, attempt, min(position + 1, 29), at(3 * position + 3))
        assert queries(database, attempt) == 2
        assert load(database, attempt) == attempt
    attempt = grow(database, attempt, question("1.2"), at(100))
    assert queries(database, attempt) == 2
    assert load(database, attempt) == attempt == reopened(database, attempt)


def test_finished_attempts_that_are_looked_at_push_out_each_other_and_no_open_one(
    database: Database, learner: Learner
) -> None:
    asked = [question("1.1", number) for number in range(1, 41)]
    going_on = begin(database, practice(*asked, learner=learner.id))
    load(database, going_on)
    finished = [
        end(database, begin(database, practice(*asked, learner=learner.id, id=uuid4())), at(1))
        for _ in range(31)
    ]
    for attempt in finished:  # 31 times 40 questions, where 1,200 are kept
        assert load(database, attempt) == attempt
    assert queries(database, going_on) == 1
    assert queries(database, finished[-1]) == 1
    assert queries(database, finished[0]) > 1


def test_a_log_that_was_replaced_is_read_from_the_start(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), question("1.2"), learner=learner.id))
    attempt = give(database, attempt, 0, WRONG, at(1))
    assert load(database, attempt).items[0].given[0].response == WRONG
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("DELETE FROM response")
        for sequence, row_id in ((1, "a" * 32), (2, "b" * 32)):
            connection.exec_driver_sql(
                "INSERT INTO response (id, attempt_id, position, sequence, submit_id, response, given_at) "
                "VALUES (?, ?, 0, ?, ?, ?, ?)",
                (row_id, attempt.id.hex, sequence, row_id, response_json(RIGHT), at(2).isoformat()),
            )
    given = load(database, attempt).items[0].given
    assert [entry.response for entry in given] == [RIGHT, RIGHT]
    assert [entry.at for entry in given] == [at(2), at(2)]


def test_an_attempt_that_is_not_there_is_none_or_named_as_missing(database: Database) -> None:
    with database.read() as session:
        assert select_optional_attempt(session=session, attempt_id=ATTEMPT) is None
        with pytest.raises(
            RecordMissing,
            match=r"^This session is not here any more\. Go to Home and start another\.$",
        ):
            select_attempt(session=session, attempt_id=ATTEMPT)
    with (
        pytest.raises(RecordMissing, match=r"^This session is not in the database any more\.$"),
        database.write() as session,
    ):
        save_finish(session=session, attempt=a_test(question("1.1")))


def test_an_answer_sent_twice_is_one_row(database: Database, learner: Learner) -> None:
    attempt = begin(database, a_test(question("1.1"), learner=learner.id))
    stored = []
    for now in (at(1), at(2)):
        with database.write() as session:
            stored.append(
                save_response(
                    session=session, attempt=attempt, position=0, response=RIGHT, now=now, submit_id=SUBMIT
                )
            )
    assert stored == [True, False]
    assert rows(database, "SELECT position, sequence, given_at FROM response") == [
        (0, 1, "2026-11-22T09:01:00.000000+00:00")
    ]


def test_answers_and_events_are_numbered_each_for_themselves_within_an_attempt(
    database: Database, learner: Learner
) -> None:
    first = begin(database, a_test(question("1.1"), question("1.2"), learner=learner.id))
    second = begin(database, replace(first, id=uuid4()))
    first = give(database, first, 1, WRONG, at(1))
    second = give(database, second, 0, WRONG, at(2))
    first = set_flag(database, first, 0, True, at(3))
    first = give(database, first, 0, RIGHT, at(4))
    first = go_to(database, first, 1, at(5))
    second = rest(database, second, at(6))
    of = f"WHERE attempt_id = '{first.id.hex}' ORDER BY sequence"
    assert rows(database, f"SELECT sequence, position FROM response {of}") == [(1, 1), (2, 0)]
    assert rows(database, f"SELECT sequence, kind, position FROM attempt_event {of}") == [
        (1, "flag", 0),
        (2, "move", 1),
    ]
    of = f"WHERE attempt_id = '{second.id.hex}' ORDER BY sequence"
    assert rows(database, f"SELECT sequence, position FROM response {of}") == [(1, 0)]
    assert rows(database, f"SELECT sequence, kind, position FROM attempt_event {of}") == [
        (1, "break_start", None)
    ]


def test_endless_practice_grows_and_one_question_is_not_added_twice(
    database: Database, learner: Learner
) -> None:
    attempt = begin(database, practice(question("1.1"), learner=learner.id, size=None))
    grown = grow(database, attempt, question("1.2"), at(1))
    # The same step once more, as a double click or a rerun makes it, with another question drawn.
    with database.write() as session:
        append_item(session=session, attempt=attempt, question=question("1.3"), now=at(2))
    assert load(database, attempt) == grown
    grown = grow(database, grown, question("1.3"), at(3))
    assert load(database, attempt) == grown


def test_the_same_question_shown_twice_is_kept_once(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), question("1.1"), learner=learner.id))
    begin(database, replace(attempt, id=uuid4()))
    assert rows(database, "SELECT count(*) FROM shown_question") == [(1,)]
    assert rows(database, "SELECT count(*) FROM attempt_item") == [(4,)]


def test_an_answer_shown_twice_was_shown_the_first_time(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), learner=learner.id))
    attempt = show(database, give(database, attempt, 0, WRONG, at(1)), 0, at(2))
    attempt = show(database, attempt, 0, at(3))
    assert load(database, attempt) == attempt
    assert attempt.items[0].shown_at == at(2)


def test_only_first_tries_of_practice_are_marked_in_the_table(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), question("1.2"), learner=learner.id))
    attempt = give(database, attempt, 0, WRONG, at(1))
    attempt = give(database, attempt, 0, RIGHT, at(2))
    end(database, attempt, at(3))
    assert rows(
        database, "SELECT position, fraction, verdict, marked_at FROM attempt_item ORDER BY position"
    ) == [(0, 0.0, "wrong", "2026-11-22T09:01:00.000000+00:00"), (1, None, None, None)]


def test_finishing_a_test_marks_every_standing_answer_and_no_other(
    database: Database, learner: Learner
) -> None:
    asked = [question(code) for code in ("1.1", "1.2", "1.3", "2.1")]
    attempt = begin(database, a_test(*asked, learner=learner.id))
    for position, response, minute in (
        (0, WRONG, 1),
        (0, RIGHT, 2),
        (1, WRONG, 3),
        (3, RIGHT, 4),
        (3, SingleChoiceResponse(), 5),
    ):
        attempt = give(database, attempt, position, response, at(minute))
    marks = "SELECT position, fraction, verdict, marked_at FROM attempt_item ORDER BY position"
    assert rows(database, marks) == [(position, None, None, None) for position in range(4)]
    end(database, attempt, at(10))
    assert rows(database, marks) == [
        (0, 1.0, "right", "2026-11-22T09:02:00.000000+00:00"),
        (1, 0.0, "wrong", "2026-11-22T09:03:00.000000+00:00"),
        (2, None, None, None),
        (3, None, None, None),
    ]


def test_a_finish_stored_twice_stays_the_first(database: Database, learner: Learner) -> None:
    attempt = begin(database, a_test(question("1.1"), learner=learner.id))
    finished = end(database, attempt, at(10))
    end(database, attempt, at(20))
    assert load(database, attempt) == finished


def test_a_test_past_its_deadline_is_finished_by_whoever_reads_it(
    database: Database, learner: Learner
) -> None:
    attempt = begin(database, a_test(question("1.1"), question("1.2"), learner=learner.id))
    attempt = give(database, attempt, 0, RIGHT, at(1))
    with database.write() as session:
        assert settle_attempt(session=session, attempt=attempt, now=at(59)) == attempt
    assert load(database, attempt) == attempt
    with database.write() as session:
        settled = settle_attempt(session=session, attempt=attempt, now=at(500))
    assert settled == settle(attempt, at(60))
    assert (settled.finished_at, settled.finish) == (at(60), Finish.TIME)
    assert reopened(database, attempt) == settled
    assert rows(database, "SELECT fraction FROM attempt_item ORDER BY position") == [(1.0,), (None,)]


def test_events_that_fit_no_question_are_passed_over(database: Database, learner: Learner) -> None:
    attempt = begin(database, practice(question("1.1"), learner=learner.id))
    with database.write() as session:
        for kind, position in (("move", 9), ("flag", None), ("break_end", None), ("dance", 0)):
            save_event(session=session, attempt=attempt, kind=kind, now=at(1), position=position)
    assert load(database, attempt) == attempt


def test_attempts_are_listed_newest_first_by_kind_and_state(database: Database, learner: Learner) -> None:
    with database.write() as session:
        other = create_learner(session=session, name="Sue", now=START)
    started = practice(question("1.1"), question("1.2"), learner=learner.id)
    old = begin(database, replace(started, id=uuid4()))
    new = begin(database, replace(started, id=uuid4(), started_at=at(30), size=None))
    done = end(database, begin(database, replace(started, id=uuid4(), started_at=at(20))), at(25))
    begin(database, replace(started, id=uuid4(), unit="T/503/0356"))
    begin(database, replace(started, id=uuid4(), learner=other.id))
    begin(database, replace(started, id=uuid4(), kind=Kind.TEST, minutes=60))
    old = give(database, old, 0, WRONG, at(40))
    old = give(database, old, 0, RIGHT, at(41))
    old = give(database, old, 1, RIGHT, at(42))

    def listed(finished: bool, limit: int = 50) -> list[AttemptSummary]:
        with database.read() as session:
            return select_attempts(
                session=session,
                learner=learner.id,
                unit=UNIT,
                kinds=[Kind.PRACTICE, Kind.CHECK],
                finished=finished,
                limit=limit,
            )

    # The newest one has no answer: practice that was left untouched is not worth listing.
    assert new.id not in {summary.id for summary in listed(finished=False)}
    new = give(database, new, 0, RIGHT, at(50))
    newest = AttemptSummary(new.id, UNIT, Kind.PRACTICE, "Practice", at(30), None, None, 1, at(50))
    assert listed(finished=False) == [
        newest,
        AttemptSummary(old.id, UNIT, Kind.PRACTICE, "Practice", START, None, 2, 2, at(42)),
    ]
    assert listed(finished=False, limit=1) == [newest]
    assert listed(finished=True) == [
        AttemptSummary(done.id, UNIT, Kind.PRACTICE, "Practice", at(20), at(25), 2, 0, at(20))
    ]
