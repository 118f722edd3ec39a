"""What a learner sees after an answer: whether it was right, and why, for every part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import streamlit as st

from quiz.questions import (
    Mark,
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
    Verdict,
)
from quiz.wording import sentence

_HEADINGS = {
    Verdict.RIGHT: "That is right",
    Verdict.WRONG: "Not yet",
    Verdict.PARTIAL: "Partly right",
    Verdict.UNANSWERED: "Not answered",
    Verdict.MALFORMED: "Not answered",
}


@dataclass(frozen=True)
class Line:
    """One explained part: its text, what it is (in words), whether it was right, and why."""

    text: str
    labels: tuple[str, ...]
    right: bool | None
    why: str


def heading(given: Mark | None) -> str:
    """Return the heading for a mark; None when the answer is shown without one."""
    return _HEADINGS[given.verdict] if given is not None else "The answer"


def explain_all(
    question: Question, response: Response | None, tally: Mapping[str, str] | None = None
) -> None:
    """Show why for every part of the question, with what the learner chose marked in words.

    With `tally`, by option key, each option also carries how often it was chosen.
    """
    lines: list[Line] = _LINES[question.type](question, response)
    if tally and isinstance(question, SingleChoice | MultipleResponse):
        lines = [
            replace(line, labels=(*line.labels, tally[option.key]))
            for line, option in zip(lines, question.options, strict=True)
        ]
    _show(lines)


def explain_own(question: Question, response: Response | None, *, why: bool) -> None:
    """Show what the learner answered and what is right, their own answer first; with `why`, the reasons too.

    Options that they did not choose and that are not right are left out.
    """
    lines: list[Line] = _LINES[question.type](question, response)
    if isinstance(question, SingleChoice | MultipleResponse):
        named = (line for line in lines if line.labels)
        lines = sorted(named, key=lambda line: "Your answer" not in line.labels)
    _show(lines if why else [replace(line, why="") for line in lines])


def explain_chosen(question: Question, response: Response) -> None:
    """Show only why the parts chosen wrongly are wrong, and not what is right."""
    lines = [
        line
        for line in _CHOSEN_LINES.get(question.type, _LINES[question.type])(question, response)
        if line.right is False
    ]
    if question.type in {"matching", "ordering", "sorting"}:
        wrong = len(lines)
        st.markdown(
            f"{wrong} of the lines {'is' if wrong == 1 else 'are'} not where {'it belongs' if wrong == 1 else 'they belong'}:"
        )
        _show([Line(line.text, (), False, "") for line in lines])
    else:
        _show(lines)


def _show(lines: list[Line]) -> None:
    # One element for the whole list: a page with forty explained questions stays light.
    rows = "".join(
        f'<li class="{_shade(line.right)}"><span class="part">{escape(sentence(line.text))}</span>'
        + "".join(f'<span class="label">{escape(label)}</span>' for label in line.labels)
        + (f'<span class="why">{escape(line.why)}</span>' if line.why else "")
        + "</li>"
        for line in lines
    )
    st.html(f'<ul class="explained">{rows}</ul>')


def _shade(right: bool | None) -> str:
    return {True: "right", False: "wrong", None: "other"}[right]


def _options(question: SingleChoice | MultipleResponse, chosen: frozenset[str]) -> Iterator[Line]:
    for option in question.options:
        mine = option.key in chosen
        labels = (("Right answer",) if option.right else ()) + (("Your answer",) if mine else ())
        shade = True if option.right else (False if mine else None)
        yield Line(option.text, labels, shade, option.why)


def _single_choice(question: SingleChoice, response: SingleChoiceResponse | None) -> list[Line]:
    chosen = response.chosen if response else None
    return list(_options(question, frozenset({chosen} if chosen else ())))


def _multiple_response(question: MultipleResponse, response: MultipleResponseResponse | None) -> list[Line]:
    return list(_options(question, frozenset(response.chosen if response else ())))


def _matching(question: Matching, response: MatchingResponse | None) -> list[Line]:
    rights = question.rights
    lines = []
    for pair in question.pairs:
        chosen = response.chosen.get(pair.key) if response else None
        labels = _placed(chosen == pair.key, rights.get(chosen or "", ""), bool(chosen))
        lines.append(Line(f"{pair.left}: {pair.right}", labels, _right(chosen, pair.key), pair.why))
    return lines


def _ordering(question: Ordering, response: OrderingResponse | None) -> list[Line]:
    places = {key: place for place, key in enumerate(response.order, 1)} if response else {}
    lines = []
    for step in question.in_order:
        chosen = places.get(step.key)
        labels = _placed(chosen == step.place, f"place {chosen}", chosen is not None)
        lines.append(Line(f"{step.place}. {step.text}", labels, _right(chosen, step.place), step.why))
    return lines


def _sorting(question: Sorting, response: SortingResponse | None) -> list[Line]:
    lines = []
    for case in question.cases:
        chosen = response.chosen.get(case.key) if response else None
        labels = _placed(chosen == case.belongs, chosen or "", bool(chosen))
        lines.append(Line(f"{case.text}: {case.belongs}", labels, _right(chosen, case.belongs), case.why))
    return lines


def _placed(right: bool, chosen: str, answered: bool) -> tuple[str, ...]:
    if not answered:
        return ()
    return ("Right",) if right else (f"You chose: {chosen}",)


def _right(chosen: object, wanted: object) -> bool | None:
    return None if chosen is None else chosen == wanted


def _unplaced(question: Matching | Ordering | Sorting, response: Response) -> list[Line]:
    """Return the lines of a question without saying where they belong."""
    lines: list[Line] = _LINES[question.type](question, response)
    if isinstance(question, Matching):
        texts = [pair.left for pair in question.pairs]
    elif isinstance(question, Ordering):
        texts = [step.text for step in question.in_order]
    else:
        texts = [case.text for case in question.cases]
    return [Line(text, line.labels, line.right, "") for text, line in zip(texts, lines, strict=True)]


_LINES: dict[str, Callable[[Any, Any], list[Line]]] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "matching": _matching,
    "ordering": _ordering,
    "sorting": _sorting,
}
_CHOSEN_LINES: dict[str, Callable[[Any, Any], list[Line]]] = {
    "matching": _unplaced,
    "ordering": _unplaced,
    "sorting": _unplaced,
}
