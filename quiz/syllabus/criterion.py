"""One assessment criterion's content: note, words to know, knowledge, questions, task."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from quiz.syllabus.entry import Code, Entry, Slug, Text
from quiz.syllabus.knowledge import KnowledgeBlock
from quiz.syllabus.written import WrittenQuestion


def _real_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a day of the calendar") from None
    return text


Day = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    AfterValidator(_real_date),
]


class WordToKnow(Entry):
    """A term of the note and its meaning."""

    term: Text
    means: Text


class LawFact(Entry):
    """A dated fact of law that a note teaches and that blocks and questions cite."""

    id: Slug
    about: Text
    status: Literal["in_force", "due", "replaced"]
    checked_on: Day
    today: Text
    valid_from: Day | None = None
    valid_to: Day | None = None
    changed: Text | None = None

    def holds_on(self, today: date) -> bool:
        """Return whether what cites this fact may be drawn on that day.

        A replaced rule is asked for as the unit describes it, so its dates keep nothing back.
        """
        if self.status == "replaced":
            return True
        if self.valid_from and today < date.fromisoformat(self.valid_from):
            return False
        return not (self.valid_to and today > date.fromisoformat(self.valid_to))


class OwnWordsTask(Entry):
    """A task like an assessor's, marked by the learner against its points."""

    prompt: Text
    demands: Text
    checklist: tuple[Text, ...]
    model_answer: Text


class CriterionEntry(Entry):
    """A criterion's file."""

    criterion: Code
    verb: Text
    label: Text
    covers: dict[Slug, dict[Slug, Text]]
    note: Text
    terms: tuple[WordToKnow, ...]
    law: tuple[LawFact, ...] = ()
    knowledge: tuple[KnowledgeBlock, ...]
    questions: tuple[WrittenQuestion, ...] = Field(default=())
    own_words: OwnWordsTask
