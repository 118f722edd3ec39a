"""Running sums: all that the estimates, the review and the pictures need of a learner, kept from answer to answer.

`Ledger.add` takes in one answer and costs the same after ten answers as after ten thousand. The sums are a
cache of the evidence and nothing else: `Ledger.of(evidence)` makes them anew, and what is read from them
equals what `estimate`, `schedule`, `calibration` and `days_practised` find by a replay, to the last bit.

A question belongs to one family, and a family to one criterion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Final

from quiz.progress.days import PractisedDay
from quiz.progress.evidence import QuizEvidence, order_of_evidence
from quiz.progress.mastery import (
    FACILITY,
    DayPoint,
    Mastery,
    Progress,
    State,
    Tally,
    beta_of,
    blended_facility,
    columns,
    discounted,
    level_of,
    masteries,
    states_of,
)
from quiz.progress.review import Pace, Remembered, Schedule, reviewed_once_more, scheduled
from quiz.progress.sureness import Calibration, Said, SureButWrong, calibrated, is_wrong
from quiz.sessions import Kind, Sureness
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON

WHOLE: Final = 1_000_000_000
"""Marks are summed over learners in billionths: whole numbers come to the same in every order, and can be
taken off again."""


@dataclass(frozen=True)
class Totals:
    """What is kept of a learner over all criteria."""

    facts: int = 0
    """All evidence; `answers` has only the first answer to a question on a day."""
    answers: int = 0
    right: float = 0.0
    last: datetime | None = None
    said: tuple[Said, ...] = tuple(Said(sure) for sure in Sureness)
    pace: Pace = Pace()

    @property
    def day(self) -> date | None:
        """Return the London day of the last answer."""
        return None if self.last is None else self.last.astimezone(LONDON).date()


@dataclass(frozen=True)
class CriterionSums:
    """What is kept of a learner's answers to a criterion."""

    facts: int = 0
    earned: int = 0
    """Marks of all evidence, in billionths."""
    latest: datetime | None = None
    """The last of all evidence; the tally's has only what counts."""
    tally: Tally = Tally()
    right: float = 0.0
    weight: float = 0.0


@dataclass(frozen=True)
class FamilySums:
    """What is kept of a learner's answers to a family."""

    card: Remembered
    latest: datetime
    asked: tuple[str, ...]
    """The questions of it that were answered on the day of the latest answer."""
    wrong: int = 0
    """How many answers were sure and not wholly right."""
    wrong_at: datetime | None = None
    tested: bool = False
    """Whether it was answered in a finished test."""


@dataclass(frozen=True)
class DayCount:
    """What a London day brought: answers that count, the criteria they were about, questions of a review."""

    answers: int = 0
    criteria: int = 0
    reviewed: int = 0


@dataclass(frozen=True)
class FacilitySums:
    """What all learners showed of a criterion."""

    facts: int = 0
    earned: int = 0
    learners: int = 0

    def __add__(self, other: FacilitySums) -> FacilitySums:
        """Return both together."""
        return FacilitySums(
            self.facts + other.facts, self.earned + other.earned, self.learners + other.learners
        )

    def __neg__(self) -> FacilitySums:
        """Return what has to be added to take these off."""
        return FacilitySums(-self.facts, -self.earned, -self.learners)

    @property
    def facility(self) -> float:
        """Return how hard the criterion is for everybody, blended with the prior."""
        return blended_facility(self.earned / WHOLE, self.facts, self.learners)


PastStates = Mapping[str, tuple[State, int]]
"""The state of each answered criterion of a unit at the end of a day, by code, and its answers until then."""


