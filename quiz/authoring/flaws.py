"""Flaws of single items whose share of the bank is held to what the bank allows itself."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Final, NamedTuple

from quiz.authoring.cue_items import CueItem, form
from quiz.authoring.options import are_nearly_same, are_ragged, is_conspicuous
from quiz.authoring.stems import is_negative, negation_of, refers_to_options

ENOUGH: Final = 40


class Flaw(NamedTuple):
    """A flaw of an item, the share of the bank that may have it, and from how many items on that counts."""

    name: str
    has: Callable[[CueItem], float]
    least: float
    most: float
    enough: int = ENOUGH


def right_longest(item: CueItem) -> float:
    """Return 1 if the right option is strictly the longest."""
    return float(len(item.options[item.right]) > max(map(len, item.distractors)))


def right_conspicuous(item: CueItem) -> float:
    """Return 1 if the right option gives itself away by its length."""
    return float(is_conspicuous(len(item.options[item.right]), max(map(len, item.distractors))))


def ragged(item: CueItem) -> float:
    """Return 1 if the options look uneven."""
    return float(are_ragged([len(text) for text in item.options]))


def echoes(item: CueItem, place: int) -> float:
    """Return 1 if a content word of the stem stands in the option at that place only."""
    elsewhere = frozenset[str]().union(*(form(t).content for at, t in enumerate(item.options) if at != place))
    return float(bool((form(item.stem).content & form(item.options[place]).content) - elsewhere))


def right_echoes(item: CueItem) -> float:
    """Return 1 if a content word of the stem stands in the right option only."""
    return echoes(item, item.right)


def distractor_echoes(item: CueItem) -> float:
    """Return the share of wrong options that alone hold a content word of the stem."""
    others = [place for place in range(len(item.options)) if place != item.right]
    return sum(echoes(item, place) for place in others) / len(others)


def telling_absolutes(item: CueItem) -> float:
    """Return 1 if two or more wrong options hold an absolute and the right one none."""
    return float(
        not form(item.options[item.right]).absolutes
        and sum(form(text).absolutes > 0 for text in item.distractors) >= 2
    )


def option_on_options(item: CueItem) -> float:
    """Return 1 if an option refers to other options."""
    return float(any(refers_to_options(text) for text in item.options))


def negative_in_small_letters(item: CueItem) -> float:
    """Return 1 if the stem asks for the exception without capitals."""
    return float(bool(negation_of(item.stem)))


def negative_stem(item: CueItem) -> float:
    """Return 1 if the stem asks for the exception."""
    return float(is_negative(item.stem) or bool(negation_of(item.stem)))


def same_twice(item: CueItem) -> float:
    """Return 1 if two options are nearly the same."""
    return float(any(are_nearly_same(one, other) for one, other in combinations(item.options, 2)))


FLAWS: Final = (
    Flaw("right-longest", right_longest, 0.18, 0.30),
    Flaw("right-conspicuous", right_conspicuous, 0, 0, 1),
    Flaw("ragged", ragged, 0, 0.05),
    Flaw("stem-word-in-right", right_echoes, 0, 0.05),
    Flaw("stem-word-in-distractor", distractor_echoes, 0, 0.05),
    Flaw("telling-absolutes", telling_absolutes, 0, 0, 1),
    Flaw("option-on-options", option_on_options, 0, 0, 1),
    Flaw("negative-in-small-letters", negative_in_small_letters, 0, 0, 1),
    Flaw("negative-stems", negative_stem, 0, 0.05),
    Flaw("same-option-twice", same_twice, 0, 0, 1),
)
