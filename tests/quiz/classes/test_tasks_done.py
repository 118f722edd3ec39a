"""A task: what is refused, which answers count, and when it is done, late or overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from quiz.classes import Member, Task, TaskState, did_task, make_task, who_did
from quiz.errors import EntryRefused
from quiz.progress import QuizEvidence
from quiz.sessions import Kind
from quiz.syllabus import CriterionRef

UNIT = "L/601/7638"
GROUP, TASK = UUID(int=1), UUID(int=2)
SET_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)


def task(**changes: Any) -> Task:
    stated: dict[str, Any] = {
        "title": "Three on outcome 1", "unit": UNIT, "codes": ["1.10", "1.2", "1.2"], "questions": 3, "due": FRIDAY,
        "now": SET_AT, "today": MONDAY,
    }  # fmt: skip
    return make_task(TASK, GROUP, **{**stated, **changes})


def fact(
    hours: float, code: str = "1.2", number: int | None = None, kind: Kind = Kind.PRACTICE, unit: str = UNIT
) -> QuizEvidence:
    """Return an answer so many hours after the task was set, to a question of its own unless numbered."""
    ref = CriterionRef(unit, code)
    name = f"{ref}-{hours if number is None else number}"
    return QuizEvidence(ref, name, name, 0.0, SET_AT + timedelta(hours=hours), kind)


def test_a_task_has_its_title_trimmed_and_each_criterion_once_in_order() -> None:
    made = task(title="  Three \n on outcome 1 ")
    assert made == Task(TASK, GROUP, "Three on outcome 1", UNIT, ("1.2", "1.10"), 3, FRIDAY, SET_AT)
    assert made.refs == {CriterionRef(UNIT, "1.2"), CriterionRef(UNIT, "1.10")}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "  "}, r"^Give the task a title of at most 100 characters\.$"),
        ({"title": "x" * 101}, r"^Give the task a title of at most 100 characters\.$"),
        ({"codes": []}, r"^Choose at least one criterion\.$"),
        ({"questions": 0}, r"^Ask for 1 to 200 questions\.$"),
        ({"questions": 201}, r"^Ask for 1 to 200 questions\.$"),
        ({"due": None}, r"^Give the day by which it is due\.$"),
        ({"due": date(2026, 11, 22)}, r"^22 November 2026 is past\. Give the day by which it is due\.$"),
    ],
)
def test_a_task_that_nobody_could_do_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(EntryRefused, match=words):
        task(**changes)


def test_a_task_may_be_due_on_the_day_it_is_set() -> None:
    assert task(due=MONDAY).due == MONDAY


def test_before_any_answer_it_is_not_begun_and_after_its_day_overdue() -> None:
    for today, state in ((FRIDAY, TaskState.NOT_BEGUN), (SATURDAY, TaskState.OVERDUE)):
        done = did_task(task(), [], today)
        assert (done.answered, done.left, done.done_at, done.state) == (0, 3, None, state)


def test_some_answers_are_a_beginning_and_after_its_day_still_overdue() -> None:
    for today, state in ((FRIDAY, TaskState.BEGUN), (SATURDAY, TaskState.OVERDUE)):
        done = did_task(task(), [fact(1), fact(2, "1.10")], today)
        assert (done.in_time, done.late, done.left, done.state) == (2, 0, 1, state)


def test_it_is_done_with_the_last_answer_asked_for_and_more_do_no_harm() -> None:
    done = did_task(task(), [fact(1), fact(2), fact(3), fact(4)], FRIDAY)
    assert (done.in_time, done.answered, done.left) == (4, 3, 0)
    assert (done.done_at, done.state) == (SET_AT + timedelta(hours=3), TaskState.DONE)


def test_its_day_ends_at_midnight_in_london() -> None:
    last_minute = 4 * 24 + 14 + 59 / 60
    in_time = did_task(task(questions=1), [fact(last_minute)], SATURDAY)
    assert (in_time.state, in_time.in_time) == (TaskState.DONE, 1)
    too_late = did_task(task(questions=1), [fact(last_minute + 1 / 60)], SATURDAY)
    assert (too_late.state, too_late.in_time, too_late.late) == (TaskState.LATE, 0, 1)


def test_in_summer_its_day_ends_an_hour_earlier_in_utc() -> None:
    summer = task(
        questions=1, due=date(2026, 7, 6), now=datetime(2026, 7, 1, 9, 0, tzinfo=UTC), today=date(2026, 7, 1)
    )
    ref = CriterionRef(UNIT, "1.2")
    late = QuizEvidence(ref, "q", "q", 1.0, datetime(2026, 7, 6, 23, 0, tzinfo=UTC), Kind.PRACTICE)
    assert did_task(summer, [late], date(2026, 7, 7)).state is TaskState.LATE


def test_one_who_was_done_in_part_by_its_day_and_finished_after_it_is_late() -> None:
    done = did_task(task(), [fact(1), fact(2), fact(6 * 24)], date(2026, 11, 30))
    assert (done.in_time, done.late, done.state) == (2, 1, TaskState.LATE)


def test_what_was_answered_before_it_was_set_or_elsewhere_does_not_count() -> None:
    evidence = [fact(-0.01), fact(1, "1.1"), fact(2, unit="T/503/0356"), fact(0)]
    assert did_task(task(), evidence, FRIDAY).in_time == 1


def test_no_answer_before_the_london_day_of_setting_makes_a_difference() -> None:
    in_summer = task(now=datetime(2026, 7, 1, 8, 0, tzinfo=UTC), today=date(2026, 7, 1), due=date(2026, 7, 9))
    assert in_summer.begins == datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
    assert task().begins == datetime(2026, 11, 23, tzinfo=UTC)


def test_the_same_question_counts_once_a_day_and_again_another_day() -> None:
    evidence = [fact(1, number=1), fact(2, number=1), fact(24, number=1)]
    assert did_task(task(), evidence, FRIDAY).in_time == 2


def test_a_question_already_answered_on_the_morning_of_setting_is_no_first_try_that_day() -> None:
    assert did_task(task(), [fact(-1, number=1), fact(1, number=1)], FRIDAY).in_time == 0


def test_every_kind_of_sitting_counts() -> None:
    evidence = [fact(place, kind=kind) for place, kind in enumerate(Kind, 1)]
    assert did_task(task(questions=4), evidence, FRIDAY).state is TaskState.DONE


def test_everybody_in_the_group_is_listed_by_name_with_or_without_answers() -> None:
    sue, al = Member(UUID(int=5), "sue", SET_AT), Member(UUID(int=6), "Al", SET_AT)
    found = who_did(task(questions=1), [sue, al], {sue.id: [fact(1)], UUID(int=7): [fact(1)]}, FRIDAY)
    assert [(member.name, done.answered, done.state) for member, done in found] == [
        ("Al", 0, TaskState.NOT_BEGUN), ("sue", 1, TaskState.DONE),
    ]  # fmt: skip
    assert who_did(task(), [], {}, FRIDAY) == ()
