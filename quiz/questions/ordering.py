"""Ordering: put steps in their order.

The mark is Kendall's tau, not below 0: of all pairs of steps, the share in the right order less the
share in the wrong one. One exchange of neighbours among four steps earns 2/3; a random order earns
0 on average before the floor. The chance of guessing the whole order is 1/n!.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial
from random import Random
from typing import Literal

from quiz.questions.mark import UNANSWERED, Mark, malformed, mark_of
from quiz.questions.question import QuestionHead, Value


class OrderStep(Value):
    """A step, its place in the right order (from 1), and why it comes there."""

    key: str
    text: str
    place: int
    why: str


class Ordering(Value):
    """Steps in the order shown."""

    type: Literal["ordering"] = "ordering"
    head: QuestionHead
    stem: str
    steps: tuple[OrderStep, ...]

    @property
    def in_order(self) -> tuple[OrderStep, ...]:
        """Return the steps in their right order."""
        return tuple(sorted(self.steps, key=lambda step: step.place))


class OrderingResponse(Value):
    """The steps' keys in the order given."""

    type: Literal["ordering"] = "ordering"
    order: tuple[str, ...] = ()


def mark(question: Ordering, response: OrderingResponse) -> Mark:
    """Return how far the order is right; an order that leaves out or repeats a step is malformed."""
    if not response.order:
        return UNANSWERED
    places = {step.key: step.place for step in question.steps}
    if not set(response.order) <= places.keys():
        return malformed("That is not a step of this question. Choose among the steps shown.")
    if len(set(response.order)) < len(response.order):
        return malformed("Give each step its own place: two steps share one.")
    if len(response.order) < len(places):
        return malformed("Give every step a place.")
    pairs = list(combinations([places[key] for key in response.order], 2))
    balance = sum(1 if first < second else -1 for first, second in pairs)
    return mark_of(max(0.0, balance / len(pairs)))


def shuffle(question: Ordering, rng: Random) -> Ordering:
    """Return the question with its steps in another order, never the right one."""
    steps = list(question.steps)
    while len(steps) > 1:
        rng.shuffle(steps)
        if tuple(steps) != question.in_order:
            break
    return question.model_copy(update={"steps": tuple(steps)})


def chance(question: Ordering) -> float:
    """Return the chance that a random full answer is right."""
    return 1 / factorial(len(question.steps))


def right_response(question: Ordering) -> OrderingResponse:
    """Return the response that earns the full mark."""
    return OrderingResponse(order=tuple(step.key for step in question.in_order))
