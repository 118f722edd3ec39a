"""Finding qualifications, units and criteria by number, reference, title or word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.syllabus.outline import CriterionOutline, UnitOutline
from quiz.syllabus.pack import Pack
from quiz.syllabus.qualification import Qualification

_SHORTEST_PART = 4
"""How much of a reference has to be typed, so that a number such as 203 does not find half of them."""
_SHORTEST_STEM = 5
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class Hits:
    """What was found, the best first. A unit found by its criteria comes with those criteria."""

    qualifications: tuple[Qualification, ...]
    units: tuple[tuple[UnitOutline, tuple[CriterionOutline, ...]], ...]


def search(pack: Pack, words: str) -> Hits:
    """Return what is called so: every word has to begin a word of the title, a label or a name.

    Exact references and numbers come first, then titles, then units found by a criterion together with
    its outcome.
    """
    asked = words.strip()
    wanted = _words(asked)
    if not wanted:
        return Hits((), ())
    compact = _compact(asked)
    qualifications = tuple(
        q
        for q in pack.qualifications.values()
        if (q.number is not None and _compact(q.number) == compact)
        or asked.casefold() == q.key
        or _all_begin(wanted, _words(f"{q.title} {q.short} {q.body}"))
    )
    ranked: list[tuple[int, int, UnitOutline, tuple[CriterionOutline, ...]]] = []
    for place, unit in enumerate(pack.outlines.values()):
        numbers = {q.numbers[unit.key] for q in pack.places(unit.key) if unit.key in q.numbers}
        numbers |= set(unit.printed_as)
        named = {_compact(name) for name in (unit.key, *numbers, *(f"unit {number}" for number in numbers))}
        if compact in named:
            ranked.append((0, place, unit, ()))
            continue
        if len(compact) >= _SHORTEST_PART and compact in _compact(unit.key):
            ranked.append((1, place, unit, ()))
            continue
        if _all_begin(wanted, _words(unit.title)):
            ranked.append((2, place, unit, ()))
            continue
        found = tuple(
            c
            for outcome in unit.outcomes
            for c in outcome.criteria
            if _all_begin(wanted, _words(f"{outcome.label} {c.title}"))
        )
        if found:
            ranked.append((3, place, unit, found))
    ranked.sort(key=lambda entry: entry[:2])
    return Hits(qualifications, tuple((unit, criteria) for _, _, unit, criteria in ranked))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text.replace("’", "'"))]


def _compact(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def _all_begin(wanted: Iterable[str], words: list[str]) -> bool:
    return all(any(_alike(part, word) for word in words) for part in wanted)


def _alike(part: str, word: str) -> bool:
    """Return whether a word begins as asked, or the asked word goes on from it (“listening”, “listen”)."""
    return word.startswith(part) or (len(word) >= _SHORTEST_STEM and part.startswith(word))