@dataclass
class Ledger:
    """A learner's running sums. Those of some units, families or days only are enough for what needs no others."""

    totals: Totals = field(default_factory=Totals)
    units: dict[str, dict[str, CriterionSums]] = field(default_factory=dict)
    """By unit and by code."""
    families: dict[str, FamilySums] = field(default_factory=dict)
    days: dict[date, DayCount] = field(default_factory=dict)
    past: dict[tuple[str, date], PastStates] = field(default_factory=dict)
    """By unit and day: every day on which the unit was answered, but for the last day of all answers."""

    @classmethod
    def of(cls, evidence: Iterable[QuizEvidence]) -> Ledger:
        """Return the sums of evidence that comes in any order."""
        found = cls()
        for fact in sorted(evidence, key=order_of_evidence):
            found.add(fact)
        return found

    def add(self, fact: QuizEvidence) -> None:
        """Take in an answer that is not earlier than those before it.

        It reads and changes the sums over all criteria, of its unit, of its family and of its day. The
        first answer of a day closes the day before: for that the sums of every unit have to be there.

        Raises:
            ValueError: it is earlier than the last one; the sums have to be made anew.
        """
        totals = self.totals
        if totals.last is not None and fact.at < totals.last:
            raise ValueError(f"An answer of {fact.at} comes after one of {totals.last}.")
        day, code = fact.day, fact.ref.code
        if totals.day is not None and day > totals.day:
            self._close(totals.day)
        family = self.families.get(fact.family)
        today = family is not None and _day(family.latest) == day
        counts = not (family is not None and today and fact.question in family.asked)
        sums = self.units.setdefault(fact.ref.unit, {}).get(code, CriterionSums())
        first = counts and (sums.tally.last is None or _day(sums.tally.last) != day)
        self.units[fact.ref.unit][code] = _with_answer(sums, fact, counts, first)
        before = self.days.get(day, DayCount())
        self.days[day] = DayCount(
            before.answers + counts, before.criteria + first, before.reviewed + (fact.kind is Kind.REVIEW)
        )
        pace = totals.pace if today else totals.pace.add(fact.seconds)
        self.families[fact.family] = _reviewed(family, fact, counts, today, totals.pace)
        self.totals = Totals(
            totals.facts + 1,
            totals.answers + counts,
            totals.right + fact.fraction if counts else totals.right,
            fact.at.astimezone(UTC),
            tuple(said.add(fact) for said in totals.said) if counts else totals.said,
            pace,
        )

    def _close(self, day: date) -> None:
        """Note what stood at the end of a day, once it is over: `quiz.progress.mastery` says how it is judged."""
        level = level_of(self.totals.right, self._answers(), {})
        for unit, criteria in self.units.items():
            answered = [c for c in criteria.values() if c.tally.last is not None]
            practised = any(_day(c.tally.last) == day for c in answered if c.tally.last is not None)
            if not practised and not any(c.tally.may_be_secure for c in answered):
                continue
            a, b = columns(beta_of(c.right, c.weight, FACILITY, level) for c in criteria.values())
            states = states_of([c.tally for c in criteria.values()], a, b)
            found = {
                code: (state, sums.tally.answers)
                for (code, sums), state in zip(criteria.items(), states, strict=True)
            }
            if practised:
                self.past[unit, day] = found
            for code, (state, _) in found.items():
                if state is State.SECURE and not criteria[code].tally.was_secure:
                    criteria[code] = replace(
                        criteria[code], tally=replace(criteria[code].tally, was_secure=True)
                    )

    def _answers(self) -> dict[CriterionRef, int]:
        return {
            CriterionRef(unit, code): sums.tally.answers
            for unit, criteria in self.units.items()
            for code, sums in criteria.items()
        }

    # --- What is read from the sums

    def facts_in(self, unit: str) -> int:
        """Return how many answers there are in a unit, all evidence counted."""
        return sum(sums.facts for sums in self.units.get(unit, {}).values())

    def latest_in(self, unit: str) -> datetime | None:
        """Return when the unit was last answered; None where it never was."""
        return max(
            (s.latest for s in self.units.get(unit, {}).values() if s.latest is not None), default=None
        )

    def mastery(
        self, refs: Iterable[CriterionRef], facility: Mapping[CriterionRef, float]
    ) -> tuple[Mastery, ...]:
        """Return the mastery of criteria as `estimate` has it, from the sums of every unit."""
        level = level_of(self.totals.right, self._answers(), facility)
        known = {ref: self.units.get(ref.unit, {}).get(ref.code, CriterionSums()) for ref in refs}
        a, b = columns(
            beta_of(sums.right, sums.weight, facility.get(ref, FACILITY), level)
            for ref, sums in known.items()
        )
        return masteries({ref: sums.tally for ref, sums in known.items()}, a, b)

    def timeline(self, mastery: Sequence[Mastery]) -> tuple[DayPoint, ...]:
        """Return the days on which one of those criteria, all of one unit, was answered, as `estimate` has them.

        It needs what stood in the unit on each day; the last of all days is as the mastery says.
        """
        if not mastery:
            return ()
        codes = [entry.ref.code for entry in mastery]
        unit, unknown = mastery[0].ref.unit, (State.NOT_STARTED, 0)
        points: list[DayPoint] = []
        answers = 0
        for day, found in sorted(
            ((day, found) for (key, day), found in self.past.items() if key == unit), key=itemgetter(0)
        ):
            then = [found.get(code, unknown) for code in codes]
            so_far = sum(number for _, number in then)
            if so_far > answers:
                points.append(_point(day, so_far, [state for state, _ in then]))
            answers = so_far
        if any(entry.last is not None and _day(entry.last) == self.totals.day for entry in mastery):
            assert self.totals.day is not None
            now = sum(entry.answers for entry in mastery)
            points.append(_point(self.totals.day, now, [entry.state for entry in mastery]))
        return tuple(points)

    def progress(self, refs: Iterable[CriterionRef], facility: Mapping[CriterionRef, float]) -> Progress:
        """Return what `estimate` says of criteria of one unit."""
        found = self.mastery(refs, facility)
        return Progress(found, self.timeline(found))

    def schedule(self, today: date, exam: date | None = None) -> Schedule:
        """Return what `schedule` says on a day after all answers, of the families that are there."""
        cards = {family: sums.card for family, sums in self.families.items()}
        return scheduled(cards, today, exam, self.days.get(today, DayCount()).reviewed)

    def calibration(self) -> Calibration:
        """Return what `calibration` says; it needs the families that were sure but wrong."""
        return calibrated(
            self.totals.said,
            [
                SureButWrong(sums.card.ref, family, sums.wrong, sums.wrong_at)
                for family, sums in self.families.items()
                if sums.wrong_at is not None
            ],
        )

    def days_practised(self, first: date, last: date) -> tuple[PractisedDay, ...]:
        """Return every day from the first to the last, both included, in order."""
        period = (first + timedelta(days=number) for number in range((last - first).days + 1))
        counts = ((day, self.days.get(day, DayCount())) for day in period)
        return tuple(PractisedDay(day, found.answers, found.criteria) for day, found in counts)

    def shown(self) -> dict[CriterionRef, FacilitySums]:
        """Return what this learner adds to how hard each criterion is for everybody."""
        return {
            CriterionRef(unit, code): FacilitySums(sums.facts, sums.earned, 1)
            for unit, criteria in self.units.items()
            for code, sums in criteria.items()
        }


