"""The awarding body's tree: qualifications, units, learning outcomes, assessment criteria."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
Code = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
UnitReference = Annotated[str, StringConstraints(pattern=r"^[A-Z]/\d{3}/\d{4}$")]


class Entry(BaseModel):
    """A frozen, strict entry of a pack: an unknown key or a wrong type is a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, order=True)
class CriterionRef:
    """Names one assessment criterion: the unit's reference number and the criterion's code."""

    unit: str
    code: str

    @property
    def outcome(self) -> int:
        """Return the number of the learning outcome it belongs to."""
        return int(self.code.split(".")[0])

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """Order 1.10 after 1.9."""
        outcome, number = self.code.split(".")
        return (self.unit, int(outcome), int(number))

    def __str__(self) -> str:
        """Read as `L6017638-1.2`."""
        return f"{self.unit.replace('/', '')}-{self.code}"


class LearningOutcome(Entry):
    """A learning outcome, labelled in our own words."""

    number: StrictInt
    label: Text
    criteria: tuple[Code, ...] = Field(min_length=1)


class Topic(Entry):
    """A topic of the unit content, named in our own words."""

    outcome: StrictInt
    name: Text


class Hurdle(Entry):
    """When a paper is passed; shares are between 0 and 1, `pass_mark` counts right answers."""

    criterion_share: StrictFloat = Field(ge=0, le=1)
    outcome_share: StrictFloat = Field(ge=0, le=1)
    pass_mark: StrictInt = Field(ge=0)


class Blueprint(Entry):
    """How a paper is drawn: how many questions from which outcome, and how long it takes."""

    name: Text
    label: Text
    minutes: StrictInt = Field(gt=0)
    questions_per_outcome: dict[StrictInt, StrictInt]
    origin: Literal["written"]
    hurdle: Hurdle

    @property
    def size(self) -> int:
        """Return the number of questions on a paper."""
        return sum(self.questions_per_outcome.values())


class Reference(Entry):
    """A book, magazine or website that a unit's document lists for further reading."""

    kind: Literal["book", "magazine", "website"]
    title: Text
    author: Text | None = None
    publisher: Text | None = None
    year: StrictInt | None = None
    isbn: Text | None = None
    url: Text | None = None
    gone: StrictBool = False
    note: Text | None = None


class UnitEntry(Entry):
    """A unit as its file states it, without its criteria."""

    unit: UnitReference
    title: Text
    level: StrictInt = Field(ge=1, le=8)
    credit: StrictInt = Field(gt=0)
    glh: StrictInt = Field(gt=0)
    assessment: Literal["onscreen_test", "portfolio"]
    why: Text
    outcomes: tuple[LearningOutcome, ...] = Field(min_length=1)
    topics: dict[Slug, Topic]
    blueprint: Blueprint
    reading: tuple[Reference, ...] = ()


class GroupRule(Entry):
    """The least and most units and credits of a group; null where nothing is stated."""

    min_units: StrictInt | None = None
    max_units: StrictInt | None = None
    min_credits: StrictInt | None = None
    max_credits: StrictInt | None = None


class Group(Entry):
    """A group of a qualification's units."""

    name: Text
    rule: GroupRule
    units: tuple[UnitReference, ...]


class QualificationUnit(Entry):
    """A unit's place in a qualification, with the number the qualification gives it."""

    unit: UnitReference
    number: Text
    title: Text
    level: StrictInt
    credit: StrictInt
    glh: StrictInt


class Qualification(Entry):
    """A qualification as its document states it."""

    key: Slug
    title: Text
    body: Text
    number: Text
    level: StrictInt
    min_credit: StrictInt
    glh: StrictInt
    tqt: StrictInt | None
    first_teaching: IsoDate | None
    dates_note: Text
    groups: tuple[Group, ...]
    units: tuple[QualificationUnit, ...]

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Map each unit's reference to this qualification's own number for it."""
        return {entry.unit: entry.number for entry in self.units}
