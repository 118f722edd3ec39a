"""A specification document as it was read: units, outcomes, criteria, unit content and doubts.

The wording is the awarding body's. It stays in the user's own data folder and is never written into the
packs that are shipped.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

TWO_UNITS = "the document gives its reference to two units"
"""Why a unit is left out whose reference stands in the document at another unit too."""
SURE = 0.9
"""From this confidence on a criterion counts as read surely."""


@dataclass(frozen=True)
class SpecCriterion:
    """A criterion as printed; `line` is where its text begins, `confidence` from 0 to 1."""

    code: str
    verb: str
    text: str
    line: int
    confidence: float


@dataclass(frozen=True)
class SpecOutcome:
    """A learning outcome as printed, with its criteria in the order of their codes."""

    number: int
    statement: str
    criteria: tuple[SpecCriterion, ...]


@dataclass(frozen=True)
class Element:
    """An element of unit content, its amplification in brackets and its “eg” examples."""

    text: str
    brackets: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A topic of unit content with its elements."""

    heading: str
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class OutcomeContent:
    """What the unit content lists under one outcome."""

    outcome: int
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class SpecUnit:
    """A unit as printed; None where the document does not state it in a form that can be read.

    `number` holds every number the unit is printed under, joined by commas. `key` is its reference.
    """

    number: str | None
    key: str | None
    title: str
    level: int | None
    credit: int | None
    glh: int | None
    outcomes: tuple[SpecOutcome, ...]
    content: tuple[OutcomeContent, ...] = ()

    @property
    def criteria(self) -> tuple[SpecCriterion, ...]:
        """Return every criterion in order."""
        return tuple(criterion for outcome in self.outcomes for criterion in outcome.criteria)

    @property
    def name(self) -> str:
        """Return how the unit is spoken of, as in “Unit 203”; its reference or title where it has no number."""
        if self.number:
            return f"Unit {self.number.replace(',', ' and ')}"
        return self.key or f"“{self.title}”"


@dataclass(frozen=True, order=True)
class Unsure:
    """Something that was not read surely: the line, what is in doubt, and the readings to choose from."""

    line: int
    what: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Specification:
    """All that was read from one document, and all that a person has to settle."""

    units: tuple[SpecUnit, ...]
    unsure: tuple[Unsure, ...]

    @property
    def criteria_count(self) -> int:
        """Return how many criteria all units hold."""
        return sum(len(unit.criteria) for unit in self.units)


def specification_json(specification: Specification) -> str:
    """Return a specification as JSON text; its keys are the names of the fields."""
    return json.dumps(asdict(specification), ensure_ascii=False, indent=1)
