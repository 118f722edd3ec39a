"""Mastery rolled up to outcome, unit and qualification, without hiding weak criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quiz.progress.mastery import Mastery, State
from quiz.syllabus import Unit


@dataclass(frozen=True)
class OutcomeProgress:
    """An outcome's criteria with their mastery, in order."""

    number: int
    label: str
    criteria: tuple[Mastery, ...]

    @property
    def answers(self) -> int:
        """Return the number of answers over its criteria."""
        return sum(mastery.answers for mastery in self.criteria)

    @property
    def weakest(self) -> Mastery:
        """Return the criterion with the lowest estimate among those with enough answers.

        While any has too few answers, the one with fewest comes first: it is not known.

        Raises:
            ValueError: the outcome has no criteria.
        """
        if not self.criteria:
            raise ValueError(f"Outcome {self.number} has no criteria.")
        unknown = [m for m in self.criteria if m.state in {State.NOT_STARTED, State.NOT_ENOUGH}]
        if unknown:
            return min(unknown, key=lambda mastery: mastery.answers)
        return min(self.criteria, key=lambda mastery: mastery.mean)

    @property
    def level(self) -> float:
        """Return the mean of its criteria's estimates; those without answers count with the prior's."""
        return sum(mastery.mean for mastery in self.criteria) / max(1, len(self.criteria))

    def count(self, state: State) -> int:
        """Return how many criteria are in a state."""
        return sum(mastery.state is state for mastery in self.criteria)


@dataclass(frozen=True)
class UnitProgress:
    """A unit's outcomes; the unit is as ready as its weakest outcome."""

    unit: str
    outcomes: tuple[OutcomeProgress, ...]

    @property
    def criteria(self) -> tuple[Mastery, ...]:
        """Return every criterion's mastery, in order."""
        return tuple(mastery for outcome in self.outcomes for mastery in outcome.criteria)

    @property
    def answers(self) -> int:
        """Return the number of answers over its criteria."""
        return sum(outcome.answers for outcome in self.outcomes)

    @property
    def weakest(self) -> OutcomeProgress:
        """Return the outcome with the lowest level: the unit is as ready as that."""
        return min(self.outcomes, key=lambda outcome: outcome.level)

    def count(self, state: State) -> int:
        """Return how many criteria are in a state."""
        return sum(outcome.count(state) for outcome in self.outcomes)


@dataclass(frozen=True)
class QualificationProgress:
    """The units of a qualification, in order; it is as ready as its weakest unit."""

    units: tuple[UnitProgress, ...]

    @property
    def criteria(self) -> tuple[Mastery, ...]:
        """Return every criterion's mastery, in order."""
        return tuple(mastery for unit in self.units for mastery in unit.criteria)

    @property
    def answers(self) -> int:
        """Return the number of answers over its criteria."""
        return sum(unit.answers for unit in self.units)

    @property
    def not_started(self) -> tuple[UnitProgress, ...]:
        """Return the units without an answer, in order."""
        return tuple(unit for unit in self.units if not unit.answers)

    @property
    def furthest_behind(self) -> UnitProgress | None:
        """Return the unit with the lowest weakest outcome among those begun, or None while none is.

        A unit is as ready as its weakest outcome, so the others of a unit cannot lift it past another.
        Of equals the first one is returned; its own `weakest` names the outcome.
        """
        begun = [unit for unit in self.units if unit.answers]
        return min(begun, key=lambda unit: unit.weakest.level, default=None)

    @property
    def weakest(self) -> UnitProgress | None:
        """Return the unit that the qualification is as ready as, or None where it has no unit.

        A unit without an answer is weaker than any begun one, whatever its estimates start from: nothing
        is known of it. The first such unit is returned, else the one that is `furthest_behind`.
        """
        return next(iter(self.not_started), self.furthest_behind)

    @property
    def secure_share(self) -> float:
        """Return the share of all criteria that are likely secure, 0 to 1; 0 where there is none."""
        return self.count(State.SECURE) / max(1, len(self.criteria))

    def count(self, state: State) -> int:
        """Return how many criteria are in a state; those of a unit without an answer are not started."""
        return sum(unit.count(state) for unit in self.units)


def roll_up_qualification(units: Iterable[UnitProgress]) -> QualificationProgress:
    """Return the progress over those units, in their order.

    The caller says which units belong: those of the plan without an answer are among them, so that they
    count as not started and are not hidden. A unit without criteria has nothing to roll up and is left out.
    """
    return QualificationProgress(tuple(unit for unit in units if unit.criteria))


def roll_up(unit: Unit, mastery: tuple[Mastery, ...]) -> UnitProgress:
    """Return the unit's progress from the mastery of its criteria."""
    by_ref: Mapping[object, Mastery] = {entry.ref: entry for entry in mastery}
    return UnitProgress(
        unit.key,
        tuple(
            OutcomeProgress(
                outcome.number,
                outcome.label,
                tuple(by_ref[criterion.ref] for criterion in unit.of_outcome(outcome.number)),
            )
            for outcome in unit.outcomes
        ),
    )
