"""A tutor's comment on a learner's own-words answer or piece of evidence. It confirms nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from quiz.errors import EntryRefused
from quiz.syllabus import CriterionRef
from quiz.wording import too_long, without_controls

LONGEST_COMMENT = 5_000


class About(StrEnum):
    """What a comment is about."""

    OWN_WORDS = "own_words"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Comment:
    """What a tutor wrote to a learner."""

    id: UUID
    about: About
    ref: CriterionRef
    item: UUID | None
    """The piece of evidence; None for an own-words answer."""
    text: str
    made_at: datetime


def comment_text(text: str) -> str:
    """Return what was typed as a comment, trimmed; its lines stay.

    Raises:
        EntryRefused: it is empty or too long.
    """
    clean = without_controls(text).strip()
    if not clean:
        raise EntryRefused("Write the comment first.")
    if len(clean) > LONGEST_COMMENT:
        raise EntryRefused(too_long("The comment", len(clean), LONGEST_COMMENT))
    return clean
