"""The simulated cohort: the same seed gives the same learners, who learn, forget, guess and differ."""

from __future__ import annotations

from datetime import UTC, date, datetime
from statistics import mean

import numpy as np
import pytest

from quiz.progress import (
    CohortModel,
    MadeQuestions,
    SimulatedLearner,
    chance_right,
    first_of_a_day,
    simulate_cohort,
)
from quiz.sessions import Kind
from quiz.syllabus import CriterionRef

REFS = [CriterionRef("L/601/7638", code) for code in ("1.1", "1.2", "2.1", "2.2")]
START = date(2026, 10, 1)


def cohort(
    learners: int = 60, days: int = 20, seed: int = 5, **model: object
) -> tuple[SimulatedLearner, ...]:
    return simulate_cohort(learners, REFS, days, seed, START, CohortModel(**model))


def true_mean(learners: tuple[SimulatedLearner, ...]) -> float:
    return mean(learner.chance(ref) for learner in learners for ref in REFS)


def test_the_same_seed_gives_the_same_cohort_and_another_seed_another() -> None:
    assert cohort() == cohort()
    assert cohort(seed=6) != cohort()


def test_answers_come_in_order_of_time_within_the_period_and_the_day() -> None:
    for learner in cohort():
        moments = [fact.at for fact in learner.evidence]
        assert moments == sorted(moments)
        assert {fact.at.tzinfo for fact in learner.evidence} == {UTC}
        assert datetime(2026, 10, 1, 7, tzinfo=UTC) <= moments[0]
        assert moments[-1] < datetime(2026, 10, 20, 22, tzinfo=UTC)
        assert all(0 < fact.seconds <= 180 for fact in learner.evidence if fact.seconds is not None)
        assert {fact.kind for fact in learner.evidence} == {Kind.PRACTICE}


def test_no_question_is_asked_twice_on_a_day() -> None:
    for learner in cohort():
        assert first_of_a_day(learner.evidence) == learner.evidence


def test_learners_give_as_many_answers_as_they_were_made_to() -> None:
    counts = [len(learner.evidence) for learner in cohort(200, 40, answers=(10, 50))]
    assert (min(counts) >= 10, max(counts) <= 50) == (True, True)
    # Spread evenly over the logarithm: half of them below the geometric mean of 10 and 50, about 22.
    assert 70 <= sum(count < 22 for count in counts) <= 130


def test_each_criterion_has_a_true_chance_for_each_test_question() -> None:
    for learner in cohort(test_questions=3):
        assert list(learner.tests) == REFS
        assert {len(chances) for chances in learner.tests.values()} == {3}
        for ref, chances in learner.tests.items():
            assert learner.chance(ref) == pytest.approx(sum(chances) / 3, abs=1e-12)
            # Four options: nobody is right less often than by guessing, nor more often than slips allow.
            assert all(0.25 <= chance <= 0.97 for chance in chances)


def test_who_knows_nothing_guesses_and_who_knows_all_slips() -> None:
    ignorant = cohort(ability=-30.0, gain=0.0, several_parts=0.0, answers=(60, 60))
    assert true_mean(ignorant) == pytest.approx(0.25, abs=1e-6)
    shares = [fact.fraction for learner in ignorant for fact in learner.evidence]
    assert len(shares) == 3600
    assert mean(shares) == pytest.approx(0.25, abs=0.03)  # four standard errors
    assert true_mean(cohort(ability=30.0)) == pytest.approx(0.97, abs=1e-6)


def test_practice_teaches_and_days_without_it_take_away() -> None:
    practised = {"answers": (80, 80)}
    untaught, taught = cohort(gain=0.0, **practised), cohort(gain=0.15, **practised)
    assert true_mean(taught) > true_mean(untaught) + 0.05
    assert true_mean(cohort(keep_days=100.0, **practised)) > true_mean(taught) + 0.02
    # Nothing is kept overnight: the truth is that of the morning after the last day.
    assert true_mean(cohort(keep_days=0.01, **practised)) == pytest.approx(true_mean(untaught), abs=1e-6)


def test_a_harder_paper_lowers_the_truth_and_leaves_the_answers() -> None:
    plain, harder = cohort(), cohort(test_harder=0.5)
    assert [learner.evidence for learner in harder] == [learner.evidence for learner in plain]
    assert true_mean(harder) < true_mean(plain) - 0.03


def test_questions_of_several_parts_earn_quarters() -> None:
    whole = {fact.fraction for learner in cohort(several_parts=0.0) for fact in learner.evidence}
    parts = {fact.fraction for learner in cohort(several_parts=1.0) for fact in learner.evidence}
    assert (whole, parts) == ({0.0, 1.0}, {0.0, 0.25, 0.5, 0.75, 1.0})


def test_learners_say_how_sure_they_are_only_where_they_are_asked() -> None:
    asked = {fact.sure is None for learner in cohort(asked_sure=1.0) for fact in learner.evidence}
    silent = {fact.sure is None for learner in cohort(asked_sure=0.0) for fact in learner.evidence}
    assert (asked, silent) == ({False}, {True})


def test_who_is_surer_is_right_more_often() -> None:
    said: dict[str, list[float]] = {}
    for learner in cohort(asked_sure=1.0):
        for fact in learner.evidence:
            said.setdefault(str(fact.sure), []).append(fact.fraction)
    assert mean(said["guess"]) < mean(said["think so"]) < mean(said["sure"])


def test_days_of_the_week_are_practised_in_the_ratio_asked_for() -> None:
    week = (1.0, 1.0, 1.0, 1.0, 1.0, 0.001, 0.001)
    practised = [
        fact.at.weekday() for learner in cohort(week=week, answers=(20, 20)) for fact in learner.evidence
    ]
    # Four sessions at most in twenty days: the fourteen working days are always enough.
    assert sum(day >= 5 for day in practised) < 0.02 * len(practised)


def test_given_questions_are_asked_under_their_names_as_hard_as_they_are() -> None:
    names = [[f"{ref.code} {letter}" for letter in "abc"] for ref in REFS]
    shape = (4, 3)
    easy = MadeQuestions(np.full(shape, -30.0), np.full(shape, 0.25), np.ones(shape, dtype=int), names)
    learners = simulate_cohort(30, REFS, 20, 5, START, CohortModel(slip=0.0), easy)
    facts = [fact for learner in learners for fact in learner.evidence]
    assert {fact.question for fact in facts} == {name for row in names for name in row}
    assert all(fact.question.split()[0] == fact.ref.code == fact.family.split()[0] for fact in facts)
    assert {fact.fraction for fact in facts} == {1.0}


def test_what_is_known_on_a_morning_ends_in_the_truth_of_the_last_one() -> None:
    learners = simulate_cohort(40, REFS, 20, 5, START, CohortModel(answers=(80, 80)), mornings=(0, 10, 20))
    for learner in learners:
        assert list(learner.standing) == [0, 10, 20]

    def level(morning: int) -> float:
        return mean(learner.standing[morning][ref] for learner in learners for ref in REFS)

    assert level(10) > level(0) + 0.2  # nothing is learnt before the first morning
    assert level(20) > level(0) + 0.2
    (alone,) = simulate_cohort(1, REFS, 20, 5, START, CohortModel(test_questions=1), mornings=(20,))
    for ref in REFS:
        assert alone.chance(ref) == pytest.approx(
            float(chance_right(np.array(alone.standing[20][ref]), 0.25, 0.03)), abs=1e-12
        )
