"""Questions on what belongs together."""

from __future__ import annotations

from random import Random
from typing import Final

from quiz.generation.links import Link, Links, draw_three, match_variants
from quiz.generation.parts import ask_about, choice, its, option, quoted, stopped
from quiz.generation.variant import Template, Variant
from quiz.questions import Question, QuestionHead
from quiz.syllabus.knowledge import PairsBlock
from quiz.wording import sentence


def _links(block: PairsBlock) -> Links:
    return Links(
        tuple(
            Link(pair.left, pair.right, pair.why, pair.also, pair.basis or block.basis)
            for pair in block.pairs
        )
    )


def right_for_left(block: PairsBlock) -> list[Variant]:
    """Return a variant for each left that has three wrong rights to go with its own."""
    links = _links(block)

    def variant(target: Link, rivals: list[Link]) -> Variant:
        def make(head: QuestionHead, rng: Random) -> Question:
            wrong = [
                option(link.right, f"That goes with {quoted(link.left)}. {sentence(link.why)}")
                for link in draw_three(target, rivals, rng)
            ]
            stem = ask_about(target.left, block.ask)
            return choice(head, stem, option(target.right, target.why), wrong)

        return Variant((target.left, target.right), make, target.basis)

    found = ((target, links.rivals(target, lambda link: link.right)) for target in links.each)
    return [variant(target, rivals) for target, rivals in found if len(rivals) >= 3]


def left_for_right(block: PairsBlock) -> list[Variant]:
    """Return a variant for each right that has three wrong lefts to go with its own."""
    links = _links(block)

    def variant(target: Link, rivals: list[Link]) -> Variant:
        def make(head: QuestionHead, rng: Random) -> Question:
            wrong = [
                option(link.left, f"It goes with {stopped(quoted(link.right))} {sentence(link.why)}")
                for link in draw_three(target, rivals, rng)
            ]
            stem = f"Which {block.left_name} goes with {quoted(target.right)}?"
            return choice(head, stem, option(target.left, target.why), wrong)

        return Variant((target.right, target.left), make, target.basis)

    found = ((target, links.rivals(target, lambda link: link.left)) for target in links.each)
    return [variant(target, rivals) for target, rivals in found if len(rivals) >= 3]


def match(block: PairsBlock) -> list[Variant]:
    """Return variants that ask to match four lefts with their rights."""
    return match_variants(_links(block), f"Match each {block.left_name} with {its(block.right_name)}.")


TEMPLATES: Final = (
    Template("right_for_left", "single_choice", right_for_left),
    Template("left_for_right", "single_choice", left_for_right),
    Template("match", "matching", match),
)
