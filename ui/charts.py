"""Pictures of progress: each returns a Plotly figure and says in words what it shows.

No Streamlit here: a figure can be made and looked at without a page. Colours that mean different things
stay apart for whoever sees no red, no green or no blue, every cell and line carries its own words, and
words on the page's own background stand out from it by 4.5:1 or more in the light theme and in the dark
one; tests/ui/test_colours.py measures all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Plotly looks for a pandas that is there already, and fails on one that another session's thread is just
# importing: pages opened at once after a start met that. Imported here, it is whole before any figure.
import pandas  # type: ignore[import-untyped]  # noqa: F401
import plotly.graph_objects as go

from quiz.progress import ENOUGH_ANSWERS, DayPoint, Mastery, State, UnitProgress
from quiz.wording import count, day, sentence
from ui.text import cells

# Light cells with dark ink read well on a light page and on a dark one (12:1 or more).
SCALE = [(0.0, "#F2C572"), (0.5, "#C9DDA8"), (1.0, "#7FC0CF")]
DAY_SCALE = [(0.0, "#BFDFE8"), (1.0, "#7FC0CF")]
INK = "#14202A"
BLANK = "rgba(128,144,156,0.16)"
"""A cell of which nothing is known: a shade of the page in either theme, for words of `TEXT_COLOUR`."""
BLUE, OCHRE = "#1F7F95", "#B7791F"
TEXT_COLOUR = "#000037"
"""What Streamlit's `theme="streamlit"` replaces by its darkest grey on a light page (#262730) and its lightest on a
dark one (#FAFAFA), `GRAY_90` of `streamlit.elements.lib.streamlit_plotly_theme`. No single colour would do: 4.2:1 is
the most that one can have to #FFFDF9 and to #10191D. Left alone, words are #808495 on the page, 3.7:1."""

NO_VALUE = "–"

Row = dict[str, str | int | float]
"""A row of a picture's table by heading; a heading is left out where nothing is known."""


@dataclass(frozen=True)
class Picture:
    """A figure, its title, and the same in words and as a table for whoever cannot see it.

    The figure is made `legible`, so that none is shown in the pale grey of Streamlit's theme.
    """

    title: str
    figure: Any
    alt: str
    table: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        legible(self.figure)


def legible(figure: Any) -> None:
    """Give all words of a figure `TEXT_COLOUR`: axes, annotations, and traces without a colour of their own.

    The figure has to be shown with `theme="streamlit"`, the default of `st.plotly_chart`.
    """
    colour = {"color": TEXT_COLOUR}
    figure.update_layout(font=colour, hoverlabel_font=colour)
    # Streamlit's template has a colour for these, which goes before that of the layout.
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(tickfont=colour, title_font=colour)


def filled(table: Sequence[Row]) -> list[dict[str, str | int | float]]:
    """Return the rows of a table with every heading, “–” standing where nothing is known.

    A column with such a cell is text throughout, since `st.dataframe` shows a missing number as
    “None” and has one type for a column; the others keep their numbers. Headings stand in the order
    of the row that has most of them. No text begins like a formula (see `cells`).
    """
    headings = list(dict.fromkeys(heading for row in sorted(table, key=len, reverse=True) for heading in row))
    whole = {heading for heading in headings if all(heading in row for row in table)}
    return cells(
        [
            {
                heading: row[heading] if heading in whole else _as_text(row.get(heading, NO_VALUE))
                for heading in headings
            }
            for row in table
        ]
    )


def _as_text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"


HEATMAP_NOTE = (
    f"Each cell is a criterion. “2 of {ENOUGH_ANSWERS}” means two of the {ENOUGH_ANSWERS} answers that an "
    "estimate needs."
)
"""How a heat map of criteria is read."""


def is_known(mastery: Mastery) -> bool:
    """Return whether there are enough answers for an estimate."""
    return mastery.state not in {State.NOT_STARTED, State.NOT_ENOUGH}


def criterion_row(mastery: Mastery, unit: str = "") -> Row:
    """Return a criterion as a row: its estimate and 90 % range in whole per cent, where there is one."""
    row: Row = {"Unit": unit} if unit else {}
    row |= {"Criterion": mastery.ref.code, "State": sentence(mastery.state), "Answers": mastery.answers}
    if is_known(mastery):
        figures = (mastery.mean, mastery.low, mastery.high)
        row |= dict(zip(("Estimate, %", "From, %", "To, %"), (round(100 * f) for f in figures), strict=True))
    return row


def criterion_heatmap(progress: UnitProgress) -> Picture:
    """Return the estimate of each criterion, outcomes down and criteria across.

    A criterion without enough answers is a shade of the page and says how many it has of those it needs.
    """
    widest = max(len(outcome.criteria) for outcome in progress.outcomes)
    names = [str(outcome.number) for outcome in progress.outcomes]
    values: list[list[float | None]] = []
    blanks: list[list[float | None]] = []
    texts: list[list[str]] = []
    for outcome in progress.outcomes:
        shown = [m.mean if is_known(m) else None for m in outcome.criteria]
        pad = widest - len(shown)
        values.append([*shown, *[None] * pad])
        blanks.append([*(None if v is not None else 0.0 for v in shown), *[None] * pad])
        texts.append([*(_cell(m) for m in outcome.criteria), *[""] * pad])
    across = list(range(1, widest + 1))
    figure = go.Figure(
        [
            go.Heatmap(
                z=z, x=across, y=names, text=texts, showscale=False, hoverinfo="skip", xgap=3, ygap=3, **colours
            )
            for z, colours in (
                (blanks, {"colorscale": [(0, BLANK), (1, BLANK)]}),
                (values, {"colorscale": SCALE, "zmin": 0.2, "zmax": 1.0}),
            )
        ]
    )  # fmt: skip
    # Written as annotations, since text of the heat map itself shrinks with its cells on a phone. On an
    # axis of names an annotation is placed by count from 0: the name “1” would be read as the number.
    words = [
        {
            "x": place, "y": down, "text": text, "showarrow": False,
            "font": {"size": 12, "color": TEXT_COLOUR if value is None else INK},
        }
        for down, (row, known) in enumerate(zip(texts, values, strict=True))
        for place, text, value in zip(across, row, known, strict=True)
        if text
    ]  # fmt: skip
    figure.update_layout(annotations=words)  # all at once: to add one copies all that are there
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(
        autorange="reversed", fixedrange=True, showgrid=False, type="category", title="outcome"
    )
    figure.update_layout(height=70 + 62 * len(names), margin={"l": 0, "r": 0, "t": 8, "b": 8}, font_size=14)
    table = tuple(criterion_row(mastery) for mastery in progress.criteria)
    return Picture(_heatmap_title(progress), figure, _heatmap_words(progress), table)


def criteria_over_time(timeline: Sequence[DayPoint], total: int) -> Picture:
    """Return, day by day, how many criteria have enough answers and how many are likely secure."""
    days = [point.day for point in timeline]
    known = [total - p.states[State.NOT_STARTED] - p.states[State.NOT_ENOUGH] for p in timeline]
    secure = [p.states[State.SECURE] for p in timeline]
    table = tuple(
        Row({"Day": day(p.day), "Answers so far": p.answers, "With enough answers": k, "Likely secure": s})
        for p, k, s in zip(timeline, known, secure, strict=True)
    )
    # Lines mostly rise, so what is above the end of one is free; below it where the two end close together
    # or the line has come down to its end.
    fallen = max(secure[-1 - len(secure) // 3 :]) > secure[-1]
    below = -16 if fallen or known[-1] - secure[-1] < total / 5 else 16
    figure = go.Figure()
    for name, values, colour, dash, symbol, shift in (
        ("with enough answers", known, OCHRE, "dot", "circle", 16),
        ("likely secure", secure, BLUE, "solid", "square", below),
    ):
        figure.add_scatter(
            x=days, y=values, mode="lines+markers", name=name, line={"color": colour, "dash": dash, "width": 3},
            marker={"symbol": symbol, "size": 9}, hovertemplate="%{x|%-d %B %Y}: %{y}<extra>" + name + "</extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=days[-1], y=values[-1], text=f"{values[-1]} {name}", showarrow=False, xanchor="right",
            yshift=shift,
        )  # fmt: skip
    figure.update_yaxes(
        range=[-4, total + 4], tickvals=[0, total // 2, total], title="criteria", fixedrange=True
    )
    few = {"tickvals": days} if len(days) <= 5 else {"nticks": 5}
    figure.update_xaxes(type="date", tickformat="%-d %b", tickangle=0, fixedrange=True, **few)
    figure.update_layout(height=320, showlegend=False, margin={"l": 0, "r": 8, "t": 8, "b": 8}, font_size=14)
    words = (
        f"On {day(days[0])}, {known[0]} of {total} criteria had enough answers and {secure[0]} were likely secure. "
        f"On {day(days[-1])} it was {known[-1]} and {secure[-1]}."
    )
    return Picture(f"{secure[-1]} of {total} criteria likely secure, day by day", figure, words, table)


def _cell(mastery: Mastery) -> str:
    if mastery.state is State.NOT_STARTED:
        return f"<b>{mastery.ref.code}</b><br>–"
    if mastery.state is State.NOT_ENOUGH:
        return f"<b>{mastery.ref.code}</b><br>{mastery.answers} of {ENOUGH_ANSWERS}"
    return f"<b>{mastery.ref.code}</b><br>{mastery.mean:.0%}"


def nothing_known(total: int) -> str:
    """Return the title of a picture of criteria none of which has an estimate."""
    return f"Not enough answers yet for any of the {total} criteria"


def _heatmap_title(progress: UnitProgress) -> str:
    known = [mastery for mastery in progress.criteria if is_known(mastery)]
    total = len(progress.criteria)
    if not known:
        return nothing_known(total)
    if len(known) == 1:
        return f"1 of {count(total, 'criterion', 'criteria')} has an estimate"
    weakest = min(known, key=lambda mastery: mastery.mean)
    return f"{len(known)} of {total} criteria have an estimate; {weakest.ref.code} is the weakest of them"


def _heatmap_words(progress: UnitProgress) -> str:
    rows = []
    for outcome in progress.outcomes:
        cells = ", ".join(
            f"{m.ref.code} {m.mean:.0%}"
            if is_known(m)
            else f"{m.ref.code} {m.state} ({count(m.answers, 'answer')})"
            for m in outcome.criteria
        )
        rows.append(f"Outcome {outcome.number}: {cells}.")
    return " ".join(rows)
