"""Units as the documents list them: facts, outcomes and criteria by label, and what links them.

Every unit of the catalogue has an outline, whether Headset teaches it or not. The wording of outcomes
and criteria is the awarding body's; the labels here are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field, StrictInt

from quiz.syllabus.entry import Code, Entry, Text, UnitKey
from quiz.syllabus.syllabus import CriterionRef


class OutcomeKind(StrEnum):
    """Whether an outcome asks for doing (“be able to”) or for knowing."""

    COMPETENCE = "competence"
    KNOWLEDGE = "knowledge"


class OutlineCriterion(Entry):
    """A criterion by its code, its command verb and a label of ours that reads on from the verb."""

    code: Code
    verb: Text
    label: Text


class OutlineOutcome(Entry):
    """A learning outcome by its number and a label of ours."""

    number: StrictInt
    kind: OutcomeKind
    label: Text
    criteria: tuple[OutlineCriterion, ...] = Field(min_length=1)


class Doubt(Entry):
    """A figure that the documents print in two ways and do not settle."""

    field: Literal["credit"]
    value: StrictInt
    where: Text


class OutlineEntry(Entry):
    """A unit that Headset lists without teaching it; null where no document states a figure."""

    unit: UnitKey
    title: Text
    level: StrictInt | None = None
    credit: StrictInt | None = None
    glh: StrictInt | None = None
    doubt: Doubt | None = None
    no_place: Text | None = None
    """Why no qualification has the unit, where none has."""
    printed_as: tuple[Text, ...] = ()
    """Other references or numbers under which a document prints it, right or not, to be found by."""
    outcomes: tuple[OutlineOutcome, ...] = ()


class OutlineFile(Entry):
    """A file of outlines: units of one series."""

    series: Text
    units: tuple[OutlineEntry, ...] = Field(min_length=1)


class SlipEntry(Entry):
    """A slip or gap of a document, how it is read here, and where a learner would meet it."""

    id: Text
    about: Text
    read_as: Text
    qualifications: tuple[Text, ...] = ()
    units: tuple[UnitKey, ...] = ()
    criteria: tuple[Text, ...] = ()
    """Criteria as `REF CODE`, or an outcome as `REF NUMBER`."""


class SlipFile(Entry):
    """All slips of the documents."""

    slips: tuple[SlipEntry, ...]


class CriterionLink(Entry):
    """Criteria of taught units that teach what a criterion asks for."""

    code: Code
    to: tuple[Text, ...] = Field(min_length=1)
    """Targets as `REF CODE`, the best first."""
    how: Literal["same", "partly"]
    by: Literal["annexe-c", "headset"]


class UnitLinks(Entry):
    """The links of one unit, and what the certificate's Annexe C says about its standard."""

    unit: UnitKey
    standard: Text | None
    annexe_c: tuple[Text, ...]
    read_as: tuple[Text, ...]
    criteria: tuple[CriterionLink, ...]


class SameStandard(Entry):
    """An SQA unit and the unit that rests on the same standard, with how sure that is."""

    unit: UnitKey
    same_as: UnitKey
    confidence: Literal["high", "medium", "low"]
    reason: Text


class LinkFile(Entry):
    """All links between units."""

    units: tuple[UnitLinks, ...]
    same_standard: tuple[SameStandard, ...]


@dataclass(frozen=True)
class Teaching:
    """A criterion of a taught unit that teaches a criterion elsewhere."""

    ref: CriterionRef
    how: Literal["same", "partly"]
    by: Literal["annexe-c", "headset"]


@dataclass(frozen=True)
class CriterionOutline:
    """A criterion of any unit."""

    ref: CriterionRef
    verb: str
    label: str
    kind: OutcomeKind

    @property
    def title(self) -> str:
        """Return the command verb and our label."""
        return f"{self.verb} {self.label}"


@dataclass(frozen=True)
class OutcomeOutline:
    """An outcome of any unit, with its criteria in order."""

    number: int
    kind: OutcomeKind
    label: str
    criteria: tuple[CriterionOutline, ...]


@dataclass(frozen=True)
class UnitOutline:
    """A unit of the catalogue; figures are None where no document states them."""

    key: str
    title: str
    level: int | None
    credit: int | None
    glh: int | None
    outcomes: tuple[OutcomeOutline, ...]
    taught: bool
    doubt: Doubt | None = None
    no_place: str | None = None
    printed_as: tuple[str, ...] = ()

    @property
    def criteria(self) -> tuple[CriterionOutline, ...]:
        """Return every criterion in order; empty where the documents list none."""
        return tuple(criterion for outcome in self.outcomes for criterion in outcome.criteria)

    @cached_property
    def by_code(self) -> Mapping[str, CriterionOutline]:
        """Map codes to criteria."""
        return {criterion.ref.code: criterion for criterion in self.criteria}


def outline_of(entry: OutlineEntry) -> UnitOutline:
    """Return the outline that an entry states."""
    return UnitOutline(
        key=entry.unit,
        title=entry.title,
        level=entry.level,
        credit=entry.credit,
        glh=entry.glh,
        outcomes=tuple(
            OutcomeOutline(
                outcome.number,
                outcome.kind,
                outcome.label,
                tuple(
                    CriterionOutline(CriterionRef(entry.unit, c.code), c.verb, c.label, outcome.kind)
                    for c in outcome.criteria
                ),
            )
            for outcome in entry.outcomes
        ),
        taught=False,
        doubt=entry.doubt,
        no_place=entry.no_place,
        printed_as=entry.printed_as,
    )


def named_ref(text: str) -> CriterionRef:
    """Return the criterion that `REF CODE` names, as in `T/503/0356 1.2`."""
    unit, _, code = text.rpartition(" ")
    return CriterionRef(unit, code)
