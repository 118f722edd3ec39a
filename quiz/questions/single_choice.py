"""Single choice: exactly one option is right. Marked 0 or 1; the chance of guessing is 1/options."""

from __future__ import annotations

from random import Random
from typing import Literal

from quiz.questions.mark import UNANSWERED, Mark, malformed, mark_of
from quiz.questions.question import Option, QuestionHead, Value


class SingleChoice(Value):
    """A stem and its options in the order shown."""

    type: Literal["single_choice"] = "single_choice"
    head: QuestionHead
    stem: str
    options: tuple[Option, ...]

    @property
    def key(self) -> str:
        """Return the right option's key."""
        return next(option.key for option in self.options if option.right)


class SingleChoiceResponse(Value):
    """The option chosen, or none."""

    type: Literal["single_choice"] = "single_choice"
    chosen: str | None = None


def mark(question: SingleChoice, response: SingleChoiceResponse) -> Mark:
    """Return 1 for the right option, 0 for another; a key the question lacks is malformed."""
    if response.chosen is None:
        return UNANSWERED
    if response.chosen not in {option.key for option in question.options}:
        return malformed("That is not an option of this question. Choose one of the options.")
    return mark_of(float(response.chosen == question.key))


def shuffle(question: SingleChoice, rng: Random) -> SingleChoice:
    """Return the question with its options in another order."""
    options = list(question.options)
    rng.shuffle(options)
    return question.model_copy(update={"options": tuple(options)})


def chance(question: SingleChoice) -> float:
    """Return the chance that a random full answer is right: 1/options."""
    return 1 / len(question.options)


def right_response(question: SingleChoice) -> SingleChoiceResponse:
    """Return the response that earns the full mark."""
    return SingleChoiceResponse(chosen=question.key)
