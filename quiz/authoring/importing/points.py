"""What unit content lists, as points that can stand alone in a question: an element, or one of its details."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quiz.authoring.importing.specification import Element, Topic
from quiz.authoring.words import STOP_WORDS, word_set
from quiz.wording import without_controls

LONGEST: Final = 110  # letters; a longer option is not read
_SHORTEST: Final = 4
MOST_ELEMENTS: Final = 60  # of a topic; no specification at hand has half as many
_MOST_DETAILS: Final = 20
_LONGEST_NAME: Final = 300  # letters in which an abbreviation is looked for
_LONGEST_PART: Final = 5  # words; what is longer is no part of a list without semicolons
_STEM: Final = 5  # letters by which “communicating” and “communication” are one

# What says nothing without the topic or element that it stands under.
_GENERIC: Final = word_set(
    """
    type method point reason importance benefit step technique cause stage factor example role impact trend feature
    principle purpose self internal external formal informal range source information advantage disadvantage
    strength weakness definition scope process procedure policy guideline technology use need general relevant
    organisation organisational individual key main different current appropriate legislation regulation advice
    skill area activity issue level work methods performance design service system company own limitation
    regulatory legal collection necessary main typical common basic other
    """
)
_DANGLING: Final = word_set(
    """
    a an the and or of for to in on at by with from as if when where who that which while because than into per
    through within against relating regarding including eg ie such not potentially either both
    """
)
_OPENERS: Final = word_set("and or to eg ie then including potentially either both also")
_UNHELD: Final = word_set(
    "for in on at by with of as if when where who that which relating through within against into from regarding "
    "this these it they outside inside during after before under over about"
)
_SPREAD: Final = re.compile(r"^(.{6,90}?)[,:]?\s+(?:to include|includes?|including|such as):?\s+(.+)$", re.I)
_NAME_WORD: Final = r"(?:[A-Z][\w’'&-]*|and|of|for|the|in|to|at|on)"
_ABBREVIATED: Final = re.compile(rf"({_NAME_WORD}(?:\s+{_NAME_WORD})+)\s+\(([A-Z][A-Za-z&]{{0,8}}[A-Z])s?\)")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Listed:
    """An element: its words, whether they can stand alone, and those of its details that can."""

    text: str
    stands: bool
    details: tuple[str, ...]
    are_examples: bool
    """Whether the document gives its details as examples."""


def listed(topic: Topic) -> tuple[Listed, ...]:
    """Return what a topic lists, each once, in order; an element that is itself a list is parted.

    Of more than `MOST_ELEMENTS` elements the first are taken.
    """
    found: dict[str, Listed] = {}
    for element in topic.elements[:MOST_ELEMENTS]:
        for one in _parted(element, topic.heading):
            name = one.text.casefold()
            if name in found:
                before = found[name]
                details = tuple(dict.fromkeys((*before.details, *one.details)))[:_MOST_DETAILS]
                one = Listed(before.text, before.stands, details, before.are_examples or one.are_examples)
            found[name] = one
    return tuple(found.values())


def tidy(text: str) -> str:
    """Return words of a document on one line, without quotation marks round them or stray signs.

    Braces become brackets: in a pack they would be placeholders.
    """
    text = without_controls(text).translate(str.maketrans("{}`", "()'"))
    text = re.sub(r"\s+([,;:.])", r"\1", " ".join(text.split())).strip(" ,;:.*_•–—-")
    if len(text) > 2 and text[0] in "'‘\"“" and text[-1] in "'’\"”" and not set(text[1:-1]) & set("'‘\"“”"):
        text = text[1:-1].strip()
    return text


@lru_cache(maxsize=16_384)  # each point of a unit is held against every other, again and again
def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words that carry meaning, so that forms of one word are one."""
    return frozenset(_stem(word) for word in _words(text) if word not in STOP_WORDS and len(word) > 1)


