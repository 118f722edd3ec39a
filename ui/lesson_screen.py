"""What the classroom screen shows: large type, the parts of a question, and how hands fell."""

from __future__ import annotations

from html import escape
from string import ascii_uppercase
from typing import Final

import streamlit as st

from quiz.questions import Matching, MultipleResponse, Ordering, Question, SingleChoice, Sorting
from quiz.sessions import Split
from quiz.wording import count, sentence
from ui.text import note

__all__ = ["STYLE", "bars", "note", "parts"]

STYLE: Final = """
.block-container { max-width: min(94vw, 1700px) !important; padding-top: 1.5rem; }
[data-testid="stHeader"] { display: none; }
[class*="st-key-question-"] h2 { font-size: clamp(1.9rem, 3.6vw, 4rem); line-height: 1.25; }
ul.explained li, ol.lesson li, dl.lesson { font-size: clamp(1.3rem, 2.2vw, 2.4rem); }
ul.explained .why { font-size: 0.8em; } ul.explained .label { font-size: 0.6em; }
ol.lesson { list-style: upper-alpha; padding-left: 1.6em; display: grid; gap: 0.5em; margin: 0; }
ol.lesson li { padding: 0.25em 0.5em; border: 2px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 0.3em; }
ol.lesson li.right { border: 6px double #2e9467; font-weight: 700; }
ol.lesson .mark { font-size: 0.6em; margin-left: 0.6em; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; vertical-align: middle; }
ol.lesson.plain { list-style: none; padding-left: 0; }
.bars { display: grid; grid-template-columns: max-content 1fr; gap: 0.4rem 0.8rem; align-items: center; font-size: clamp(1.1rem, 1.8vw, 1.8rem); }
.bars .bar { height: 1.4em; background: #2B7DAF; min-width: 2px; } .bars .bar.right { background: repeating-linear-gradient(45deg, #2e9467 0 10px, #217a54 10px 20px); }
.bars .row { display: flex; gap: 0.6rem; align-items: center; }
"""


def parts(question: Question, *, answer: bool) -> None:
    """Show the parts of a question, with the answer marked in words and shape if it is out."""
    if isinstance(question, SingleChoice | MultipleResponse):
        rows = [(option.text, answer and option.right, "right") for option in question.options]
        _list(rows, lettered=True)
    elif isinstance(question, Matching):
        rights = list(question.rights.values())
        if answer:
            _list([(f"{pair.left}: {pair.right}", False, "") for pair in question.pairs])
        else:
            _list([(pair.left, False, "") for pair in question.pairs])
            _list([(text, False, "") for text in rights], lettered=True)
    elif isinstance(question, Ordering):
        steps = question.in_order if answer else question.steps
        _list([(f"{step.place}. {step.text}" if answer else step.text, False, "") for step in steps])
    else:
        assert isinstance(question, Sorting)
        names = "; ".join(f"{name}: {meaning}" for name, meaning in question.classes.items())
        st.html(f"<p class='lesson'>{escape(names)}</p>")
        _list(
            [(f"{case.text}: {case.belongs}" if answer else case.text, False, "") for case in question.cases]
        )


def bars(question: SingleChoice | MultipleResponse, found: Split) -> None:
    """Show how the hands fell over the options, as bars with their numbers beside them."""
    rows = []
    for letter, option in zip(ascii_uppercase, question.options, strict=False):
        share, number = found.share(option.key), found.counts[option.key]
        right = " right" if option.right else ""
        said = " (right)" if option.right else ""
        rows.append(
            f"<span>{letter}{said}</span><span class='row'><span class='bar{right}' style='width:{share * 70:.1f}%'></span>"
            f"<span>{number} of {found.total}, {share:.0%}</span></span>"
        )
    st.html(
        f"<div class='bars' role='img' aria-label='{escape(_words(question, found))}'>{''.join(rows)}</div>"
    )


def _words(question: SingleChoice | MultipleResponse, found: Split) -> str:
    return "; ".join(
        f"{letter}: {count(found.counts[option.key], 'hand')}{' (right)' if option.right else ''}"
        for letter, option in zip(ascii_uppercase, question.options, strict=False)
    )


def _list(rows: list[tuple[str, bool, str]], *, lettered: bool = False) -> None:
    items = "".join(
        f"<li{' class=right' if right else ''}>{escape(sentence(text))}{f'<span class=mark>{mark}</span>' if right else ''}</li>"
        for text, right, mark in rows
    )
    st.html(f"<ol class='lesson{'' if lettered else ' plain'}'>{items}</ol>")
