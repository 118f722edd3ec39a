"""The cue table: how often somebody is right who knows nothing and goes by the form of the options.

Guessers are held to chance (25 %); flaws are held to what the bank allows itself. Generated questions
of a block share their pieces, so their intervals are narrower than they should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from quiz.authoring.blind import blind_luck
from quiz.authoring.coverage_table import aligned
from quiz.authoring.cue_items import CueItem
from quiz.authoring.flaws import FLAWS, Flaw
from quiz.authoring.guessers import GUESSERS, luck
from quiz.findings import Finding
from quiz.questions import Origin

CHANCE: Final = 0.25
MOST_BY_CUE: Final = 0.30
"""Over this rate, with an interval that leaves out chance, a guesser does too well on few questions."""
MOST_BY_CUE_IN_BANK: Final = 0.28
"""Over this rate a guesser does too well on `ENOUGH` questions or more."""
MOST_BY_MODEL: Final = 0.28
ENOUGH: Final = 400
ECHO_MARGIN: Final = 0.03
"""Echoes of the stem count as equally frequent in right and wrong options up to this difference: on a
large bank an interval tells apart rates that no guesser can live on, as the guessers that go by stem
overlap, and by avoiding it, show beside it."""
EXAMPLES: Final = 5
SHOWN: Final = 30
ORIGINS: Final[tuple[Origin, ...]] = ("written", "generated")
Judgement = Literal["ok", "over", "under", "too few"]


class CueRow(BaseModel):
    """A rate over questions with its 95 % interval, what is allowed, and how it stands to that."""

    model_config = ConfigDict(frozen=True)

    name: str
    origin: Origin
    n: int
    rate: float
    low: float
    high: float
    most: float
    """The highest rate allowed."""
    allowed: str
    judgement: Judgement
    examples: tuple[str, ...] = ()
    """The questions that have the flaw, or where the guesser does better than chance."""

    @property
    def is_broken(self) -> bool:
        """Return whether the rate lies outside what is allowed."""
        return self.judgement in {"over", "under"}


def wilson(rate: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a rate (Wilson 1927).

    >>> wilson(0.25, 100)
    (0.1755, 0.343)
    """
    if not n:
        return 0.0, 1.0
    z = 1.959964
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return round(max(0.0, centre - half), 4), round(min(1.0, centre + half), 4)


CUES: Final = (*GUESSERS, "blind-model", *(flaw.name for flaw in FLAWS))
# Opposed terms, such as direct and indirect discrimination, belong side by side, but only now and then.
MOST_GENERATED: Final = {"same-option-twice": 0.01}


def cue_table(items: Sequence[CueItem]) -> tuple[CueRow, ...]:
    """Return the rates of every guesser, flaw and of the content-blind model, written and generated apart."""
    return tuple(row for origin in ORIGINS for row in _rows(origin, [i for i in items if i.origin == origin]))


def _rows(origin: Origin, items: Sequence[CueItem]) -> Iterator[CueRow]:
    if not items:
        return
    for name, guess in GUESSERS.items():
        yield _guesser_row(name, origin, items, [luck(item, guess(item)) for item in items])
    lucks = blind_luck(items)
    if lucks is not None:
        yield _row("blind-model", origin, lucks, 0, MOST_BY_MODEL, ENOUGH)
    rows = {flaw.name: _flaw_row(flaw, origin, items) for flaw in FLAWS}
    rows["stem-word-in-distractor"] = _beside(rows["stem-word-in-distractor"], rows["stem-word-in-right"])
    yield from rows.values()


def _guesser_row(name: str, origin: Origin, items: Sequence[CueItem], lucks: Sequence[float]) -> CueRow:
    whole = len(items) >= ENOUGH
    row = _row(name, origin, lucks, 0, MOST_BY_CUE_IN_BANK if whole else MOST_BY_CUE, 1)
    lucky = [item.id for item, value in zip(items, lucks, strict=True) if value > CHANCE]
    examples = () if name.endswith("-place") else tuple(lucky)  # an author has no say in the order
    judgement: Judgement = row.judgement if whole or row.low > CHANCE else "ok"
    return row.model_copy(update={"judgement": judgement, "examples": examples})


