"""Mastery rolled up to outcome and unit, without hiding weak criteria."""

from __future__ import annotations

from collections.abc import Mapping
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
    def weakest(self) -> OutcomeProgress:
        """Return the outcome with the lowest level: the unit is as ready as that."""
        return min(self.outcomes, key=lambda outcome: outcome.level)

    def count(self, state: State) -> int:
        """Return how many criteria are in a state."""
        return sum(outcome.count(state) for outcome in self.outcomes)


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