def abbreviations(topics: Iterable[Topic]) -> dict[str, str]:
    """Return what abbreviations stand for where the document writes both, as in “Health … (HSE)”."""
    found: dict[str, str] = {}
    for topic in topics:
        pieces = [topic.heading]
        for element in topic.elements:
            pieces += [element.text, *element.brackets, *element.examples]
        for piece in pieces:
            for match in _ABBREVIATED.finditer(piece[:_LONGEST_NAME]) if "(" in piece else ():
                if (name := _spelt(match[1].split(), match[2])) is not None:
                    found.setdefault(match[2], name)
    return found


def _parted(element: Element, heading: str) -> Iterator[Listed]:
    text, extra = _spread(tidy(element.text))
    given = [*element.brackets, *element.examples, *extra][:_MOST_DETAILS]
    details = tuple(
        dict.fromkeys(
            shown for detail in given if _stands(shown := _opened(tidy(detail)), "") and shown != text
        )
    )
    are_examples = bool(element.examples) or not element.brackets
    parts = _list_parts(text)
    for place, part in enumerate(parts, 1):
        last = place == len(parts)
        shown = _opened(part)
        if shown or (last and details):
            yield Listed(
                shown or heading, _stands(shown, heading), details if last else (), are_examples and last
            )


def _spread(text: str) -> tuple[str, list[str]]:
    """Return an element that ends in “to include a, b and c” without those, and those."""
    if (found := _SPREAD.match(text)) and found[2].count(",") >= 2:
        whole = re.sub(r",?\s+and\s+(?=[^,]*$)", ", ", found[2])
        return found[1], [re.sub(r"^the\s+", "", part.strip()) for part in whole.split(",")]
    return text, []


def _list_parts(text: str) -> list[str]:
    """Return the parts of an element that is itself a list of three or more short things, else the element."""
    parts = [part.strip() for part in re.split(r",\s+(?:and\s+)?", text)]
    short = all(0 < len(part.split()) <= _LONGEST_PART for part in parts)
    if len(parts) < 3 or not short or "(" in text or re.search(r"\b(?:and|or)\b", parts[-1]):
        return [text]
    return parts


def _opened(text: str) -> str:
    """Return a text without a small word that joined it to what stood before, and without an “eg” behind it."""
    words = re.split(r"\s+(?:eg|e\.g\.|ie|i\.e\.)\s", text)[0].split()
    while len(words) > 1 and words[0].casefold() in _OPENERS:
        words = words[1:]
    return " ".join(words)


def _stands(text: str, heading: str) -> bool:
    words = _words(text)
    if not words or not _SHORTEST <= len(text) <= LONGEST and not text.isupper():
        return False
    if words[-1] in _DANGLING or words[0] in _UNHELD or not _is_whole(text):
        return False
    meant = [word for word in words if word not in STOP_WORDS]
    if all(_singular(word) in _GENERIC for word in meant):
        return False
    # What only repeats its heading gives itself away.
    return not (heading and stems(text) <= stems(heading))


def _is_whole(text: str) -> bool:
    """Return whether brackets and quotation marks are in pairs: a cut through them left half a thought."""
    if text.count("(") != text.count(")") or text.count("“") != text.count("”"):
        return False
    quotes = len(re.findall(r"(?<!\w)['‘](?=\w)", text)), len(re.findall(r"(?<=\w)['’](?!\w)", text))
    return quotes[0] == quotes[1] or (
        quotes[0] == 0 and text.endswith(("s'", "s’")) is False and quotes[1] <= 1
    )


def _spelt(words: Sequence[str], short: str) -> str | None:
    """Return the last of some words whose first letters spell an abbreviation, or None."""
    letters = [letter for letter in short if letter.isupper()]
    for start in (place for place, word in enumerate(words) if word[:1].isupper()):
        capitals = [word[0] for word in words[start:] if word[:1].isupper()]
        if (
            capitals
            and capitals[0] == letters[0]
            and _in_order(letters, capitals)
            and len(capitals) <= len(letters) + 1
        ):
            return " ".join(words[start:])
    return None


def _in_order(letters: Sequence[str], within: Sequence[str]) -> bool:
    rest = iter(within)
    return sum(any(letter == other for other in rest) for letter in letters) >= max(2, len(letters) - 1)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _stem(word: str) -> str:
    return _singular(word)[:_STEM]
