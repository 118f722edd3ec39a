"""Written questions as an author states them, one class a question type."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StringConstraints

from quiz.syllabus.entry import Entry, Slug, Text
from quiz.syllabus.knowledge import Basis, Case, Level, Pair, Step

QuestionId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{7}-\d+\.\d+-\d{2,}$")]
Use = Literal["test", "practice"]


class WrittenOption(Entry):
    """An option of a written question, with why it is right or which misunderstanding it shows."""

    text: Text
    why: Text
    right: StrictBool = False


class WrittenBase(Entry):
    """What every written question states."""

    id: QuestionId
    level: Level
    basis: Basis
    use: Use
    stem: Text
    law: tuple[Slug, ...] = ()
    covers: tuple[Slug, ...] = ()
    replaces: QuestionId | None = None
    reason: Text | None = None


class WrittenSingleChoice(WrittenBase):
    """Options of which exactly one is right."""

    type: Literal["single_choice"]
    options: tuple[WrittenOption, ...]


class WrittenMultipleResponse(WrittenBase):
    """Options of which two or more are right."""

    type: Literal["multiple_response"]
    options: tuple[WrittenOption, ...]


class WrittenMatching(WrittenBase):
    """Lefts to be matched with rights."""

    type: Literal["matching"]
    pairs: tuple[Pair, ...]


class WrittenOrdering(WrittenBase):
    """Steps to be put in order."""

    type: Literal["ordering"]
    steps: tuple[Step, ...]


class WrittenSorting(WrittenBase):
    """Cases to be sorted into classes."""

    type: Literal["sorting"]
    classes: dict[Text, Text]
    cases: tuple[Case, ...]


WrittenQuestion = Annotated[
    WrittenSingleChoice | WrittenMultipleResponse | WrittenMatching | WrittenOrdering | WrittenSorting,
    Field(discriminator="type"),
]
