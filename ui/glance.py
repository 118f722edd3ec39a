"""Progress at a glance: each criterion of a unit as a small mark, with the same in words.

No Streamlit here. The marks differ by shape as well as by colour: full, half full, hatched, with a dot, and
with a broken edge. A mark says how much is known and how well it went, never what is missing.
"""

from __future__ import annotations

from html import escape

from quiz.progress import OutcomeProgress, State, UnitProgress

MARKS = {
    State.SECURE: "secure",
    State.LEARNING: "learning",
    State.SLIPPING: "slipping",
    State.NOT_ENOUGH: "few",
    State.NOT_STARTED: "none",
}
"""The class that draws each state in `style.css`, in the order in which they are counted."""


def strip(progress: UnitProgress) -> str:
    """Return a unit's criteria as HTML: marks in groups by outcome, and below them how many there are of each.

    The marks are one picture, whose words name every criterion; the counts are text. States that no
    criterion is in are not counted.
    """
    words = " ".join(_words(outcome) for outcome in progress.outcomes)
    groups = "".join(
        f"<span><b>{outcome.number}</b>{''.join(_mark(m.state) for m in outcome.criteria)}</span>"
        for outcome in progress.outcomes
    )
    tally = "".join(
        f"<span>{_mark(state)}{number} {escape(state)}</span>"
        for state in MARKS
        if (number := progress.count(state))
    )
    return f"<div class='strip' role='img' aria-label='{escape(words)}'>{groups}</div><p class='tally'>{tally}</p>"


def _words(outcome: OutcomeProgress) -> str:
    return f"Outcome {outcome.number}: {', '.join(f'{m.ref.code} {m.state}' for m in outcome.criteria)}."


def _mark(state: State) -> str:
    return f"<i class='cell {MARKS[state]}'></i>"
