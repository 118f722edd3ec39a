"""Turns a written question into a question ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from quiz.generation.scenario import fill_question
from quiz.questions import (
    Matching,
    MatchPair,
    MultipleResponse,
    Option,
    Ordering,
    OrderStep,
    Question,
    QuestionHead,
    SingleChoice,
    SortCase,
    Sorting,
    part_key,
    shuffle,
)
from quiz.syllabus import Criterion, WrittenQuestion
from quiz.syllabus.written import (
    WrittenMatching,
    WrittenMultipleResponse,
    WrittenOption,
    WrittenOrdering,
    WrittenSingleChoice,
    WrittenSorting,
)
from quiz.wording import sentence


def written(criterion: Criterion, entry: WrittenQuestion, seed: int) -> Question:
    """Return the written question, its parts shuffled and its placeholders filled by the seed."""
    seed_key = f"{entry.id}:{seed}"
    question = shuffle(_as_authored(_head(criterion, entry), entry), Random(seed_key))
    return fill_question(question, seed_key)


def _head(criterion: Criterion, entry: WrittenQuestion) -> QuestionHead:
    return QuestionHead(
        id=entry.id,
        family=entry.id,
        origin="written",
        unit=criterion.ref.unit,
        criterion=criterion.ref.code,
        level=entry.level,
        basis=entry.basis,
        use=entry.use,
    )


def _as_authored(head: QuestionHead, entry: WrittenQuestion) -> Question:
    match entry:
        case WrittenSingleChoice():
            return SingleChoice(head=head, stem=entry.stem, options=_options(entry.options))
        case WrittenMultipleResponse():
            return MultipleResponse(head=head, stem=entry.stem, options=_options(entry.options))
        case WrittenMatching():
            return _matching(head, entry)
        case WrittenOrdering():
            return _ordering(head, entry)
        case WrittenSorting():
            return _sorting(head, entry)


def _options(options: Iterable[WrittenOption]) -> tuple[Option, ...]:
    return tuple(
        Option(key=part_key(o.text), text=sentence(o.text), right=o.right, why=sentence(o.why))
        for o in options
    )


def _matching(head: QuestionHead, entry: WrittenMatching) -> Matching:
    pairs = tuple(
        MatchPair(key=part_key(p.left), left=sentence(p.left), right=sentence(p.right), why=sentence(p.why))
        for p in entry.pairs
    )
    return Matching(head=head, stem=entry.stem, pairs=pairs, right_order=tuple(pair.key for pair in pairs))


def _ordering(head: QuestionHead, entry: WrittenOrdering) -> Ordering:
    steps = tuple(
        OrderStep(key=part_key(s.text), text=sentence(s.text), place=place, why=sentence(s.why))
        for place, s in enumerate(entry.steps, 1)
    )
    return Ordering(head=head, stem=entry.stem, steps=steps)


def _sorting(head: QuestionHead, entry: WrittenSorting) -> Sorting:
    cases = tuple(
        SortCase(key=part_key(c.text), text=sentence(c.text), belongs=sentence(c.class_), why=sentence(c.why))
        for c in entry.cases
    )
    classes = {sentence(name): meaning for name, meaning in entry.classes.items()}
    return Sorting(head=head, stem=entry.stem, classes=classes, cases=cases)
