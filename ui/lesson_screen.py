"""What the classroom screen shows: large type, the parts of a question, and how hands and answers fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from string import ascii_uppercase
from typing import Final

import streamlit as st

from quiz.questions import Matching, MultipleResponse, Ordering, Question, SingleChoice, Sorting
from quiz.sessions import Split
from quiz.wording import count, sentence
from ui.text import note

__all__ = ["STYLE", "Fell", "bars", "fell_over", "note", "parts", "worth_bars"]

STYLE: Final = """
.block-container { max-width: min(94vw, 1700px) !important; padding-top: 1.5rem; }
[data-testid="stHeader"], .st-key-who { display: none; }
[class*="st-key-question-"] h2 { font-size: clamp(1.9rem, 3.6vw, 4rem); line-height: 1.25; }
ul.explained li, ol.lesson li { font-size: clamp(1.3rem, 2.2vw, 2.4rem); }
ul.explained .why { font-size: 0.8em; } ul.explained .label { font-size: 0.6em; }
ol.lesson { list-style: upper-alpha; padding-left: 1.6em; display: grid; gap: 0.5em; margin: 0; }
ol.lesson li { padding: 0.25em 0.5em; border: 2px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 0.3em; }
ol.lesson li.right { border: 6px double var(--headset-right); font-weight: 700; }
ol.lesson .mark { font-size: 0.6em; margin-left: 0.6em; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; vertical-align: middle; }
ol.lesson.plain { list-style: none; padding-left: 0; }
ol.lesson .fell { display: flex; gap: 0.6em; align-items: center; font-size: 0.75em; font-weight: 400; line-height: 1.5; }
ol.lesson .track { flex: 1; height: 0.6em; border-radius: 0.3em; background: color-mix(in srgb, currentColor 14%, transparent); overflow: hidden; }
ol.lesson .track i { display: block; height: 100%; background: var(--headset-mark); }
ol.lesson li.right .track i { background: repeating-linear-gradient(45deg, var(--headset-right) 0 10px, color-mix(in srgb, var(--headset-right) 75%, black) 10px 20px); }
ol.lesson .fell b { min-width: 9.5em; text-align: right; font-variant-numeric: tabular-nums; }
.bars { display: grid; grid-template-columns: max-content 1fr; gap: 0.4rem 0.8rem; align-items: center; font-size: clamp(1.1rem, 1.8vw, 1.8rem); }
.bars .bar { height: 1.4em; background: var(--headset-mark); min-width: 2px; } .bars .bar.right { background: repeating-linear-gradient(45deg, var(--headset-right) 0 10px, color-mix(in srgb, var(--headset-right) 75%, black) 10px 20px); }
.bars .row { display: flex; gap: 0.6rem; align-items: center; }
"""


@dataclass(frozen=True)
class Fell:
    """How often an option was chosen, as a share from 0 to 1 and in words."""

    share: float
    words: str


_Row = tuple[str, bool, str, Fell | None]


def fell_over(found: Split, people: int) -> dict[str, Fell]:
    """Return how often each option was chosen among so many people, by option key."""
    return {
        key: Fell(min(1.0, number / people), f"{number} of {people}, {number / people:.0%}")
        for key, number in found.counts.items()
    }


def parts(question: Question, *, answer: bool, fell: Mapping[str, Fell] | None = None) -> None:
    """Show the parts of a question, with the answer marked in words and shape if it is out.

    With `fell`, by option key, each option carries how often it was chosen.
    """
    if isinstance(question, SingleChoice | MultipleResponse):
        rows = [
            (option.text, answer and option.right, "right", (fell or {}).get(option.key))
            for option in question.options
        ]
        _list(rows, lettered=True)
    elif isinstance(question, Matching):
        rights = list(question.rights.values())
        if answer:
            _list([(f"{pair.left}: {pair.right}", False, "", None) for pair in question.pairs])
        else:
            _list([(pair.left, False, "", None) for pair in question.pairs])
            _list([(text, False, "", None) for text in rights], lettered=True)
    elif isinstance(question, Ordering):
        steps = question.in_order if answer else question.steps
        _list([(f"{step.place}. {step.text}" if answer else step.text, False, "", None) for step in steps])
    else:
        assert isinstance(question, Sorting)
        names = "; ".join(f"{name}: {meaning}" for name, meaning in question.classes.items())
        st.html(f"<p class='lesson'>{escape(names)}</p>")
        _list(
            [
                (f"{case.text}: {case.belongs}" if answer else case.text, False, "", None)
                for case in question.cases
            ]
        )


def bars(question: SingleChoice | MultipleResponse, found: Split) -> None:
    """Show how the hands fell over the options, as bars with their numbers beside them."""
    rows = [
        (f"{letter} (right)" if option.right else letter, found.counts[option.key], option.right)
        for letter, option in zip(ascii_uppercase, question.options, strict=False)
    ]
    _bars(rows, found.total, "hand")


def worth_bars(right: int, partly: int, wrong: int) -> None:
    """Show how many answers to a question without options were right, partly right and not yet right."""
    rows = [("All right", right, True), ("Partly right", partly, False), ("Not yet", wrong, False)]
    _bars(rows, right + partly + wrong, "answer")


def _bars(rows: list[tuple[str, int, bool]], whole: int, noun: str) -> None:
    drawn = "".join(
        f"<span>{name}</span><span class='row'><span class='bar{' right' if right else ''}' "
        f"style='width:{number / whole * 70:.1f}%'></span>"
        f"<span>{number} of {whole}, {number / whole:.0%}</span></span>"
        for name, number, right in rows
    )
    words = "; ".join(f"{name}: {count(number, noun)}" for name, number, _ in rows)
    st.html(f"<div class='bars' role='img' aria-label='{escape(words)}'>{drawn}</div>")


def _list(rows: Sequence[_Row], *, lettered: bool = False) -> None:
    items = "".join(
        f"<li{' class=right' if right else ''}>{escape(sentence(text))}{f'<span class=mark>{mark}</span>' if right else ''}"
        f"{_fell(fell)}</li>"
        for text, right, mark, fell in rows
    )
    st.html(f"<ol class='lesson{'' if lettered else ' plain'}'>{items}</ol>")


def _fell(fell: Fell | None) -> str:
    if fell is None:
        return ""
    return (
        f"<span class='fell'><span class='track' aria-hidden='true'><i style='width:{fell.share * 100:.1f}%'></i></span>"
        f"<b>{fell.words}</b></span>"
    )
