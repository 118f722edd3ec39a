"""Rules on explanations: each has to teach, and to stand wherever its option is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quiz.authoring.rule import Rule, Spot, TextSubject
from quiz.authoring.words import shorten, words

_POSITION = re.compile(
    r"\b(?:[Oo]ptions?|[Aa]nswers?|[Cc]hoices?) (?:[A-F]|[1-6])\b"
    r"|\b(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[Tt]op|[Bb]ottom) (?:options?|answers?)\b"
    r"|\b(?:[Tt]he|[Oo]ptions?|[Aa]nswers?) (?:above|below)\b(?![ -]\w)"
    r"|\b[A-F] (?:is|was) (?:right|wrong|correct|incorrect|true|false)\b"
)


def thin_explanation(shown: TextSubject) -> Iterator[Spot]:
    """Yield a spot for an explanation that explains nothing."""
    message = _thin(shown.text) if shown.place[-1:] == ("why",) and shown.in_item else ""
    if message:
        yield Spot(shown.place, message)


def names_position(shown: TextSubject) -> Iterator[Spot]:
    """Yield a spot for an explanation that points at an option's letter or place."""
    named = _position(shown.text) if shown.place[-1:] == ("why",) and shown.in_item else ""
    if named:
        yield Spot(
            shown.place,
            f"“{named}” names a place, and options are shown in random order; name what the option says.",
        )


def _thin(why: str) -> str:
    """Return what is wrong with an explanation that explains nothing, or an empty text."""
    found = words(why)
    if len(found) < 3:
        return f"“{shorten(why)}” is no explanation; say why in a sentence."
    if found[0] in {"incorrect", "wrong", "correct"}:
        return f"“{shorten(why)}” begins with its verdict, which is shown anyway; begin with the reason."
    return ""


def _position(why: str) -> str:
    """Return the words of an explanation that point at an option's place, or an empty text."""
    match = _POSITION.search(why)
    return match.group() if match else ""


TEXT_RULES: Final = (
    Rule("thin-explanation", thin_explanation),
    Rule("names-position", names_position),
)
