"""Word lists and word counts that the rules share."""

from __future__ import annotations

import re
from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as a text."""
    return frozenset(text.split())


ABSOLUTES: Final = word_set(
    "always never all only every must none nothing nobody everyone everybody everything completely entirely totally"
)
HEDGES: Final = word_set(
    "may can usually often some might sometimes generally normally typically mostly perhaps likely possibly probably"
)
STOP_WORDS: Final = word_set(
    """
    a about above after again all an and any are as at be because been before being below between both but by
    can cannot could did do does doing done down each either else every few first for from further get gets give
    given gives go goes had has have having he her here him his how i if in into is it its itself just last least
    less let make makes making many may me might more most much must my neither never next no none nor not of off
    often on once one only onto or other others our out over own per same shall she should so some such take taken
    takes than that the their them then there these they this those through to too two under until up upon us use
    used very was way we well were what when where whether which while who whom whose why will with within without
    would you your which three four five six best main most say says said tell tells
    """
)
PLACEHOLDERS: Final = word_set("customer agent colleague manager company order date phone")

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, placeholders left out."""
    return [word.replace("’", "'") for word in _WORD.findall(_PLACEHOLDER.sub(" ", text).lower())]


def plain(text: str) -> str:
    """Return a text without case, punctuation or spare spaces, so that like texts are equal."""
    return " ".join(_WORD.findall(text.casefold()))


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry meaning, without a possessive or plural ending."""
    return frozenset(
        _singular(word)
        for word in words(text)
        if word not in STOP_WORDS and len(word) > 2 and not word.isdigit()
    )


def absolutes(text: str) -> int:
    """Return how many absolutes a text holds."""
    return sum(word in ABSOLUTES for word in words(text))


def hedges(text: str) -> int:
    """Return how many hedges a text holds."""
    return sum(word in HEDGES for word in words(text))


def shorten(text: str, most: int = 60) -> str:
    """Return a text cut to a length that fits a message."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _singular(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
