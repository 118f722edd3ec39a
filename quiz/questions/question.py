"""What every question is: a frozen value with a head, parts, and a key for each part.

A question is ready to be shown: placeholders are filled and its parts stand in the order in which
a learner sees them. A part's `key` names it whatever its place, so that a response stays true when
the same question is shown in another order.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict

from quiz.syllabus.knowledge import Basis, Level
from quiz.syllabus.syllabus import CriterionRef
from quiz.syllabus.written import Use

Origin = Literal["written", "generated"]


class Value(BaseModel):
    """A frozen value that goes to JSON and back unchanged."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_FIELD_SETS: dict[frozenset[str], set[str]] = {}


def share_field_sets(value: Value) -> None:
    """Let the value and those in it share, by content, the sets in which pydantic notes which fields were given.

    They take half the memory of a question, of which a server holds thousands, and a frozen value never changes them.
    """
    given = value.model_fields_set
    object.__setattr__(value, "__pydantic_fields_set__", _FIELD_SETS.setdefault(frozenset(given), given))
    for held in value.__dict__.values():
        for part in held if isinstance(held, tuple) else (held,):
            if isinstance(part, Value):
                share_field_sets(part)


class QuestionHead(Value):
    """Who a question is and what it is evidence of."""

    id: str
    family: str
    """The written question's id, or unit, criterion, block and template of a generated one."""
    origin: Origin
    unit: str
    criterion: str
    level: Level
    basis: Basis
    use: Use

    @property
    def ref(self) -> CriterionRef:
        """Return the criterion the question belongs to."""
        return CriterionRef(self.unit, self.criterion)


class Option(Value):
    """One thing to choose, with why it is right or which misunderstanding it shows."""

    key: str
    text: str
    right: bool
    why: str


def part_key(text: str) -> str:
    """Return the key of a part: the same text always has the same key."""
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
