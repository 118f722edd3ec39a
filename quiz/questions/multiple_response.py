"""Multiple response: choose as many options as are right.

The mark is the share of right options among those chosen; exactly as many as are right have to be
chosen, so ticking everything earns nothing. The chance of guessing is 1/C(options, right).
"""

from __future__ import annotations

from math import comb
from random import Random
from typing import Literal

from quiz.questions.mark import UNANSWERED, Mark, malformed, mark_of
from quiz.questions.question import Option, QuestionHead, Value
from quiz.wording import number_word


class MultipleResponse(Value):
    """A stem and its options in the order shown; two or more are right."""

    type: Literal["multiple_response"] = "multiple_response"
    head: QuestionHead
    stem: str
    options: tuple[Option, ...]

    @property
    def choose(self) -> int:
        """Return how many options are right, and have to be chosen."""
        return sum(option.right for option in self.options)


class MultipleResponseResponse(Value):
    """The options chosen."""

    type: Literal["multiple_response"] = "multiple_response"
    chosen: tuple[str, ...] = ()


def mark(question: MultipleResponse, response: MultipleResponseResponse) -> Mark:
    """Return the share of right options among those chosen; another number of options is malformed."""
    if not response.chosen:
        return UNANSWERED
    right = {option.key: option.right for option in question.options}
    chosen = set(response.chosen)
    if len(chosen) != len(response.chosen) or not chosen <= right.keys():
        return malformed("That is not an option of this question. Choose among the options shown.")
    if len(chosen) != question.choose:
        return malformed(
            f"Choose {number_word(question.choose)}: you have chosen {number_word(len(chosen))}."
        )
    return mark_of(sum(right[key] for key in chosen) / question.choose)


def shuffle(question: MultipleResponse, rng: Random) -> MultipleResponse:
    """Return the question with its options in another order."""
    options = list(question.options)
    rng.shuffle(options)
    return question.model_copy(update={"options": tuple(options)})


def chance(question: MultipleResponse) -> float:
    """Return the chance that a random full answer is right."""
    return 1 / comb(len(question.options), question.choose)


def right_response(question: MultipleResponse) -> MultipleResponseResponse:
    """Return the response that earns the full mark."""
    return MultipleResponseResponse(chosen=tuple(o.key for o in question.options if o.right))
