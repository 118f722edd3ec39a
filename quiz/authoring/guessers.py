"""Guessers who never read the content: each scores the options by one cue and takes the highest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from quiz.authoring.cue_items import CueItem, form, likeness

Scores = Sequence[float]
Guesser = Callable[[CueItem], Scores]


def longest(item: CueItem) -> Scores:
    """Score by length."""
    return [form(text).length for text in item.options]


def shortest(item: CueItem) -> Scores:
    """Score by shortness."""
    return [-form(text).length for text in item.options]


def stem_overlap(item: CueItem) -> Scores:
    """Score by how many content words the stem has too."""
    asked = form(item.stem).content
    return [len(form(text).content & asked) for text in item.options]


def stem_avoidance(item: CueItem) -> Scores:
    """Score by how few content words the stem has too."""
    return [-score for score in stem_overlap(item)]


def most_like_others(item: CueItem) -> Scores:
    """Score by likeness to the other options."""
    return likeness(item.options)


def least_like_others(item: CueItem) -> Scores:
    """Score by difference from the other options."""
    return [-alike for alike in likeness(item.options)]


def most_hedges(item: CueItem) -> Scores:
    """Score by hedges."""
    return [form(text).hedges for text in item.options]


def fewest_hedges(item: CueItem) -> Scores:
    """Score by absence of hedges."""
    return [-form(text).hedges for text in item.options]


def most_absolutes(item: CueItem) -> Scores:
    """Score by absolutes."""
    return [form(text).absolutes for text in item.options]


def fewest_absolutes(item: CueItem) -> Scores:
    """Score by absence of absolutes."""
    return [-form(text).absolutes for text in item.options]


def most_digits(item: CueItem) -> Scores:
    """Score by digits."""
    return [form(text).digits for text in item.options]


def most_commas(item: CueItem) -> Scores:
    """Score by commas."""
    return [form(text).commas for text in item.options]


def _place(wanted: int) -> Guesser:
    return lambda item: [float(place == wanted) for place in range(len(item.options))]


GUESSERS: Final[dict[str, Guesser]] = {
    "longest": longest,
    "shortest": shortest,
    "first-place": _place(0),
    "second-place": _place(1),
    "third-place": _place(2),
    "fourth-place": _place(3),
    "stem-overlap": stem_overlap,
    "stem-avoidance": stem_avoidance,
    "most-like-others": most_like_others,
    "least-like-others": least_like_others,
    "most-hedges": most_hedges,
    "fewest-hedges": fewest_hedges,
    "most-absolutes": most_absolutes,
    "fewest-absolutes": fewest_absolutes,
    "most-digits": most_digits,
    "most-commas": most_commas,
}


def luck(item: CueItem, scores: Scores) -> float:
    """Return the chance that a guesser is right who takes one of the highest scores at random."""
    best = max(scores)
    tied = sum(score == best for score in scores)
    return 1 / tied if scores[item.right] == best else 0.0
