"""A group of learners, what it works towards, and the code by which it is joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from quiz.errors import EntryRefused
from quiz.wording import too_long, without_controls

LONGEST_GROUP_NAME = 60
CODE_LENGTH = 6
CODE_SIGNS = "CDFGHJKMNPQRTVWXY34679"
"""Capitals and digits that are not taken for one another (no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no
vowels, so that a code is never a word. Six of them make 113 million codes."""


@dataclass(frozen=True)
class Member:
    """A learner in a group, as the tutor sees them."""

    id: UUID
    name: str
    joined_at: datetime


@dataclass(frozen=True)
class Group:
    """A group of learners with what it works towards."""

    id: UUID
    name: str
    qualification: str | None
    units: tuple[str, ...] | None
    """The units it takes, by reference; None: all of the qualification, or all that are taught."""
    join_code: str
    made_at: datetime
    archived_at: datetime | None = None
    demo: bool = False

    @property
    def title(self) -> str:
        """Return the name as it is shown everywhere; a demo group's carries the word “demo”."""
        return f"{self.name} (demo)" if self.demo else self.name


def group_name(text: str) -> str:
    """Return what was typed as a group's name, trimmed.

    Raises:
        EntryRefused: it is empty or too long.
    """
    clean = " ".join(without_controls(text).split())
    if not clean:
        raise EntryRefused("Give the group a name first.")
    if len(clean) > LONGEST_GROUP_NAME:
        raise EntryRefused(too_long("That name", len(clean), LONGEST_GROUP_NAME))
    return clean


def join_code(random: Random) -> str:
    """Return a code of six signs that are easily told apart."""
    return "".join(random.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
