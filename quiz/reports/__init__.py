"""Reports: a progress summary as a value, and its writers."""

from quiz.reports.progress_csv import DISCLAIMER, progress_csv, tests_csv
from quiz.reports.sheets import note_sheet, paper_sheet

__all__ = ["DISCLAIMER", "note_sheet", "paper_sheet", "progress_csv", "tests_csv"]
