"""Reading a specification: from the lines of a document to its units.

Nothing here knows a document: units are found by their headings and facts, criteria by their codes and
commands, tables by the places of both. Two layouts are told apart by their shape: criteria in one cell
beside their outcome, or one row for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from quiz.authoring.importing.content import read_content
from quiz.authoring.importing.marks import CodeMark, command_verbs, marks_of
from quiz.authoring.importing.pages import Line, UnitPage, unit_pages
from quiz.authoring.importing.rows import Row, aligned_rows, cells_of, without_marks
from quiz.authoring.importing.scan import is_header, is_signature, scan
from quiz.authoring.importing.settle import settle
from quiz.authoring.importing.specification import SURE, SpecCriterion, Specification, SpecUnit, Unsure
from quiz.authoring.importing.structure import structure_doubts
from quiz.errors import ImportRefused
from quiz.wording import listed_words

_CONTENT = re.compile(r"^(?:unit|indicative) content\b", re.IGNORECASE)
_OTHER = re.compile(
    r"^(?:essential guidance|essential requirements|essential resources|information for tutors|guidance for"
    r"|indicative (?:resource|reading)|delivery\b.{0,12}$|further information|annexe?\s+[A-Z]\b(?!\.)|appendix\b|suggested"
    r"|recommended|links\b.{0,40}$|resources\b.{0,12}$|contact us|professional development)",
    re.IGNORECASE,
)
_CRITERIA = re.compile(r"^learning outcomes? (?:and|&) assessment criteri", re.IGNORECASE)

Progress = Callable[[int, int], None]
"""Called with what is done and how much there is."""


def read_specification(lines: Sequence[str], progress: Progress | None = None) -> Specification:
    """Return what a document's lines hold; lines are counted from 1.

    Raises:
        ImportRefused: where no unit or no criterion is found, so that it is no specification.
    """
    numbered = list(enumerate(lines, start=1))
    pages = unit_pages(numbered)
    if not pages:
        raise ImportRefused(
            "This is not a specification Headset can read: no page of a unit is in it (a heading “Unit 1: …” "
            "with a reference, a level or a credit value below). Choose the awarding body's full specification."
        )
    regions = [_regions(page) for page in pages]
    verbs = command_verbs(row for rows, _ in regions for row in rows)
    units: list[SpecUnit] = []
    unsure: list[Unsure] = []
    for at, (page, (rows, content)) in enumerate(zip(pages, regions, strict=True)):
        outcomes, doubts = settle(scan(rows, verbs), verbs, page.name)
        topics, more = read_content(content, outcomes, page.name) if content else ((), [])
        units.append(
            SpecUnit(page.number, page.key, page.title, page.level, page.credit, page.glh, outcomes, topics)
        )
        unsure += [*page.unsure, *doubts, *more]
        if not any(outcome.criteria for outcome in outcomes):
            unsure.append(Unsure(page.lines[0][0], f"{page.name}: no criteria found"))
        if progress:
            progress(at + 1, len(pages))
    merged, doubts = _merged(units, pages)
    if not any(unit.criteria for unit in merged):
        raise ImportRefused(
            "Headings of units are in this document, and not one assessment criterion (a code such as 1.1 with a "
            "command such as “Describe”). Choose the full specification, not a summary or a list of units."
        )
    unsure += doubts
    unsure += structure_doubts(numbered[: pages[0].lines[0][0] - 1], merged)
    return Specification(merged, tuple(sorted(set(unsure))))


def _regions(page: UnitPage) -> tuple[list[Row], list[Line]]:
    """Return the rows that may hold criteria, and the lines of the unit content."""
    section = ""
    content: list[Line] = []
    criteria: list[Line] = []
    for number, text in page.lines:
        bare = without_marks(text) if "\t" not in text else ""
        if bare[:1].isupper() and len(bare) < 90 and not bare.endswith((".", ",", ";")):
            if _CONTENT.match(bare):
                section = "content"
                continue
            if _OTHER.match(bare):
                section = "other"
            elif _CRITERIA.match(bare):
                section = ""
        if section != "" and is_header(Row(number, cells_of(text))):
            section = ""
        if section == "content":
            content.append((number, text))
        elif section == "" and text.strip():
            criteria.append((number, text))
    return _criteria_rows(criteria), content


def _criteria_rows(lines: list[Line]) -> list[Row]:
    """Return the rows of a unit's tables: cut at tabs or pipes, else by columns, else a line a row."""
    rows = [Row(number, cells) for number, text in lines if (cells := cells_of(text))]
    if any(len(row.cells) > 1 and _has_code(row) for row in rows):
        return _within_tables(rows)
    aligned = aligned_rows(lines)
    if aligned is not None:
        return _within_tables([row for row in aligned if any(row.cells)], aligned=True)
    start = next((at for at, row in enumerate(rows) if _has_code(row) or _starts_table(row)), len(rows))
    return _within_tables(rows[start:], linear=True)


