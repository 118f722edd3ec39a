"""What says to a learner that a unit was drafted from a document and nobody has reviewed it."""

from __future__ import annotations

import streamlit as st

from ui import store

LABEL = "Drafted, not reviewed."


def is_drafted(unit: str) -> bool:
    """Return whether a unit is a draft, by its reference; a unit that has left the content is none."""
    found = store.bank().pack.units.get(unit)
    return found is not None and found.drafted


def label(unit: str) -> None:
    """Say that a unit is a draft where it is one; call it wherever a learner meets its questions or notes."""
    if is_drafted(unit):
        st.caption(
            f":material/edit_note: **{LABEL}** Made from the awarding body's document; ask your tutor where in doubt."
        )
