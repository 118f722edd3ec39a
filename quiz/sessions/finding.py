"""Finding a question by words of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from quiz.questions import Question
from quiz.sessions.bank import QuestionBank
from quiz.syllabus import Criterion, Unit


def find_questions(unit: Unit, bank: QuestionBank, sought: str) -> list[Question]:
    """Return a question of each family of the unit that has all the sought words.

    Those that have them in the stem come first, each group in order of criteria.
    Case and place do not matter, and part of a word is enough. A written question is looked for in its
    id, stem and parts; a generated one in its family and in all the facts it can be made from.
    """
    words = sought.casefold().split()
    found = [
        question
        for criterion in unit.criteria
        for question in _each(criterion, bank)
        if _has(words, _told(question, criterion, bank))
    ]
    return sorted(found, key=lambda question: not _has(words, question.stem.casefold()))


def _has(words: Collection[str], text: str) -> bool:
    return all(word in text for word in words)


def _each(criterion: Criterion, bank: QuestionBank) -> Iterator[Question]:
    for family in bank.families_of(criterion.ref):
        if family in bank:
            yield bank.question(family, 0)


def _told(question: Question, criterion: Criterion, bank: QuestionBank) -> str:
    """Return in lower case what a question may show, with its family."""
    family = question.head.family
    written = bank.optional_written(family)
    if written is not None:
        source: Any = written.entry.model_dump(exclude={"law", "covers"})
    else:
        source = next(
            (block.model_dump() for block in criterion.entry.knowledge if f"-{block.id}." in family), {}
        )
    return " ".join((family, question.stem, *_strings(source))).casefold()


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str) and key in {"id", "kind", "type", "level", "basis", "use"}:
                continue
            yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)
