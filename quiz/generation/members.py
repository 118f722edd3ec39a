"""Questions on what belongs and what plausibly does not."""

from __future__ import annotations

from random import Random
from typing import Final

from quiz.generation.parts import apart, choice, option
from quiz.generation.variant import Template, Variant, selections
from quiz.questions import MultipleResponse, Question, QuestionHead, SortCase, Sorting, part_key
from quiz.syllabus.knowledge import MembersBlock, Piece
from quiz.wording import sentence

_IN: Final = "Belongs"
_OUT: Final = "Does not belong"


def _sides(block: MembersBlock) -> tuple[list[Piece], list[Piece]]:
    return apart(block.members, block.others), apart(block.others, block.members)


def _one_of(stem: str, right: Piece, wrong: list[Piece]) -> Variant:
    def make(head: QuestionHead, rng: Random) -> Question:
        drawn = rng.sample(wrong, 3)
        return choice(head, stem, option(right.text, right.why), [option(w.text, w.why) for w in drawn])

    return Variant((right.text,), make)


def one(block: MembersBlock) -> list[Variant]:
    """Return a variant for each member, to be found among three others."""
    members, others = _sides(block)
    stem = f"Which of these is one of the {block.ask}?"
    return [_one_of(stem, member, others) for member in members if len(others) >= 3]


def odd(block: MembersBlock) -> list[Variant]:
    """Return a variant for each other, to be found among three members."""
    members, others = _sides(block)
    stem = f"Three of these are {block.ask}. Which is the odd one out?"
    return [_one_of(stem, other, members) for other in others if len(members) >= 3]


def two(block: MembersBlock) -> list[Variant]:
    """Return a variant for each two members, to be found among three others."""
    members, others = _sides(block)
    return choose_two(f"Choose two {block.ask}.", members, others)


def choose_two(stem: str, right: list[Piece], wrong: list[Piece]) -> list[Variant]:
    """Return variants that ask for two right pieces among three wrong ones."""

    def variant(pair: tuple[Piece, ...]) -> Variant:
        def make(head: QuestionHead, rng: Random) -> Question:
            options = [option(piece.text, piece.why, right=True) for piece in pair]
            options += [option(piece.text, piece.why) for piece in rng.sample(wrong, 3)]
            return MultipleResponse(head=head, stem=stem, options=tuple(options))

        return Variant(tuple(piece.text for piece in pair), make)

    if len(wrong) < 3:
        return []
    return [variant(pair) for (pair,) in selections([right], 2)]


def sort(block: MembersBlock) -> list[Variant]:
    """Return variants that ask to tell three members from three others."""
    members, others = _sides(block)
    return [_sorting(block, inside, outside) for inside, outside in selections([members, others], 3)]


def _sorting(block: MembersBlock, inside: tuple[Piece, ...], outside: tuple[Piece, ...]) -> Variant:
    def make(head: QuestionHead, rng: Random) -> Question:
        return Sorting(
            head=head,
            stem=f"Sort these: {block.ask}, or something else?",
            classes={_IN: f"one of the {block.ask}", _OUT: "something else"},
            cases=tuple(
                SortCase(key=part_key(p.text), text=sentence(p.text), belongs=name, why=sentence(p.why))
                for name, side in ((_IN, inside), (_OUT, outside))
                for p in side
            ),
        )

    return Variant(tuple(piece.text for piece in (*inside, *outside)), make)


TEMPLATES: Final = (
    Template("one", "single_choice", one),
    Template("odd", "single_choice", odd),
    Template("two", "multiple_response", two),
    Template("sort", "sorting", sort),
)
