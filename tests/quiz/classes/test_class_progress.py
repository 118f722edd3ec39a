"""Progress of a class, worked out by hand: who is at risk where, who has practised this week, tests by outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from literal_attempts import RIGHT, START, WRONG, a_test, at, question
from literal_packs import criterion, unit_of

from quiz.classes import (
    AT_RISK,
    ClassProgress,
    Member,
    Risk,
    class_progress,
    latest_tests,
    risk_of,
)
from quiz.progress import Mastery, OutcomeProgress, QuizEvidence, State
from quiz.progress.ledger import Ledger
from quiz.sessions import Kind, SatTest, answer, finish, score, score_marks
from quiz.syllabus import CriterionRef, Hurdle

UNIT = "L/601/7638"
TEA = unit_of([criterion(code) for code in ("1.1", "1.2", "2.1")], {1: 2, 2: 1})
SUNDAY = date(2026, 11, 22)
MONDAY = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
HURDLE = Hurdle(criterion_share=0.5, outcome_share=2 / 3, pass_mark=4)
FIVE = 1 + 0.85 + 0.85**2 + 0.85**3 + 0.85**4
"""What five answers weigh, the last one 1."""


def member(name: str) -> Member:
    return Member(UUID(int=int.from_bytes(name.encode())), name, START)


def facts(
    code: str, letters: str, when: datetime = MONDAY, unit: str = UNIT, first: int = 0
) -> list[QuizEvidence]:
    """Return an answer for each letter, a minute apart: 1 right, 0 wrong, each to its own question."""
    ref = CriterionRef(unit, code)
    return [
        QuizEvidence(
            ref, f"{ref}-{first + place}", f"{ref}-{first + place}", float(letter),
            when + timedelta(minutes=place), Kind.PRACTICE,
        )
        for place, letter in enumerate(letters)
    ]  # fmt: skip


def progress(
    evidence: Mapping[str, Sequence[QuizEvidence]], facility: Mapping[CriterionRef, float] | None = None
) -> ClassProgress:
    members = [member(name) for name in evidence]
    given = {member(name).id: Ledger.of(found) for name, found in evidence.items() if found}
    return class_progress(TEA, members, given, facility or {}, SUNDAY)


def risks(found: ClassProgress, outcome: int) -> list[Risk]:
    return list(next(o for o in found.outcomes if o.number == outcome).risks)


def mastery(code: str, mean: float, answers: int) -> Mastery:
    state = State.LEARNING if answers >= 5 else State.NOT_ENOUGH if answers else State.NOT_STARTED
    return Mastery(CriterionRef(UNIT, code), mean, mean, mean, answers, 1, None, state)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((0.9, 5), (0.6, 5), Risk.ON_TRACK),
        ((0.9, 5), (0.5999, 5), Risk.AT_RISK),
        ((0.5999, 5), (0.65, 0), Risk.AT_RISK),
        ((0.9, 5), (0.9, 4), Risk.UNKNOWN),
        ((0.9, 5), (0.1, 4), Risk.UNKNOWN),
        ((0.65, 0), (0.65, 0), Risk.UNKNOWN),
    ],
)
def test_one_weak_criterion_is_a_risk_and_only_all_of_them_known_are_on_track(
    first: tuple[float, int], second: tuple[float, int], expected: Risk
) -> None:
    outcome = OutcomeProgress(1, "tea", (mastery("1.1", *first), mastery("1.2", *second)))
    assert risk_of(outcome) is expected


def test_a_criterion_is_weak_below_the_share_at_which_a_lesson_teaches_again() -> None:
    assert AT_RISK == 0.6


def test_an_empty_class_has_no_learner_and_nothing_is_known_of_its_outcomes() -> None:
    found = progress({})
    assert (found.learners, found.not_this_week) == ((), ())
    assert [(o.number, o.risks, o.share) for o in found.outcomes] == [(1, (), None), (2, (), None)]


def test_a_learner_without_answers_is_not_known_anywhere() -> None:
    found = progress({"Sam": []})
    (sam,) = found.learners
    assert (sam.answers, sam.week, sam.last) == (0, 0, None)
    assert [o.share for o in found.outcomes] == [None, None]
    assert [o.count(Risk.UNKNOWN) for o in found.outcomes] == [1, 1]


def test_learners_come_by_name_and_their_estimates_are_their_own() -> None:
    found = progress({"sue": facts("2.1", "00000"), "Al": facts("2.1", "11111"), "Bo": facts("2.1", "1111")})
    assert [one.member.name for one in found.learners] == ["Al", "Bo", "sue"]
    means = [one.progress.criteria[2].mean for one in found.learners]
    # After five right answers the learner's level makes the prior (5 + 5.2) / 13, after five wrong 5.2 / 13.
    assert means[0] == pytest.approx((4 * 10.2 / 13 + FIVE) / (4 + FIVE))
    assert means[2] == pytest.approx((4 * 5.2 / 13) / (4 + FIVE))
    assert risks(found, 2) == [Risk.ON_TRACK, Risk.UNKNOWN, Risk.AT_RISK]
    assert risks(found, 1) == [Risk.UNKNOWN] * 3


def test_the_facility_of_a_criterion_moves_its_estimate() -> None:
    easy = progress({"Al": facts("2.1", "11111")}, {CriterionRef(UNIT, "2.1"): 0.9})
    # The prior is .9 shifted by the level: (10.2 / 2.8) over the odds of (4.5 + 5.2) / 13.
    odds = 9 * (10.2 / 2.8) / (9.7 / 3.3)
    prior = odds / (1 + odds)
    assert easy.learners[0].progress.criteria[2].mean == pytest.approx((4 * prior + FIVE) / (4 + FIVE))


def test_the_share_at_risk_is_of_all_learners_and_the_greatest_comes_first() -> None:
    found = progress(
        {
            "Al": [*facts("1.1", "00000"), *facts("2.1", "00000")],
            "Bo": facts("2.1", "00000"),
            "Cy": facts("2.1", "11111"),
            "Di": [],
        }
    )
    assert [(o.number, o.share) for o in found.outcomes] == [(1, 0.25), (2, 0.5)]
    assert [o.number for o in found.at_risk] == [2, 1]


def test_an_outcome_of_which_nothing_is_known_comes_after_one_without_a_risk() -> None:
    found = progress({"Al": facts("2.1", "11111")})
    assert [(o.number, o.share) for o in found.at_risk] == [(2, 0.0), (1, None)]


def test_a_week_begins_on_monday_at_midnight_in_london() -> None:
    before = MONDAY - timedelta(minutes=1)
    found = progress(
        {
            "Al": facts("1.1", "1", MONDAY),
            "Bo": facts("1.1", "1", before),
            "Cy": facts("1.1", "1", before - timedelta(days=9)),
            "Di": [],
        }
    )
    assert found.monday == date(2026, 11, 16)
    assert [one.week for one in found.learners] == [1, 0, 0, 0]
    assert [(one.member.name, one.last) for one in found.not_this_week] == [
        ("Di", None),
        ("Cy", before - timedelta(days=9)),
        ("Bo", before),
    ]


def test_in_summer_the_week_begins_an_hour_before_midnight_in_utc() -> None:
    sunday_at_eleven = datetime(2026, 7, 5, 23, 0, tzinfo=UTC)
    sums = {member("Al").id: Ledger.of(facts("1.1", "1", sunday_at_eleven))}
    found = class_progress(TEA, [member("Al")], sums, {}, date(2026, 7, 8))
    assert (found.monday, found.learners[0].week) == (date(2026, 7, 6), 1)


def test_practice_in_another_unit_counts_for_the_week_but_not_for_the_estimates() -> None:
    found = progress({"Al": facts("2.1", "00000", unit="T/503/0356")})
    (al,) = found.learners
    assert (al.answers, al.week) == (0, 5)
    assert risks(found, 2) == [Risk.UNKNOWN]


def test_the_same_question_counts_once_a_day() -> None:
    again = facts("2.1", "1", MONDAY + timedelta(hours=1))
    found = progress({"Al": [*facts("2.1", "11"), *again]})
    assert (found.learners[0].answers, found.learners[0].week) == (2, 2)


def marks(*given: tuple[str, float]) -> tuple[tuple[CriterionRef, float], ...]:
    return tuple((CriterionRef(UNIT, code), fraction) for code, fraction in given)


def test_a_report_made_from_marks_is_the_one_that_the_test_itself_gives() -> None:
    asked = [question(code, n) for code in ("1.1", "1.2", "1.10", "2.1") for n in (1, 2)]
    attempt = a_test(*asked)
    for place, response in enumerate((RIGHT, WRONG, WRONG, WRONG, RIGHT, RIGHT, WRONG)):
        attempt = answer(attempt, place, response, at(place))
    sat = finish(attempt, at(9))
    given = marks(
        ("1.1", 1), ("1.1", 0), ("1.2", 0), ("1.2", 0), ("1.10", 1), ("1.10", 1), ("2.1", 0), ("2.1", 0)
    )  # fmt: skip
    report = score_marks(given, HURDLE)
    assert report == score(sat, HURDLE)
    assert [(o.number, o.shown, o.needed, o.passed) for o in report.outcomes] == [
        (1, 2, 2, True), (2, 0, 1, False),
    ]  # fmt: skip
    assert (report.right, report.total, report.passed) == (3, 8, False)


def test_the_latest_test_of_each_learner_counts_and_outcomes_are_summed_over_them() -> None:
    al, bo, cy = member("Al"), member("bo"), member("Cy")
    tests = [
        SatTest(UUID(int=3), bo.id, at(3), marks(("1.1", 1), ("2.1", 0))),
        SatTest(UUID(int=2), al.id, at(2), marks(("1.1", 1), ("2.1", 1))),
        SatTest(UUID(int=1), al.id, at(1), marks(("1.1", 0), ("2.1", 0))),
    ]
    latest, outcomes = latest_tests([cy, bo, al], tests, HURDLE)
    assert [(one.member.name, one.finished_at, one.sat) for one in latest] == [
        ("Al", at(2), 2), ("bo", at(3), 1),
    ]  # fmt: skip
    assert [(o.number, o.passed, o.sat) for o in outcomes] == [(1, 2, 2), (2, 1, 2)]


def test_a_class_that_has_sat_no_test_has_no_results() -> None:
    assert latest_tests([member("Al")], [], HURDLE) == ((), ())
