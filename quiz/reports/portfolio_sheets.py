"""The recording sheet of a unit: criterion, evidence, portfolio reference, date, and lines to sign.

The columns and the lines are those of the sheets in the NVQ specification (Issue 3, 2017). Criteria
stand in the official wording where the tutor has brought it in; else by our label, and the sheet says
where the wording is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from quiz.portfolio import Portfolio, Standing, place_name, tracked
from quiz.reports.cells import csv_text
from quiz.reports.sheets import sheet_page
from quiz.syllabus import CriterionOutline, CriterionRef, UnitOutline
from quiz.wording import FORMULA_STARTS, day, sentence, without_controls

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
_WIDTHS = (26, 10, 46, 14, 22, 14, 30)
_MOST_TITLE = 31  # of a worksheet, in Excel

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


def portfolio_xlsx(
    units: Sequence[tuple[str, UnitOutline]],
    portfolio: Portfolio,
    learner: str,
    wording: Mapping[CriterionRef, str] | None = None,
) -> bytes:
    """Return a workbook with a sheet a unit, ready to print on A4 across, text never as a formula."""
    book = Workbook()
    book.remove(book.active)
    if not units:
        book.create_sheet("Portfolio").append(["No unit has criteria here."])
    titles = {"history"}  # which Excel keeps for itself
    for name, unit in units:
        sheet = book.create_sheet(_sheet_title(name, titles))
        sheet.append([])
        _write(sheet.cell(1, 1), name, Font(bold=True, size=14))
        _write(sheet.cell(2, 1), f"Unit reference number {unit.key}. Learner: {learner}")
        for column, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
            cell = sheet.cell(4, column)
            _write(cell, title, Font(bold=True))
            cell.fill, cell.border = PatternFill("solid", fgColor="DDE3E7"), _BORDER
            sheet.column_dimensions[cell.column_letter].width = width
        line = 5
        for row in portfolio_rows(unit, portfolio, wording):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(line, column)
                _write(cell, value)
                cell.border = _BORDER
            line += 1
        for title in SIGNATURES:
            line += 1
            _write(sheet.cell(line, 1), title)
            _write(sheet.cell(line, 5), "Date")
            for column in (2, 3, 6):
                sheet.cell(line, column).border = Border(bottom=Side("thin"))
        sheet.freeze_panes = "A5"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
        sheet.print_title_rows = "4:4"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


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


_BORDER = Border(*(Side("thin", color="777777") for _ in range(4)))


def _write(cell: Cell | Any, value: str, font: Font | None = None) -> None:
    cell.value = without_controls(value)
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(FORMULA_STARTS)  # text it stays when the cell is edited
    cell.alignment = Alignment(wrap_text=cell.row >= 4, vertical="top")
    if font is not None:
        cell.font = font


def _sheet_title(name: str, taken: set[str]) -> str:
    """Return a title that Excel takes: short, without its special signs, and not there yet."""
    clean = " ".join("".join(" " if sign in "[]:*?/\\" else sign for sign in name).split())
    title, number = clean[:_MOST_TITLE].strip("' ") or "Unit", 1
    while title.casefold() in taken:
        number += 1
        head = clean[: _MOST_TITLE - 4].strip("' ") or "Unit"
        title = f"{head} {number}"
    taken.add(title.casefold())
    return title
