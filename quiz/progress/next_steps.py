"""What next: one ranked list of steps, each with its reason.

The order is: go on with a test, go on with practice, review what is due, practise the criterion with
most to gain, begin a criterion, sit a practice test. A criterion not started may have more to gain than
any that was answered; then none of these is proposed, and beginning one is what comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from quiz.progress.mastery import ENOUGH_ANSWERS, Mastery, State
from quiz.progress.review import Schedule
from quiz.progress.review_days import PER_DAY, ReviewCard
from quiz.progress.rollup import OutcomeProgress, UnitProgress
from quiz.sessions import Kind
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON, count, day

TEST_REST_DAYS = 3
"""For how many days after a test another one of that unit is not proposed."""


class StepKind(StrEnum):
    """What a step is. What was answered wrongly though surely comes first within a review."""

    CONTINUE = "continue"
    REVIEW = "review"
    WEAKEST = "weakest"
    START = "start"
    TEST = "test"


@dataclass(frozen=True)
class NextStep:
    """One thing to do next, and why; `attempt` is the one to go on with."""

    kind: StepKind
    unit: str | None
    """The unit's reference; None for a review over several units."""
    refs: tuple[CriterionRef, ...]
    title: str
    reason: str
    attempt: UUID | None = None


@dataclass(frozen=True)
class Unfinished:
    """An attempt that was left; `size` is None for endless practice."""

    attempt: UUID
    unit: str
    kind: Kind
    title: str
    answered: int
    size: int | None


@dataclass(frozen=True)
class StudiedUnit:
    """A taught unit of the learner's plan, with what is known of it."""

    progress: UnitProgress
    number: str
    has_test: bool = False
    chance: float | None = None
    """The chance of passing its test today, between 0 and 1; None while that cannot be said."""
    last_test: date | None = None
    """The London day on which a practice test of it was last finished."""


def next_steps(
    *,
    today: date,
    units: Sequence[StudiedUnit],
    schedule: Schedule,
    unfinished: Sequence[Unfinished] = (),
    exam: date | None = None,
    per_day: int = PER_DAY,
) -> tuple[NextStep, ...]:
    """Return what to do next, the first thing first; never empty where a unit has a criterion.

    `units` come in the order of the learner's plan, `unfinished` the newest first; of practice only
    the newest is gone on with. The same arguments give the same steps.

    Raises:
        ValueError: `per_day` is below 1.
    """
    tests = [left for left in unfinished if left.kind is Kind.TEST]
    practice = [left for left in unfinished if left.kind is not Kind.TEST][:1]
    sitting = {left.unit for left in tests}
    return (
        *(_continue(left) for left in (*tests, *practice)),
        *_review(schedule, today, per_day),
        *_weakest(units),
        *_start(units),
        *_test([unit for unit in units if unit.progress.unit not in sitting], today, exam),
    )


def gain(mastery: Mastery) -> float:
    """Return how much practising a criterion may bring: what is missing, more where less is certain.

    It is (1 − mean) × (1 + width of the 90 % interval), between 0 and 2. Of two criteria with one
    estimate, that with fewer answers has the wider interval and comes first.
    """
    return (1 - mastery.mean) * (1 + mastery.high - mastery.low)


def _continue(left: Unfinished) -> NextStep:
    if left.size is None:
        reason = f"{count(left.answered, 'question')} answered so far; you can go on where you were."
    elif left.answered < left.size:
        reason = (
            f"{left.answered} of {count(left.size, 'question')} answered; {left.size - left.answered} left."
        )
    else:
        reason = f"All {count(left.size, 'question')} answered; finish it to see how it went."
    return NextStep(StepKind.CONTINUE, left.unit, (), f"Continue: {left.title}", reason, left.attempt)


def _review(schedule: Schedule, today: date, per_day: int) -> tuple[NextStep, ...]:
    cards, due = schedule.today_part(today, per_day), schedule.due_count(today)
    if not cards:
        return ()
    refs = tuple(dict.fromkeys(card.ref for card in cards))
    units = {ref.unit for ref in refs}
    return (
        NextStep(
            StepKind.REVIEW,
            units.pop() if len(units) == 1 else None,
            refs,
            f"Review {count(len(cards), 'question')}",
            _review_reason(due, cards, today),
        ),
    )


def _review_reason(due: int, cards: Sequence[ReviewCard], today: date) -> str:
    """Return why, from today's part; what is due beyond it is named last, so that no pile leads."""
    later = due - len(cards)
    sure = sum(card.sure_but_wrong for card in cards)
    if sure:
        rest = f"{_of_them(sure, len(cards))} came out wrong though you were sure"
        rest += f", and {'comes' if sure == 1 else 'come'} first" if len(cards) > sure else ""
    elif later:
        rest = "the likeliest forgotten first"
    else:
        days = (today - min(card.last for card in cards).astimezone(LONDON).date()).days
        rest = f"{'it' if due == 1 else 'the oldest'} was last asked {count(days, 'day')} ago"
    if not later:
        return f"{count(due, 'question')} {'is' if due == 1 else 'are'} due today; {rest}."
    others = "the other one is" if later == 1 else f"the other {later:,} are"
    between = ";" if sure else ","
    return f"{count(len(cards), 'question')} for today{between} {rest}; {others} spread over the coming days."


