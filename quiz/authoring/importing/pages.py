"""Where each unit begins in a document, and the facts its page states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.authoring.importing.rows import cells_of, without_marks
from quiz.authoring.importing.specification import Unsure
from quiz.syllabus.reference import check_letter, has_right_check_letter

Line = tuple[int, str]
"""A line's number from 1, and its text."""

REFERENCE = re.compile(r"\b([A-Z])\s?/\s?(\d{3})\s?/\s?(\d{4})\b")
_HEADING = re.compile(r"^unit\s+(\d{1,4}[A-Z]?)\b\s*[:.–—-]*\s*(.*)$", re.IGNORECASE)
_LABELS = {
    "reference": re.compile(r"^(?:(?:ofqual )?unit )?(?:reference|accreditation|code)(?: number| no\.?)?\s*:?\s*(.*)$", re.IGNORECASE),
    "level": re.compile(r"^(?:unit )?l?evel\s*:?\s*(.*)$", re.IGNORECASE),
    "credit": re.compile(r"^(?:unit )?c?redit(?:s| value)?\s*:?\s*(.*)$", re.IGNORECASE),
    "glh": re.compile(r"^(?:g?uided learning(?: hours?)?(?: \(glh\))?|glh)\s*:?\s*(.*)$", re.IGNORECASE),
}  # fmt: skip
_LOOK_AHEAD = 14  # lines with words between a unit's heading and its first fact
_TITLE_LINES = 6
_FACT_LINES = 14
_HIGHEST = {"level": 8, "credit": 180, "glh": 2000}


@dataclass(frozen=True)
class UnitPage:
    """A unit's lines, from its heading up to the next unit's, and the facts at its head."""

    number: str | None
    title: str
    key: str | None
    level: int | None
    credit: int | None
    glh: int | None
    lines: tuple[Line, ...]
    unsure: tuple[Unsure, ...]

    @property
    def name(self) -> str:
        """Return how doubts call the unit."""
        return f"Unit {self.number}" if self.number else self.key or f"Unit “{self.title}”"


def unit_pages(lines: Sequence[Line]) -> list[UnitPage]:
    """Return the unit pages of a document in order; a contents list holds none."""
    texts = [(number, without_marks(text) if "\t" not in text else text) for number, text in lines]
    starts = _starts(texts)
    pages = []
    for at, start in enumerate(starts):
        stop = starts[at + 1] if at + 1 < len(starts) else len(lines)
        pages.append(_page(lines[start:stop]))
    return pages


def _starts(texts: Sequence[Line]) -> list[int]:
    """Return where units begin: a heading with a fact soon after it, or a reference that no heading leads."""
    starts: list[int] = []
    headed_until = -1
    for at, (_, text) in enumerate(texts):
        if _HEADING.match(text) and "\t" not in text and len(text) <= 200:
            fact = _first_fact(texts, at + 1)
            if fact is not None:
                if starts and not any(_label(t) for _, t in texts[starts[-1] + 1 : at]):
                    starts.pop()  # a running head above the heading itself
                starts.append(at)
                headed_until = fact
        elif at > headed_until and _is_reference_line(texts, at):
            starts.append(at)
    return starts


def _is_reference_line(texts: Sequence[Line], at: int) -> bool:
    """Return whether a line states a unit's reference, itself or with the line below it."""
    label = _label(texts[at][1])
    if label is None or label[0] != "reference":
        return False
    below = next((text.strip() for _, text in texts[at + 1 : at + 3] if text.strip()), "")
    return bool(REFERENCE.search(label[1]) or not label[1] and REFERENCE.fullmatch(below))


def _first_fact(texts: Sequence[Line], at: int) -> int | None:
    """Return where a unit's first fact stands, or None where another heading or too much text comes first."""
    worded = 0
    for place in range(at, min(len(texts), at + 40)):
        text = texts[place][1].strip()
        if not text:
            continue
        if _label(text):
            return place
        worded += 1
        if worded > _LOOK_AHEAD or len(text) > 200 or _HEADING.match(text):
            return None
    return None


def _label(text: str) -> tuple[str, str] | None:
    """Return which fact a line states and what it says of it."""
    if len(text) > 120:
        return None
    cells = [cell for cell in cells_of(text) if cell]
    if not cells:
        return None
    for name, pattern in _LABELS.items():
        found = pattern.match(cells[0])
        if found and (len(cells) > 1 or ":" in cells[0] or not found[1] or _value(name, found[1])):
            return name, " ".join([found[1], *cells[1:]]).strip()
    return None


def _value(name: str, text: str) -> str | int | None:
    if name == "reference":
        found = REFERENCE.search(text)
        return f"{found[1]}/{found[2]}/{found[3]}" if found else None
    number = re.match(r"\W*(\d{1,4})\b", text)
    return int(number[1]) if number and int(number[1]) <= _HIGHEST[name] else None


def _page(lines: Sequence[Line]) -> UnitPage:
    heading = _HEADING.match(without_marks(lines[0][1]))
    number = heading[1] if heading else None
    title = [heading[2]] if heading and heading[2] else []
    facts: dict[str, str | int] = {}
    places: dict[str, int] = {}
    worded = 0
    for at, (line, raw) in enumerate(lines):
        text = raw if "\t" in raw else without_marks(raw)
        if not text.strip() or at == 0 and heading:
            continue
        label = _label(text)
        if label is None and not facts and heading and len(title) < _TITLE_LINES and len(text) < 120:
            title.append(text.strip())
            continue
        worded += 1
        if worded > _FACT_LINES:
            break
        if label and label[0] not in facts:
            later = next((t for _, t in lines[at + 1 : at + 4] if t.strip()), "")
            value = _value(label[0], label[1]) if label[1] else _value(label[0], without_marks(later))
            places.setdefault(label[0], line)
            if value is not None:
                facts[label[0]] = value
    return _stated(number, _joined(title), facts, places, tuple(lines))


def _stated(
    number: str | None,
    title: str,
    facts: dict[str, str | int],
    places: dict[str, int],
    lines: tuple[Line, ...],
) -> UnitPage:
    key = str(facts["reference"]) if "reference" in facts else None
    figures = {name: facts.get(name) for name in ("level", "credit", "glh")}
    name = f"Unit {number}" if number else key or f"Unit “{title}”"
    unsure = []
    if key and not has_right_check_letter(key):
        right = check_letter(key[2:].replace("/", "")) + key[1:]
        what = f"{name}: the letter of reference {key} does not fit its figures"
        unsure.append(Unsure(places["reference"], what, (right, key)))
    missing = {"reference": key, "title": title or None, "number": number, **figures}
    for what in (what for what, value in missing.items() if value is None):
        label = {"glh": "guided learning hours", "credit": "credit value"}.get(what, what)
        unsure.append(Unsure(places.get(what, lines[0][0]), f"{name}: its {label} cannot be read"))
    level, credit, glh = (value if isinstance(value, int) else None for value in figures.values())
    return UnitPage(number, title, key, level, credit, glh, lines, tuple(unsure))


def _joined(pieces: Sequence[str]) -> str:
    """Return a title from its lines; a hyphen at a line's end stays and takes no space after it."""
    title = ""
    for piece in pieces:
        title = f"{title}{piece}" if title.endswith("-") else f"{title} {piece}".strip()
    return " ".join(title.split())
