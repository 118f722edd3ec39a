"""Rules that hold the whole bank against itself: near-duplicates, and terms with two meanings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from quiz.authoring.words import plain
from quiz.findings import Finding
from quiz.syllabus import Criterion, Pack, WrittenQuestion
from quiz.syllabus.knowledge import TermsBlock
from quiz.syllabus.written import (
    WrittenMatching,
    WrittenMultipleResponse,
    WrittenOrdering,
    WrittenSingleChoice,
)

NEAR_DUPLICATE: Final = 88
"""Two questions are near-duplicates when stem and right answer together, in plain lower-case words,
have a rapidfuzz ratio of this or more (100 is the same text)."""


def near_duplicates(pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each written question that asks nearly the same as an earlier one."""
    asked = [
        (criterion, index, question)
        for criterion in pack.criteria
        for index, question in enumerate(criterion.entry.questions)
    ]
    texts = [normalised(question) for _, _, question in asked]
    if len(texts) < 2:
        return
    likeness = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=NEAR_DUPLICATE, dtype=np.uint8)
    for later, earlier in zip(*np.nonzero(np.tril(likeness, k=-1)), strict=True):
        criterion, index, question = asked[later]
        yield _finding(
            criterion,
            ("questions", index),
            "near-duplicate",
            f"“{question.id}” asks nearly the same as “{asked[earlier][2].id}” "
            f"({likeness[later, earlier]}% alike; {NEAR_DUPLICATE}% is too much). Ask something else.",
        )


def terms_defined_twice(pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each term that an earlier place gives another meaning.

    The words to know come first, then the `terms` blocks that questions are made from.
    """
    meanings: dict[str, tuple[str, str]] = {}
    for criterion, place, term, means in (*_words_to_know(pack), *_terms_of_blocks(pack)):
        first = meanings.setdefault(_same_term(term), (means, criterion.source.file))
        if first[0] != means:
            yield _finding(
                criterion,
                place,
                "term-defined-twice",
                f"“{term}” means “{first[0]}” in {first[1]}. One glossary: give it the same meaning here.",
            )


_Defined = tuple[Criterion, tuple[str | int, ...], str, str]


def _words_to_know(pack: Pack) -> Iterator[_Defined]:
    for criterion in pack.criteria:
        for index, word in enumerate(criterion.entry.terms):
            yield criterion, ("terms", index), word.term, word.means


def _terms_of_blocks(pack: Pack) -> Iterator[_Defined]:
    for criterion in pack.criteria:
        for place, block in enumerate(criterion.entry.knowledge):
            if isinstance(block, TermsBlock):
                for index, term in enumerate(block.terms):
                    yield criterion, ("knowledge", place, "terms", index), term.term, term.means


def _same_term(term: str) -> str:
    """Return what two spellings of a term share: “mis-selling” and “misselling” are one."""
    return term.casefold().replace("-", "").replace(" ", "")


BANK_RULES: Final = {"near-duplicate": near_duplicates, "term-defined-twice": terms_defined_twice}


def normalised(question: WrittenQuestion) -> str:
    """Return what a question asks and its right answer, in plain words."""
    if isinstance(question, WrittenSingleChoice | WrittenMultipleResponse):
        answer = " ".join(option.text for option in question.options if option.right)
    elif isinstance(question, WrittenMatching):
        answer = " ".join(f"{pair.left} {pair.right}" for pair in question.pairs)
    elif isinstance(question, WrittenOrdering):
        answer = " ".join(step.text for step in question.steps)
    else:
        answer = " ".join(case.text for case in question.cases)
    return plain(f"{question.stem} {answer}")


def _finding(criterion: Criterion, place: tuple[str | int, ...], rule: str, message: str) -> Finding:
    return Finding(criterion.source.file, criterion.source.line(place), rule, message)
