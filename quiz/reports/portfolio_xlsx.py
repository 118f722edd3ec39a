"""The recording sheets of units as a workbook. It is imported where one is made: openpyxl takes a tenth of a start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from quiz.portfolio import Portfolio
from quiz.reports.portfolio_sheets import COLUMNS, SIGNATURES, portfolio_rows
from quiz.syllabus import CriterionRef, UnitOutline
from quiz.wording import FORMULA_STARTS, without_controls

_WIDTHS = (26, 10, 46, 14, 22, 14, 30)
_MOST_TITLE = 31  # of a worksheet, in Excel

_BORDER = Border(*(Side("thin", color="777777") for _ in range(4)))


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
