"""Pictures of progress over criteria, days, outcomes, tests and misunderstandings.

No Streamlit here. Every picture is drawn from the rows of its own table, so the two cannot differ; shares are whole
per cent. Without anything to draw there is no picture: None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from textwrap import wrap

import plotly.graph_objects as go

from quiz.progress import (
    ENOUGH_ANSWERS,
    Calibration,
    CriterionLoss,
    LostMark,
    Mastery,
    PractisedDay,
    SaidSure,
    State,
    UnitProgress,
)
from quiz.progress.readiness import OutcomeReadiness, Readiness
from quiz.sessions import ScoreReport
from quiz.syllabus import CriterionRef
from quiz.wording import LONDON, count, day, day_and_time, listed_words, sentence
from ui.chart_parts import TEXT, Cell, Whisker, add_strokes, grid, whiskers
from ui.charts import BLUE, DAY_SCALE, INK, OCHRE, SCALE, Picture, Row, criterion_row, nothing_known

_ACROSS = 6
"""Cells side by side that still hold “2 of 5” on a phone of 320 pixels; more go on below."""
_WRAP = 44
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PER_CENT = {0.0: "0%", 50.0: "50%", 100.0: "100%"}
_TESTS_DRAWN = 10
_SAID = {"sure": "Sure", "think so": "Think so", "guess": "Guess"}


def plan_heatmap(units: Sequence[tuple[str, UnitProgress]]) -> Picture | None:
    """Return the estimate of each criterion of each unit, given with its name: outcomes down, criteria across.

    Rows are named “203 · 1” for unit and outcome; an outcome of more than six criteria goes on in
    the row below. A criterion without enough answers is grey and says how many it has of those it needs.
    """
    table: list[Row] = []
    rows: list[str] = []
    cells: list[Cell] = []
    starts: list[int] = []
    for name, progress in units:
        starts.append(len(rows))
        for outcome in progress.outcomes:
            for place, mastery in enumerate(outcome.criteria):
                if place % _ACROSS == 0:
                    rows.append("" if place else f"{name} · {outcome.number}")
                row = criterion_row(mastery, name)
                table.append(row)
                cells.append(_estimate_cell(row, place % _ACROSS, len(rows) - 1))
    if not cells:
        return None
    across = 1 + max(cell.across for cell in cells)
    figure = grid(cells, rows, [""] * across, SCALE, (20, 100))
    between = [
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": start - 0.5, "y1": start - 0.5,
            "line": {"color": BLUE, "width": 1.5},
        }
        for start in starts[1:]
    ]  # fmt: skip
    figure.update_layout(shapes=between)
    return Picture(_plan_title(table, len(units)), figure, _plan_words(table), tuple(table))


def mastery_intervals(mastery: Sequence[Mastery], titles: Mapping[CriterionRef, str]) -> Picture | None:
    """Return each criterion's estimate with its 90 % range, by unit and code, under its code and title.

    Likely secure is a blue square, any other estimate an ochre circle; a criterion without enough
    answers is an open mark before the axis, with their number and no range.
    """
    if not mastery:
        return None
    lines: list[Whisker] = []
    table: list[Row] = []
    for entry in sorted(mastery, key=lambda entry: entry.ref.sort_key):
        title = titles.get(entry.ref, "")
        row = criterion_row(entry) | {"Title": title}
        table.append(row)
        lines.append(
            _whisker(
                (*_headed(entry.ref.code, title), _estimate_words(row)), row, entry.state is State.SECURE
            )
        )
    known = sum("Estimate, %" in row for row in table)
    title = f"{known} of {count(len(table), 'criterion', 'criteria')} with an estimate, and the range of each"
    words = " ".join(f"{row['Criterion']}: {_estimate_words(row)}." for row in table)
    return Picture(title, whiskers(lines, 100, _PER_CENT), words, tuple(table))


def days_practised(days: Sequence[PractisedDay]) -> Picture | None:
    """Return a calendar of days that follow on one another up to today: weeks down, Monday to Sunday across.

    Each day holds its number of answers; one without practice is grey like a day off.
    """
    if not days:
        return None
    first = days[0].monday
    table = [
        Row({"Day": f"{d.day:%A} {day(d.day)}", "Answers": d.answers, "Criteria": d.criteria}) for d in days
    ]
    cells = [
        Cell(
            d.day.weekday(),
            (d.monday - first).days // 7,
            str(row["Answers"]) if row["Answers"] else "–",
            _number(row, "Answers") or None,
        )
        for d, row in zip(days, table, strict=True)
    ]
    weeks = 1 + cells[-1].down
    names = [_short(first + timedelta(weeks=number)) for number in range(weeks)]
    most = max(_number(row, "Answers") or 0 for row in table)
    figure = grid(cells, names, _DAYS, DAY_SCALE, (0, max(most, 1)), row_height=38)
    practised = [row for row in table if row["Answers"]]
    title = f"Practised on {len(practised)} of the last {count(len(days), 'day')}"
    answers = sum(d.answers for d in days)
    words = f"From {day(days[0].day)} to {day(days[-1].day)}: {count(answers, 'answer')} on {count(len(practised), 'day')}."
    if practised:
        words += " " + "; ".join(f"{row['Day']}, {row['Answers']}" for row in practised) + "."
    return Picture(title, figure, words, tuple(table))


def readiness_by_outcome(readiness: Readiness) -> Picture | None:
    """Return for each outcome how many criteria are likely to be shown, their range, and how many it needs.

    Each line goes as far as the outcome has criteria, with an upright stroke at the number needed. An
    outcome without enough answers, or with answers on too few criteria, has an open mark and no range.
    """
    if not readiness.outcomes:
        return None
    table: list[Row] = []
    lines: list[Whisker] = []
    for outcome in readiness.outcomes:
        row: Row = {
            "Outcome": outcome.number, "About": outcome.label, "Criteria": outcome.criteria, "Needed": outcome.needed,
            "Answers": outcome.answers, "Criteria answered": outcome.answered,
        }  # fmt: skip
        if outcome.likely is not None and outcome.low is not None and outcome.high is not None:
            row |= {"Likely": outcome.likely, "From": outcome.low, "To": outcome.high}
        if outcome.chance is not None:
            row["Chance, %"] = round(100 * outcome.chance)
        table.append(row)
        enough = (_number(row, "Likely") or 0) >= outcome.needed
        lines.append(
            Whisker(
                (*_headed(outcome.number, sentence(outcome.label)), _forecast(outcome)),
                _number(row, "Likely"), _number(row, "From"), _number(row, "To"), enough, outcome.criteria,
            )
        )  # fmt: skip
    end = max(outcome.criteria for outcome in readiness.outcomes)
    figure = whiskers(lines, end, {float(number): str(number) for number in range(end + 1)})
    add_strokes(figure, [_number(row, "Needed") or 0 for row in table], "needed")
    words = " ".join(f"Outcome {o.number}, {o.label}: {_forecast(o)}." for o in readiness.outcomes)
    return Picture(_readiness_title(table), figure, words, tuple(table))


def sureness_calibration(calibration: Calibration) -> Picture | None:
    """Return the share right of the answers that were sure, thought so and guessed, with its 90 % range."""
    if not calibration.answers:
        return None
    table = [_said_row(entry) for entry in calibration.said]
    lines = [
        _whisker((f"<b>{row['Said']}</b>", _said_words(row)), row, row["Said"] == _SAID["sure"])
        for row in table
    ]
    words = " ".join(f"{row['Said']}: {_said_words(row)}." for row in table)
    sure = table[0]
    if "Right, %" in sure:
        title = f"When sure, {sure['Right, %']}% right; sure but wrong {_times(calibration.wrong)}"
    else:
        title = f"{count(calibration.answers, 'answer')} with how sure you were; sure but wrong {_times(calibration.wrong)}"
    return Picture(title, whiskers(lines, 100, _PER_CENT), words, tuple(table))


def tests_by_outcome(results: Sequence[tuple[datetime, ScoreReport]]) -> Picture | None:
    """Return the criteria shown in each outcome of the ten latest finished tests of a unit, the latest on top.

    The title, the words and the table hold all of them.

    A cell says how many were shown and, where that was too few, how many the outcome needs; with more
    than five outcomes there is only room to say that it was short.
    """
    if not results:
        return None
    newest = sorted(results, key=lambda result: result[0].timestamp(), reverse=True)
    numbers = sorted({outcome.number for _, report in newest for outcome in report.outcomes})
    table: list[Row] = []
    cells: list[Cell] = []
    for down, (at, report) in enumerate(newest):
        for outcome in report.outcomes:
            row: Row = {
                "Finished": day_and_time(at), "Outcome": outcome.number, "Criteria shown": outcome.shown,
                "Criteria": len(outcome.criteria), "Needed": outcome.needed,
            }  # fmt: skip
            table.append(row)
            if down < _TESTS_DRAWN:
                cells.append(_shown_cell(row, numbers.index(outcome.number), down, len(numbers) <= 5))
    names = [
        f"{_short(at.astimezone(LONDON).date())}<br>{at.astimezone(LONDON):%Y}"
        for at, _ in newest[:_TESTS_DRAWN]
    ]
    figure = grid(cells, names, [str(number) for number in numbers], SCALE, (0, 1))
    figure.update_xaxes(title={"text": "outcome", "standoff": 4}, tickfont_size=14)
    figure.update_layout(height=figure.layout.height + 22, margin_t=50)
    passed = sum(report.passed for _, report in newest)
    latest = newest[0][1]
    title = f"{passed} of {count(len(newest), 'test')} passed; the latest had {latest.right} of {latest.total} right"
    words = " ".join(_test_words(*result) for result in newest)
    return Picture(title, figure, words, tuple(table))


def lost_marks_bars(
    losses: Sequence[CriterionLoss],
    marks: Sequence[LostMark],
    names: Mapping[str, str] | None = None,
    most: int = 12,
) -> Picture | None:
    """Return the marks lost as bars for the `most` criteria that lost most, the most first.

    `losses` are all there are: the title and the words count those of criteria not drawn too. The
    table has every criterion, with a row for each of its misunderstandings or one where none is
    given; its marks and answers stand in its first row only, so that a column can be added up. With
    `names`, which map unit keys to the units' names, a criterion reads “203 · 1.2”.
    """
    if not losses:
        return None
    table: list[Row] = []
    bars: list[Row] = []
    ordered = sorted(losses, key=lambda loss: -round(loss.lost, 9))
    for loss in ordered:
        label = f"{names[loss.ref.unit]} · {loss.ref.code}" if names else loss.ref.code
        about: Row = {"Criterion": label, "Marks lost": round(loss.lost, 2), "Answers": loss.answers}
        taken = [_misunderstanding(mark) for mark in marks if mark.ref == loss.ref] or [Row()]
        table += [
            (Row({"Criterion": label}) if place else about) | chosen for place, chosen in enumerate(taken)
        ]
        bars.append(about)
    del bars[most:]
    hidden = ordered[most:]
    lengths = [_number(row, "Marks lost") or 0 for row in bars]
    figure = go.Figure()
    figure.add_bar(
        x=lengths, y=[row["Criterion"] for row in bars], orientation="h", hoverinfo="skip", showlegend=False,
        text=[f"{_one_place(loss.lost)} of {loss.answers}" for loss in ordered[:most]], textposition="outside",
        cliponaxis=False, textfont_size=TEXT, constraintext="none",
        marker={"color": OCHRE, "pattern": {"shape": "/", "fillmode": "overlay", "fgcolor": INK, "fgopacity": 0.35, "solidity": 0.15}},
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, max(lengths) * 1.5], fixedrange=True)
    figure.update_yaxes(
        type="category", autorange="reversed", fixedrange=True, showgrid=False, automargin=True, tickfont_size=TEXT,
        ticksuffix="  ",
    )  # fmt: skip
    figure.update_layout(
        height=12 + 34 * len(bars), margin={"l": 0, "r": 8, "t": 4, "b": 8}, font_size=14, bargap=0.3
    )
    total = _one_place(sum(loss.lost for loss in losses))
    title = f"{total} {'mark' if total == '1' else 'marks'} lost"
    if hidden:
        title += f"; the {count(len(bars), 'criterion', 'criteria')} with most"
    else:
        title += f", most in {bars[0]['Criterion']}"
    words = " ".join(
        f"{row['Criterion']}: {_one_place(loss.lost)} lost in {count(loss.answers, 'answer')}."
        for row, loss in zip(bars, ordered, strict=False)
    )
    if hidden:
        lost = _one_place(sum(loss.lost for loss in hidden))
        words += f" {count(len(hidden), 'other criterion', 'other criteria')}: {lost} lost."
    return Picture(title, figure, words, tuple(table))


def _one_place(marks: float) -> str:
    return f"{marks:,.1f}".removesuffix(".0")


def _number(row: Row, heading: str) -> float | None:
    value = row.get(heading)
    return None if value is None or isinstance(value, str) else value


def _short(moment: date) -> str:
    return f"{moment.day} {moment:%b}"


def _headed(code: object, title: str) -> list[str]:
    """Return the lines of a heading, wrapped for a phone, with its code in bold."""
    first, *rest = wrap(f"{code} {title}", _WRAP)
    return [f"<b>{code}</b>{first.removeprefix(str(code))}", *rest]


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _too_few(answers: object) -> str:
    return f"{answers} of {ENOUGH_ANSWERS} answers"


def _estimate_cell(row: Row, across: int, down: int) -> Cell:
    value = _number(row, "Estimate, %")
    if value is not None:
        figure = f"{value}%"
    else:
        figure = f"{row['Answers']} of {ENOUGH_ANSWERS}" if row["Answers"] else "–"
    return Cell(across, down, f"<b>{row['Criterion']}</b><br>{figure}", value)


def _whisker(words: tuple[str, ...], row: Row, strong: bool) -> Whisker:
    value = "Estimate, %" if "Criterion" in row else "Right, %"
    return Whisker(words, _number(row, value), _number(row, "From, %"), _number(row, "To, %"), strong)


def _estimate_words(row: Row) -> str:
    if "Estimate, %" not in row:
        return _too_few(row["Answers"])
    answers = count(int(_number(row, "Answers") or 0), "answer")
    return (
        f"{row['Estimate, %']}% ({row['From, %']} to {row['To, %']}%), {answers}, {str(row['State']).lower()}"
    )


def _plan_title(table: Sequence[Row], units: int) -> str:
    known = [row for row in table if "Estimate, %" in row]
    if not known:
        return nothing_known(len(table))
    of = f"{len(known)} of {count(len(table), 'criterion', 'criteria')} with an estimate"
    if len(known) == 1:
        return of
    weakest = min(known, key=lambda row: _number(row, "Estimate, %") or 0)
    name = f"{weakest['Criterion']} of unit {weakest['Unit']}" if units > 1 else weakest["Criterion"]
    return f"{of}; the weakest is {name}"


def _plan_words(table: Sequence[Row]) -> str:
    said: list[str] = []
    for unit, group in groupby(table, key=lambda row: row["Unit"]):
        rows = list(group)
        known = sorted(
            (row for row in rows if "Estimate, %" in row), key=lambda row: _number(row, "Estimate, %") or 0
        )
        text = f"Unit {unit}: {len(known)} of {count(len(rows), 'criterion', 'criteria')} with an estimate"
        if known:
            ends = [f"{row['Criterion']} {row['Estimate, %']}%" for row in (known[0], known[-1])]
            text += f", from {ends[0]} to {ends[1]}" if len(known) > 1 else f", {ends[0]}"
        said.append(text + ".")
    return " ".join(said)


def _forecast(outcome: OutcomeReadiness) -> str:
    if not outcome.answers:
        return f"no answers yet; needs {outcome.needed}"
    if outcome.likely is None:
        answers = count(outcome.answers, "answer")
        criteria = f"{outcome.answered} of {count(outcome.criteria, 'criterion', 'criteria')}"
        return f"too few: {answers} on {criteria}; needs {outcome.needed}"
    return f"{outcome.words}; needs {outcome.needed}"


def _readiness_title(table: Sequence[Row]) -> str:
    waiting = [str(row["Outcome"]) for row in table if "Likely" not in row]
    if waiting:
        noun = "outcome" if len(waiting) == 1 else "outcomes"
        return f"Not enough answers yet for {noun} {listed_words(waiting)}"
    enough = sum((_number(row, "Likely") or 0) >= (_number(row, "Needed") or 0) for row in table)
    title = f"Enough criteria likely in {enough} of {count(len(table), 'outcome')}"
    weakest = min(table, key=lambda row: _number(row, "Chance, %") or 0)
    if len(table) > 1 and "Chance, %" in weakest:
        title += f"; outcome {weakest['Outcome']} has the least chance, {weakest['Chance, %']}%"
    return title


def _said_row(entry: SaidSure) -> Row:
    row: Row = {"Said": _SAID[entry.sure], "Answers": entry.answers}
    if entry.share is not None and entry.low is not None and entry.high is not None:
        figures = (entry.share, entry.low, entry.high)
        row |= dict(zip(("Right, %", "From, %", "To, %"), (round(100 * f) for f in figures), strict=True))
    return row


def _said_words(row: Row) -> str:
    if "Right, %" not in row:
        return _too_few(row["Answers"])
    answers = count(int(_number(row, "Answers") or 0), "answer")
    return f"{row['Right, %']}% right ({row['From, %']} to {row['To, %']}%), {answers}"


def _shown_cell(row: Row, across: int, down: int, wide: bool) -> Cell:
    passed = (_number(row, "Criteria shown") or 0) >= (_number(row, "Needed") or 0)
    text = f"<b>{row['Criteria shown']}{' of ' if wide else '/'}{row['Criteria']}</b>"
    short = f"needs {row['Needed']}" if wide else "short"
    return Cell(across, down, text if passed else f"{text}<br>{short}", float(passed))


def _test_words(at: datetime, report: ScoreReport) -> str:
    shown = ", ".join(
        f"outcome {o.number} {o.shown} of {len(o.criteria)}, needs {o.needed}" for o in report.outcomes
    )
    return f"{day_and_time(at)}: {shown}."


def _misunderstanding(mark: LostMark) -> Row:
    return {
        "Chosen": sentence(mark.text), "Why it is wrong": mark.why, "Times": mark.times, "Latest": day(mark.latest)
    }  # fmt: skip
