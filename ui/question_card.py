"""The question card: one way of answering for each question type, all of them without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_uppercase
from typing import Any, Literal

import streamlit as st

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
from quiz.wording import number_word
from ui import drafted
from ui.components import whole_choices
from ui.text import plain

_Ignore = Literal["ignore"]
_IGNORE: _Ignore = "ignore"


def stem(question: Question, title: str, number: int, total: int | None, step: str) -> None:
    """Show where the learner is as the page's title, and the stem as the heading below it.

    The focus goes to the stem whenever `step` is another one: it names the attempt or lesson and the place in it.
    """
    of = f" of {total}" if total else ""
    with st.container(key=f"question-{step}"):
        st.title(plain(f"{title}: question {number}{of}"), anchor=False)
        drafted.label(question.head.unit)
        st.header(plain(question.stem), anchor=False)


def ask(question: Question, key: str) -> None:
    """Show the widgets of a question; `held` says what they hold.

    Nothing is sent while a learner chooses: the answer goes with the next button.
    """
    _ASK[question.type](question, key)


def held(question: Question, key: str) -> Response:
    """Return the response that the widgets shown by `ask` hold, for use in a callback."""
    state = st.session_state
    if isinstance(question, SingleChoice):
        return SingleChoiceResponse(chosen=state.get(key))
    given = {part: state.get(widget) for part, widget in _widgets(question, key).items()}
    if isinstance(question, MultipleResponse):
        return MultipleResponseResponse(chosen=tuple(part for part, ticked in given.items() if ticked))
    chosen: dict[str, Any] = {part: value for part, value in given.items() if value is not None}
    if isinstance(question, Matching):
        return MatchingResponse(chosen=chosen)
    return _order(chosen) if isinstance(question, Ordering) else SortingResponse(chosen=chosen)


def restore(question: Question, key: str, response: Response) -> None:
    """Let the widgets that `ask` shows next hold a response, where they hold nothing yet."""
    state: dict[str, Any] = {}
    if isinstance(response, SingleChoiceResponse):
        state[key] = response.chosen
    else:
        given: dict[str, Any]
        if isinstance(response, MultipleResponseResponse):
            given = dict.fromkeys(response.chosen, True)
        elif isinstance(response, OrderingResponse):
            given = {step: place for place, step in enumerate(response.order, 1)}
        else:
            given = dict(response.chosen)
        state = {widget: given[part] for part, widget in _widgets(question, key).items() if part in given}
    if not any(name == key or name.startswith(f"{key}-") for name in map(str, st.session_state)):
        st.session_state.update(state)


def ask_choice(
    question: SingleChoice,
    key: str,
    chosen: str | None,
    on_change: Callable[..., None],
    args: tuple[Any, ...],
) -> None:
    """Show a single choice in which every pick is sent at once to `on_change`; `chosen` is the one stored."""
    options = [option.key for option in question.options]
    # The widget would go on showing its own pick where another tab has stored one since.
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    with st.container(key=f"choices-{key}"):
        st.radio(
            "Choose one answer",
            options,
            index=None,
            format_func=_lettered(question),
            key=key,
            on_change=on_change,
            args=args,
        )


def texts(question: Question) -> tuple[str, ...]:
    """Return every text that is shown when the question is asked."""
    if isinstance(question, SingleChoice | MultipleResponse):
        parts = [option.text for option in question.options]
    elif isinstance(question, Matching):
        parts = [text for pair in question.pairs for text in (pair.left, pair.right)]
    elif isinstance(question, Ordering):
        parts = [step.text for step in question.steps]
    else:
        parts = [*question.classes, *(case.text for case in question.cases)]
    return (question.stem, *parts)


def spoken(question: Question) -> str:
    """Return the question as it is read aloud."""
    if isinstance(question, SingleChoice | MultipleResponse):
        options = ". ".join(f"{ascii_uppercase[i]}: {o.text}" for i, o in enumerate(question.options))
        return f"{question.stem} {options}."
    if isinstance(question, Matching):
        lefts = ", ".join(pair.left for pair in question.pairs)
        return f"{question.stem} {lefts}. To match with: {', '.join(question.rights.values())}."
    if isinstance(question, Ordering):
        return f"{question.stem} {'. '.join(step.text for step in question.steps)}."
    return f"{question.stem} {'. '.join(case.text for case in question.cases)}."


def _widgets(question: Question, key: str) -> dict[str, str]:
    """Return the key of the widget of each part, by the part's own key, in the order in which they are shown.

    They are numbered, not named after the parts: Streamlit never forgets a widget's key in a session.
    """
    if isinstance(question, SingleChoice | MultipleResponse):
        parts = [option.key for option in question.options]
    elif isinstance(question, Matching):
        parts = [pair.key for pair in question.pairs]
    elif isinstance(question, Ordering):
        parts = [step.key for step in question.steps]
    else:
        parts = [case.key for case in question.cases]
    return {part: f"{key}-{number}" for number, part in enumerate(parts)}


def _lettered(question: SingleChoice | MultipleResponse) -> Callable[[str], str]:
    texts = {o.key: f"**{ascii_uppercase[i]}** {plain(o.text)}" for i, o in enumerate(question.options)}
    return lambda key: texts[key]


def _single_choice(question: SingleChoice, key: str) -> None:
    with st.container(key=f"choices-{key}"):
        st.radio(
            "Choose one answer",
            [option.key for option in question.options],
            index=None,
            format_func=_lettered(question),
            key=key,
            on_change=_IGNORE,
        )


def _multiple_response(question: MultipleResponse, key: str) -> None:
    label = _lettered(question)
    with st.container(key=f"choices-{key}", gap=None):
        st.markdown(f"Choose {number_word(question.choose)} answers")
        for part, widget in _widgets(question, key).items():
            st.checkbox(label(part), key=widget, on_change=_IGNORE)


def _matching(question: Matching, key: str) -> None:
    rights = question.rights
    whole_choices()
    st.markdown("Choose the answer that belongs to each line. Use each answer once.")
    widgets = _widgets(question, key)
    for pair in question.pairs:
        st.selectbox(
            plain(pair.left),
            list(rights),
            index=None,
            format_func=rights.__getitem__,
            placeholder="Choose an answer",
            key=widgets[pair.key],
            on_change=_IGNORE,
        )


def _ordering(question: Ordering, key: str) -> None:
    places = list(range(1, len(question.steps) + 1))
    st.markdown("Give each step its place: 1 comes first.")
    widgets = _widgets(question, key)
    for step in question.steps:
        st.radio(
            plain(step.text), places, index=None, horizontal=True, key=widgets[step.key], on_change=_IGNORE
        )


def _order(places: dict[str, int]) -> OrderingResponse:
    if len(set(places.values())) < len(places):
        # Two steps in one place: hand over a repeat, which marking refuses with its reason.
        twice = next(iter(places))
        return OrderingResponse(order=(twice, twice))
    return OrderingResponse(order=tuple(sorted(places, key=places.__getitem__)))


def _sorting(question: Sorting, key: str) -> None:
    for name, meaning in question.classes.items():
        st.markdown(f"**{plain(name)}**: {plain(meaning)}")
    widgets = _widgets(question, key)
    for case in question.cases:
        st.radio(
            plain(case.text),
            list(question.classes),
            index=None,
            format_func=plain,
            horizontal=True,
            key=widgets[case.key],
            on_change=_IGNORE,
        )


_ASK: dict[str, Callable[[Any, str], None]] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "matching": _matching,
    "ordering": _ordering,
    "sorting": _sorting,
}
