"""Questions and their marks: one module a question type, one table that names them all.

| type | mark | chance of guessing all |
|---|---|---|
| single choice | 1 for the right option, else 0 | 1/options |
| multiple response | right among those chosen / number to choose | 1/C(options, right) |
| matching | lefts with their own right / lefts | 1/n! |
| ordering | Kendall's tau, not below 0 | 1/n! |
| sorting | (share - 1/classes)/(1 - 1/classes), not below 0 | (1/classes)^cases |
"""

from __future__ import annotations

import hashlib
from random import Random
from types import ModuleType
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter

from quiz.questions import matching, multiple_response, ordering, single_choice, sorting
from quiz.questions.mark import UNANSWERED, Mark, Verdict, malformed
from quiz.questions.matching import Matching, MatchingResponse, MatchPair
from quiz.questions.multiple_response import MultipleResponse, MultipleResponseResponse
from quiz.questions.ordering import Ordering, OrderingResponse, OrderStep
from quiz.questions.question import Option, Origin, QuestionHead, part_key, share_field_sets
from quiz.questions.single_choice import SingleChoice, SingleChoiceResponse
from quiz.questions.sorting import SortCase, Sorting, SortingResponse

Question = SingleChoice | MultipleResponse | Matching | Ordering | Sorting
Response = (
    SingleChoiceResponse | MultipleResponseResponse | MatchingResponse | OrderingResponse | SortingResponse
)

TYPES: Final[dict[str, ModuleType]] = {
    "single_choice": single_choice,
    "multiple_response": multiple_response,
    "matching": matching,
    "ordering": ordering,
    "sorting": sorting,
}

_QUESTIONS: TypeAdapter[Any] = TypeAdapter(Annotated[Question, Field(discriminator="type")])
_RESPONSES: TypeAdapter[Any] = TypeAdapter(Annotated[Response, Field(discriminator="type")])


def mark(question: Question, response: Response) -> Mark:
    """Return what the response is worth; a response of another type is malformed.

    >>> mark(question, SingleChoiceResponse(chosen=question.key)).verdict
    <Verdict.RIGHT: 'right'>
    """
    if response.type != question.type:
        return malformed("That answer belongs to another kind of question. Answer again.")
    result: Mark = TYPES[question.type].mark(question, response)
    return result


def shuffle(question: Question, rng: Random) -> Question:
    """Return the question with its parts in an order drawn from `rng`."""
    result: Question = TYPES[question.type].shuffle(question, rng)
    return result


def chance(question: Question) -> float:
    """Return the chance, between 0 and 1, that a random full answer is right."""
    return float(TYPES[question.type].chance(question))


def right_response(question: Question) -> Response:
    """Return the response that earns the full mark."""
    result: Response = TYPES[question.type].right_response(question)
    return result


def question_json(question: Question) -> str:
    """Return the question as shown, as JSON; equal questions give equal text."""
    return question.model_dump_json()


def question_from_json(text: str) -> Question:
    """Return the question that `question_json` wrote."""
    result: Question = _QUESTIONS.validate_json(text)
    share_field_sets(result)
    return result


def response_json(response: Response) -> str:
    """Return the response as JSON."""
    return response.model_dump_json()


def response_from_json(text: str) -> Response:
    """Return the response that `response_json` wrote."""
    result: Response = _RESPONSES.validate_json(text)
    return result


def content_hash(question: Question) -> str:
    """Return a hash of all that is shown and keyed; it names the stored copy of the question."""
    return hashlib.blake2b(question_json(question).encode(), digest_size=16).hexdigest()


__all__ = [
    "TYPES",
    "UNANSWERED",
    "Mark",
    "MatchPair",
    "Matching",
    "MatchingResponse",
    "MultipleResponse",
    "MultipleResponseResponse",
    "Option",
    "OrderStep",
    "Ordering",
    "OrderingResponse",
    "Origin",
    "Question",
    "QuestionHead",
    "Response",
    "SingleChoice",
    "SingleChoiceResponse",
    "SortCase",
    "Sorting",
    "SortingResponse",
    "Verdict",
    "chance",
    "content_hash",
    "mark",
    "part_key",
    "question_from_json",
    "question_json",
    "response_from_json",
    "response_json",
    "right_response",
    "shuffle",
]
