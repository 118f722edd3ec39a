"""Questions on words and their meanings."""

from __future__ import annotations

from random import Random
from typing import Final

from quiz.generation.links import Link, Links, draw_three, match_variants
from quiz.generation.parts import choice, option, quoted, stopped
from quiz.generation.variant import Template, Variant
from quiz.questions import Question, QuestionHead
from quiz.syllabus.knowledge import TermsBlock
from quiz.wording import sentence


def _links(block: TermsBlock) -> Links:
    return Links(
        tuple(
            Link(term.term, term.means, term.why, term.also, term.basis or block.basis, term.not_to_confuse)
            for term in block.terms
        )
    )


def meaning_of_term(block: TermsBlock) -> list[Variant]:
    """Return a variant for each term that has three wrong meanings beside its own."""
    links = _links(block)

    def variant(target: Link, rivals: list[Link]) -> Variant:
        def make(head: QuestionHead, rng: Random) -> Question:
            wrong = [
                option(link.right, f"That is what {quoted(link.left)} means. {sentence(link.why)}")
                for link in draw_three(target, rivals, rng)
            ]
            stem = f"What does {quoted(target.left)} mean?"
            return choice(head, stem, option(target.right, target.why), wrong)

        return Variant((target.left, target.right), make, target.basis)

    found = ((target, links.rivals(target, lambda link: link.right)) for target in links.each)
    return [variant(target, rivals) for target, rivals in found if len(rivals) >= 3]


def term_of_meaning(block: TermsBlock) -> list[Variant]:
    """Return a variant for each meaning that has three wrong terms beside its own."""
    links = _links(block)

    def variant(target: Link, rivals: list[Link]) -> Variant:
        def make(head: QuestionHead, rng: Random) -> Question:
            wrong = [
                option(link.left, f"It means something else: {stopped(link.right)} {sentence(link.why)}")
                for link in draw_three(target, rivals, rng)
            ]
            stem = f"Which term means {quoted(target.right)}?"
            return choice(head, stem, option(target.left, target.why), wrong)

        return Variant((target.right, target.left), make, target.basis)

    found = ((target, links.rivals(target, lambda link: link.left)) for target in links.each)
    return [variant(target, rivals) for target, rivals in found if len(rivals) >= 3]


def match(block: TermsBlock) -> list[Variant]:
    """Return variants that ask to match four terms with their meanings."""
    return match_variants(_links(block), "Match each term with its meaning.")


TEMPLATES: Final = (
    Template("meaning_of_term", "single_choice", meaning_of_term),
    Template("term_of_meaning", "single_choice", term_of_meaning),
    Template("match", "matching", match),
)
