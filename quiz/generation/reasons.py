"""Questions on why a claim holds."""

from __future__ import annotations

from random import Random
from typing import Final

from quiz.generation.members import choose_two
from quiz.generation.parts import apart, choice, option, stopped
from quiz.generation.variant import Template, Variant
from quiz.questions import Question, QuestionHead
from quiz.syllabus.knowledge import Piece, ReasonsBlock
from quiz.wording import sentence


def _sides(block: ReasonsBlock) -> tuple[list[Piece], list[Piece]]:
    return apart(block.strong, block.weak), apart(block.weak, block.strong)


def best(block: ReasonsBlock) -> list[Variant]:
    """Return a variant for each strong reason, to be found among three weak ones."""
    strong, weak = _sides(block)
    stem = f"{stopped(sentence(block.claim))} Which of these is the best reason?"

    def variant(right: Piece) -> Variant:
        def make(head: QuestionHead, rng: Random) -> Question:
            wrong = [option(piece.text, piece.why) for piece in rng.sample(weak, 3)]
            return choice(head, stem, option(right.text, right.why), wrong)

        return Variant((right.text,), make)

    return [variant(reason) for reason in strong if len(weak) >= 3]


def two(block: ReasonsBlock) -> list[Variant]:
    """Return a variant for each two strong reasons, to be found among three weak ones."""
    strong, weak = _sides(block)
    return choose_two(f"{stopped(sentence(block.claim))} Choose the two sound reasons.", strong, weak)


TEMPLATES: Final = (
    Template("best", "single_choice", best),
    Template("two", "multiple_response", two),
)
