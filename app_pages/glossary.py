"""The glossary: every word to know of every unit, its one meaning, and where it is taught."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from quiz.wording import count
from ui import session, store


def taught_in(entry) -> str:
    """Return links to the notes that teach a term."""
    links = []
    for ref in sorted(entry.refs, key=lambda ref: (session.number(ref.unit), ref.sort_key)):
        query = urlencode({"unit": ref.unit, "criterion": ref.code})
        links.append(
            f'<a href="study?{query}" target="_self">{escape(session.number(ref.unit))}, {ref.code}</a>'
        )
    return "; ".join(links)


def page() -> None:
    pack = store.bank().pack
    session.optional_learner()
    st.title("Glossary", anchor=False)
    sought = st.text_input("Find a word", key="sought", placeholder="Type a word or part of one")
    entries = pack.glossary.matching(sought)
    st.caption(f"{count(len(entries), 'word')}, each with the unit and criterion whose note teaches it.")
    if not entries:
        st.markdown("No word of the glossary holds that. Try a shorter part of it.")
        return
    rows = "".join(
        f"<dt>{escape(entry.term)}</dt><dd>{escape(entry.means)} <span class='taught'>({taught_in(entry)})</span></dd>"
        for entry in entries
    )
    st.html(f"<dl class='glossary'>{rows}</dl>")


page()
