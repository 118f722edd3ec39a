"""Lines of a document as rows of cells, without markup.

A cell ends at a tab or, in Markdown tables, at a pipe. Text that keeps a page's columns by spaces is cut
into cells where codes stand below one another (`aligned_rows`).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_BREAK = re.compile(r"</p>|<br ?/?>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_PIPE_RULE = re.compile(r"^\|?[\s:|-]+\|[\s:|-]*$")
_STRAY = dict.fromkeys(map(ord, "•·▪●◦■□\ufffd\u200b\ufeff\u00ad"), " ")
_CODE_SEGMENT = re.compile(r"^\d{1,2}\.\d{1,2}(?!\d)\.?(?=\s|$)")
_GAP = re.compile(r" {2,}")
_NEAR = 3  # signs that a column may begin to the left of its codes
_WINDOW = 12  # lines above and below in which the place of the codes is looked for


@dataclass(frozen=True)
class Row:
    """The cells of one line; `wrapped` where a cell's text may run on in the next row."""

    line: int
    cells: tuple[str, ...]
    wrapped: bool = False


def plain(text: str) -> str:
    """Return text without markup and stray glyphs, with single spaces."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    text = text.replace("**", "").replace("\\*", "*").translate(_STRAY)
    return " ".join(text.split())


def without_marks(text: str) -> str:
    """Return a plain line without the marks of a Markdown heading, list or emphasis."""
    text = plain(text).lstrip("#> ").strip()
    if len(text) > 2 and text[0] == text[-1] and text[0] in "*_":
        text = text[1:-1]
    return text.strip()


def cells_of(text: str) -> tuple[str, ...]:
    """Return the cells of a line; one cell where nothing divides it."""
    if "\t" in text:
        return tuple(plain(cell) for cell in text.split("\t"))
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") > 2:
        if _PIPE_RULE.match(bare):
            return ()
        return tuple(plain(cell) for cell in bare.strip("|").split("|"))
    return (without_marks(text),)


def aligned_rows(lines: Sequence[tuple[int, str]]) -> list[Row] | None:
    """Return rows cut where columns stand below one another, or None where no codes do.

    Cells are outcome number, outcome, code and criterion. The place of the codes is looked for close to
    each line, as columns move from page to page.
    """
    cut = [(number, _segments(text)) for number, text in lines]
    starts = [start for _, segments in cut for start, text in segments if _CODE_SEGMENT.match(text)]
    indented = [start for start in starts if start >= 8]
    if not starts or len(indented) * 2 < len(starts):
        return None
    usual = Counter(starts).most_common(1)[0][0]
    codes = [[start for start, text in segments if _CODE_SEGMENT.match(text)] for _, segments in cut]
    rows = []
    for at, (number, segments) in enumerate(cut):
        near = Counter(start for found in codes[max(0, at - _WINDOW) : at + _WINDOW + 1] for start in found)
        column = near.most_common(1)[0][0] if near else usual
        if segments:
            rows.append(Row(number, _four_cells(segments, column), wrapped=True))
    return rows


def _segments(text: str) -> list[tuple[int, str]]:
    """Return the pieces of a line that stand two spaces or more apart, with where each begins."""
    text = text.rstrip()
    found, at = [], 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[at:end].strip():
            lead = len(text[at:end]) - len(text[at:end].lstrip())
            found.append((at + lead, plain(text[at:end])))
        at = gap.end() if gap else end
    return found


def _four_cells(segments: list[tuple[int, str]], column: int) -> tuple[str, ...]:
    number, code = "", ""
    outcome: list[str] = []
    criterion: list[str] = []
    for start, text in segments:
        if start < column - _NEAR:
            if text.rstrip(".").isdigit() and not outcome:
                number = text
            else:
                outcome.append(text)
        elif _CODE_SEGMENT.match(text) and not code:
            code, _, rest = text.partition(" ")
            criterion += [rest] if rest else []
        else:
            criterion.append(text)
    # What stands apart to the right of the criterion is another column: where evidence is noted.
    return (number, " ".join(outcome), code, *(criterion[:1] or [""]), *criterion[1:])
