"""Portfolio evidence as values: items, the criteria they serve, and where each criterion stands.

Only a person confirms a criterion: the assessor's name and the date are typed in, and nothing here
sets them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from quiz.errors import EntryRefused
from quiz.syllabus import CriterionOutline, CriterionRef, OutcomeKind, OutcomeOutline, UnitOutline
from quiz.wording import day, too_long, without_controls

LONGEST_LINE, LONGEST_NOTE, LONGEST_CODE = 200, 20_000, 6


class Standing(StrEnum):
    """Where the portfolio of a criterion stands."""

    NOTHING = "nothing yet"
    GATHERING = "gathering"
    READY = "ready for the assessor"
    CONFIRMED = "confirmed by the assessor"


@dataclass(frozen=True)
class Status:
    """A standing; a confirmed one carries the assessor's name and the date, as typed in."""

    standing: Standing
    assessor: str | None = None
    confirmed_on: date | None = None

    @property
    def words(self) -> str:
        """Return the standing in words, with who confirmed it and when."""
        if self.standing is not Standing.CONFIRMED or self.confirmed_on is None:
            return self.standing.value
        return f"confirmed by {self.assessor} on {day(self.confirmed_on)}"


@dataclass(frozen=True)
class EvidenceType:
    """A type of evidence with the code that the recording sheet prints."""

    code: str
    meaning: str


DEFAULT_TYPES: Final = (
    EvidenceType("O", "the assessor watched you at work"),
    EvidenceType("Q&A", "questions answered aloud or in writing"),
    EvidenceType("P", "something your work produced"),
    EvidenceType("RA", "your own account of what you did"),
    EvidenceType("S", "a simulation, where it is allowed"),
    EvidenceType("PD", "a professional discussion"),
    EvidenceType("A", "an assignment, project or case study"),
    EvidenceType("WT", "a statement by a witness"),
    EvidenceType("EPW", "a statement by an expert witness"),
    EvidenceType("RPL", "learning you had before, recognised"),
)
"""The types of the NVQ specification (Issue 3, 2017), in our own words."""


@dataclass(frozen=True)
class EvidenceItem:
    """A piece of evidence and the criteria it serves. A draft is not yet what it should become."""

    id: UUID
    title: str
    type: str
    reference: str
    kept_where: str
    dated: date | None
    note: str
    refs: tuple[CriterionRef, ...]
    draft: bool = False


@dataclass(frozen=True)
class Portfolio:
    """All that a learner has entered about evidence."""

    statuses: Mapping[CriterionRef, Status] = field(default_factory=dict)
    items: Sequence[EvidenceItem] = ()
    counts: Mapping[tuple[CriterionRef, str], int] = field(default_factory=dict)
    """How many of each counted requirement are gathered."""

    def items_for(self, ref: CriterionRef) -> tuple[EvidenceItem, ...]:
        """Return the items that serve a criterion, in the order they were entered."""
        return tuple(item for item in self.items if ref in item.refs)

    def status(self, ref: CriterionRef) -> Status:
        """Return where a criterion stands; with an item and no status of its own it is gathering."""
        known = self.statuses.get(ref)
        if known is not None and known.standing is not Standing.NOTHING:
            return known
        return Status(Standing.GATHERING if self.items_for(ref) else Standing.NOTHING)

    def choices(self, ref: CriterionRef) -> tuple[Standing, ...]:
        """Return the standings that a learner may choose: with an item it is not “nothing yet”."""
        by_hand = (Standing.NOTHING, Standing.GATHERING, Standing.READY)
        return by_hand[1:] if self.items_for(ref) else by_hand


WHOLE_UNIT = "0.0"
"""Stands for a unit as a whole, where the documents list it by its title only."""


def tracked(unit: UnitOutline) -> tuple[OutcomeOutline, ...]:
    """Return what evidence can be kept for: the unit's outcomes, or the unit as a whole where none are known."""
    if unit.outcomes:
        return unit.outcomes
    kind = OutcomeKind.COMPETENCE
    whole = CriterionOutline(
        CriterionRef(unit.key, WHOLE_UNIT), "Show", "what the unit asks for as a whole", kind
    )
    return (OutcomeOutline(0, kind, "the unit as a whole", (whole,)),)


