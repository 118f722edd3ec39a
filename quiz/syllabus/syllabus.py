"""A taught unit as its file states it: learning outcomes, topics, the blueprint of its paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt

from quiz.syllabus.entry import Code, Entry, Slug, Text, UnitReference


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


class MinimumEvidence(Entry):
    """The least that a portfolio has to hold for a criterion, counted."""

    criterion: Code
    asks: Text
    counts: dict[Text, StrictInt] = Field(min_length=1)


class UnitEntry(Entry):
    """A unit as its file states it, without its criteria."""

    unit: UnitReference
    title: Text
    level: StrictInt = Field(ge=1, le=8)
    credit: StrictInt = Field(gt=0)
    glh: StrictInt = Field(gt=0)
    assessment: Literal["onscreen_test", "portfolio"]
    drafted: StrictBool = False
    """Whether it was drafted from a document and nobody has reviewed it: learners are told so."""
    why: Text
    outcomes: tuple[LearningOutcome, ...] = Field(min_length=1)
    topics: dict[Slug, Topic]
    blueprint: Blueprint
    reading: tuple[Reference, ...] = ()
    minimum_evidence: tuple[MinimumEvidence, ...] = ()
