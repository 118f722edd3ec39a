"""Which topics of the unit content belong to which criteria of their outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from quiz.authoring.importing.points import stems
from quiz.authoring.importing.specification import SpecCriterion, Topic

_CLEAR = 0.3
"""From this likeness of words on, a topic is taken to be a criterion's without a person asked."""
_PLACE = 0.3
"""How much the order counts beside the words: documents list topics in the order of their criteria."""


_NEARLY = 0.25
"""How much worse words and place may fit where a criterion would else have no topic."""
_TELLING = 0.8
"""What the shared words have to weigh: those that every criterion of the outcome uses tell none apart."""


@dataclass(frozen=True)
class Alignment:
    """The places of a criterion's topics, and what a person has to check about them."""

    topics: tuple[int, ...]
    doubt: str = ""


def align(criteria: Sequence[SpecCriterion], topics: Sequence[Topic]) -> tuple[Alignment, ...]:
    """Return each criterion's topics, by words they share and by their order; every topic is somebody's.

    A criterion that no topic fell to gets the one most like it, shared with another criterion and in doubt.
    Without topics nobody has any.
    """
    if not topics:
        return tuple(Alignment(()) for _ in criteria)
    likeness = _likeness(criteria, topics)
    chosen = _best_in_order(likeness)
    found: list[Alignment] = []
    for place in range(len(criteria)):
        own = tuple(at for at, taken in enumerate(chosen) if taken == place)
        if own:
            unclear = [topics[at].heading for at in own if likeness[at][place] < _CLEAR]
            told = ", ".join(f"“{heading}”" for heading in unclear)
            doubt = (
                f"{told} {'was' if len(unclear) == 1 else 'were'} matched by place, not by words"
                if told
                else ""
            )
            found.append(Alignment(own, doubt))
            continue
        best = max(range(len(topics)), key=lambda at: (_fit(likeness, at, place), -at))
        doubt = (
            f"no topic is its own, so it shares “{topics[best].heading}” with {criteria[chosen[best]].code}"
        )
        found.append(Alignment((best,), doubt))
    return tuple(found)


def _best_in_order(likeness: Sequence[Sequence[float]]) -> list[int]:
    """Return the criterion of each topic: that whose words and place fit it best."""
    count = len(likeness[0])
    chosen = [_best(likeness, at) for at in range(len(likeness))]
    # A criterion without a topic that is clearly its own takes one from a criterion that has several, where
    # the words fit it nearly as well.
    for place in range(count):
        if any(taken == place and likeness[at][place] >= _CLEAR for at, taken in enumerate(chosen)):
            continue
        held = Counter(chosen)
        spare = [at for at, c in enumerate(chosen) if held[c] > 1]
        near = [
            at
            for at in spare
            if likeness[at][place] >= _CLEAR
            and _fit(likeness, at, place) + _NEARLY >= _fit(likeness, at, chosen[at])
        ]
        if near:
            chosen[_nearest(likeness, near, place)] = place
    return chosen


def _best(likeness: Sequence[Sequence[float]], topic: int) -> int:
    return max(range(len(likeness[topic])), key=lambda criterion: _fit(likeness, topic, criterion))


def _nearest(likeness: Sequence[Sequence[float]], topics: Sequence[int], criterion: int) -> int:
    return max(topics, key=lambda at: (likeness[at][criterion], _fit(likeness, at, criterion)))


def _fit(likeness: Sequence[Sequence[float]], topic: int, criterion: int) -> float:
    topics, criteria = len(likeness), len(likeness[0])
    apart = abs((topic + 0.5) / topics - (criterion + 0.5) / criteria)
    return likeness[topic][criterion] + _PLACE * (1 - apart)


def _likeness(criteria: Sequence[SpecCriterion], topics: Sequence[Topic]) -> list[list[float]]:
    """Return how alike each topic and each criterion are, from 0 to 1; words that all criteria use count little."""
    asked = [stems(criterion.text.removeprefix(criterion.verb)) for criterion in criteria]
    held = Counter(stem for words in asked for stem in words)

    def weight(words: frozenset[str]) -> float:
        return sum(log((len(criteria) + 1) / held[word]) if held[word] else 0.7 for word in words)

    rows: list[list[float]] = []
    for topic in topics:
        heading = stems(topic.heading)
        inside = frozenset().union(*(stems(element.text) for element in topic.elements)) - heading
        row = []
        for words in asked:
            shared = weight(heading & words)
            by_heading, by_criterion = shared / (weight(heading) or 1), shared / (weight(words) or 1)
            by_elements = weight(inside & words) / (weight(words) or 1)
            by_words = (0.55 * by_heading + 0.45 * by_criterion) * min(1.0, shared / _TELLING)
            row.append(min(1.0, by_words + 0.5 * by_elements))
        rows.append(row)
    return rows
