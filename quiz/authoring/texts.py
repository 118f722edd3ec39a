"""Every text of a file that a learner reads, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from quiz.authoring.rule import TextSubject
from quiz.syllabus.source import Place

_NOT_READ: Final = frozenset(
    (
        "id",
        "kind",
        "type",
        "level",
        "basis",
        "use",
        "law",
        "criterion",
        "class",
        "replaces",
        "reason",
        "status",
        "checked_on",
        "valid_from",
        "valid_to",
    )
)


_NAMES_OF_WORKS: Final = frozenset({"title", "author", "publisher", "isbn", "url"})
_NAMES_OF_ENTRIES: Final = frozenset({"unit", "title", "standard"})


def texts(data: Any, place: Place = ()) -> Iterator[TextSubject]:
    """Yield each text below a value of a file; ids, dates, levels and the like are left out.

    What names a work of the reading list, a unit or a standard is not ours to word, so it is left out too.
    """
    if place[:1] == ("reading",) and place[-1:] and place[-1] in _NAMES_OF_WORKS:
        return
    if place[:1] == ("units",) and place[-1:] and place[-1] in _NAMES_OF_ENTRIES:
        return
    if isinstance(data, str):
        yield TextSubject(place, data, place[:1] in {("knowledge",), ("questions",)})
    elif isinstance(data, list) and place[-1:] != ("covers",):
        for index, value in enumerate(data):
            yield from texts(value, (*place, index))
    elif isinstance(data, dict):
        for key, value in data.items():
            if place[-1:] == ("classes",):
                yield TextSubject((*place, key), str(key), True)
            if key not in _NOT_READ or (key == "law" and not place):
                yield from texts(value, (*place, key))
