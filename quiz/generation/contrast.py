"""Questions on telling classes apart by their cases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest
from random import Random
from typing import Final

from quiz.generation.parts import apart, choice, option, quoted, said, stopped
from quiz.generation.variant import Template, Variant, selections
from quiz.questions import Question, QuestionHead, SortCase, Sorting, part_key
from quiz.syllabus.knowledge import Case, ContrastBlock
from quiz.wording import sentence


def _cases(block: ContrastBlock) -> dict[str, list[Case]]:
    return {
        name: apart(
            [case for case in block.cases if case.class_ == name],
            [case for case in block.cases if case.class_ != name],
        )
        for name in block.classes
    }


def class_of_case(block: ContrastBlock) -> list[Variant]:
    """Return a variant for each case of three or more classes: which class is it?"""
    if len(block.classes) < 3:
        return []
    return [_class_of(block, case) for case in chain(*_cases(block).values())]


def _class_of(block: ContrastBlock, case: Case) -> Variant:
    def make(head: QuestionHead, rng: Random) -> Question:
        options = [
            option(f"{name}: {meaning}", _class_why(block, case, name), right=name == case.class_).model_copy(
                update={"key": part_key(name)}
            )
            for name, meaning in block.classes.items()
        ]
        right = next(o for o in options if o.right)
        stem = f"{said(stopped(sentence(case.text)))} {sentence(block.ask)}"
        return choice(head, stem, right, [o for o in options if not o.right])

    return Variant((case.text, case.class_), make)


def _class_why(block: ContrastBlock, case: Case, name: str) -> str:
    if name == case.class_:
        return case.why
    meaning = block.classes[name].removesuffix(".")
    return f"{quoted(sentence(name))} is {meaning}; this is {stopped(block.classes[case.class_])}"


def case_of_class(block: ContrastBlock) -> list[Variant]:
    """Return a variant for each case, to be found among three cases of other classes."""
    by_class = _cases(block)
    total = sum(map(len, by_class.values()))
    return [
        _case_of(block, case, [by_class[other] for other in by_class if other != name])
        for name, cases in by_class.items()
        if total - len(cases) >= 3
        for case in cases
    ]


def _case_of(block: ContrastBlock, case: Case, others: list[list[Case]]) -> Variant:
    def make(head: QuestionHead, rng: Random) -> Question:
        wrong = [
            option(other.text, f"This belongs under {quoted(sentence(other.class_))}. {sentence(other.why)}")
            for other in _mixed(others, rng)[:3]
        ]
        meaning = block.classes[case.class_].removesuffix(".")
        stem = f"Which of these belongs under {quoted(sentence(case.class_))} ({meaning})?"
        return choice(head, stem, option(case.text, case.why), wrong)

    return Variant((case.class_, case.text), make)


def _mixed(classes: list[list[Case]], rng: Random) -> list[Case]:
    """Return the cases shuffled, one of each class before a second of any."""
    hands = [rng.sample(cases, len(cases)) for cases in rng.sample(classes, len(classes))]
    return [case for turn in zip_longest(*hands) for case in turn if case is not None]


def sort(block: ContrastBlock) -> list[Variant]:
    """Return variants that ask to sort three cases of each of two classes, or two of each of more."""
    if len(block.classes) < 2:
        return []
    size = 3 if len(block.classes) == 2 else 2
    sides = list(_cases(block).values())
    return [_sorting(block, list(chain(*drawn))) for drawn in selections(sides, size)]


def _sorting(block: ContrastBlock, cases: Sequence[Case]) -> Variant:
    def make(head: QuestionHead, rng: Random) -> Question:
        return Sorting(
            head=head,
            stem=f"{sentence(block.ask)} Sort each line under its heading.",
            classes={sentence(name): meaning for name, meaning in block.classes.items()},
            cases=tuple(
                SortCase(
                    key=part_key(case.text),
                    text=sentence(case.text),
                    belongs=sentence(case.class_),
                    why=sentence(case.why),
                )
                for case in cases
            ),
        )

    return Variant(tuple(case.text for case in cases), make)


TEMPLATES: Final = (
    Template("class_of_case", "single_choice", class_of_case),
    Template("case_of_class", "single_choice", case_of_class),
    Template("sort", "sorting", sort),
)
