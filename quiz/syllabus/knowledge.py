"""Knowledge blocks: what questions are generated from, one class a kind."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from quiz.syllabus.entry import Entry, Slug, Text

Basis = Literal["specification", "today", "both"]
Level = Literal["remember", "understand", "apply"]


class Piece(Entry):
    """A thing a learner reads as an option, with why it is right or what it misunderstands."""

    text: Text
    why: Text


class Pair(Entry):
    """A left and a right that belong together; `also` lists other rights true of this left."""

    left: Text
    right: Text
    why: Text
    also: tuple[Text, ...] = ()
    basis: Basis | None = None


class Term(Entry):
    """A term and its meaning; `also` lists other meanings that would be right for it."""

    term: Text
    means: Text
    why: Text
    not_to_confuse: Text | None = None
    also: tuple[Text, ...] = ()
    basis: Basis | None = None


class Case(Entry):
    """A case that belongs to one class."""

    text: Text
    class_: Text = Field(alias="class")
    why: Text


class Step(Piece):
    """A step of a sequence."""


class BlockBase(Entry):
    """What every knowledge block states."""

    least: ClassVar[str]
    id: Slug
    basis: Basis = "both"
    level: Level = "understand"
    law: tuple[Slug, ...] = ()
    covers: tuple[Slug, ...] = ()


class MembersBlock(BlockBase):
    """Things that belong, and things that plausibly do not."""

    least = "four members and four others"
    kind: Literal["members"]
    ask: Text
    members: tuple[Piece, ...]
    others: tuple[Piece, ...]


class SequenceBlock(BlockBase):
    """Ordered steps."""

    least = "five steps"
    kind: Literal["sequence"]
    ask: Text
    steps: tuple[Step, ...]


class PairsBlock(BlockBase):
    """Lefts with their rights."""

    least = "six pairs"
    kind: Literal["pairs"]
    ask: Text
    left_name: Text
    right_name: Text
    pairs: tuple[Pair, ...]


class ContrastBlock(BlockBase):
    """Classes told apart by their cases."""

    least = "two to four classes with four cases each"
    kind: Literal["contrast"]
    ask: Text
    classes: dict[Text, Text]
    cases: tuple[Case, ...]


class TermsBlock(BlockBase):
    """Terms with their meanings."""

    least = "six terms"
    kind: Literal["terms"]
    terms: tuple[Term, ...]


class ReasonsBlock(BlockBase):
    """A claim with strong and weak reasons."""

    least = "four strong and four weak reasons"
    kind: Literal["reasons"]
    claim: Text
    strong: tuple[Piece, ...]
    weak: tuple[Piece, ...]


KnowledgeBlock = Annotated[
    MembersBlock | SequenceBlock | PairsBlock | ContrastBlock | TermsBlock | ReasonsBlock,
    Field(discriminator="kind"),
]
