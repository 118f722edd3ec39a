"""Templates and variants: what a block can be asked, and how each question of it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import gcd, prod
from random import Random
from typing import Generic, TypeVar

from quiz.generation.family import QuestionType
from quiz.questions import Question, QuestionHead
from quiz.syllabus.knowledge import Basis

CAP = 20
"""The most variants of a template whose questions are combinations of pieces."""

_Block = TypeVar("_Block")
_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Variant:
    """One thing to ask: the authored texts that tell it from its siblings, and how it is made.

    `make` draws the distractors; the order of the parts is drawn afterwards.
    """

    asked: tuple[str, ...]
    make: Callable[[QuestionHead, Random], Question]
    basis: Basis | None = None
    """What the target piece rests on, where that is not the block's basis."""


@dataclass(frozen=True)
class Template(Generic[_Block]):
    """A way to ask about a block; a block too small for it has no variants."""

    name: str
    type: QuestionType
    variants: Callable[[_Block], Sequence[Variant]]


def spread(total: int, cap: int = CAP) -> list[int]:
    """Return at most `cap` different numbers below `total`, spread evenly.

    The stride is near the golden section and shares no factor with the total, so that the numbers
    stay even when they are read as digits, one for each side of a question.
    """
    if total <= cap:
        return list(range(total))
    stride = round(total * 0.618)
    while gcd(stride, total) > 1:
        stride += 1
    return [number * stride % total for number in range(cap)]


def selections(sides: Sequence[Sequence[_Part]], size: int) -> list[tuple[tuple[_Part, ...], ...]]:
    """Return at most `CAP` ways to take `size` pieces from every side, spread evenly."""
    ways = [list(combinations(side, size)) for side in sides]
    chosen = []
    for number in spread(prod(len(way) for way in ways)):
        taken = []
        for way in ways:
            number, place = divmod(number, len(way))
            taken.append(way[place])
        chosen.append(tuple(taken))
    return chosen
