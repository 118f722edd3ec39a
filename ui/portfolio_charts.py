"""Pictures of practice and portfolio side by side: four columns that are never mixed.

No Streamlit here. A filled mark means yes and an open one no, so nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from quiz.portfolio import CriterionStanding, UnitStanding, place_name
from quiz.wording import count
from ui.charts import BLUE, OCHRE, Picture

FOUR = ("practised", "likely secure", "evidence gathered", "confirmed by assessor")
_TICKS = ("practised", "likely<br>secure", "evidence<br>gathered", "confirmed<br>by assessor")
_PLACES = (0.0, 1.0, 2.5, 3.5)
_PRACTICE, _PORTFOLIO = BLUE, OCHRE
_SYMBOLS = ("circle", "circle", "square", "square")


def facts(row: CriterionStanding) -> tuple[bool, bool, bool, bool]:
    """Return the four facts about a criterion, in the order of `FOUR`."""
    return (row.practised, row.secure, row.gathered, row.confirmed)


def unit_side_by_side(standing: UnitStanding, name: str) -> Picture:
    """Return the four facts for each criterion of a unit, criteria down."""
    codes = [place_name(row.criterion.ref) for row in standing.criteria]
    figure = go.Figure()
    for at, (place, symbol) in enumerate(zip(_PLACES, _SYMBOLS, strict=True)):
        colour = _PRACTICE if at < 2 else _PORTFOLIO
        for yes in (True, False):
            shown = [place_name(row.criterion.ref) for row in standing.criteria if facts(row)[at] is yes]
            if not shown:
                continue
            figure.add_scatter(
                x=[place] * len(shown), y=shown, mode="markers", showlegend=False,
                marker={"symbol": symbol if yes else f"{symbol}-open", "size": 14 if yes else 11,
                        "color": colour, "line": {"width": 1.5, "color": colour}, "opacity": 1 if yes else 0.85},
                hovertemplate="%{y}: " + ("" if yes else "not ") + FOUR[at] + "<extra></extra>",
            )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(_PLACES), ticktext=list(_TICKS), side="top", range=[-0.6, 4.1],
        showgrid=False, zeroline=False, fixedrange=True, tickangle=0, tickfont_size=12,
    )  # fmt: skip
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=codes, autorange="reversed",
        showgrid=True, fixedrange=True, tickfont_size=13,
    )  # fmt: skip
    figure.update_layout(height=110 + 26 * len(codes), margin={"l": 0, "r": 0, "t": 92, "b": 8}, font_size=14)
    # In the colour of all words: neither blue nor ochre stands out enough on both backgrounds.
    for x, text in ((0.5, "quiz practice"), (3.0, "portfolio")):
        figure.add_annotation(x=x, y=1, yref="paper", yshift=76, text=f"<b>{text}</b>", showarrow=False)
    return Picture(_unit_title(standing, name), figure, _unit_words(standing))


def plan_side_by_side(
    standings: Sequence[UnitStanding], names: Sequence[str], total_criteria: int
) -> Picture:
    """Return for each unit given how many of its criteria have each of the four facts.

    `total_criteria` counts those of the whole plan, for the title: units with nothing yet may be left out
    of the picture.
    """
    figure = go.Figure()
    shares = [(standing.counts, len(standing.criteria)) for standing in standings]
    patterns = ("", "/", "", "x")
    colours = (_PRACTICE, _PRACTICE, _PORTFOLIO, _PORTFOLIO)
    for at in range(4):
        figure.add_bar(
            y=list(names), x=[counts[at] / total if total else 0 for counts, total in shares], orientation="h",
            text=[f"{FOUR[at]}: {counts[at]} of {total}" for counts, total in shares],
            textposition="outside", cliponaxis=False, showlegend=False, name=FOUR[at],
            marker={"color": colours[at], "pattern": {"shape": patterns[at]}, "line": {"width": 1, "color": colours[at]}},
            hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, 2.2], fixedrange=True)
    figure.update_yaxes(type="category", autorange="reversed", fixedrange=True)
    figure.update_layout(
        barmode="group", bargap=0.25, height=40 + 100 * len(names), margin={"l": 0, "r": 0, "t": 8, "b": 8}, font_size=13,
    )  # fmt: skip
    confirmed = sum(counts[3] for counts, _ in shares)
    words = " ".join(
        f"{name}: " + ", ".join(f"{FOUR[at]} {counts[at]} of {total}" for at in range(4)) + "."
        for name, (counts, total) in zip(names, shares, strict=True)
    )
    return Picture(
        f"{confirmed} of {count(total_criteria, 'criterion', 'criteria')} entered as confirmed by an assessor",
        figure,
        words,
    )


def _unit_title(standing: UnitStanding, name: str) -> str:
    practised, _, gathered, confirmed = standing.counts
    total = len(standing.criteria)
    return (
        f"{name}: {practised} of {total} criteria practised, {gathered} with evidence, {confirmed} confirmed"
    )


def _unit_words(standing: UnitStanding) -> str:
    rows = []
    for row in standing.criteria:
        yes = [name for name, fact in zip(FOUR, facts(row), strict=True) if fact]
        rows.append(f"{place_name(row.criterion.ref)}: {', '.join(yes) or 'nothing yet'}.")
    return " ".join(rows)
