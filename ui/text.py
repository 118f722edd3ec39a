"""Text for Streamlit's Markdown: content is shown as it is written, not as mark-up."""

from __future__ import annotations

import re

# Streamlit copies a widget's label into its aria-label as it is given, so that a screen reader hears
# every backslash. Only what would be read as mark-up where it stands is escaped.
_ANYWHERE = re.compile(
    r"[\\`*_\[\]<>$~|@]"  # mark-up wherever it stands
    r"|:(?=[\w+\-]+[:\[/])|:(?=//)"  # an emoji, a colour or an icon of Streamlit's; an address
    r"|(?<=\bwww)\."
)
_AT_START = re.compile(r"^(?:([#+\-])|(\d{1,9})([.)])(?=\s|$))")


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows letter by letter."""
    escaped = _ANYWHERE.sub(lambda found: "\\" + found.group(), " ".join(text.split()))
    return _AT_START.sub(_escape_start, escaped)


def note(text: str) -> str:
    """Return a note's Markdown with the signs that only Streamlit gives a meaning taken as text."""
    return text.replace("$", r"\$").replace(":material", r"\:material")


def _escape_start(found: re.Match[str]) -> str:
    sign, number, after = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{after}"
