"""Text for Streamlit's Markdown: content is shown as it is written, not as mark-up."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+\-!|~$:.()])")


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows letter by letter."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def note(text: str) -> str:
    """Return a note's Markdown with the signs that only Streamlit gives a meaning taken as text."""
    return text.replace("$", r"\$").replace(":material", r"\:material")