def place_name(ref: CriterionRef) -> str:
    """Return a criterion's code, or that it stands for the whole unit."""
    return "whole unit" if ref.code == WHOLE_UNIT else ref.code


def make_confirmation(assessor: str, confirmed_on: date | None, today: date) -> Status:
    """Return the status of a criterion that an assessor has confirmed.

    Raises:
        EntryRefused: the name or the date is missing, or the date is still to come.
    """
    name = _line(assessor, "The assessor's name")
    if not name:
        raise EntryRefused("Type the name of the assessor who confirmed it.")
    if confirmed_on is None:
        raise EntryRefused("Give the date on which the assessor confirmed it.")
    if confirmed_on > today:
        raise EntryRefused(f"{day(confirmed_on)} is still to come. Give the date on which it was confirmed.")
    return Status(Standing.CONFIRMED, name, confirmed_on)


def make_item(
    item_id: UUID,
    *,
    title: str,
    type_code: str,
    reference: str,
    kept_where: str,
    dated: date | None,
    note: str,
    refs: Collection[CriterionRef],
    draft: bool = False,
) -> EvidenceItem:
    """Return a piece of evidence with its texts trimmed.

    Raises:
        EntryRefused: it has no title or no type, a text is too long, or it serves no criterion.
    """
    clean = _line(title, "The title")
    if not clean:
        raise EntryRefused("Give the piece of evidence a title, so that the assessor can find it.")
    if not type_code:
        raise EntryRefused("Choose the type of evidence.")
    if not refs:
        raise EntryRefused("Choose at least one criterion that it serves.")
    text = without_controls(note).strip()
    if len(text) > LONGEST_NOTE:
        raise EntryRefused(too_long("The note", len(text), LONGEST_NOTE))
    return EvidenceItem(
        item_id,
        clean,
        type_code,
        _line(reference, "The portfolio reference"),
        _line(kept_where, "Where it is kept"),
        dated,
        text,
        tuple(sorted(set(refs), key=lambda ref: ref.sort_key)),
        draft,
    )


def own_words_draft(learner: UUID, ref: CriterionRef, title: str, text: str, today: date) -> EvidenceItem:
    """Return an own-words answer as a draft item; made again for the same criterion it is the same item."""
    return make_item(
        uuid5(learner, f"own-words {ref}"),
        title=f"In my own words: {ref.code} {title}"[:LONGEST_LINE],
        type_code="RA",
        reference="",
        kept_where="In Headset, under Study",
        dated=today,
        note=text.strip()[:LONGEST_NOTE],
        refs=[ref],
        draft=True,
    )


def make_types(rows: Sequence[tuple[str, str]]) -> tuple[EvidenceType, ...]:
    """Return a list of evidence types.

    Raises:
        EntryRefused: the list is empty, a code is missing, too long or twice there, or has no meaning.
    """
    types: list[EvidenceType] = []
    for code, meaning in rows:
        clean, words = code.strip(), _line(meaning, "The meaning")
        if not clean and not words:
            continue
        if not clean or not words:
            raise EntryRefused(f"A type needs a code and a meaning; “{clean or words}” has only one of them.")
        if len(clean) > LONGEST_CODE:
            raise EntryRefused(f"The code “{clean}” is too long; {LONGEST_CODE} characters are the most.")
        if any(known.code.casefold() == clean.casefold() for known in types):
            raise EntryRefused(f"The code “{clean}” is there twice. Give each type a code of its own.")
        types.append(EvidenceType(clean, words))
    if not types:
        raise EntryRefused("Keep at least one type of evidence.")
    return tuple(types)


def _line(text: str, what: str) -> str:
    clean = " ".join(without_controls(text).split())
    if len(clean) > LONGEST_LINE:
        raise EntryRefused(too_long(what, len(clean), LONGEST_LINE))
    return clean
