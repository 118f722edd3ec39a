"""Two forms that the pictures of progress are drawn in: a grid of cells, and lines of words over a mark with its range.

Words stand in the picture, in a size that does not shrink on a phone, so that no legend or pointing is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from ui.charts import BLANK, BLUE, INK, OCHRE, TEXT_COLOUR

TEXT = 13
_FAINT = "rgba(128,144,156,0.55)"
_LINE = 17
_GAP = 40
"""Pixels that a line of words takes, and that the mark below them takes with the space before the next line."""
_STILL: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": False}


@dataclass(frozen=True)
class Cell:
    """A cell of a grid, counted from 0; without a value it is a shade of the page."""

    across: int
    down: int
    text: str
    value: float | None


def grid(
    cells: Sequence[Cell],
    rows: Sequence[str],
    columns: Sequence[str],
    scale: Sequence[tuple[float, str]],
    ends: tuple[float, float],
    row_height: int = 46,
) -> Any:
    """Return a figure of cells under their columns' names and beside their rows' names.

    The first trace holds the cells without a value (as 0), the second those with one, the third every cell's words.
    """
    figure = go.Figure()
    for known, colours in (
        (False, {"colorscale": [(0, BLANK), (1, BLANK)]}),
        (True, {"colorscale": [list(stop) for stop in scale], "zmin": ends[0], "zmax": ends[1]}),
    ):
        z: list[list[float | None]] = [[None] * len(columns) for _ in rows]
        for cell in cells:
            if (cell.value is not None) is known:
                z[cell.down][cell.across] = cell.value if known else 0
        figure.add_heatmap(
            z=z, x=list(range(len(columns))), y=list(range(len(rows))), showscale=False, hoverinfo="skip",
            xgap=3, ygap=3, **colours,
        )  # fmt: skip
    words = [TEXT_COLOUR if cell.value is None else INK for cell in cells]
    # A trace of words keeps its size on a phone, and draws hundreds of cells faster than annotations.
    figure.add_scatter(
        x=[cell.across for cell in cells], y=[cell.down for cell in cells], text=[cell.text for cell in cells],
        mode="text", textfont={"size": 12, "color": words}, **_STILL,
    )  # fmt: skip
    named = any(columns)
    figure.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=list(columns), side="top", showticklabels=named,
        range=[-0.5, len(columns) - 0.5], fixedrange=True, showgrid=False, zeroline=False, tickangle=0,
        tickfont_size=TEXT, ticks="",
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=list(rows), range=[len(rows) - 0.5, -0.5], fixedrange=True,
        showgrid=False, zeroline=False, tickfont_size=TEXT, ticks="", automargin=True,
    )  # fmt: skip
    top = 28 if named else 4
    # Plotly's own room for names is a pixel or two short before the typeface has loaded.
    widest = max((len(part) for name in rows for part in name.split("<br>")), default=0)
    figure.update_layout(
        height=top + 4 + row_height * len(rows),
        margin={"l": 6 + 7 * widest, "r": 4, "t": top, "b": 4},
        font_size=14,
    )
    return figure


@dataclass(frozen=True)
class Whisker:
    """A line of a picture: its words, and below them a mark with its range; an open mark where nothing is known."""

    words: tuple[str, ...]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    strong: bool = True
    """Whether the mark is a blue square; else it is an ochre circle."""
    end: float | None = None
    """How far the line under the mark goes; None: to the end of the axis."""


def whiskers(lines: Sequence[Whisker], end: float, ticks: Mapping[float, str]) -> Any:
    """Return a figure of lines downwards on an axis from 0 to `end`, an open mark standing before its 0.

    Traces: the line under each mark, the words, and those of blue squares, ochre circles and open
    marks that hold anything. Down the figure counts pixels, so that each line takes what its words need.
    """
    tops = [0, *accumulate(_GAP + _LINE * len(line.words) for line in lines)]
    at = [bottom - _GAP + 13 for bottom in tops[1:]]
    figure = go.Figure()
    figure.add_scatter(
        x=[x for line in lines for x in (0, end if line.end is None else line.end, None)],
        y=[y for place in at for y in (place, place, None)],
        mode="lines", line={"color": _FAINT, "width": 1}, name="from 0", **_STILL,
    )  # fmt: skip
    figure.add_scatter(
        x=[-end * 0.09] * len(lines),
        y=[top + _LINE * len(line.words) / 2 for top, line in zip(tops, lines, strict=False)],
        text=["<br>".join(line.words) for line in lines], mode="text", textposition="middle right",
        textfont_size=TEXT, name="words", **_STILL,
    )  # fmt: skip
    placed = list(zip(at, lines, strict=True))
    for strong, colour, symbol in ((True, BLUE, "square"), (False, OCHRE, "circle")):
        shown = [(y, line) for y, line in placed if line.value is not None and line.strong is strong]
        if shown:
            _add_known(figure, shown, colour, symbol)
    unknown = [y for y, line in placed if line.value is None]
    if unknown:
        figure.add_scatter(
            x=[-end * 0.045] * len(unknown), y=unknown, mode="markers", name="not enough answers yet",
            marker={"symbol": "circle-open", "size": 11, "color": OCHRE, "line": {"width": 2}}, **_STILL,
        )  # fmt: skip
    figure.update_xaxes(
        range=[-end * 0.09, end * 1.02], tickvals=list(ticks), ticktext=list(ticks.values()), side="top",
        showgrid=False, zeroline=False, fixedrange=True, tickangle=0, tickfont_size=TEXT, ticks="",
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[tops[-1], -6], fixedrange=True)
    figure.update_layout(height=tops[-1] + 6 + 34, margin={"l": 2, "r": 20, "t": 28, "b": 6}, font_size=14)
    return figure


def add_strokes(figure: Any, places: Sequence[float], name: str) -> None:
    """Add an upright stroke to each line of a figure of whiskers, under its mark."""
    figure.add_scatter(
        x=list(places), y=list(figure.data[0].y[::3]), mode="markers", name=name,
        marker={"symbol": "line-ns", "size": 15, "line": {"width": 3, "color": OCHRE}}, **_STILL,
    )  # fmt: skip
    figure.data = (figure.data[-1], *figure.data[:-1])


def _add_known(figure: Any, shown: Sequence[tuple[float, Whisker]], colour: str, symbol: str) -> None:
    value = [line.value or 0 for _, line in shown]
    figure.add_scatter(
        x=value, y=[y for y, _ in shown], mode="markers", name=symbol, **_STILL,
        marker={"symbol": symbol, "size": 11, "color": colour},
        error_x={
            "type": "data", "symmetric": False, "color": colour, "thickness": 3, "width": 6,
            "array": [(line.high or 0) - (line.value or 0) for _, line in shown],
            "arrayminus": [(line.value or 0) - (line.low or 0) for _, line in shown],
        },
    )  # fmt: skip
