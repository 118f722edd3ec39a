"""The options of a single choice: who takes which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from quiz.statistics.answers import ComparedAnswer, MarkedAnswer


@dataclass(frozen=True)
class OptionStatistics:
    """How often an option was taken by those it was shown to; of the thirds likewise."""

    key: str
    text: str
    """As it was shown last."""
    right: bool
    shown: int
    taken: int
    wrong: int
    """How many of those it was shown to answered wrongly."""
    strongest: int
    strongest_taken: int
    weakest: int
    weakest_taken: int
    takers_rest: float | None
    """The mean rest of its takers (see `compare`), in per cent of the mark; None: no taker has one."""
    takers_error: float | None
    """The standard error of that mean, likewise; None: fewer than two takers have a rest."""

    @property
    def share(self) -> float:
        """Return how many take it, in per cent."""
        return 100 * self.taken / self.shown

    @property
    def share_of_wrong(self) -> float | None:
        """Return how many of the wrong answers fall on a distractor, in per cent; None: none to fall."""
        return None if self.right or not self.wrong else 100 * self.taken / self.wrong

    @property
    def strongest_share(self) -> float | None:
        """Return how many of the strongest third take it, in per cent; None: nobody to ask."""
        return 100 * self.strongest_taken / self.strongest if self.strongest else None

    @property
    def weakest_share(self) -> float | None:
        """Return how many of the weakest third take it, in per cent; None: nobody to ask."""
        return 100 * self.weakest_taken / self.weakest if self.weakest else None


def option_statistics(
    compared: Sequence[ComparedAnswer],
    strongest: Sequence[ComparedAnswer],
    weakest: Sequence[ComparedAnswer],
) -> tuple[OptionStatistics, ...]:
    """Return the options of a single choice, the key first, then by how often they are taken.

    Variants of a generated question have different options, so an option is counted over the answers
    to which it was offered; one that is right in some variants and wrong in others is two options.
    Answers of other types have none.
    """
    texts: dict[tuple[str, bool], str] = {}
    offers: dict[tuple[str, bool], list[ComparedAnswer]] = {}
    for one in compared:
        for option in one.answer.offered:
            texts[option.key, option.right] = option.text
            offers.setdefault((option.key, option.right), []).append(one)
    upper, lower = ({id(one) for one in third} for third in (strongest, weakest))
    found = []
    for (key, right), offered in offers.items():
        takers = [one for one in offered if _takes(one.answer, key)]
        rests = [one.rest for one in takers if one.rest is not None]
        found.append(
            OptionStatistics(
                key,
                texts[key, right],
                right,
                shown=len(offered),
                taken=len(takers),
                wrong=sum(one.answer.fraction < 1 for one in offered),
                strongest=sum(id(one) in upper for one in offered),
                strongest_taken=sum(id(one) in upper for one in takers),
                weakest=sum(id(one) in lower for one in offered),
                weakest_taken=sum(id(one) in lower for one in takers),
                takers_rest=100 * fmean(rests) if rests else None,
                takers_error=100 * stdev(rests) / sqrt(len(rests)) if len(rests) > 1 else None,
            )
        )
    return tuple(sorted(found, key=lambda option: (not option.right, -option.taken, option.key)))


def _takes(answer: MarkedAnswer, key: str) -> bool:
    return answer.chosen is not None and key in answer.chosen
