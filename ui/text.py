"""Text for Streamlit's Markdown and tables: what somebody wrote is shown as it is written, not as mark-up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from quiz.wording import FORMULA_STARTS, without_controls

_Value = TypeVar("_Value")

JOINER: Final = "\u2060"
"""The word joiner of Unicode: it has no width and no sound, and no line breaks at it."""

# Streamlit copies a widget's label into its aria-label as it is given, so that a screen reader hears
# every backslash. Only what would be read as mark-up where it stands is escaped.
#
# A backslash is of no use against what is put in place of text after the Markdown has been read:
# addresses become links, shortcodes emoji, :material/…: an icon, -> an arrow. There a joiner parts the
# letters. Before an address, not within it, so that it can be copied. Measured with Streamlit 1.67.
_ANYWHERE = re.compile(
    r"(?=[\\`*_\[\]<>$~|&:{@hHwW])(?:"  # most signs are none of these, and looked at once
    r"(?P<escaped>[\\`*_\[\]<>$~|]|&(?=#?\w+;)|:(?=//)|(?<=\S)\{)"
    r"|(?P<parted_before>(?<![A-Za-z0-9])(?:[Hh][Tt][Tt][Pp](?=[Ss]?://)|[Ww]{3}(?=\.)))"
    r"|(?P<parted_after>:(?=[A-Za-z_+:-]|\d+[A-Za-z_][\w+-]*:|1(?:00|234):)|(?<=[\w.+-])@(?=[\w-])))",
    re.ASCII,
)
_RISKY = re.compile(r"[\\`*_\[\]<>$~|&:{@]|--|[Ww]{3}\.")
_ARROW = re.compile(r"(?:(?<=\s)|^)([<>~-])(->|[>=-])(?=\s|$)")
_AT_START = re.compile(r"^(?:([#+\-])|(\d{1,9})([.)])(?=\s|$))")


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows letter by letter."""
    whole = " ".join(text.split())
    if not whole.isprintable():
        whole = without_controls(whole)
    if _RISKY.search(whole):
        # An arrow's first sign is left to the escapes: the joiner comes behind it.
        whole = _ANYWHERE.sub(_harmless, _ARROW.sub(rf"\1{JOINER}\2", whole))
    return _AT_START.sub(_escape_start, whole)


def note(text: str) -> str:
    """Return a note's Markdown with the signs that only Streamlit gives a meaning taken as text."""
    return text.replace("$", r"\$").replace(":material", f":{JOINER}material")


def cells(rows: Sequence[Mapping[str, _Value]]) -> list[dict[str, _Value | str]]:
    """Return a table's rows for `st.dataframe`, whose reader may save them as CSV.

    No text in them begins like a formula: a joiner stands before it, which nobody sees.
    """
    return [{heading: _as_cell(value) for heading, value in row.items()} for row in rows]


def _as_cell(value: _Value) -> _Value | str:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return JOINER + value
    return value


def _harmless(found: re.Match[str]) -> str:
    sign = found.group()
    if found.lastgroup == "escaped":
        return "\\" + sign
    return JOINER + sign if found.lastgroup == "parted_before" else sign + JOINER


def _escape_start(found: re.Match[str]) -> str:
    sign, number, after = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{after}"
