"""A unit's outcomes and criteria as a list: our labels, the official wording where attached, and what teaches them."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from quiz.syllabus import CriterionOutline, OutcomeKind, OutcomeOutline, UnitOutline
from quiz.wording import sentence
from ui import session, store, wording_shown


def show(unit: UnitOutline) -> None:
    """Show every outcome of a unit with its criteria."""
    st.html("".join(map(_outcome, unit.outcomes)))


def _outcome(outcome: OutcomeOutline) -> str:
    """Return an outcome with its criteria as HTML."""
    kind = "Competence: being able to do it" if outcome.kind is OutcomeKind.COMPETENCE else "Knowledge"
    rows = "".join(
        f"<dt>{c.ref.code}</dt><dd><b>{escape(c.verb)}</b> {escape(c.label)}{wording_shown.as_html(c.ref)}{_teaching(c)}</dd>"
        for c in outcome.criteria
    )
    return (
        f"<section class='outcome'><h3>{outcome.number} {escape(sentence(outcome.label))}</h3>"
        f"<p class='kind'>{kind}</p><dl class='criteria'>{rows}</dl></section>"
    )


def _teaching(criterion: CriterionOutline) -> str:
    """Return links to the notes that teach a criterion."""
    pack = store.bank().pack
    links = []
    for link in pack.teaching(criterion.ref):
        query = urlencode({"unit": link.ref.unit, "criterion": link.ref.code})
        name = f"{session.number(link.ref.unit)}, {link.ref.code}"
        if link.ref == criterion.ref:
            return f" <a href='study?{query}' target='_self'>Study {criterion.ref.code}</a>"
        how = "in full" if link.how == "same" else "in part"
        links.append(f"<a href='study?{query}' target='_self'>{escape(name)}</a> ({how}, {short(link.by)})")
    return f"<span class='taught'>Taught by {'; '.join(links)}</span>" if links else ""


def short(decided_by: str) -> str:
    """Return who decided a link, in short."""
    return "Annexe C" if decided_by == "annexe-c" else "Headset"
