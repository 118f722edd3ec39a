"""Progress of a class in a unit: learners by criteria, outcomes at risk, who has not practised this week.

A learner is **at risk** in an outcome when a criterion of it that has enough answers is estimated
below `AT_RISK`, **on track** when all of its criteria have enough answers and none is below, and
otherwise nothing can be said yet: so one weak criterion is enough to be seen, and nobody is called
on track on part of an outcome. .6 is the share below which a lesson calls a criterion worth teaching
again. The share of an outcome at risk is of all learners of the class, those not known included: it
can only be too low.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from quiz.classes.group import Member
from quiz.progress import OutcomeProgress, State, UnitProgress, roll_up
from quiz.progress.ledger import Ledger
from quiz.sessions.lesson import TEACH_AGAIN
from quiz.syllabus import CriterionRef, Unit

AT_RISK = TEACH_AGAIN


class Risk(StrEnum):
    """What can be said of a learner in an outcome."""

    AT_RISK = "at risk"
    ON_TRACK = "on track"
    UNKNOWN = "not yet known"


@dataclass(frozen=True)
class LearnerInClass:
    """A learner's progress in the unit, and when they practised, in any unit."""

    member: Member
    progress: UnitProgress
    week: int
    """Answers since Monday, in any unit."""
    last: datetime | None
    """When they last answered, in any unit."""

    @property
    def answers(self) -> int:
        """Return the number of answers in the unit that count as evidence."""
        return sum(outcome.answers for outcome in self.progress.outcomes)


@dataclass(frozen=True)
class OutcomeInClass:
    """An outcome, and what can be said in it of each learner, in the order of the class."""

    number: int
    label: str
    risks: tuple[Risk, ...]

    def count(self, risk: Risk) -> int:
        """Return of how many learners this can be said."""
        return sum(one is risk for one in self.risks)

    @property
    def share(self) -> float | None:
        """Return the share of all learners that is at risk; None while nothing can be said of anybody."""
        if self.count(Risk.UNKNOWN) == len(self.risks):
            return None
        return self.count(Risk.AT_RISK) / len(self.risks)


@dataclass(frozen=True)
class ClassProgress:
    """How the learners of a class stand in a unit; learners by name."""

    unit: str
    learners: tuple[LearnerInClass, ...]
    outcomes: tuple[OutcomeInClass, ...]
    """In order of their numbers."""
    monday: date
    """The day, in London, on which the week at hand began."""

    @cached_property
    def at_risk(self) -> tuple[OutcomeInClass, ...]:
        """Return the outcomes by share at risk, the greatest first; those not known come last."""
        return tuple(sorted(self.outcomes, key=lambda o: (o.share is None, -(o.share or 0.0), o.number)))

    @property
    def not_this_week(self) -> tuple[LearnerInClass, ...]:
        """Return who has answered nothing since Monday, whoever is away longest first."""
        away = [learner for learner in self.learners if not learner.week]
        return tuple(
            sorted(away, key=lambda one: (one.last is not None, one.last.timestamp() if one.last else 0.0))
        )


def monday_of(today: date) -> date:
    """Return the day with which the week at hand began."""
    return today - timedelta(days=today.weekday())


def class_progress(
    unit: Unit,
    members: Sequence[Member],
    sums: Mapping[UUID, Ledger],
    facility: Mapping[CriterionRef, float],
    today: date,
) -> ClassProgress:
    """Return how a class stands in a unit today.

    Args:
        unit: the unit.
        members: the learners of the class.
        sums: each learner's running sums in every unit, with their days from Monday on; whoever has
            answered nothing may be missing.
        facility: how hard each criterion is.
        today: the day in London; the week begins on its Monday.
    """
    monday = monday_of(today)
    refs = [criterion.ref for criterion in unit.criteria]
    learners = tuple(
        _learner(member, unit, refs, sums.get(member.id, Ledger()), facility, monday)
        for member in sorted(members, key=lambda member: (member.name.casefold(), member.id))
    )
    outcomes = tuple(
        OutcomeInClass(
            outcome.number,
            outcome.label,
            tuple(risk_of(learner.progress.outcomes[place]) for learner in learners),
        )
        for place, outcome in enumerate(unit.outcomes)
    )
    return ClassProgress(unit.key, learners, outcomes, monday)


def risk_of(outcome: OutcomeProgress) -> Risk:
    """Return what can be said of a learner in an outcome."""
    known = [m for m in outcome.criteria if m.state not in {State.NOT_STARTED, State.NOT_ENOUGH}]
    if any(mastery.mean < AT_RISK for mastery in known):
        return Risk.AT_RISK
    return Risk.ON_TRACK if len(known) == len(outcome.criteria) else Risk.UNKNOWN


def _learner(
    member: Member,
    unit: Unit,
    refs: Sequence[CriterionRef],
    sums: Ledger,
    facility: Mapping[CriterionRef, float],
    monday: date,
) -> LearnerInClass:
    return LearnerInClass(
        member,
        roll_up(unit, sums.mastery(refs, facility)),
        sum(counted.answers for day, counted in sums.days.items() if day >= monday),
        sums.totals.last,
    )
