"""Where marks are lost: the misunderstandings behind the answers taken, and marks lost by criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from quiz.questions import (
    Matching,
    MatchingResponse,
    MultipleResponse,
    MultipleResponseResponse,
    Ordering,
    OrderingResponse,
    Question,
    SingleChoice,
    SingleChoiceResponse,
    Sorting,
    SortingResponse,
)
from quiz.sessions import Attempt, Given, Kind
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class LostMark:
    """A wrong answer taken: what was chosen, why it is wrong, how often it was taken, and when last."""

    ref: CriterionRef
    text: str
    """The option, or the line as it was placed: “left: right”, “case: heading”, “step: place 3”."""
    why: str
    times: int
    latest: datetime


@dataclass(frozen=True)
class CriterionLoss:
    """Marks lost in a criterion, of as many as there were answers."""

    ref: CriterionRef
    lost: float
    answers: int


def lost_marks(attempts: Iterable[Attempt], limit: int | None = None) -> tuple[LostMark, ...]:
    """Return the wrong answers taken, the most often taken first and then the latest; at most `limit`.

    The same text with the same explanation in a criterion is one entry. What counts is what counts
    as evidence: first tries in practice, standing answers of finished tests, and of those the first
    to a question on a day. An answer not given is no misunderstanding.
    """
    taken: dict[tuple[CriterionRef, str, str], list[datetime]] = {}
    for question, given in _counted(attempts):
        for text, why in _WRONG_PARTS[question.type](question, given.response):
            taken.setdefault((question.head.ref, text, why), []).append(given.at)
    entries = [LostMark(*key, len(times), times[-1]) for key, times in taken.items()]
    entries.sort(key=lambda e: (-e.times, -e.latest.timestamp(), e.ref.sort_key, e.text, e.why))
    return tuple(entries[:limit])


def losses(attempts: Iterable[Attempt]) -> tuple[CriterionLoss, ...]:
    """Return the marks lost in each criterion that lost any, the most first, then by code.

    An answer loses one mark less the share earned; the same answers count as in `lost_marks`.
    """
    found: dict[CriterionRef, list[float]] = {}
    for question, given in _counted(attempts):
        assert given.mark is not None
        found.setdefault(question.head.ref, []).append(1 - given.mark.fraction)
    entries = [CriterionLoss(ref, sum(lost), len(lost)) for ref, lost in found.items()]
    entries.sort(key=lambda entry: (-round(entry.lost, 9), entry.ref.sort_key))
    return tuple(entry for entry in entries if entry.lost > _TOLERANCE)


def _counted(attempts: Iterable[Attempt]) -> Iterator[tuple[Question, Given]]:
    """Yield the marked answers that are evidence, in order of time."""
    pairs: list[tuple[Question, Given]] = []
    for attempt in attempts:
        for item in attempt.items:
            given = item.latest if attempt.kind is Kind.TEST else item.first
            if given is not None and given.mark is not None and given.mark.verdict.is_marked:
                pairs.append((item.question, given))
    seen: set[tuple[str, date]] = set()
    for question, given in sorted(pairs, key=lambda pair: pair[1].at.astimezone(UTC)):
        key = (question.head.id, given.at.astimezone(LONDON).date())
        if key not in seen:
            seen.add(key)
            yield question, given


def _single_choice(question: SingleChoice, response: SingleChoiceResponse) -> Iterator[tuple[str, str]]:
    return ((o.text, o.why) for o in question.options if o.key == response.chosen and not o.right)


def _multiple_response(
    question: MultipleResponse, response: MultipleResponseResponse
) -> Iterator[tuple[str, str]]:
    return ((o.text, o.why) for o in question.options if o.key in response.chosen and not o.right)


def _matching(question: Matching, response: MatchingResponse) -> Iterator[tuple[str, str]]:
    for pair in question.pairs:
        chosen = response.chosen[pair.key]
        if chosen != pair.key:
            yield f"{pair.left}: {question.rights[chosen]}", pair.why


def _ordering(question: Ordering, response: OrderingResponse) -> Iterator[tuple[str, str]]:
    places = {key: place for place, key in enumerate(response.order, 1)}
    for step in question.in_order:
        if places[step.key] != step.place:
            yield f"{step.text}: place {places[step.key]}", step.why


def _sorting(question: Sorting, response: SortingResponse) -> Iterator[tuple[str, str]]:
    for case in question.cases:
        chosen = response.chosen[case.key]
        if chosen != case.belongs:
            yield f"{case.text}: {chosen}", case.why


_WRONG_PARTS: dict[str, Callable[[Any, Any], Iterator[tuple[str, str]]]] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "matching": _matching,
    "ordering": _ordering,
    "sorting": _sorting,
}
