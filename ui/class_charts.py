"""Pictures of a class: learners by criteria, outcomes at risk, tests by outcome.

No Streamlit here. Every picture is drawn from the rows of its own table, so the two cannot differ.
Without anything to draw there is no picture: None.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from quiz.classes import ClassProgress, ClassTest, LearnerInClass, OutcomeInClass, OutcomeTested, Risk
from quiz.progress import ENOUGH_ANSWERS, Mastery
from quiz.wording import count, day, sentence
from ui.chart_parts import TEXT, Cell, grid
from ui.charts import BLANK, INK, SCALE, TEXT_COLOUR, Picture, Row, is_known

_LONGEST = 16
"""Signs of a name that stand beside a picture; the table has all of it."""
_MANY = 12
"""With more columns than this their names are set smaller."""
_RISKS = (
    (Risk.AT_RISK, SCALE[0][1], "/"),
    (Risk.ON_TRACK, SCALE[2][1], ""),
    (Risk.UNKNOWN, BLANK, ""),
)


def class_heatmap(found: ClassProgress, outcome: int | None = None) -> Picture | None:
    """Return the estimate of each criterion for each learner, in whole per cent: learners down, criteria across.

    Below five answers a cell is grey and says how many there are, as in “3/5”. Only the criteria of
    an outcome are drawn where one is named.
    """
    mastery = {
        learner.member.id: [
            m for o in learner.progress.outcomes if outcome in (None, o.number) for m in o.criteria
        ]
        for learner in found.learners
    }
    if not any(mastery.values()):
        return None
    table: list[Row] = []
    cells: list[Cell] = []
    for down, learner in enumerate(found.learners):
        row: Row = {
            "Learner": learner.member.name,
            "Answers": sum(m.answers for m in mastery[learner.member.id]),
        }
        for across, entry in enumerate(mastery[learner.member.id]):
            row[entry.ref.code] = _words(entry)
            value = round(100 * entry.mean) if is_known(entry) else None
            text = _short(entry) if value is None else str(value)
            cells.append(Cell(across, down, text, value))
        table.append(row)
    codes = [code for code in table[0] if code not in {"Learner", "Answers"}]
    figure = _learner_grid(cells, [str(row["Learner"]) for row in table], codes, (20, 100))
    title = _heatmap_title(found, mastery.values(), len(codes))
    return Picture(title, figure, _heatmap_words(table), tuple(table))


def outcomes_at_risk(found: ClassProgress) -> Picture | None:
    """Return how many learners are at risk, on track and not yet known in each outcome, most at risk on top."""
    if not found.learners or not found.outcomes:
        return None
    table: list[Row] = []
    for outcome in found.at_risk:
        row: Row = {"Outcome": outcome.number, "About": sentence(outcome.label)}
        row |= {sentence(risk): outcome.count(risk) for risk, _, _ in _RISKS}
        if outcome.share is not None:
            row["At risk, %"] = round(100 * outcome.share)
        table.append(row)
    names = [f"outcome {row['Outcome']}" for row in table]
    figure = go.Figure()
    for risk, colour, shape in _RISKS:
        numbers = [int(row[sentence(risk)]) for row in table]
        figure.add_bar(
            x=numbers, y=names, orientation="h", name=risk.value, showlegend=False, hoverinfo="skip",
            text=[str(number) if number else "" for number in numbers], textposition="inside", textangle=0,
            insidetextanchor="middle", constraintext="none",
            textfont={"size": TEXT, "color": TEXT_COLOUR if colour == BLANK else INK},
            marker={"color": colour, "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": INK, "fgopacity": 0.3, "solidity": 0.12}},
        )  # fmt: skip
    for place, row in enumerate(table):
        figure.add_annotation(
            x=0, y=place, text=_risk_words(row), showarrow=False, xanchor="left", yshift=21, font={"size": TEXT},
        )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, len(found.learners)], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(table) - 0.5, -0.75], fixedrange=True)
    figure.update_layout(
        barmode="stack", bargap=0.55, height=10 + 54 * len(table), margin={"l": 0, "r": 0, "t": 6, "b": 0},
        font_size=14,
    )  # fmt: skip
    words = " ".join(f"Outcome {row['Outcome']}, {row['About']}: {_risk_counts(row)}." for row in table)
    return Picture(_risk_title(found), figure, words, tuple(table))


def class_tests_by_outcome(tests: Sequence[ClassTest], outcomes: Sequence[OutcomeTested]) -> Picture | None:
    """Return the criteria shown in each outcome of each learner's latest test: learners down, outcomes across.

    “2/3” means that two of three criteria were shown; where that was too few, the cell is of the other
    colour and its figures end in “ !”.
    """
    if not tests or not outcomes:
        return None
    numbers = [outcome.number for outcome in outcomes]
    table: list[Row] = []
    cells: list[Cell] = []
    for down, test in enumerate(tests):
        row: Row = {
            "Learner": test.member.name, "Finished": day(test.finished_at), "Tests sat": test.sat,
            "Result": "passed" if test.report.passed else "not passed",
            "Right": f"{test.report.right} of {test.report.total}",
        }  # fmt: skip
        for outcome in test.report.outcomes:
            shown = f"{outcome.shown} of {len(outcome.criteria)}"
            row[f"Outcome {outcome.number}"] = shown if outcome.passed else f"{shown}, needs {outcome.needed}"
            text = f"{outcome.shown}/{len(outcome.criteria)}{'' if outcome.passed else ' !'}"
            cells.append(Cell(numbers.index(outcome.number), down, text, float(outcome.passed)))
        table.append(row)
    figure = _learner_grid(cells, [str(row["Learner"]) for row in table], [str(n) for n in numbers], (0, 1))
    figure.update_xaxes(title={"text": "outcome", "standoff": 4})
    figure.update_layout(height=figure.layout.height + 22, margin_t=50)
    return Picture(_tests_title(tests, outcomes), figure, _tests_words(table, outcomes), tuple(table))


def _learner_grid(
    cells: Sequence[Cell], learners: Sequence[str], columns: Sequence[str], ends: tuple[float, float]
) -> Any:
    figure = grid(cells, [_name(learner) for learner in learners], columns, SCALE, ends, row_height=27)
    if len(columns) > _MANY:
        figure.update_xaxes(tickfont_size=10)
        figure.data[2].textfont.size = 11
    # Names as Plotly reads them are longer than what is seen where a sign is written as “&amp;”.
    widest = max(len(_cut(learner)) for learner in learners)
    figure.update_layout(margin_l=8 + 7 * widest)
    for trace in figure.data[:2]:
        trace.update(xgap=2, ygap=2)
    return figure


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _name(name: str) -> str:
    """Return a learner's name for an axis, shortened, with the signs of mark-up as text."""
    return escape(_cut(name), quote=False)


