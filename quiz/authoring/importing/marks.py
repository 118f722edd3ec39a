"""What stands in a cell: codes of criteria, numbers of outcomes, and the text between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quiz.authoring.importing.rows import Row
from quiz.syllabus.crosscheck_catalogue import KNOWING_VERBS

_CODE = re.compile(r"(?<![\w.,/£$(])(\d{1,2})\.\s?(\d{1,2})(?![\d%)]|\.\d)\.?")
_CODE_ALONE = re.compile(r"^\W{0,4}(\d{1,2})\s?\.\s?(\d{1,2})\W{0,2}$")
_MISREAD = re.compile(r"^\W{0,2}([\dlIO|]{1,2})\s?[.,:·]\s?([\dlIO|]{1,2})\W{0,2}$")
_GLYPHS = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0"})
_NUMBER = re.compile(r"^\W{0,2}(\d{1,3})\W{0,2}$")
_FIRST_WORD = re.compile(r"^\W*([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
NO_VERBS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "how",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "was",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "your",
    ]
)
_COMMANDS = {verb.casefold() for verb in KNOWING_VERBS} | {
    "apply", "carry", "communicate", "compare", "demonstrate", "develop", "give", "implement", "monitor", "plan",
    "prepare", "produce", "select", "show", "use",
}  # fmt: skip
_HIGHEST_CODE = 60

Code = tuple[int, int]


@dataclass(frozen=True)
class CodeMark:
    """A code such as 2.3; `alone` where its cell holds nothing else, `misread` where glyphs were mended."""

    code: Code
    column: int
    alone: bool
    misread: bool = False


@dataclass(frozen=True)
class NumberMark:
    """A whole number alone in a cell: an outcome's, or a code that lost its point."""

    number: int
    column: int


@dataclass(frozen=True)
class TextMark:
    """Text of a cell, or a part of it between codes."""

    text: str
    column: int


Mark = CodeMark | NumberMark | TextMark


def code_text(code: Code) -> str:
    """Return a code as it is printed."""
    return f"{code[0]}.{code[1]}"


def first_word(text: str) -> str:
    """Return the first word of a text, a leading adverb passed over; empty where it has none."""
    found = _FIRST_WORD.match(text)
    if found and _is_adverb(found[1].casefold()):
        later = _FIRST_WORD.match(text[found.end() :])
        found = later or found
    return found[1] if found else ""


def _is_adverb(word: str) -> bool:
    return (
        word in ("always", "never")
        or word.endswith("ly")
        and word not in ("apply", "supply", "comply", "rely", "reply")
    )


def verb_of(text: str) -> str:
    """Return the command verb a criterion begins with, as in “Identify”."""
    word = first_word(text)
    return word[:1].upper() + word[1:].casefold() if word else ""


def command_verbs(rows: Iterable[Row]) -> frozenset[str]:
    """Return the verbs, in small letters, that begin criteria of this document beyond doubt or elsewhere."""
    counted: Counter[str] = Counter()
    for row in rows:
        for at, cell in enumerate(row.cells):
            later = next((text for text in row.cells[at + 1 :] if text), "")
            if _CODE_ALONE.match(cell) and later[:1].isupper():
                counted[first_word(later).casefold()] += 1
            for found in _CODE.finditer(cell):
                rest = cell[found.end() :].lstrip()
                if rest[:1].isupper():
                    counted[first_word(rest).casefold()] += 1
    return frozenset(
        _COMMANDS | {word for word, times in counted.items() if times > 1 and word not in NO_VERBS}
    )


def marks_of(row: Row, verbs: frozenset[str]) -> Iterator[Mark]:
    """Yield what the cells of a row hold, in order."""
    for column, cell in enumerate(row.cells):
        if not cell:
            continue
        if found := _CODE_ALONE.match(cell) or _MISREAD.match(cell):
            code = (int(found[1].translate(_GLYPHS)), int(found[2].translate(_GLYPHS)))
            if _possible(code):
                yield CodeMark(code, column, True, not _CODE_ALONE.match(cell))
            continue
        if found := _NUMBER.match(cell):
            yield NumberMark(int(found[1]), column)
            continue
        yield from _within(cell, column, verbs)


def _within(cell: str, column: int, verbs: frozenset[str]) -> Iterator[Mark]:
    at = 0
    before: Code | None = None
    for found in _CODE.finditer(cell):
        code = (int(found[1]), int(found[2]))
        if not _is_mark(found, cell, verbs, before):
            continue
        if text := cell[at : found.start()].strip():
            yield TextMark(text, column)
        yield CodeMark(code, column, not at and not text and found.end() == len(cell))
        at, before = found.end(), code
    if rest := cell[at:].strip():
        yield TextMark(rest, column)


def _is_mark(found: re.Match[str], cell: str, verbs: frozenset[str], before: Code | None) -> bool:
    """Return whether a number in text is a criterion's code: a command, another code or the end follows it."""
    code = (int(found[1]), int(found[2]))
    if not _possible(code):
        return False
    rest = cell[found.end() : found.end() + 80].lstrip(" :–-")
    if not rest or _CODE.match(rest):
        return True
    word = _FIRST_WORD.match(rest)
    if word is None:
        return False
    if word[1].casefold() in verbs:
        return True
    # Inside text “version 3.1 Windows” is no criterion, unless 3.1 is the next in its cell.
    leads = not cell[: found.start()].strip()
    follows = before is not None and code in ((before[0], before[1] + 1), (before[0] + 1, 1))
    return word[1][:1].isupper() and (leads or follows)


def _possible(code: Code) -> bool:
    return 1 <= code[0] <= _HIGHEST_CODE and 1 <= code[1] <= _HIGHEST_CODE
