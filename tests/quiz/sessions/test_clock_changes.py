"""The clock of the machine jumps, or summer time ends, while a test is under way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from literal_attempts import RIGHT, START, WRONG, a_test, at, practice, question

from quiz.errors import MoveRefused
from quiz.progress import evidence_from, first_of_a_day
from quiz.sessions import Finish, answer, begin_break, end_break, finish, settle
from quiz.wording import day, day_and_time, minutes_and_seconds

HOUR = timedelta(hours=1)


def test_a_clock_set_back_moves_no_deadline_and_shows_no_more_than_the_whole_time() -> None:
    attempt = answer(a_test(question("1.1"), question("1.2")), 0, WRONG, at(10))
    back = at(11) - HOUR
    assert attempt.remaining(back) == timedelta(minutes=60)
    assert attempt.deadline(back) == at(60)
    attempt = answer(attempt, 0, RIGHT, back)
    # The later answer stands, although its moment is the earlier one.
    assert attempt.items[0].latest is not None
    assert (attempt.items[0].latest.response, attempt.items[0].latest.at) == (RIGHT, back)
    assert finish(attempt, at(59)).finish is Finish.LEARNER
    assert finish(attempt, at(61)).finished_at == at(60)


def test_a_clock_set_forth_past_the_deadline_ends_the_test_as_of_it_and_keeps_the_answers() -> None:
    attempt = answer(a_test(question("1.1"), question("1.2")), 0, RIGHT, at(10))
    with pytest.raises(MoveRefused, match="Answers given before the end are kept"):
        answer(attempt, 1, RIGHT, at(11) + HOUR)
    settled = settle(attempt, at(11) + HOUR)
    assert (settled.finished_at, settled.finish) == (at(60), Finish.TIME)
    assert [fact.ref.code for fact in evidence_from(settled)] == ["1.1"]
    # Once it has ended, putting the clock right opens it no more.
    assert settle(settled, at(12)) == settled


def test_a_clock_set_forth_and_put_right_before_anybody_looked_changes_nothing() -> None:
    attempt = answer(a_test(question("1.1")), 0, RIGHT, at(10))
    assert settle(attempt, at(12)) == attempt
    assert attempt.remaining(at(12)) == timedelta(minutes=48)


def test_a_break_in_which_the_clock_is_set_back_takes_nothing_from_the_time() -> None:
    attempt = begin_break(a_test(question("1.1")), at(10))
    attempt = end_break(attempt, at(20) - HOUR)
    assert attempt.deadline(at(20) - HOUR) == at(60)
    assert attempt.remaining(at(20)) == timedelta(minutes=40)


def test_a_break_in_which_the_clock_is_set_forth_leaves_what_was_left() -> None:
    attempt = end_break(begin_break(a_test(question("1.1")), at(10)), at(20) + HOUR)
    assert attempt.remaining(at(20) + HOUR) == timedelta(minutes=50)


def test_practice_takes_answers_in_the_order_given_and_the_first_try_counts_whatever_the_clock_does() -> None:
    attempt = answer(practice(question("1.1")), 0, WRONG, at(10))
    attempt = answer(attempt, 0, RIGHT, at(11) - HOUR)
    assert [given.response for given in attempt.items[0].given] == [WRONG, RIGHT]
    assert [(fact.fraction, fact.at) for fact in evidence_from(attempt)] == [(0.0, at(10))]


BST_ENDS = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
"""02:00 British Summer Time becomes 01:00 Greenwich Mean Time."""


def test_sixty_minutes_over_the_end_of_summer_time_are_sixty_minutes() -> None:
    begun = BST_ENDS - timedelta(minutes=30)
    attempt = a_test(question("1.1"), started_at=begun)
    assert attempt.deadline(begun) == BST_ENDS + timedelta(minutes=30)
    left = [attempt.remaining(BST_ENDS + timedelta(minutes=minute)) for minute in (-30, -1, 0, 1, 29, 30)]
    assert [minutes_and_seconds(span.total_seconds()) for span in left if span is not None] == [
        "60:00",
        "31:00",
        "30:00",
        "29:00",
        "1:00",
        "0:00",
    ]
    attempt = answer(attempt, 0, RIGHT, BST_ENDS + timedelta(minutes=29, seconds=59))
    ended = settle(attempt, BST_ENDS + timedelta(minutes=30))
    assert ended.finished_at == BST_ENDS + timedelta(minutes=30)
    # An hour of the clock on the wall comes twice, so the test begins and ends at half past one.
    assert (day_and_time(begun), day_and_time(BST_ENDS)) == (
        "25 October 2026, 01:30",
        "25 October 2026, 01:00",
    )
    assert day_and_time(ended.finished_at or START) == "25 October 2026, 01:30"


def test_answers_of_the_longest_day_are_of_one_day_of_25_hours() -> None:
    first, last = datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 25, 23, 59, tzinfo=UTC)
    assert {day(first), day(last)} == {"25 October 2026"}
    facts = [
        fact
        for moment, response in ((first, WRONG), (last, RIGHT))
        for fact in evidence_from(answer(practice(question("1.1")), 0, response, moment))
    ]
    assert [fact.at for fact in first_of_a_day(facts)] == [first]
