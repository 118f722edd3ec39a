"""Unit content: topics, their elements, amplification in brackets and “eg” examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from quiz.authoring.importing.pages import Line
from quiz.authoring.importing.rows import plain
from quiz.authoring.importing.specification import Element, OutcomeContent, SpecOutcome, Topic, Unsure

_OUTCOME = re.compile(r"^\W*(?:outcome\s+)?(\d{1,2})\b\W*(.*)$", re.IGNORECASE)
_EMPHASIS = re.compile(r"^([*_])(?=\S)(.{2,200}?)(?<=\S)\1\s*:?\s*(.*)$")
_COLON = re.compile(r"^([A-Z][^:;.]{2,110}):\s*(.*)$")
_EG = re.compile(r"(?:^|[\s,(])(?:eg|e\.g\.|for example,?)\s+", re.IGNORECASE)
_ABBREVIATION = re.compile(r"^[A-Z][A-Za-z]{0,2}[A-Z][A-Z&/-]{0,8}s?$|^[A-Z]{2,10}$")
_ALIKE = 80
_LONGEST_HEADING = 16  # words


def read_content(
    lines: Sequence[Line], outcomes: Sequence[SpecOutcome], unit: str
) -> tuple[tuple[OutcomeContent, ...], list[Unsure]]:
    """Return what the unit content lists under each outcome, and what in it is in doubt."""
    found: list[tuple[int, list[tuple[str, str, int]]]] = []
    unsure: list[Unsure] = []
    statements = {outcome.number: outcome.statement for outcome in outcomes}
    for line, text in _paragraphs(lines):
        if (number := _outcome_of(text, statements, found[-1][0] if found else 0)) is not None:
            found.append((number, []))
        elif not found:
            continue  # what is said before the first outcome is about the content, not of it
        elif topic := _topic_of(text):
            heading, rest, marked = topic
            found[-1][1].append((heading, rest, line))
            if not marked:
                unsure.append(Unsure(line, f"{unit}, content: a topic without a colon", (heading,)))
        elif found[-1][1]:
            heading, rest, first = found[-1][1][-1]
            found[-1][1][-1] = (heading, f"{rest}; {text}" if rest else text, first)
            unsure.append(
                Unsure(line, f"{unit}, content: no topic is printed; read with “{heading}”", (text,))
            )
        else:
            unsure.append(
                Unsure(line, f"{unit}, content: no topic is printed and none comes before", (text,))
            )
    content = tuple(
        OutcomeContent(number, tuple(Topic(heading, tuple(elements_of(rest))) for heading, rest, _ in topics))
        for number, topics in found
    )
    for number in statements.keys() - {number for number, _ in found}:
        if found:
            unsure.append(Unsure(lines[0][0], f"{unit}, content: nothing is found for outcome {number}"))
    return content, unsure


def _paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield paragraphs with the line each begins on; lines that only wrap are joined."""
    start, held, blank = 0, "", False
    for number, raw in lines:
        text = plain(raw).lstrip("#> ").strip()
        if not text or set(text) <= set("-–—_* "):
            blank = blank or bool(held)
            continue
        begins = text[:1] in "*_" or bool(_COLON.match(text)) or bool(_OUTCOME.match(text))
        runs_on = held and not begins and (not blank or text[:1].islower() or held[-1] in ";,(")
        if runs_on:
            held = f"{held} {text}"
        else:
            if held:
                yield start, held
            start, held = number, text
        blank = False
    if held:
        yield start, held


def _outcome_of(text: str, statements: dict[int, str], before: int) -> int | None:
    found = _OUTCOME.match(text)
    if not found:
        return None
    number, rest = int(found[1]), found[2].strip(" *_")
    if number in statements and fuzz.ratio(rest.casefold(), statements[number].casefold()) >= _ALIKE:
        return number
    if (
        number == before + 1
        and number in statements
        and ":" not in rest
        and ";" not in rest
        and len(rest.split()) > 2
    ):
        return number
    return None


def _topic_of(text: str) -> tuple[str, str, bool] | None:
    """Return a topic's heading, its elements as one text, and whether a colon marks it."""
    if found := _EMPHASIS.match(text):
        heading, rest = found[2].strip(), found[3].strip()
        marked = heading.endswith(":") or ":" in text[found.end(2) : found.start(3) + 1]
        if len(heading.split()) <= _LONGEST_HEADING:
            return heading.rstrip(": "), rest, marked
    if (found := _COLON.match(text)) and len(found[1].split()) <= _LONGEST_HEADING:
        return found[1].strip(), found[2].strip(), True
    return None


def elements_of(text: str) -> Iterator[Element]:
    """Yield the elements of a topic: parted by semicolons outside brackets."""
    for piece in _parted(text, ";"):
        bare, brackets = _without_brackets(piece)
        examples: tuple[str, ...] = ()
        if found := _EG.search(bare):
            examples = tuple(_parted(bare[found.end() :], ","))
            bare = bare[: found.start()]
        bare = " ".join(bare.split()).strip(" ,:")
        if bare or brackets or examples:
            yield Element(bare or (examples or brackets)[0], brackets, examples)


def _parted(text: str, sign: str) -> list[str]:
    """Return the parts of a text between signs that stand outside brackets."""
    parts, depth, at = [], 0, 0
    for place, letter in enumerate(text):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif letter == sign and not depth:
            parts.append(text[at:place])
            at = place + 1
    parts.append(text[at:])
    return [part.strip(" .,*_") for part in parts if part.strip(" .,*_")]


def _without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """Return an element without its amplification, and that: an abbreviation or part of a name stays."""
    bare, inside, at = "", [], 0
    while (start := text.find("(", at)) >= 0:
        end = _closing(text, start)
        content = text[start + 1 : end].strip()
        named = text[end + 1 :].lstrip()[:1].isupper() and content[:1].isupper()
        if _ABBREVIATION.match(content) or named:
            bare += text[at : end + 1]
        else:
            bare += text[at:start]
            inside += [part for piece in _parted(content, ";") for part in _parted(piece, ",")]
        at = end + 1
    return bare + text[at:], tuple(inside)


def _closing(text: str, start: int) -> int:
    """Return where a bracket closes; the end of the text where it never does."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if not depth:
            return place
    return len(text)
