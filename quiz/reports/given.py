"""What was answered, in words, for tables that leave the app."""

from __future__ import annotations

from quiz.questions import (
    Matching,
    MatchingResponse,
    MultipleResponse,
    MultipleResponseResponse,
    Ordering,
    OrderingResponse,
    Question,
    Response,
    SingleChoice,
    SingleChoiceResponse,
    Sorting,
    SortingResponse,
)

NOTHING = "no answer"


def given_words(question: Question, response: Response) -> str:
    """Return what was answered, part by part, in the words that were shown.

    A part that the question does not have is left out; an empty response, or one to another type of
    question, is “no answer”.
    """
    return "; ".join(_parts(question, response)) or NOTHING


def _parts(question: Question, response: Response) -> list[str]:
    if isinstance(question, SingleChoice) and isinstance(response, SingleChoiceResponse):
        return [option.text for option in question.options if option.key == response.chosen]
    if isinstance(question, MultipleResponse) and isinstance(response, MultipleResponseResponse):
        return [option.text for option in question.options if option.key in response.chosen]
    if isinstance(question, Matching) and isinstance(response, MatchingResponse):
        rights = question.rights
        pairs = [(pair.left, response.chosen.get(pair.key)) for pair in question.pairs]
        return [f"{left}: {rights[chosen]}" for left, chosen in pairs if chosen in rights]
    if isinstance(question, Ordering) and isinstance(response, OrderingResponse):
        steps = {step.key: step.text for step in question.steps}
        known = [steps[key] for key in response.order if key in steps]
        return [f"{place}. {text}" for place, text in enumerate(known, 1)]
    if isinstance(question, Sorting) and isinstance(response, SortingResponse):
        chosen_of = response.chosen
        return [f"{case.text}: {chosen_of[case.key]}" for case in question.cases if case.key in chosen_of]
    return []
