"""The summary as a value: what counts as an answer, and what its totals come to."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from literal_questions import MATCHING, MULTIPLE_RESPONSE, ORDERING, SORTING
from literal_summaries import (
    ANSWERS,
    EMPTY,
    LINKED,
    SAT,
    START,
    SUMMARY,
    TAUGHT,
    TESTED,
    TITLED,
    UNIT,
    at,
)

from quiz.portfolio import Standing, Status
from quiz.progress import Mastery, OutcomeReadiness, QualificationProgress, State
from quiz.questions import (
    MatchingResponse,
    MultipleResponseResponse,
    OrderingResponse,
    SingleChoiceResponse,
    SortingResponse,
    right_response,
)
from quiz.reports.given import given_words
from quiz.reports.summary import CriterionPortfolio, CriterionSummary, DayCount, Practised, practised
from quiz.syllabus import CriterionRef
from quiz.version import VERSION

FRESH = (
    CriterionSummary(
        CriterionRef("X/000/0000", "1.1"), "Name", "a kind of tea",
        Mastery(CriterionRef("X/000/0000", "1.1"), 0.65, 0.3, 0.9, 0, 0, None, State.NOT_STARTED),
        CriterionPortfolio(Status(Standing.NOTHING), 0),
    ),
)  # fmt: skip


def test_the_version_is_the_one_of_the_project_file() -> None:
    root = Path(__file__).parents[3]
    assert tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_six_of_eight_answers_count_and_their_times_are_not_added_twice() -> None:
    # The first question was open 45.5 s at its second try, which holds the 30 s of the first; one more took 14.5 s.
    assert SUMMARY.practised == Practised(answers=6, tries=8, sessions=2, days=2, minutes=1.0, timed=2)


def test_the_same_answers_without_their_times_have_no_minutes() -> None:
    assert practised(ANSWERS[3:6]) == Practised(3, 3, 1, 2, None, 0)


def test_the_period_goes_from_the_first_answer_that_counts_to_the_last() -> None:
    assert SUMMARY.period == (at(1), at(61))


def test_days_are_those_of_london() -> None:
    assert START.date() == date(2026, 7, 1)
    assert SUMMARY.day_counts == (DayCount(date(2026, 7, 1), 4), DayCount(date(2026, 7, 2), 2))


def test_the_day_counts_and_days_of_a_summary_agree_with_its_answers() -> None:
    assert sum(day.answers for day in SUMMARY.day_counts) == SUMMARY.practised.answers
    assert len(SUMMARY.day_counts) == SUMMARY.practised.days


def test_a_learner_without_an_answer_has_nothing_and_no_period() -> None:
    assert EMPTY.practised == Practised(0, 0, 0, 0, None, 0)
    assert (EMPTY.period, EMPTY.day_counts, EMPTY.tests, EMPTY.criteria) == (None, (), (), ())


def test_only_finished_tests_with_a_report_are_tests() -> None:
    assert SUMMARY.tests == (SAT,)
    assert SAT.result == "passed"


def test_states_are_counted_over_taught_criteria_only() -> None:
    counts = {state: SUMMARY.count(state) for state in State}
    assert counts == {**dict.fromkeys(State, 0), State.LEARNING: 1, State.NOT_ENOUGH: 1}


def test_a_units_progress_is_that_of_its_criteria_and_a_listed_unit_has_none() -> None:
    progress = TAUGHT.progress
    assert progress is not None
    assert [entry.ref.code for entry in progress.criteria] == ["1.1", "1.2"]
    assert (progress.unit, TAUGHT.answers) == (UNIT, 6)
    assert LINKED.progress is None
    assert SUMMARY.taught_units == (TAUGHT,)


def test_the_roll_up_over_all_units_leaves_out_those_that_are_not_taught() -> None:
    assert TAUGHT.progress is not None
    beside = replace(TAUGHT, key="X/000/0000", outcomes=(replace(TAUGHT.outcomes[0], criteria=FRESH),))
    whole = replace(SUMMARY, units=(TAUGHT, LINKED, TITLED, beside)).progress
    assert [unit.unit for unit in whole.units] == [UNIT, "X/000/0000"]
    assert whole.not_started == whole.units[1:]
    assert (whole.weakest, whole.furthest_behind) == (whole.units[1], TAUGHT.progress)
    assert {state: whole.count(state) for state in State if whole.count(state)} == {
        State.NOT_STARTED: 1,
        State.NOT_ENOUGH: 1,
        State.LEARNING: 1,
    }
    assert EMPTY.progress == QualificationProgress(())


def test_an_estimate_is_known_from_five_answers_on() -> None:
    assert [entry.known for entry in TAUGHT.criteria] == [True, False]
    assert [entry.state_words for entry in (*TAUGHT.criteria, *LINKED.criteria)] == [
        "learning",
        "not enough answers yet",
        "taught through other units",
    ]


def test_a_unit_is_named_by_its_number_where_it_has_one() -> None:
    assert (TAUGHT.name, TITLED.name) == ("203 Making Tea", "Washing Up")


def test_an_answer_knows_its_criterion_its_day_and_whether_it_was_the_first_try() -> None:
    second = ANSWERS[1]
    assert (second.ref.code, second.day, second.first_try) == ("1.1", date(2026, 7, 1), False)
    assert (second.verdict_words, second.fraction) == ("right", 1.0)


def test_a_response_changed_later_in_a_test_is_not_marked() -> None:
    changed = ANSWERS[6]
    assert (changed.verdict_words, changed.fraction, changed.counts) == ("not marked", None, False)


@pytest.mark.parametrize(
    ("asked", "response", "words"),
    [
        (TESTED, SingleChoiceResponse(chosen="b"), "more milk"),
        (TESTED, SingleChoiceResponse(), "no answer"),
        (TESTED, SingleChoiceResponse(chosen="zz"), "no answer"),
        (TESTED, OrderingResponse(order=("a",)), "no answer"),
        (MULTIPLE_RESPONSE, MultipleResponseResponse(chosen=("c", "a")), "hot water; cold soup"),
        (MATCHING, MatchingResponse(chosen={"k": "s", "c": "c"}), "kettle: holds leaves back; caddy: stores leaves"),
        (SORTING, SortingResponse(chosen={"s": "Green", "a": "Green"}), "Assam: Green; Sencha: Green"),
    ],
)  # fmt: skip
def test_what_was_given_is_told_in_the_words_shown(asked, response, words: str) -> None:
    assert given_words(asked, response) == words


def test_an_order_given_is_told_step_by_step() -> None:
    words = given_words(ORDERING, right_response(ORDERING))
    assert words == "; ".join(f"{n}. {step.text}" for n, step in enumerate(ORDERING.in_order, 1))


def test_what_a_pass_needs_is_said_where_the_paper_is_known() -> None:
    known = replace(TAUGHT, paper_questions=40, pass_mark=24)
    assert known.pass_words == "A pass needs every outcome and at least 24 of 40 right answers"
    assert TAUGHT.pass_words == "A pass needs every outcome and enough right answers"


def test_a_range_of_one_number_is_not_told_twice() -> None:
    assert OutcomeReadiness(1, "tea", 2, 1, 6, 2, 1.0, 2, 2, 2).words == "2 of 2 likely"
    assert OutcomeReadiness(1, "tea", 2, 1, 6, 2, 0.9, 1, 0, 2).words == "1 of 2 likely, range 0 to 2"
