"""Questions that look wrong, and why; each reason is a sentence to read out.

Thresholds are those of Moodle's report and of common practice in item analysis: a facility under 30
or over 90 and a discrimination under 20 are worth a look; a distractor works if it draws at least a
tenth of the wrong answers and its takers are weaker than the key's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import hypot
from statistics import median

from quiz.statistics.options import OptionStatistics
from quiz.statistics.question import QuestionStatistics
from quiz.wording import count, sentence

ENOUGH_ANSWERS = 30
"""Below this many answers nothing is said of a question, an option or a correlation."""
FEW_STRONGEST = 50.0
"""The facility among the strongest third under which few of them are right."""
WORKING_SHARE = 10.0
"""The share of the wrong answers that a distractor has to draw."""
ENOUGH_WRONG = 10
"""Below this many wrong answers nothing is said of how they fall: one taker would be a tenth."""
ENOUGH_TAKERS = 5
"""Below this many takers nothing is said of how strong they are."""
BEYOND_CHANCE = 1.0
"""By how many standard errors a distractor's takers have to be stronger than the key's.

In made-up classes of 45, 80 and 200 learners, 60 questions and three wrong keys, any difference at
all flags 15 to 19 % of the sound questions; one standard error flags 3 to 4 %, and leaves 93 of 98
wrong keys among the first six questions of the ranking, instead of 68.
"""
LOW_DISCRIMINATION, HARD, EASY = 20.0, 30.0, 90.0
MUCH_SLOWER = 2.0
"""How many times the middle of the other questions of its type a slow question takes."""
ENOUGH_OTHERS = 5
"""Below this many timed questions of the same type nothing is said of how slow one is."""


class Flag(IntEnum):
    """What can look wrong, gravest first."""

    WRONG_KEY = 1
    FEW_STRONGEST_RIGHT = 2
    NEGATIVE_DISCRIMINATION = 3
    IDLE_DISTRACTOR = 4
    LOW_DISCRIMINATION = 5
    HARD = 6
    EASY = 7
    SLOW = 8


class Standing(StrEnum):
    """What can be said of a question as a whole."""

    LOOK = "worth a look"
    FINE = "nothing looks wrong"
    NOT_ENOUGH = "not enough answers yet"


@dataclass(frozen=True)
class Reason:
    """A flag, and the sentence that says why it was raised."""

    flag: Flag
    text: str


@dataclass(frozen=True)
class RankedQuestion:
    """A question with what looks wrong about it, gravest first."""

    statistics: QuestionStatistics
    standing: Standing
    reasons: tuple[Reason, ...] = ()


def ranked(stats: Sequence[QuestionStatistics]) -> tuple[RankedQuestion, ...]:
    """Return every question, those that look wrong first.

    They come by their gravest reason, then by how many reasons they have, then by discrimination from
    the lowest; then come the questions that nothing is said against, and last, most answers first,
    those with fewer than 30 answers, about which nothing is said.
    """
    return tuple(sorted((_judged(one, stats) for one in stats), key=_place))


def _judged(one: QuestionStatistics, stats: Iterable[QuestionStatistics]) -> RankedQuestion:
    if one.answers < ENOUGH_ANSWERS:
        return RankedQuestion(one, Standing.NOT_ENOUGH)
    found = [
        *_wrong_keys(one),
        *_few_strongest(one),
        *_discrimination(one),
        *_idle(one),
        *_facility(one),
        *_slow(one, stats),
    ]
    reasons = tuple(sorted(found, key=lambda reason: reason.flag))
    return RankedQuestion(one, Standing.LOOK if reasons else Standing.FINE, reasons)


def _place(one: RankedQuestion) -> tuple[bool, int, int, float, int, str]:
    stats = one.statistics
    few = one.standing is Standing.NOT_ENOUGH
    gravest = one.reasons[0].flag if one.reasons else len(Flag) + 1
    index = 100.0 if stats.discrimination is None or few else stats.discrimination
    return few, gravest, -len(one.reasons), index, -stats.answers, stats.family


def _wrong_keys(one: QuestionStatistics) -> list[Reason]:
    keys = [option for option in one.options if _judgeable(option) and option.right]
    found = []
    for option in one.options:
        if option.right or not _judgeable(option) or (option.share_of_wrong or 0) < WORKING_SHARE:
            continue
        for key in keys:
            if _clearly_stronger(option, key):
                text = (
                    f"{_who(option)} “{option.text}” do better on other questions than "
                    f"{_who(key, 'the')} the key: the key may be wrong."
                )
                found.append(Reason(Flag.WRONG_KEY, sentence(text)))
                break
    return found


def _judgeable(option: OptionStatistics) -> bool:
    return option.shown >= ENOUGH_ANSWERS and option.taken >= ENOUGH_TAKERS


def _clearly_stronger(option: OptionStatistics, key: OptionStatistics) -> bool:
    if option.takers_rest is None or key.takers_rest is None:
        return False
    if option.takers_error is None or key.takers_error is None:
        return False
    by = option.takers_rest - key.takers_rest
    return by > BEYOND_CHANCE * hypot(option.takers_error, key.takers_error)


def _who(option: OptionStatistics, article: str = "the") -> str:
    return f"{article} {option.taken} who chose"


def _few_strongest(one: QuestionStatistics) -> list[Reason]:
    third = one.strongest
    if one.compared < ENOUGH_ANSWERS or third.facility is None or third.facility >= FEW_STRONGEST:
        return []
    if third.earned == int(third.earned) and one.type == "single_choice":
        text = f"Only {int(third.earned)} of the {third.learners} strongest learners chose the key."
    else:
        text = f"The {third.learners} strongest learners earned only {_whole(third.facility)}% of the marks."
    return [Reason(Flag.FEW_STRONGEST_RIGHT, text)]


def _discrimination(one: QuestionStatistics) -> list[Reason]:
    index = one.discrimination
    if one.compared < ENOUGH_ANSWERS or index is None or index >= LOW_DISCRIMINATION:
        return []
    figure = f"discrimination {_whole(index)}{_range(one.discrimination_interval)}"
    if index < 0:
        text = f"Those who do better on other questions do worse on this one: {figure}."
        return [Reason(Flag.NEGATIVE_DISCRIMINATION, text)]
    return [Reason(Flag.LOW_DISCRIMINATION, f"It hardly tells stronger learners from weaker ones: {figure}.")]


def _idle(one: QuestionStatistics) -> list[Reason]:
    return [
        Reason(
            Flag.IDLE_DISTRACTOR,
            f"Hardly anybody takes “{option.text}”: {option.taken} of {option.wrong} wrong answers.",
        )
        for option in one.options
        if option.shown >= ENOUGH_ANSWERS
        and option.wrong >= ENOUGH_WRONG
        and option.share_of_wrong is not None
        and option.share_of_wrong < WORKING_SHARE
    ]


def _facility(one: QuestionStatistics) -> list[Reason]:
    figure = f"facility {_whole(one.facility)}%{_range(one.facility_interval)}"
    if one.facility < HARD:
        return [Reason(Flag.HARD, f"It is hard: {figure}.")]
    if one.facility > EASY:
        return [Reason(Flag.EASY, f"It is easy: {figure}.")]
    return []


def _slow(one: QuestionStatistics, stats: Iterable[QuestionStatistics]) -> list[Reason]:
    others = [
        time
        for other in stats
        if other.family != one.family and other.type == one.type and (time := _time(other)) is not None
    ]
    own = _time(one)
    if own is None or len(others) < ENOUGH_OTHERS:
        return []
    usual = median(others)
    if own <= MUCH_SLOWER * usual:
        return []
    text = (
        f"It takes {count(round(own), 'second')} in the middle; "
        f"other questions of its type take {round(usual)}."
    )
    return [Reason(Flag.SLOW, text)]


def _time(one: QuestionStatistics) -> float | None:
    if one.seconds is None or one.seconds.answers < ENOUGH_ANSWERS:
        return None
    return one.seconds.median


def _range(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" (90% interval {_whole(interval[0])} to {_whole(interval[1])})"


def _whole(value: float) -> int:
    return round(value)
