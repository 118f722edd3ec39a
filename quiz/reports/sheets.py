"""Sheets for printing: a note, or a paper with its answers on a sheet of their own.

A sheet is a whole HTML page without scripts or links to elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from string import ascii_uppercase
from typing import Any

from quiz.questions import (
    Matching,
    MultipleResponse,
    Ordering,
    Question,
    SingleChoice,
    Sorting,
)
from quiz.syllabus import Criterion
from quiz.wording import sentence

_STYLE = """
body { font: 12pt/1.45 "Atkinson Hyperlegible Next", Verdana, Arial, sans-serif; color: #000; margin: 2cm; max-width: 17cm; }
h1 { font-size: 18pt; } h2 { font-size: 14pt; margin-top: 1.4em; }
.question { break-inside: avoid; margin: 0 0 1.1em; } .question p { margin: 0 0 .3em; }
ol.options { list-style: upper-alpha; margin: .2em 0 0; padding-left: 2em; }
.sheet { break-before: page; } .sheet:first-of-type { break-before: auto; } .small { font-size: 10pt; } table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #777; padding: 4px 6px; text-align: left; vertical-align: top; }
@media print { body { margin: 0; max-width: none; } }
"""


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt  # not at a start: few notes are printed

    return MarkdownIt("commonmark", {"html": False})


def note_sheet(criterion: Criterion, unit_name: str) -> str:
    """Return a criterion's note, words to know, law today and own-words task as a page."""
    entry = criterion.entry
    words = "".join(f"<tr><th>{escape(w.term)}</th><td>{escape(w.means)}</td></tr>" for w in entry.terms)
    law = "".join(f"<li>{escape(sentence(f.about))}: {escape(f.today)}</li>" for f in entry.law)
    points = "".join(f"<li>{escape(point)}</li>" for point in entry.own_words.checklist)
    parts = [
        f"<h1>{criterion.ref.code} {escape(criterion.title)}</h1><p class='small'>{escape(unit_name)}</p>",
        _markdown().render(entry.note),
        f"<h2>Words to know</h2><table>{words}</table>",
        f"<h2>The law today</h2><ul>{law}</ul>" if law else "",
        f"<h2>In your own words</h2><p>{escape(entry.own_words.prompt)}</p>",
        f"<h2>Points to check</h2><ul>{points}</ul>",
    ]
    return sheet_page(f"{criterion.ref.code} {criterion.title}", "".join(parts))


def paper_sheet(title: str, label: str, questions: Sequence[Question]) -> str:
    """Return a paper as a page: the questions first, the answers on a sheet of their own."""
    asked = "".join(
        f"<div class='question'><p><b>{n}.</b> {escape(q.stem)}</p>{_parts(q)}</div>"
        for n, q in enumerate(questions, 1)
    )
    answers = "".join(
        f"<tr><th>{n}</th><td>{escape(_answer(q))}</td><td>{q.head.criterion}</td></tr>"
        for n, q in enumerate(questions, 1)
    )
    body = (
        f"<h1>{escape(title)}</h1><p class='small'>{escape(sentence(label))}.</p>"
        f"<p>Name: ______________________ Date: ______________</p>{asked}"
        f"<div class='sheet'><h1>Answers: {escape(title)}</h1>"
        f"<table><tr><th>Question</th><th>Answer</th><th>Criterion</th></tr>{answers}</table></div>"
    )
    return sheet_page(title, body)


def sheet_page(title: str, body: str) -> str:
    """Return a whole HTML page to print, without scripts or links to elsewhere."""
    return (
        f"<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _parts(question: Question) -> str:
    if isinstance(question, SingleChoice | MultipleResponse):
        items = "".join(f"<li>{escape(option.text)}</li>" for option in question.options)
        return f"<ol class='options'>{items}</ol>"
    if isinstance(question, Matching):
        rights = list(question.rights.values())
        rows = "".join(
            f"<tr><td>{escape(pair.left)}</td><td>____</td><td>{ascii_uppercase[i]}. {escape(rights[i])}</td></tr>"
            for i, pair in enumerate(question.pairs)
        )
        return f"<table>{rows}</table>"
    if isinstance(question, Ordering):
        return "".join(f"<p>____ {escape(step.text)}</p>" for step in question.steps)
    headings = "; ".join(f"{name} ({meaning})" for name, meaning in question.classes.items())
    rows = "".join(f"<tr><td>{escape(case.text)}</td><td>____________</td></tr>" for case in question.cases)
    return f"<p class='small'>{escape(headings)}</p><table>{rows}</table>"


def _answer(question: Question) -> str:
    if isinstance(question, SingleChoice | MultipleResponse):
        return "; ".join(
            f"{ascii_uppercase[i]}. {option.text}"
            for i, option in enumerate(question.options)
            if option.right
        )
    if isinstance(question, Matching):
        letters = {key: ascii_uppercase[i] for i, key in enumerate(question.rights)}
        return "; ".join(f"{pair.left}: {letters[pair.key]}" for pair in question.pairs)
    if isinstance(question, Ordering):
        return "; ".join(f"{step.place}. {step.text}" for step in question.in_order)
    assert isinstance(question, Sorting)
    return "; ".join(f"{case.text}: {case.belongs}" for case in question.cases)
