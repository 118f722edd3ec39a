"""Running sums: whatever is read from them equals, to the last bit, what a replay of the evidence finds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.progress import (
    DayPoint,
    QuizEvidence,
    State,
    calibration,
    days_practised,
    estimate,
    estimate_each,
    schedule,
)
from quiz.progress.ledger import DayCount, FacilitySums, Ledger
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef

START = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)  # two days before the clocks go forward
REFS = [CriterionRef(unit, code) for unit in ("L/601/7638", "T/503/0356") for code in ("1.1", "1.2")]
TEA, CASH = REFS[0], REFS[2]
OF_UNIT = {
    unit: [ref for ref in REFS if ref.unit == unit] + [CriterionRef(unit, "9.9")]
    for unit in {r.unit for r in REFS}
}
HARD = {REFS[0]: 0.4, REFS[1]: 0.85, REFS[2]: 0.7}


def fact(
    ref: CriterionRef = TEA, minutes: float = 0, fraction: float = 1.0, number: int = 0, family: int = 0,
    kind: Kind = Kind.PRACTICE, seconds: float | None = None, sure: Sureness | None = None,
) -> QuizEvidence:  # fmt: skip
    name = f"{ref}-{family}"
    at = START + timedelta(minutes=minutes)
    return QuizEvidence(ref, f"{name}-{number}", name, fraction, at, kind, seconds, sure)


LOGS = st.lists(
    st.builds(
        fact,
        ref=st.sampled_from(REFS),
        # Up to six days, with many answers in the same minute and some around midnight.
        minutes=st.one_of(st.integers(0, 8000), st.sampled_from([0.0, 1440.0, 899.99, 2280.0, 2340.0])),
        fraction=st.sampled_from([0.0, 1 / 3, 0.5, 1.0, 1.0, 1.0]),
        number=st.integers(0, 2),
        family=st.integers(0, 3),
        kind=st.sampled_from(Kind),
        seconds=st.one_of(st.none(), st.floats(0.1, 90)),
        sure=st.one_of(st.none(), st.sampled_from(Sureness)),
    ),
    max_size=90,
)


@given(LOGS, st.sampled_from([{}, HARD]), st.randoms(use_true_random=False))
def test_the_estimates_and_their_history_are_those_of_a_replay(
    log: list[QuizEvidence], facility: dict[CriterionRef, float], random: Random
) -> None:
    found = Ledger.of(random.sample(log, len(log)))
    replayed = estimate_each(log, OF_UNIT, facility)
    assert {unit: found.progress(refs, facility) for unit, refs in OF_UNIT.items()} == replayed


@given(LOGS, st.one_of(st.none(), st.integers(-3, 20)), st.randoms(use_true_random=False))
def test_the_schedule_is_that_of_a_replay_with_a_test_ahead_and_without(
    log: list[QuizEvidence], ahead: int | None, random: Random
) -> None:
    now = START + timedelta(days=9)
    exam = None if ahead is None else now.date() + timedelta(days=ahead)
    found = Ledger.of(random.sample(log, len(log))).schedule(now.date(), exam)
    assert found == schedule(log, now=now, exam=exam)


@given(LOGS, st.randoms(use_true_random=False))
def test_calibration_days_and_numbers_are_those_of_a_replay(log: list[QuizEvidence], random: Random) -> None:
    found = Ledger.of(random.sample(log, len(log)))
    first = START.date()
    last = first + timedelta(days=9)
    assert found.calibration() == calibration(log)
    assert found.days_practised(first, last) == days_practised(log, first, last)
    assert found.totals.facts == len(log)
    assert found.totals.last == max((entry.at for entry in log), default=None)
    for unit in OF_UNIT:
        mine = [entry for entry in log if entry.ref.unit == unit]
        assert found.facts_in(unit) == len(mine)
        assert found.latest_in(unit) == max((entry.at for entry in mine), default=None)
    shown = found.shown()
    assert {ref: (sums.facts, sums.learners) for ref, sums in shown.items()} == {
        ref: (sum(entry.ref == ref for entry in log), 1) for ref in {entry.ref for entry in log}
    }


@given(LOGS, st.integers(0, 90))
def test_sums_that_go_on_from_part_of_the_log_are_those_of_all_of_it(
    log: list[QuizEvidence], place: int
) -> None:
    ordered = sorted(log, key=lambda entry: (entry.at, entry.family, entry.question))
    place = min(place, len(ordered))
    if 0 < place < len(ordered) and ordered[place - 1].at == ordered[place].at:
        return  # of one moment: whoever stores them makes the sums anew
    found = Ledger.of(ordered[:place])
    for entry in sorted(
        ordered[place:], key=lambda entry: (entry.at, entry.family, entry.question, entry.fraction)
    ):
        if found.totals.last is not None and entry.at == found.totals.last:
            return
        found.add(entry)
    assert found == Ledger.of(log)


def test_an_answer_earlier_than_the_last_is_refused() -> None:
    found = Ledger.of([fact(minutes=5)])
    with pytest.raises(ValueError, match="comes after one of"):
        found.add(fact(minutes=4, number=1))
    assert found == Ledger.of([fact(minutes=5)])


def test_a_day_is_closed_by_the_first_answer_of_a_later_one() -> None:
    found = Ledger.of([fact(number=n, minutes=n) for n in range(5)])
    assert found.past == {}
    found.add(fact(CASH, minutes=24 * 60))
    assert found.past == {("L/601/7638", date(2026, 3, 27)): {"1.1": (State.LEARNING, 5)}}
    assert found.days == {date(2026, 3, 27): DayCount(5, 1, 0), date(2026, 3, 28): DayCount(1, 1, 0)}


def test_the_past_is_judged_by_the_learners_own_answers_and_today_by_everybodys() -> None:
    """How hard a criterion is for others changes what is said of now, and never what was said before."""
    log = [fact(minutes=1440 * (n // 4) + n, number=n, family=n) for n in range(8)]
    then = DayPoint(date(2026, 3, 27), 4, dict.fromkeys(State, 0) | {State.NOT_ENOUGH: 1})
    for facility, state in (({}, State.SECURE), ({TEA: 0.02, CASH: 0.99}, State.LEARNING)):
        for progress in (estimate(log, [TEA], facility), Ledger.of(log).progress([TEA], facility)):
            assert progress.mastery[0].state is state
            assert progress.timeline == (
                then, DayPoint(date(2026, 3, 28), 8, dict.fromkeys(State, 0) | {state: 1}),
            )  # fmt: skip
    later = [*log, fact(CASH, minutes=3 * 1440)]
    for progress in (estimate(later, [TEA], {TEA: 0.02}), Ledger.of(later).progress([TEA], {TEA: 0.02})):
        # The day is over: it was secure by the learner's own answers, and what others find hard leaves it so.
        assert progress.timeline[-1].states[State.SECURE] == 1
        assert progress.mastery[0].state is State.SLIPPING


def test_marks_of_all_learners_add_up_in_whole_billionths_and_come_off_again() -> None:
    thirds = Ledger.of([fact(minutes=n, number=n, fraction=1 / 3) for n in range(3)]).shown()[TEA]
    assert thirds == FacilitySums(3, 999_999_999, 1)
    whole = Ledger.of([fact(), fact(minutes=1, number=0)]).shown()[TEA]
    assert whole == FacilitySums(2, 2_000_000_000, 1)  # the same question on the same day counts here too
    assert thirds + whole + -thirds == whole
    many = FacilitySums(30, 15_000_000_000, 5)
    assert many.facility == pytest.approx((0.65 * 30 + 15) / 60, abs=1e-12)
    assert FacilitySums(30, 15_000_000_000, 4).facility == 0.65
