"""Single-choice questions as somebody sees them who reads only the form of the options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from rapidfuzz import fuzz

from quiz.authoring.words import absolutes, content_words, hedges
from quiz.generation import generate_all, written
from quiz.questions import Origin, Question, SingleChoice, shuffle
from quiz.syllabus import Criterion, CriterionRef


@dataclass(frozen=True)
class CueItem:
    """A question with four options in the order shown, and which of them is right."""

    id: str
    ref: CriterionRef
    origin: Origin
    stem: str
    options: tuple[str, ...]
    right: int

    @property
    def distractors(self) -> tuple[str, ...]:
        """Return the wrong options."""
        return tuple(text for place, text in enumerate(self.options) if place != self.right)


@dataclass(frozen=True)
class Form:
    """What can be counted of a text without understanding it."""

    length: int
    hedges: int
    absolutes: int
    digits: int
    commas: int
    content: frozenset[str]


@lru_cache(maxsize=65536)
def form(text: str) -> Form:
    """Return what can be counted of a text."""
    return Form(
        length=len(text),
        hedges=hedges(text),
        absolutes=absolutes(text),
        digits=sum(character.isdigit() for character in text),
        commas=text.count(","),
        content=content_words(text),
    )


def likeness(options: tuple[str, ...]) -> list[float]:
    """Return for each option how like the others it is, on average, from 0 to 100."""
    alike = [[_ratio(*sorted((one, other))) for other in options] for one in options]
    return [(sum(row) - row[place]) / (len(row) - 1) for place, row in enumerate(alike)]


def cue_items(criterion: Criterion) -> Iterator[CueItem]:
    """Yield the criterion's written and generated single-choice questions that have four options."""
    drawn = (
        written(criterion, entry, 0) for entry in criterion.entry.questions if entry.type == "single_choice"
    )
    yield from _items(drawn)
    yield from _items(generate_all(criterion))


def _items(questions: Iterable[Question]) -> Iterator[CueItem]:
    for question in questions:
        if isinstance(question, SingleChoice) and len(question.options) == 4:
            shown = shuffle(question, Random(question.head.id))
            if isinstance(shown, SingleChoice) and sum(option.right for option in shown.options) == 1:
                yield CueItem(
                    question.head.id,
                    question.head.ref,
                    question.head.origin,
                    question.stem,
                    tuple(option.text for option in shown.options),
                    next(place for place, option in enumerate(shown.options) if option.right),
                )


@lru_cache(maxsize=262144)
def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(one.casefold(), other.casefold())
