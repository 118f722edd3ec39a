"""What of a document fits units that Headset has, and what a person has to settle before it is attached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quiz.authoring.importing.specification import (
    SURE,
    TWO_UNITS,
    SpecCriterion,
    Specification,
    SpecUnit,
    Unsure,
)
from quiz.errors import ImportRefused
from quiz.syllabus import CriterionOutline, UnitOutline, UnitWording

NOTHING_TO_ATTACH = "Headset has none of these units, so there is nothing to attach the wording to."
_CODE = re.compile(r"\d+\.\d+")
_ABOUT_ONE = re.compile(r"^criterion (\d+\.\d+): (.*)$", re.DOTALL)
_NOT_FOUND = " not found before "
_TWICE = " is printed twice with other words in "


@dataclass(frozen=True)
class OpenCriterion:
    """A criterion to settle: why, the line, and the readings to choose from, the document's own first."""

    code: str
    line: int
    why: tuple[str, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Fitting:
    """A unit of the document that Headset has: the criteria read surely, and those to settle."""

    key: str
    unit: SpecUnit
    outline: UnitOutline
    sure: Mapping[str, str]
    open: tuple[OpenCriterion, ...]

    def wording(self, source: str, chosen: Mapping[str, str] | None = None) -> UnitWording:
        """Return the wording to attach: what was read surely, and of the rest what was chosen, by code.

        Raises:
            ImportRefused: something was chosen that is not among the readings.
        """
        candidates = {criterion.code: criterion.candidates for criterion in self.open}
        for code, text in (chosen or {}).items():
            if text not in candidates.get(code, ()):
                raise ImportRefused(f"{self.key}, {code}: choose one of the readings that are listed.")
        told = {**self.sure, **(chosen or {})}
        return UnitWording(
            source=source, criteria={code: told[code] for code in self.outline.by_code if code in told}
        )


@dataclass(frozen=True)
class Fit:
    """The units of a document that fit one of ours, and the others with the reason."""

    units: tuple[Fitting, ...]
    others: tuple[tuple[SpecUnit, str], ...]


def fit(specification: Specification, outlines: Mapping[str, UnitOutline]) -> Fit:
    """Return which units of a document Headset has, found by their reference alone.

    A criterion counts as sure where its reading has the confidence `SURE`, no doubt names it, and its
    command verb is ours: another verb may mean that the document is another issue, with other codes.
    """
    times = Counter(unit.key for unit in specification.units)
    units: list[Fitting] = []
    others: list[tuple[SpecUnit, str]] = []
    for unit in specification.units:
        outline = outlines.get(unit.key or "")
        if unit.key is None:
            others.append((unit, "its reference could not be read"))
        elif outline is None:
            others.append((unit, "not in Headset's catalogue"))
        elif times[unit.key] > 1:
            others.append((unit, TWO_UNITS))
        elif not outline.criteria:
            others.append((unit, "Headset knows this unit by its title only"))
        elif not unit.criteria:
            others.append((unit, "no criteria were found"))
        else:
            units.append(_fitting(unit.key, unit, outline, specification.unsure))
    return Fit(tuple(units), tuple(others))


def _fitting(key: str, unit: SpecUnit, outline: UnitOutline, unsure: Sequence[Unsure]) -> Fitting:
    mine = list(_about(unit, unsure))
    read = {criterion.code: criterion for criterion in unit.criteria}
    sure: dict[str, str] = {}
    to_settle: list[OpenCriterion] = []
    for code, ours in outline.by_code.items():
        criterion = read.get(code)
        entry = _missing(code, mine) if criterion is None else _open(criterion, ours, mine)
        if entry is not None:
            to_settle.append(entry)
        elif criterion is not None:
            sure[code] = criterion.text
    return Fitting(key, unit, outline, sure, tuple(to_settle))


def _about(unit: SpecUnit, unsure: Sequence[Unsure]) -> Iterator[Unsure]:
    """Yield the doubts about a unit, without its name before them."""
    names = [f"Unit {number}" for number in (unit.number or "").split(",") if number]
    names += [unit.name, unit.key or "", f"Unit “{unit.title}”"]
    for doubt in unsure:
        head, parted, rest = doubt.what.partition(": ")
        if parted and head in names:
            yield Unsure(doubt.line, rest, doubt.candidates)
        elif doubt.what.startswith(f"{unit.name}{_TWICE}"):
            yield doubt


def _open(criterion: SpecCriterion, ours: CriterionOutline, doubts: Sequence[Unsure]) -> OpenCriterion | None:
    """Return what has to be settled about a criterion that was read, or None where it is sure."""
    why: list[str] = []
    candidates = [criterion.text]
    for doubt in doubts:
        found = _ABOUT_ONE.match(doubt.what)
        if found and found[1] == criterion.code:
            why.append(found[2])
        elif _TWICE in doubt.what and criterion.code in _CODE.findall(doubt.what.partition(_TWICE)[2]):
            why.append("the unit is printed twice, with other words here")
        elif doubt.what.startswith("criteria ") and criterion.code in _CODE.findall(doubt.what):
            why.append(doubt.what)
        else:
            continue
        candidates += [text for text in doubt.candidates if not _CODE.fullmatch(text)]
    if criterion.verb.casefold() != ours.verb.casefold():
        why.append(f"its command is “{criterion.verb}”; in Headset's catalogue it is “{ours.verb}”")
    if not why and criterion.confidence >= SURE:
        return None
    return OpenCriterion(criterion.code, criterion.line, tuple(dict.fromkeys(why)), _readings(candidates))


def _missing(code: str, doubts: Sequence[Unsure]) -> OpenCriterion | None:
    """Return a criterion that was not found, where texts without a place stand near; else None."""
    for doubt in doubts:
        found = _ABOUT_ONE.match(doubt.what)
        passed_over = _NOT_FOUND in doubt.what and code in _CODE.findall(doubt.what.partition(_NOT_FOUND)[0])
        if (passed_over or (found and found[1] == code)) and (texts := _readings(doubt.candidates)):
            return OpenCriterion(code, doubt.line, (found[2] if found else doubt.what,), texts)
    return None


def _readings(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