def _with_answer(sums: CriterionSums, fact: QuizEvidence, counts: bool, first: bool) -> CriterionSums:
    at = fact.at.astimezone(UTC)
    every = replace(sums, facts=sums.facts + 1, earned=sums.earned + round(fact.fraction * WHOLE), latest=at)
    if not counts:
        return every
    right, weight = discounted(sums.right, sums.weight, fact.fraction)
    tally = Tally(sums.tally.answers + 1, sums.tally.days + first, at, sums.tally.was_secure)
    return replace(every, tally=tally, right=right, weight=weight)


def _reviewed(
    known: FamilySums | None, fact: QuizEvidence, counts: bool, today: bool, pace: Pace
) -> FamilySums:
    at = fact.at.astimezone(UTC)
    card = known.card if known is not None and today else None
    if card is None:
        card = reviewed_once_more(known.card if known is not None else None, fact, pace)
        card = replace(card, last=at)
    asked = known.asked if known is not None and today else ()
    wrong = counts and is_wrong(fact)
    return FamilySums(
        card,
        at,
        (*asked, fact.question) if counts else asked,
        (known.wrong if known is not None else 0) + wrong,
        at if wrong else known.wrong_at if known is not None else None,
        fact.kind is Kind.TEST or (known is not None and known.tested),
    )


def _point(day: date, answers: int, states: Sequence[State]) -> DayPoint:
    return DayPoint(day, answers, {state: states.count(state) for state in State})


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
