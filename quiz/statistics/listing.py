"""Statistics as plain values, one shape for every door; figures in per cent, rounded to a hundredth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quiz.statistics.flags import RankedQuestion
from quiz.statistics.options import OptionStatistics
from quiz.statistics.papers import PaperStatistics
from quiz.statistics.question import ThirdMarks


def listed_question(ranked: RankedQuestion) -> dict[str, Any]:
    """Return a question's figures with its standing and reasons; None where a figure cannot be told."""
    stats = ranked.statistics
    return {
        "family": stats.family,
        "unit": stats.ref.unit,
        "criterion": stats.ref.code,
        "type": stats.type,
        "standing": ranked.standing,
        "reasons": [{"flag": one.flag.name.lower(), "text": one.text} for one in ranked.reasons],
        "answers": stats.answers,
        "facility": _rounded(stats.facility),
        "facility_interval": _pair(stats.facility_interval),
        "compared": stats.compared,
        "discrimination": _rounded(stats.discrimination),
        "discrimination_interval": _pair(stats.discrimination_interval),
        "efficiency": _rounded(stats.efficiency),
        "seconds": None
        if stats.seconds is None
        else {
            "lower": _rounded(stats.seconds.lower),
            "median": _rounded(stats.seconds.median),
            "upper": _rounded(stats.seconds.upper),
            "answers": stats.seconds.answers,
        },
        "strongest": _third(stats.strongest),
        "weakest": _third(stats.weakest),
        "options": [_option(option) for option in stats.options],
    }


def listed_paper(paper: PaperStatistics) -> dict[str, Any]:
    """Return a paper's figures; None where one cannot be told."""
    return {
        "families": list(paper.families),
        "learners": paper.learners,
        "mean": _rounded(paper.mean),
        "median": _rounded(paper.median),
        "deviation": _rounded(paper.deviation),
        "consistency": _rounded(paper.consistency),
        "consistency_interval": _pair(paper.consistency_interval),
        "kr20": None if paper.kr20 is None else round(paper.kr20, 4),
        "error_ratio": _rounded(paper.error_ratio),
        "standard_error": _rounded(paper.standard_error),
    }


def _option(option: OptionStatistics) -> dict[str, Any]:
    return {
        "key": option.key,
        "text": option.text,
        "right": option.right,
        "shown": option.shown,
        "taken": option.taken,
        "share": _rounded(option.share),
        "share_of_wrong": _rounded(option.share_of_wrong),
        "strongest": option.strongest,
        "strongest_taken": option.strongest_taken,
        "strongest_share": _rounded(option.strongest_share),
        "weakest": option.weakest,
        "weakest_taken": option.weakest_taken,
        "weakest_share": _rounded(option.weakest_share),
        "takers_rest": _rounded(option.takers_rest),
    }


def _third(third: ThirdMarks) -> dict[str, Any]:
    earned, share = _rounded(third.earned), _rounded(third.facility)
    return {"learners": third.learners, "earned": earned, "facility": share}


def _pair(interval: Sequence[float] | None) -> list[float | None] | None:
    return None if interval is None else [_rounded(end) for end in interval]


def _rounded(value: float | None) -> float | None:
    # Adding 0 turns a rounded -0.0 into 0.0.
    return None if value is None else round(value, 2) + 0.0
