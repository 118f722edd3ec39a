"""The recording sheet of a unit: criterion, evidence, portfolio reference, date, and lines to sign.

The columns and the lines are those of the sheets in the NVQ specification (Issue 3, 2017). Criteria
stand in the official wording where the tutor has brought it in; else by our label, and the sheet says
where the wording is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from quiz.portfolio import Portfolio, Standing, place_name, tracked
from quiz.reports.cells import csv_text
from quiz.reports.sheets import sheet_page
from quiz.syllabus import CriterionOutline, CriterionRef, UnitOutline
from quiz.wording import day, sentence

SEE_SPECIFICATION = "(wording: see specification)"
COLUMNS = (
    "Learning outcome",
    "Criterion",
    "Assessment criterion",
    "Evidence type",
    "Portfolio reference",
    "Date",
    "Status",
)
SIGNATURES = (
    "Learner name",
    "Learner signature",
    "Assessor signature",
    "Internal verifier signature (if sampled)",
)
Row = tuple[str, str, str, str, str, str, str]


def portfolio_rows(
    unit: UnitOutline, portfolio: Portfolio, wording: Mapping[CriterionRef, str] | None = None
) -> list[Row]:
    """Return a line for each piece of evidence of each criterion; a criterion without any has one line."""
    rows: list[Row] = []
    for outcome in tracked(unit):
        for criterion in outcome.criteria:
            head = (
                f"{outcome.number} {sentence(outcome.label)}" if unit.outcomes else "",
                place_name(criterion.ref),
                _worded(criterion, wording or {}),
            )
            status = portfolio.status(criterion.ref)
            words = "" if status.standing is Standing.NOTHING else sentence(status.words)
            items = portfolio.items_for(criterion.ref)
            if not items:
                rows.append((*head, "", "", "", words))
            for item in items:
                draft = " (draft)" if item.draft else ""
                where = " · ".join(
                    part for part in (item.reference, item.title + draft, item.kept_where) if part
                )
                rows.append((*head, item.type, where, _date(item.dated), words))
    return rows


def portfolio_csv(
    units: Sequence[tuple[str, UnitOutline]],
    portfolio: Portfolio,
    learner: str,
    wording: Mapping[CriterionRef, str] | None = None,
) -> str:
    """Return the sheets of the named units as one CSV table, a column naming the unit of each line."""
    rows: list[Sequence[object]] = [["Learner", learner], [], ["Unit", *COLUMNS]]
    for name, unit in units:
        rows += [[name, *row] for row in portfolio_rows(unit, portfolio, wording)]
    return csv_text(rows)


def portfolio_sheet(
    units: Sequence[tuple[str, UnitOutline]],
    portfolio: Portfolio,
    learner: str,
    wording: Mapping[CriterionRef, str] | None = None,
) -> str:
    """Return the sheets of the named units as an HTML page to print, each unit on a page of its own."""
    parts: list[str] = []
    for name, unit in units:
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(value)}</td>" for value in row) + "</tr>"
            for row in portfolio_rows(unit, portfolio, wording)
        )
        head = "".join(f"<th>{escape(title)}</th>" for title in COLUMNS)
        sign = "".join(
            f"<p>{escape(title)}: ______________________________ Date: ______________</p>"
            for title in SIGNATURES
        )
        parts.append(
            f"<section class='sheet'><h1>{escape(name)}</h1><p class='small'>{escape(unit.key)} · Learner: {escape(learner)}</p>"
            f"<table><tr>{head}</tr>{body}</table>{sign}</section>"
        )
    return sheet_page("Portfolio", "".join(parts))


def _worded(criterion: CriterionOutline, wording: Mapping[CriterionRef, str]) -> str:
    return wording.get(criterion.ref) or f"{criterion.title} {SEE_SPECIFICATION}"


def _date(value: date | None) -> str:
    return day(value) if value else ""
