"""Mastery: exact values of small sequences, and what may be said of a criterion.

The expected numbers come from the closed formula, written out here a second time and apart from the code:
with discounted sums w (answers) and r (right), and a prior mean p that weighs 4 answers, the estimate
is (4p + r) / (4 + w); p is the facility .65 moved by the learner's level over all answers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc

from quiz.progress import (
    ENOUGH_ANSWERS,
    FACILITY,
    DayPoint,
    Mastery,
    Progress,
    QuizEvidence,
    State,
    blended_facility,
    estimate,
    estimate_each,
)
from quiz.sessions import Kind
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")
OTHER = CriterionRef("L/601/7638", "1.2")
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def facts(*days: str, ref: CriterionRef = REF) -> list[QuizEvidence]:
    """Return evidence, one text a day from 2 November on: 1 right, 0 wrong, h half, each of its own question."""
    worth = {"1": 1.0, "0": 0.0, "h": 0.5}
    return [
        QuizEvidence(
            ref,
            f"{ref}-{day}-{place}",
            f"{ref}-{place}",
            worth[letter],
            START + timedelta(days=day, minutes=place),
            Kind.PRACTICE,
        )
        for day, letters in enumerate(days)
        for place, letter in enumerate(letters)
    ]


def mastery(*days: str) -> Mastery:
    (found,) = estimate(facts(*days), [REF]).mastery
    return found


def logit(share: float) -> float:
    return log(share / (1 - share))


def by_hand(letters: str, facility: float = 0.65, others: str = "") -> float:
    """Return the estimate after those answers, the learner having given others elsewhere."""
    worth = {"1": 1.0, "0": 0.0, "h": 0.5}
    right = sum(worth[letter] * 0.85 ** (len(letters) - 1 - i) for i, letter in enumerate(letters))
    weight = sum(0.85**i for i in range(len(letters)))
    n = len(letters) + len(others)
    total = sum(worth[letter] for letter in letters + others)
    expected = facility * len(letters) + 0.65 * len(others)
    level = logit((total + 8 * 0.65) / (n + 8)) - logit((expected + 8 * 0.65) / (n + 8))
    prior = 1 / (1 + exp(-(logit(facility) + level)))
    return (4 * prior + right) / (4 + weight)


def test_before_any_answer_the_estimate_is_the_facility() -> None:
    found = mastery()
    assert found.mean == pytest.approx(0.65, abs=1e-12)
    assert (found.answers, found.days, found.last, found.state) == (0, 0, None, State.NOT_STARTED)


@pytest.mark.parametrize(
    ("letters", "mean"),
    [
        # On a criterion of average facility the level makes the prior (right + 5.2) / (answers + 8).
        ("1", (4 * 6.2 / 9 + 1) / 5),
        ("0", (4 * 5.2 / 9) / 5),
        ("11", (4 * 0.72 + 1.85) / 5.85),
        ("10", (4 * 0.62 + 0.85) / 5.85),
        ("01", (4 * 0.62 + 1) / 5.85),
        ("h", (4 * 5.7 / 9 + 0.5) / 5),
        ("111", (4 * 8.2 / 11 + 2.5725) / 6.5725),
    ],
)
def test_golden_values_of_the_first_answers(letters: str, mean: float) -> None:
    assert mastery(letters).mean == pytest.approx(mean, abs=1e-12)


@pytest.mark.parametrize("letters", ["1", "0", "01", "10", "h", "11011", "00000", "1h01h1", "1" * 30])
def test_the_estimate_is_the_closed_formula(letters: str) -> None:
    assert mastery(letters).mean == pytest.approx(by_hand(letters), abs=1e-12)


def test_a_later_answer_weighs_more_than_an_earlier_one() -> None:
    assert mastery("01").mean > mastery("10").mean


@pytest.mark.parametrize("facility", [0.3, 0.8])
def test_the_facility_of_a_criterion_is_its_prior(facility: float) -> None:
    (found,) = estimate(facts("101"), [REF], {REF: facility}).mastery
    assert found.mean == pytest.approx(by_hand("101", facility), abs=1e-12)


def test_the_learners_level_moves_a_criterion_that_has_no_answer_yet() -> None:
    for letters, above in (("111111", True), ("000000", False)):
        answered, unanswered = estimate(facts(letters), [REF, OTHER]).mastery
        assert unanswered.ref == OTHER
        assert unanswered.mean == pytest.approx(by_hand("", others=letters), abs=1e-12)
        assert (unanswered.mean > FACILITY) is above
        assert (unanswered.answers, unanswered.state) == (0, State.NOT_STARTED)
        assert answered.mean == pytest.approx(by_hand(letters), abs=1e-12)


def test_six_right_answers_elsewhere_lift_a_prior_of_65_to_80_percent() -> None:
    # level: (6 + 5.2)/14 = .8 against (3.9 + 5.2)/14 = .65
    _, unanswered = estimate(facts("111111"), [REF, OTHER]).mastery
    assert unanswered.mean == pytest.approx(0.8, abs=1e-12)


def test_answers_about_other_units_count_towards_the_level_and_are_not_reported() -> None:
    elsewhere = facts("111111", ref=CriterionRef("T/503/0356", "1.1"))
    progress = estimate(elsewhere, [REF])
    assert [found.ref for found in progress.mastery] == [REF]
    assert progress.mastery[0].mean == pytest.approx(0.8, abs=1e-12)
    assert progress.answers == 0


def test_the_level_asks_how_hard_the_criteria_of_other_units_are() -> None:
    # Of six answers to a criterion that .8 get right, (6 + 5.2)/14 = .8 against (4.8 + 5.2)/14 = 5/7:
    # odds of .65/.35 · (4 / 2.5) = 104/35, so .65 becomes 104/139.
    easy = CriterionRef("T/503/0356", "1.1")
    (found,) = estimate(facts("111111", ref=easy), [REF], {easy: 0.8}).mastery
    assert found.mean == pytest.approx(104 / 139, abs=1e-12)


def test_a_learner_strong_in_one_unit_starts_another_above_65_percent_with_a_timeline_of_its_own() -> None:
    strong, begun = CriterionRef("T/503/0356", "1.1"), facts("", "", "1")
    evidence = [*facts("1111", "11", "", "1", ref=strong), *begun]
    # Seven right elsewhere and one here: (8 + 5.2)/16 = .825, so the prior of both is .825.
    answered, unanswered = estimate(evidence, [REF, OTHER]).mastery
    assert unanswered.mean == pytest.approx(0.825, abs=1e-12)
    assert answered.mean == pytest.approx((4 * 0.825 + 1) / 5, abs=1e-12)
    assert estimate(begun, [OTHER]).mastery[0].mean == pytest.approx(6.2 / 9, abs=1e-12)
    none = dict.fromkeys(State, 0)
    assert estimate(evidence, [REF, OTHER]).timeline == (
        DayPoint(date(2026, 11, 4), 1, {**none, State.NOT_STARTED: 1, State.NOT_ENOUGH: 1}),
    )
    assert [(point.day.day, point.answers) for point in estimate(evidence, [strong]).timeline] == [
        (2, 4), (3, 6), (5, 7),
    ]  # fmt: skip


def test_a_criterion_made_secure_by_answers_elsewhere_is_slipping_once_it_falls() -> None:
    elsewhere = facts("", "", "1" * 40, ref=CriterionRef("T/503/0356", "1.1"))
    weak = facts("0111", "1110")
    (before,) = estimate(weak, [REF]).mastery
    (lifted,) = estimate([*weak, *elsewhere], [REF]).mastery
    (fallen,) = estimate([*weak, *elsewhere, *facts("", "", "", "00")], [REF]).mastery
    assert (before.state, lifted.state, fallen.state) == (State.LEARNING, State.SECURE, State.SLIPPING)


@given(st.lists(st.sampled_from("rq"), max_size=12))
def test_units_estimated_together_are_as_each_alone(letters: list[str]) -> None:
    elsewhere = CriterionRef("T/503/0356", "1.1")
    evidence = [
        fact
        for day, letter in enumerate(letters)
        for fact in facts(*[""] * day, "101", ref=REF if letter == "r" else elsewhere)
    ]
    assert estimate_each(evidence, {"a": [REF, OTHER], "b": [elsewhere], "c": []}) == {
        "a": estimate(evidence, [REF, OTHER]),
        "b": estimate(evidence, [elsewhere]),
        "c": Progress((), ()),
    }


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        ("", State.NOT_STARTED),
        ("1", State.NOT_ENOUGH),
        ("1111", State.NOT_ENOUGH),
        ("11111", State.LEARNING),
        ("00000", State.LEARNING),
    ],
)
def test_below_five_answers_nothing_is_said(letters: str, state: State) -> None:
    assert ENOUGH_ANSWERS == 5
    assert mastery(letters).state is state


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (("11111111",), State.LEARNING),  # eight answers on one day
        (("1111", "111"), State.LEARNING),  # seven on two days
        (("1111", "1111"), State.SECURE),
        (("1111111", "1"), State.SECURE),
        (("0111", "0111"), State.LEARNING),  # the chance of being above .7 is under .8
    ],
)
def test_likely_secure_takes_eight_answers_on_two_days_and_a_high_estimate(
    days: tuple[str, ...], state: State
) -> None:
    found = mastery(*days)
    assert (found.state, found.answers, found.days) == (state, sum(map(len, days)), len(days))


def test_secure_means_four_chances_in_five_of_being_above_seven_tenths() -> None:
    for days in (("1111", "1111"), ("1101", "1111"), ("1111", "1101"), ("0111", "1111"), ("1110", "1110")):
        letters = "".join(days)
        weight = sum(0.85**i for i in range(len(letters)))
        a = by_hand(letters) * (4 + weight)
        b = 4 + weight - a
        secure = 1 - betainc(a, b, 0.7) >= 0.8
        assert (mastery(*days).state is State.SECURE) is bool(secure), days


def test_a_criterion_that_was_secure_and_fell_is_slipping() -> None:
    assert mastery("1111", "1111", "000").state is State.SLIPPING
    assert mastery("1111", "1111", "000", "1111111111").state is State.SECURE
    # One that never was secure is learning, however it fell.
    assert mastery("111", "1111", "000").state is State.LEARNING


def test_only_the_first_answer_to_a_question_on_a_day_is_evidence() -> None:
    once = facts("01")
    again = [
        QuizEvidence(REF, once[0].question, once[0].family, 1.0, START + timedelta(hours=1), Kind.PRACTICE)
    ]
    assert estimate(once + again, [REF]) == estimate(once, [REF])
    late = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
    around_midnight = [
        QuizEvidence(REF, "q", "q", fraction, late + timedelta(minutes=minutes), Kind.PRACTICE)
        for fraction, minutes in ((0.0, 0), (1.0, 1), (0.0, 2))
    ]
    (found,) = estimate(around_midnight, [REF]).mastery
    assert (found.answers, found.days) == (2, 2)
    assert found.mean == pytest.approx(by_hand("01"), abs=1e-12)


def test_the_last_answers_moment_and_the_number_of_days_are_kept() -> None:
    found = mastery("11", "", "1")
    assert (found.answers, found.days, found.last) == (3, 2, START + timedelta(days=2))


def test_the_timeline_has_a_point_for_each_day_with_answers() -> None:
    progress = estimate(facts("1111", "", "1111") + facts("1", "11111", ref=OTHER), [REF, OTHER])
    none = dict.fromkeys(State, 0)
    assert progress.timeline == (
        DayPoint(date(2026, 11, 2), 5, {**none, State.NOT_ENOUGH: 2}),
        DayPoint(date(2026, 11, 3), 10, {**none, State.NOT_ENOUGH: 1, State.LEARNING: 1}),
        DayPoint(date(2026, 11, 4), 14, {**none, State.SECURE: 1, State.LEARNING: 1}),
    )
    assert progress.answers == 14


def test_no_evidence_gives_no_timeline() -> None:
    assert estimate([], [REF]).timeline == ()
    assert estimate(facts("1"), []) == Progress((), ())


LOGS = st.lists(
    st.tuples(
        st.sampled_from([REF, OTHER]),
        st.sampled_from([0.0, 0.5, 1.0]),
        st.integers(0, 20),
        st.integers(0, 60),
    ),
    max_size=40,
)
Log = list[tuple[CriterionRef, float, int, int]]


def log_of(rows: Log) -> list[QuizEvidence]:
    return [
        QuizEvidence(
            ref, f"{ref}-{i}", f"{ref}", share, START + timedelta(days=day, minutes=minute), Kind.TEST
        )
        for i, (ref, share, day, minute) in enumerate(rows)
    ]


@given(LOGS)
def test_the_interval_holds_nine_tenths_and_the_mean(rows: Log) -> None:
    for found in estimate(log_of(rows), [REF, OTHER]).mastery:
        assert 0 < found.low < found.mean < found.high < 1
        weight = sum(0.85**i for i in range(found.answers))
        a, b = found.mean * (4 + weight), (1 - found.mean) * (4 + weight)
        assert betainc(a, b, found.low) == pytest.approx(0.05, abs=1e-9)
        assert betainc(a, b, found.high) == pytest.approx(0.95, abs=1e-9)


@given(LOGS)
def test_replaying_the_same_evidence_gives_the_same_progress(rows: Log) -> None:
    evidence = log_of(rows)
    assert estimate(iter(evidence), [REF, OTHER]) == estimate(evidence, [REF, OTHER])


@given(LOGS)
def test_what_came_later_does_not_change_what_was_said_before(rows: Log) -> None:
    evidence = sorted(log_of(rows), key=lambda fact: fact.at)
    days = sorted({fact.day for fact in evidence})
    full = estimate(evidence, [REF, OTHER])
    for place, day in enumerate(days):
        until = estimate([fact for fact in evidence if fact.day <= day], [REF, OTHER])
        assert until.timeline == full.timeline[: place + 1]
        assert {state: [m.state for m in until.mastery].count(state) for state in State} == until.timeline[
            -1
        ].states


@pytest.mark.parametrize(
    ("right", "answers", "learners", "facility"),
    [
        (29, 29, 9, 0.65),  # too few answers
        (30, 30, 4, 0.65),  # too few learners
        (30, 30, 5, (0.65 * 30 + 30) / 60),
        (0, 30, 5, 0.325),
        (90, 100, 20, 109.5 / 130),
        (0, 0, 0, 0.65),
    ],
)
def test_the_facility_is_blended_from_30_answers_of_5_learners_on(
    right: float, answers: int, learners: int, facility: float
) -> None:
    assert blended_facility(right, answers, learners) == pytest.approx(facility, abs=1e-12)