def _short(entry: Mastery) -> str:
    return f"{entry.answers}/{ENOUGH_ANSWERS}" if entry.answers else "–"


def _words(entry: Mastery) -> str:
    if is_known(entry):
        return f"{entry.mean:.0%}, {count(entry.answers, 'answer')}"
    return f"{entry.answers} of {ENOUGH_ANSWERS} answers" if entry.answers else "no answer"


def _heatmap_title(found: ClassProgress, rows: Any, criteria: int) -> str:
    by_criterion: dict[str, list[float]] = {}
    for row in rows:
        for entry in row:
            by_criterion.setdefault(entry.ref.code, [])
            if is_known(entry):
                by_criterion[entry.ref.code].append(entry.mean)
    known = {code: sum(means) / len(means) for code, means in by_criterion.items() if means}
    learners = count(len(found.learners), "learner")
    if not known:
        return f"Not enough answers yet for any criterion ({learners})"
    weakest = min(known, key=lambda code: known[code])
    return f"{learners}, {len(known)} of {count(criteria, 'criterion', 'criteria')} with estimates; {weakest} is the weakest on average"


def _heatmap_words(table: Sequence[Row]) -> str:
    said = []
    for row in table:
        known = {c: str(v) for c, v in row.items() if c not in {"Learner", "Answers"} and "%" in str(v)}
        estimates = ", ".join(f"{code} {value.split(',')[0]}" for code, value in known.items())
        said.append(f"{row['Learner']}: {estimates or 'not enough answers yet'}.")
    return " ".join(said)


def _risk_counts(row: Row) -> str:
    return ", ".join(f"{row[sentence(risk)]} {risk.value}" for risk, _, _ in _RISKS if row[sentence(risk)])


def _risk_words(row: Row) -> str:
    return f"<b>outcome {row['Outcome']}</b>: {_risk_counts(row)}"


def _risk_title(found: ClassProgress) -> str:
    known = [outcome for outcome in found.at_risk if outcome.share is not None]
    learners = count(len(found.learners), "learner")
    if not known:
        return f"Not enough answers yet to say who is at risk ({learners})"
    first: OutcomeInClass = known[0]
    if not first.share:
        return f"Nobody is at risk in an outcome that can be judged ({learners})"
    return f"Outcome {first.number} has most at risk: {first.count(Risk.AT_RISK)} of {learners}"


def _tests_title(tests: Sequence[ClassTest], outcomes: Sequence[OutcomeTested]) -> str:
    passed = sum(test.report.passed for test in tests)
    title = f"{passed} of {count(len(tests), 'learner')} passed their latest test"
    fewest = min(outcomes, key=lambda outcome: outcome.passed / outcome.sat)
    if fewest.passed == fewest.sat:
        return title
    return f"{title}; outcome {fewest.number} was passed by fewest, {fewest.passed} of {fewest.sat}"


def _tests_words(table: Sequence[Row], outcomes: Sequence[OutcomeTested]) -> str:
    first = ", ".join(f"outcome {o.number} by {o.passed} of {o.sat}" for o in outcomes)
    rows = " ".join(f"{row['Learner']}: {row['Right']} right, {row['Result']}." for row in table)
    return f"Passed in the latest tests: {first}. {rows}"


def away_rows(learners: Sequence[LearnerInClass]) -> list[Row]:
    """Return who has not practised this week as rows, with the day on which they last did."""
    return [
        Row({"Learner": one.member.name, "Last practised": day(one.last) if one.last else "not yet"})
        for one in learners
    ]
