"""Where a document and our catalogue say different things about a unit, and which of it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quiz.authoring.importing.specification import SpecUnit
from quiz.syllabus import SlipEntry, UnitOutline

_WORDS = {
    "title": re.compile(r"\b(?:title|titled|called)\b", re.IGNORECASE),
    "level": re.compile(r"\blevel\b(?! \d)"),  # a “Level 2 table” is not about a unit's level
    "credit": re.compile(r"\bcredits?\b", re.IGNORECASE),
    "hours": re.compile(r"\bhours\b", re.IGNORECASE),
}
"""What a slip speaks of when it is about that fact of a unit as a whole."""


@dataclass(frozen=True)
class Difference:
    """One fact that differs: what, as the document states it, as our catalogue does, and the known slip."""

    unit: str
    what: str
    document: str
    here: str
    known: str = ""
    """How a slip that Headset knows of is read here; empty where none fits."""


def differences(unit: SpecUnit, outline: UnitOutline, slips: Sequence[SlipEntry]) -> tuple[Difference, ...]:
    """Return where a unit of a document differs from ours: facts, codes and command verbs, in this order.

    A fact that one of the two does not state is no difference. Titles are compared without regard to
    capitals, dashes, quotation marks and spaces.
    """
    return tuple(_facts(unit, outline, slips)) + tuple(_criteria(unit, outline, slips))


def _facts(unit: SpecUnit, outline: UnitOutline, slips: Sequence[SlipEntry]) -> Iterator[Difference]:
    if _bare(unit.title) != _bare(outline.title):
        yield _whole(outline, slips, "title", unit.title, outline.title)
    for what, theirs, ours in (
        ("level", unit.level, outline.level),
        ("credit", unit.credit, outline.credit),
        ("hours", unit.glh, outline.glh),
    ):
        if theirs is not None and ours is not None and theirs != ours:
            yield _whole(outline, slips, what, str(theirs), str(ours))
    if len(unit.criteria) != len(outline.criteria):
        odd = {criterion.code for criterion in unit.criteria} ^ outline.by_code.keys()
        known = dict.fromkeys(_about_criterion(outline.key, code, slips) for code in sorted(odd))
        counts = str(len(unit.criteria)), str(len(outline.criteria))
        yield Difference(outline.key, "number of criteria", *counts, " ".join(filter(None, known)))


def _criteria(unit: SpecUnit, outline: UnitOutline, slips: Sequence[SlipEntry]) -> Iterator[Difference]:
    read = {criterion.code: criterion for criterion in unit.criteria}
    for code, ours in outline.by_code.items():
        known = _about_criterion(outline.key, code, slips)
        if code not in read:
            yield Difference(outline.key, f"criterion {code}", "not found", ours.verb, known)
        elif read[code].verb.casefold() != ours.verb.casefold():
            yield Difference(outline.key, f"command of {code}", read[code].verb, ours.verb, known)
    for code, criterion in read.items():
        if code not in outline.by_code:
            known = _about_criterion(outline.key, code, slips)
            yield Difference(outline.key, f"criterion {code}", criterion.verb, "not in the catalogue", known)


def _whole(
    outline: UnitOutline, slips: Sequence[SlipEntry], what: str, document: str, here: str
) -> Difference:
    known = [slip.read_as for slip in slips if outline.key in slip.units and _WORDS[what].search(slip.about)]
    return Difference(outline.key, what, document, here, " ".join(known))


def _about_criterion(unit: str, code: str, slips: Sequence[SlipEntry]) -> str:
    """Return how slips are read that name the criterion, as a place or in the words about its unit."""
    named = re.compile(rf"(?<![\d.]){re.escape(code)}(?!\.?\d)")
    return " ".join(
        slip.read_as
        for slip in slips
        if f"{unit} {code}" in slip.criteria or (unit in slip.units and named.search(slip.about))
    )


def _bare(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))
