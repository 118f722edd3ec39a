"""What a rule is, and what rules are asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from quiz.authoring.fingerprints import Documents
from quiz.findings import Severity
from quiz.syllabus import Criterion, KnowledgeBlock, Unit, WrittenQuestion
from quiz.syllabus.source import Place, Source

Subject = TypeVar("Subject")


class Spot(NamedTuple):
    """Where in its subject a rule is broken, and what to do about it."""

    place: Place
    message: str
    lines_down: int = 0
    """How many lines below the line of its place the fault stands."""
    file: str = ""
    """Another file of the folder that the fault is about, where it is not this one."""


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """A rule, named after the fault, and the check that yields a spot for each break of it."""

    name: str
    check: Callable[[Subject], Iterable[Spot]]
    severity: Severity = "error"


@dataclass(frozen=True)
class Setting:
    """What the rules need to know besides the content."""

    today: date
    documents: Documents


@dataclass(frozen=True)
class CriterionSubject:
    """A criterion in its unit, on a day."""

    unit: Unit
    criterion: Criterion
    setting: Setting

    @property
    def has_test(self) -> bool:
        """Return whether the unit is assessed by an on-screen test."""
        return self.unit.entry.assessment == "onscreen_test"


@dataclass(frozen=True)
class UnitSubject:
    """A unit, and the codes of its criteria whose files stand there but cannot be used."""

    unit: Unit
    unusable: frozenset[str]
    setting: Setting


@dataclass(frozen=True)
class CatalogueSubject:
    """A file about qualifications, listed units, slips or links, with the titles it may quote."""

    source: Source
    titles: tuple[str, ...]
    setting: Setting


@dataclass(frozen=True)
class TextSubject:
    """A text that a learner reads, where it stands and whether it belongs to a question or block."""

    place: Place
    text: str
    in_item: bool


@dataclass(frozen=True)
class StemSubject:
    """A written question, its criterion, and earlier stems of the bank and of the unit."""

    question: WrittenQuestion
    earlier: Mapping[str, str]
    """Plain stems asked before, anywhere, with the id of the question."""
    earlier_in_unit: Mapping[str, str]


@dataclass(frozen=True)
class ItemSubject:
    """A knowledge block or a written question, as something that placeholders are filled in."""

    item: KnowledgeBlock | WrittenQuestion
