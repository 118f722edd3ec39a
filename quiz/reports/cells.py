"""What every table that leaves the app shares: the disclaimer, CSV text, cells that run nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from quiz.wording import FORMULA_STARTS

DISCLAIMER = "Quiz practice, not assessment: only an assessor can say that a criterion is met."


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV that any spreadsheet reads as UTF-8 and none runs as a formula."""
    # The byte-order mark makes spreadsheets read the file as UTF-8.
    target = StringIO()
    target.write("\ufeff")
    csv.writer(target).writerows([_cell(value) for value in row] for row in rows)
    return target.getvalue()


def _cell(value: object) -> object:
    """Return text that a spreadsheet will not run as a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