def _of_them(some: int, number: int) -> str:
    """Return “it”, “they all” or “2 of them”, for some of so many questions."""
    if some == number:
        return "it" if number == 1 else "they all"
    return f"{some} of them"


def _weakest(units: Sequence[StudiedUnit]) -> tuple[NextStep, ...]:
    """Return the answered criterion with most to gain, in the unit whose weakest outcome is furthest behind.

    It is left out where a criterion not started has more to gain, or where it is the only one answered
    though there are others.
    """
    begun = [unit for unit in units if any(mastery.answers for mastery in unit.progress.criteria)]
    if not begun:
        return ()
    unit = min(begun, key=_furthest_behind)
    weakest = max((m for m in unit.progress.criteria if m.answers), key=gain)
    criteria = [mastery for unit in units for mastery in unit.progress.criteria]
    fresh = [gain(mastery) for mastery in criteria if mastery.state is State.NOT_STARTED]
    answered = len(criteria) - len(fresh)
    if fresh and (answered == 1 or gain(weakest) < max(fresh)):
        return ()
    return (
        NextStep(
            StepKind.WEAKEST,
            unit.progress.unit,
            (weakest.ref,),
            f"Practise criterion {weakest.ref.code} of unit {unit.number}",
            _weakest_reason(weakest),
        ),
    )


def _furthest_behind(unit: StudiedUnit) -> float:
    """Return the level of the unit's weakest outcome: the mean over its criteria."""
    return min(_level(outcome) for outcome in unit.progress.outcomes if outcome.criteria)


def _level(outcome: OutcomeProgress) -> float:
    return sum(mastery.mean for mastery in outcome.criteria) / len(outcome.criteria)


def _weakest_reason(mastery: Mastery) -> str:
    answers = count(mastery.answers, "answer")
    if mastery.answers < ENOUGH_ANSWERS:
        more = ENOUGH_ANSWERS - mastery.answers
        return f"It has most to gain: {answers} so far, and {more} more would tell how it stands."
    return f"It has most to gain: about {mastery.mean:.0%} right at the first try, from {answers}."


def _start(units: Sequence[StudiedUnit]) -> tuple[NextStep, ...]:
    """Return the first criterion without an answer of each unit begun, then of the first unit not begun.

    One new unit is enough to propose: the others follow it in the plan's order.
    """
    begun = [unit for unit in units if any(mastery.answers for mastery in unit.progress.criteria)]
    new = [unit for unit in units if unit not in begun and unit.progress.criteria][:1]
    steps = []
    for unit in (*begun, *new):
        criteria = unit.progress.criteria
        fresh = [mastery.ref for mastery in criteria if mastery.state is State.NOT_STARTED]
        if fresh:
            title = f"Begin criterion {fresh[0].code} of unit {unit.number}"
            reason = _start_reason(len(fresh), len(criteria))
            steps.append(NextStep(StepKind.START, unit.progress.unit, (fresh[0],), title, reason))
    return tuple(steps)


def _start_reason(fresh: int, criteria: int) -> str:
    """Return why a criterion is begun; what lies before a learner is counted only once some lies behind."""
    if fresh == criteria:
        return "It is the only criterion." if criteria == 1 else f"It is the first of {criteria} criteria."
    return f"It is the next in order; {fresh} of {criteria} criteria {'has' if fresh == 1 else 'have'} no answer yet."


def _test(units: Sequence[StudiedUnit], today: date, exam: date | None) -> tuple[NextStep, ...]:
    """Return a practice test for each unit of which something can be said, and none was sat lately."""
    return tuple(
        NextStep(
            StepKind.TEST,
            unit.progress.unit,
            (),
            f"Sit a practice test of unit {unit.number}",
            _test_reason(unit, today, exam),
        )
        for unit in units
        if unit.has_test and _ready_to_try(unit) and not _sat_lately(unit, today)
    )


def _ready_to_try(unit: StudiedUnit) -> bool:
    practised = all(mastery.state is not State.NOT_STARTED for mastery in unit.progress.criteria)
    return unit.chance is not None or practised


def _sat_lately(unit: StudiedUnit, today: date) -> bool:
    return unit.last_test is not None and (today - unit.last_test).days < TEST_REST_DAYS


def _test_reason(unit: StudiedUnit, today: date, exam: date | None) -> str:
    if unit.chance is None:
        number = len(unit.progress.criteria)
        reason = "Its one criterion is practised" if number == 1 else f"All {number} criteria are practised"
    else:
        reason = f"The estimated chance of passing today is {unit.chance:.0%}"
    if exam is not None and exam >= today:
        return f"{reason}, and your test is on {day(exam)}."
    if unit.last_test is not None:
        return f"{reason}; the last practice test was {count((today - unit.last_test).days, 'day')} ago."
    return f"{reason}; a whole paper shows how it holds together."
