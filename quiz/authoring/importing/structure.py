"""Tables that list units ahead of their pages, held against the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from quiz.authoring.importing.pages import REFERENCE, Line
from quiz.authoring.importing.rows import cells_of
from quiz.authoring.importing.specification import SpecUnit, Unsure
from quiz.syllabus.reference import check_letter, has_right_check_letter

_ALIKE = 90


def structure_doubts(lines: Sequence[Line], units: Sequence[SpecUnit]) -> Iterator[Unsure]:
    """Yield where a list of units and the units' own pages disagree: reference, level or credit value."""
    by_key = {unit.key: unit for unit in units if unit.key}
    for line, text in lines:
        cells = [cell for cell in cells_of(text) if cell] if "\t" in text or "|" in text else []
        if len(cells) < 2 or not (found := REFERENCE.fullmatch(cells[0])):
            continue
        key = f"{found[1]}/{found[2]}/{found[3]}"
        yield from _row_doubts(line, key, cells[1], cells[2:], by_key, units)


def _row_doubts(
    line: int,
    key: str,
    title: str,
    figures: Sequence[str],
    by_key: dict[str, SpecUnit],
    units: Sequence[SpecUnit],
) -> Iterator[Unsure]:
    level = int(figures[0]) if figures and figures[0].isdigit() else None
    named = [unit for unit in units if unit.key and _alike(unit.title, title) and level in (None, unit.level)]
    keys = tuple(unit.key for unit in named if unit.key)
    if not has_right_check_letter(key):
        right = check_letter(key[2:].replace("/", "")) + key[1:]
        what = f"the list of units names “{title}” {key}, whose letter does not fit its figures"
        yield Unsure(line, what, keys or (right,))
    elif keys and key not in keys:
        yield Unsure(line, f"the list of units names “{title}” {key}; its own page says otherwise", keys)
    elif unit := by_key.get(key):
        stated = (("level", 0, unit.level), ("credit value", 1, unit.credit))
        for what, place, page in stated:
            if len(figures) > place and figures[place].isdigit() and page not in (None, int(figures[place])):
                message = f"{unit.name}: the list of units states {what} {figures[place]}, its page {page}"
                yield Unsure(line, message, (str(page), figures[place]))


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one.casefold(), other.casefold()) >= _ALIKE
