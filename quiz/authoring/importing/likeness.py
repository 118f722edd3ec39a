"""How alike two readings of the same words are, and what both together say."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from rapidfuzz import fuzz

_ALIKE = 85
_LONGEST = 200  # words; what is longer is no criterion, and comparing it costs its square
_WORD = re.compile(r"[^\W\d_]+")


def is_echo(piece: str, whole: str) -> bool:
    """Return whether a piece repeats a part of the whole, small damage aside."""
    piece, whole = piece.casefold().strip(), whole.casefold().strip()
    if not piece:
        return True
    if len(piece) > len(whole):
        return fuzz.ratio(piece, whole) >= _ALIKE
    return piece in whole or len(piece) > 7 and fuzz.partial_ratio(piece, whole) >= _ALIKE


def alike(one: str, other: str) -> bool:
    """Return whether two texts are two readings of one text."""
    return fuzz.ratio(one.casefold(), other.casefold()) >= _ALIKE


def mended(text: str, echo: str) -> str:
    """Return the text with words that were cut short made whole where the echo holds them whole."""
    words, others = text.split(), echo.split()
    if len(words) > _LONGEST or len(others) > _LONGEST:
        return text
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace":
            for at in range(min(end - start, last - first)):
                torn, whole = words[start + at], others[first + at]
                if len(whole) > len(torn) >= 3 and (whole.startswith(torn) or whole.endswith(torn)):
                    words[start + at] = whole
    return " ".join(words)


def together(one: str, other: str) -> str | None:
    """Return what two readings of the same text say together, or None where they are not the same text."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return mended(longer, shorter) if is_echo(shorter, longer) else None


def word_count(text: str) -> int:
    """Return how many words of letters a text holds."""
    return len(_WORD.findall(text))
