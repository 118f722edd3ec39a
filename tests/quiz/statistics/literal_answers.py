"""Marked answers from small tables: a row a learner, a column a question, one attempt a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from literal_attempts import START

from quiz.sessions import Kind
from quiz.statistics import MarkedAnswer, Offered
from quiz.syllabus import CriterionRef

REF = CriterionRef("L/601/7638", "1.1")
OPTIONS = (
    Offered("a", "the key", True),
    Offered("b", "the lure", False),
    Offered("c", "the other", False),
    Offered("d", "the odd one", False),
)


def learner(number: int) -> UUID:
    return UUID(int=number)


def attempt(number: int) -> UUID:
    return UUID(int=1000 + number)


def marked(who: int, family: str, fraction: float, **changes: Any) -> MarkedAnswer:
    """Return an answer of a learner in the attempt of the same number, a minute later for each learner."""
    stated: dict[str, Any] = {
        "learner": learner(who),
        "attempt": attempt(who),
        "question": family,
        "family": family,
        "ref": REF,
        "fraction": fraction,
        "at": START + timedelta(minutes=who),
        "seconds": None,
        "chosen": None,
        "kind": Kind.TEST,
        "type": "single_choice",
    }
    return MarkedAnswer(**{**stated, **changes})


def table(rows: Sequence[str], families: str = "ABCDEFGH") -> list[MarkedAnswer]:
    """Return the answers of a table: 1 right, 0 wrong, h half the mark, - not asked."""
    worth: Mapping[str, float] = {"1": 1.0, "0": 0.0, "h": 0.5}
    return [
        marked(who, family, worth[sign])
        for who, row in enumerate(rows, 1)
        for family, sign in zip(families, row, strict=False)
        if sign != "-"
    ]


def taking(who: int, family: str, key: str, **changes: Any) -> MarkedAnswer:
    """Return the answer of a learner who takes an option of `OPTIONS`."""
    return marked(who, family, float(key == "a"), **{"chosen": (key,), "offered": OPTIONS, **changes})
