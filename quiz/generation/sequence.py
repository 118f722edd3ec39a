"""Questions on the order of steps."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Final

from quiz.generation.parts import choice, distinct, option, quoted
from quiz.generation.variant import Template, Variant, spread
from quiz.questions import Option, Ordering, OrderStep, Question, QuestionHead, part_key
from quiz.syllabus.knowledge import SequenceBlock, Step
from quiz.wording import sentence


def order(block: SequenceBlock) -> list[Variant]:
    """Return variants that ask to put four or five of the steps in order."""
    steps = distinct(block.steps)
    ways = [*combinations(steps, 5), *combinations(steps, 4)]
    return [_ordering(block, ways[number]) for number in spread(len(ways))]


def _ordering(block: SequenceBlock, steps: tuple[Step, ...]) -> Variant:
    def make(head: QuestionHead, rng: Random) -> Question:
        return Ordering(
            head=head,
            stem=f"{sentence(block.ask)}: put these steps in order.",
            steps=tuple(
                OrderStep(
                    key=part_key(step.text), text=sentence(step.text), place=place, why=sentence(step.why)
                )
                for place, step in enumerate(steps, 1)
            ),
        )

    return Variant(tuple(step.text for step in steps), make)


def following(block: SequenceBlock) -> list[Variant]:
    """Return a variant for each step but the last: which one comes straight after it?"""
    steps = distinct(block.steps)
    if len(steps) < 5:
        return []
    return [_following(block, steps, place) for place in range(len(steps) - 1)]


def _following(block: SequenceBlock, steps: list[Step], place: int) -> Variant:
    step, right = steps[place : place + 2]

    def make(head: QuestionHead, rng: Random) -> Question:
        wrong = [_moved(other, "earlier") for other in steps[:place]]
        wrong += [_moved(other, "later") for other in steps[place + 2 :]]
        stem = f"{sentence(block.ask)}: which step comes straight after {quoted(step.text)}?"
        return choice(head, stem, option(right.text, right.why), rng.sample(wrong, 3))

    return Variant((step.text, right.text), make)


def first(block: SequenceBlock) -> list[Variant]:
    """Return a variant for each step that has three later ones: which of the four comes first?"""
    steps = distinct(block.steps)

    def variant(place: int) -> Variant:
        right = steps[place]

        def make(head: QuestionHead, rng: Random) -> Question:
            wrong = [_moved(later, "later") for later in rng.sample(steps[place + 1 :], 3)]
            stem = f"{sentence(block.ask)}: which of these comes first?"
            return choice(head, stem, option(right.text, right.why), wrong)

        return Variant((right.text,), make)

    return [variant(place) for place in range(len(steps) - 3)]


def _moved(step: Step, when: str) -> Option:
    return option(step.text, f"That step comes {when}. {sentence(step.why)}")


TEMPLATES: Final = (
    Template("order", "ordering", order),
    Template("next", "single_choice", following),
    Template("first", "single_choice", first),
)
