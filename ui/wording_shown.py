"""The official wording of a criterion beside our label, where a tutor has attached it on this computer."""

from __future__ import annotations

import os
from collections.abc import Iterable
from html import escape
from pathlib import Path

import streamlit as st

from models import data_folder
from quiz.sessions import overlay_stamp
from quiz.syllabus import OFFICIAL_NAME, CriterionRef, OfficialWording, UnitOutline, read_official
from quiz.wording import without_controls
from ui.text import plain

LEAD = "In the document:"
_Stamp = tuple[Path, tuple[int, ...]]
_kept: tuple[_Stamp, OfficialWording] | None = None


def path() -> Path:
    """Return where the official wording lies, whether there is any or not."""
    return data_folder(os.environ) / OFFICIAL_NAME


def attached() -> OfficialWording:
    """Return the official wording as its file stands; it is read again only where the file's stamp is another."""
    global _kept  # one file, shared by all sessions as the content is
    file = path()
    stamp = (file, overlay_stamp(file))
    kept = _kept
    if kept is None or kept[0] != stamp:
        kept = (stamp, read_official(file))
        _kept = kept
    return kept[1]


def official(ref: CriterionRef) -> str | None:
    """Return the official wording of a criterion, as it is in the document; None where it is not attached."""
    return attached().optional_text(ref)


def show(ref: CriterionRef) -> None:
    """Show the official wording of a criterion, letter by letter; nothing where it is not attached."""
    if text := official(ref):
        st.caption(f"{LEAD} {plain(text)}")


def as_html(ref: CriterionRef) -> str:
    """Return the official wording for a list of criteria in HTML, escaped; nothing where it is not attached."""
    text = official(ref)
    return f"<span class='official'>{LEAD} {escape(without_controls(text))}</span>" if text else ""


def of_units(units: Iterable[UnitOutline]) -> dict[CriterionRef, str]:
    """Return the official wording of all criteria of units that it is attached to."""
    wording = attached()
    found = {c.ref: wording.optional_text(c.ref) for unit in units for c in unit.criteria}
    return {ref: text for ref, text in found.items() if text}