def _flaw_row(flaw: Flaw, origin: Origin, items: Sequence[CueItem]) -> CueRow:
    values = [flaw.has(item) for item in items]
    examples = tuple(item.id for item, value in zip(items, values, strict=True) if value)
    most = MOST_GENERATED.get(flaw.name, flaw.most) if origin == "generated" else flaw.most
    row = _row(flaw.name, origin, values, flaw.least, most, flaw.enough)
    return row.model_copy(update={"examples": examples})


def _beside(row: CueRow, right: CueRow) -> CueRow:
    """Return the row judged by the right options' rate: a word of the stem may tell neither for nor against."""
    apart = row.low > right.high and row.rate > right.rate + ECHO_MARGIN
    judgement: Judgement = "over" if apart and row.judgement != "too few" else "ok"
    return row.model_copy(update={"judgement": judgement, "allowed": "as in right"})


def _row(
    name: str, origin: Origin, values: Sequence[float], least: float, most: float, enough: int
) -> CueRow:
    rate = sum(values) / len(values)
    low, high = wilson(rate, len(values))
    judgement: Judgement = "over" if rate > most else "under" if rate < least else "ok"
    return CueRow(
        name=name,
        origin=origin,
        n=len(values),
        rate=round(rate, 4),
        low=low,
        high=high,
        most=most,
        allowed=f"{least:.0%}–{most:.0%}" if least else f"≤ {most:.0%}",
        judgement=judgement if len(values) >= enough else "too few",
    )


def cue_text(rows: Sequence[CueRow]) -> str:
    """Return the cue table as lines of text."""
    head = ("cue", "questions", "n", "rate", "95% interval", "allowed", "")
    return aligned(
        [
            head,
            *(
                (
                    row.name,
                    row.origin,
                    str(row.n),
                    f"{row.rate:.1%}",
                    f"{row.low:.1%} to {row.high:.1%}",
                    row.allowed,
                    row.judgement.upper() if row.is_broken else row.judgement,
                )
                for row in rows
            ),
        ]
    )


def cue_findings(rows: Sequence[CueRow], file: str) -> Iterator[Finding]:
    """Yield a finding for each cue that tells too much in the part of the content that the file stands for."""
    for row in rows:
        told = f"{row.rate:.1%} of {row.n} {row.origin} questions ({row.low:.1%} to {row.high:.1%})"
        if row.name in GUESSERS and row.is_broken:
            yield Finding(
                file,
                1,
                f"cue-{row.name}",
                f"Whoever goes by “{row.name}” alone is right in {told}; chance is 25%. Change options until it is "
                f"{row.most:.0%} or less. {_some(row)}",
            )
        elif row.name == "blind-model" and (row.is_broken or row.low > CHANCE and row.rate > MOST_BY_MODEL):
            yield Finding(
                file,
                1,
                "cue-blind-model",
                f"A model that sees only the form of the options is right in {told}; {MOST_BY_MODEL:.0%} is the most. "
                "Find the cues in the table that are far from 25%, in either direction.",
                "error" if row.is_broken else "warning",
            )
        elif row.is_broken:
            yield Finding(
                file,
                1,
                f"cue-{row.name}",
                f"“{row.name}” holds for {told}; allowed: {row.allowed}. {_some(row)}",
            )


def _some(row: CueRow) -> str:
    more = len(row.examples) - EXAMPLES
    named = ", ".join(row.examples[:EXAMPLES])
    return f"See {named}{f' and {more} more' if more > 0 else ''}." if named else ""


def cue_examples(rows: Sequence[CueRow]) -> str:
    """Return the questions behind each rate that is too high, as lines of text."""
    return "\n".join(
        f"{row.name}, {row.origin}: {', '.join(row.examples[:SHOWN])}{' …' if len(row.examples) > SHOWN else ''}"
        for row in rows
        if row.examples and (row.is_broken or row.rate > row.most)
    )