def _within_tables(rows: Sequence[Row], aligned: bool = False, linear: bool = False) -> list[Row]:
    """Return the rows from the first head of a table or code on, without what is signed below and after."""
    kept: list[Row] = []
    inside = False
    for row in rows:
        if is_header(row) or _starts_table(row):
            inside = True
            if is_header(row):
                kept.append(row)
            continue
        if is_signature(row):
            inside = False
        elif _has_code(row) and (linear or aligned or len(row.cells) > 1 or inside):
            inside = True
            kept.append(row)
        elif inside and (linear or aligned or len(row.cells) > 1):
            kept.append(row)
        elif inside and kept and row.line == kept[-1].line + 1 and row.cells[0][:1].islower():
            kept.append(Row(row.line, ("", "", "", *row.cells)))
    return kept


def _starts_table(row: Row) -> bool:
    return len(row.cells) == 1 and bool(_CRITERIA.match(row.cells[0]))


def _has_code(row: Row) -> bool:
    marks = list(marks_of(row, frozenset()))
    return bool(marks) and any(isinstance(mark, CodeMark) for mark in marks)


def _merged(
    units: Sequence[SpecUnit], pages: Sequence[UnitPage]
) -> tuple[tuple[SpecUnit, ...], list[Unsure]]:
    """Return each unit once: printed twice, it carries both numbers and the surer reading of each criterion."""
    merged: dict[str, SpecUnit] = {}
    unsure: list[Unsure] = []
    for at, unit in enumerate(units):
        key = unit.key or f"page {at}"
        first = merged.get(key)
        if first is None:
            merged[key] = unit
            continue
        line = pages[at].lines[0][0]
        if first.title.casefold() != unit.title.casefold():
            what = f"{first.name} and {unit.name} carry one reference, {unit.key}, and two titles"
            unsure.append(Unsure(line, what, (first.title, unit.title)))
            merged[f"{key} page {at}"] = unit
            continue
        both, differing = _both(first, unit)
        merged[key] = both
        if differing:
            what = f"{both.name} is printed twice with other words in {listed_words(differing)}"
            unsure.append(Unsure(line, what))
    return tuple(merged.values()), unsure


def _both(first: SpecUnit, second: SpecUnit) -> tuple[SpecUnit, list[str]]:
    others = {criterion.code: criterion for criterion in second.criteria}
    differing = []

    def surer(criterion: SpecCriterion) -> SpecCriterion:
        other = others.get(criterion.code)
        if other is None or other.text == criterion.text:
            return criterion
        if min(other.confidence, criterion.confidence) >= SURE:
            differing.append(criterion.code)
        return max(criterion, other, key=lambda one: (one.confidence, one is criterion))

    numbers = ",".join(number for number in (first.number, second.number) if number)
    outcomes = []
    for outcome in first.outcomes:
        twin = next((other for other in second.outcomes if other.number == outcome.number), outcome)
        held = {criterion.code for criterion in outcome.criteria}
        more = tuple(criterion for criterion in twin.criteria if criterion.code not in held)
        statement = twin.statement if _begins_better(twin.statement, outcome.statement) else outcome.statement
        criteria = (*map(surer, outcome.criteria), *more)
        ordered = tuple(sorted(criteria, key=lambda one: tuple(map(int, one.code.split(".")))))
        outcomes.append(type(outcome)(outcome.number, statement, ordered))
    held_outcomes = {outcome.number for outcome in first.outcomes}
    outcomes += [outcome for outcome in second.outcomes if outcome.number not in held_outcomes]
    merged = SpecUnit(
        numbers or None,
        first.key,
        first.title,
        first.level if first.level is not None else second.level,
        first.credit if first.credit is not None else second.credit,
        first.glh if first.glh is not None else second.glh,
        tuple(sorted(outcomes, key=lambda outcome: outcome.number)),
        first.content or second.content,
    )
    return merged, differing


def _begins_better(one: str, other: str) -> bool:
    return one[:1].isupper() and not other[:1].isupper()
