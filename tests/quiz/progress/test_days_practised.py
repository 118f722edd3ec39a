"""Days practised: every day of a period with its answers and criteria, and noughts where there was nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from quiz.progress import PractisedDay, QuizEvidence, days_practised
from quiz.sessions import Kind
from quiz.syllabus import CriterionRef


def fact(question: str, moment: datetime, code: str = "1.1") -> QuizEvidence:
    return QuizEvidence(CriterionRef("L/601/7638", code), question, question, 1.0, moment, Kind.PRACTICE)


def moment(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_every_day_of_the_period_is_there_and_one_without_practice_is_nought() -> None:
    facts = [
        fact("a", moment(20)),
        fact("b", moment(20), "1.2"),
        fact("c", moment(20)),
        fact("a", moment(22)),
    ]
    assert days_practised(facts, date(2026, 11, 19), date(2026, 11, 22)) == (
        PractisedDay(date(2026, 11, 19), 0, 0),
        PractisedDay(date(2026, 11, 20), 3, 2),
        PractisedDay(date(2026, 11, 21), 0, 0),
        PractisedDay(date(2026, 11, 22), 1, 1),
    )


def test_what_lies_outside_the_period_is_left_out() -> None:
    facts = [fact("a", moment(18)), fact("b", moment(19)), fact("c", moment(20))]
    assert days_practised(facts, date(2026, 11, 19), date(2026, 11, 19)) == (
        PractisedDay(date(2026, 11, 19), 1, 1),
    )


def test_a_question_answered_again_on_a_day_counts_once() -> None:
    facts = [fact("a", moment(20, 9)), fact("a", moment(20, 10))]
    assert days_practised(facts, date(2026, 11, 20), date(2026, 11, 20))[0].answers == 1


def test_a_day_ends_at_midnight_in_london_in_summer_too() -> None:
    facts = [
        fact("a", datetime(2026, 6, 30, 22, 59, tzinfo=UTC)),
        fact("b", datetime(2026, 6, 30, 23, 0, tzinfo=UTC)),
    ]
    assert [day.answers for day in days_practised(facts, date(2026, 6, 30), date(2026, 7, 1))] == [1, 1]


def test_the_clocks_going_back_neither_doubles_a_day_nor_drops_one() -> None:
    days = days_practised([], date(2026, 10, 24), date(2026, 10, 27))
    assert [day.day.day for day in days] == [24, 25, 26, 27]


def test_a_week_begins_on_monday() -> None:
    days = days_practised([], date(2026, 11, 15), date(2026, 11, 23))
    assert [(day.day.day, day.monday.day) for day in days] == [
        (15, 9), (16, 16), (17, 16), (18, 16), (19, 16), (20, 16), (21, 16), (22, 16), (23, 23),
    ]  # fmt: skip


def test_a_period_that_ends_before_it_begins_has_no_days() -> None:
    assert days_practised([fact("a", moment(20))], date(2026, 11, 20), date(2026, 11, 19)) == ()
