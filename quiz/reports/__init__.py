"""Reports: a progress summary as a value, and its writers; sheets of plan and portfolio."""

from quiz.reports.cells import DISCLAIMER
from quiz.reports.plan_sheet import plan_sheet, plan_words
from quiz.reports.portfolio_sheets import portfolio_csv, portfolio_rows, portfolio_sheet
from quiz.reports.progress_csv import progress_csv, tests_csv
from quiz.reports.sheets import note_sheet, paper_sheet

__all__ = [
    "DISCLAIMER",
    "note_sheet",
    "paper_sheet",
    "plan_sheet",
    "plan_words",
    "portfolio_csv",
    "portfolio_rows",
    "portfolio_sheet",
    "progress_csv",
    "tests_csv",
]
