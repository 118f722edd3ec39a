"""The workbook: sheets, heads that stay, filters, real dates and numbers, and text that runs nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from literal_summaries import BARE, EMPTY, LEARNER, LISTED, SUM, SUMMARY, TAUGHT, UNIT, many_answers
from openpyxl import Workbook, load_workbook

from quiz.reports.cells import DISCLAIMER
from quiz.reports.summary_xlsx import SHEETS, summaries_xlsx, summary_xlsx

Row = tuple[Any, ...]


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


BOOK = opened(summary_xlsx(SUMMARY))
BOTH = opened(summaries_xlsx([EMPTY, SUMMARY]))


def rows(sheet: str, book: Workbook = BOOK) -> list[dict[str, Any]]:
    head, *lines = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def facts(book: Workbook = BOOK) -> dict[str, Any]:
    return {line[0]: line[1] for line in book["Summary"].iter_rows(values_only=True) if line[0]}


def test_there_is_a_sheet_for_each_matter() -> None:
    assert BOOK.sheetnames == list(SHEETS) == ["Summary", "Units", "Criteria", "Tests", "Answers", "About"]
    assert BOTH.sheetnames == list(SHEETS)


def test_the_first_sheet_tells_the_totals() -> None:
    told = facts()
    assert told["Learner"] == SUM
    assert told["Qualification"] == "A Certificate in Tea"
    assert (told["Units planned"], told["Credits planned"]) == (3, 4)
    assert (told["Answers"], told["Sessions"], told["Days practised"]) == (6, 2, 2)
    assert (told["Minutes (where timed)"], told["Questions timed"]) == (1.0, 2)
    assert (told["Learning"], told["Not enough answers yet"], told["Likely secure"]) == (1, 1, 0)
    assert (told["Tests finished"], told["Tests passed"]) == (1, 1)
    assert told["Criteria confirmed by an assessor"] == 1
    assert told["Made by"] == "Headset 0.1.0, content abc123"
    assert told["Learner id"] == str(LEARNER)
    assert DISCLAIMER in told


def test_the_head_of_the_first_sheet_says_what_and_value_and_filters_the_facts_only() -> None:
    sheet = BOOK["Summary"]
    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [("What", True), ("Value", True)]
    assert (sheet["A2"].value, sheet["B2"].value) == ("Learner", SUM)
    last = next(row for row in range(1, 99) if sheet.cell(row, 1).value == "Learner id")
    assert sheet.auto_filter.ref == f"A1:B{last}"
    assert sheet.cell(last + 1, 1).value is None
    assert sheet.cell(last + 2, 1).value == DISCLAIMER


def test_moments_are_real_dates_in_london_time() -> None:
    told = facts()
    assert (told["From"], told["To"]) == (datetime(2026, 7, 1, 23, 31), datetime(2026, 7, 2, 0, 31))
    assert told["Made on"] == datetime(2026, 11, 22, 9, 0)
    cell = BOOK["Answers"]["A2"]
    assert (cell.value, cell.is_date, cell.number_format) == (
        datetime(2026, 7, 1, 23, 31),
        True,
        "dd/mm/yyyy hh:mm",
    )


def test_criteria_have_their_estimate_as_a_number_shown_as_a_percentage() -> None:
    first = rows("Criteria")[0]
    assert (first["Estimate"], first["From"], first["To"]) == (0.625, 0.375, 0.8125)
    assert (first["Answers"], first["State"]) == (5, "Learning")
    assert (first["Portfolio"], first["Pieces of evidence"]) == (
        "Confirmed by @Pat Lee on 2 November 2026",
        2,
    )
    assert first["Confirmed on"] == datetime(2026, 11, 2)
    head = [cell.value for cell in BOOK["Criteria"][1]]
    assert BOOK["Criteria"].cell(2, head.index("Estimate") + 1).number_format == "0%"
    assert BOOK["Criteria"].cell(2, head.index("Confirmed on") + 1).number_format == "dd/mm/yyyy"


def test_a_criterion_with_too_few_answers_has_no_estimate() -> None:
    second = rows("Criteria")[1]
    assert (second["Answers"], second["State"]) == (1, "Not enough answers yet")
    assert (second["Estimate"], second["From"], second["To"]) == (None, None, None)


def test_a_listed_unit_stands_with_its_links_and_one_without_criteria_with_its_title() -> None:
    linked, bare = rows("Criteria")[2:]
    assert (linked["Unit reference"], linked["Answers"], linked["Answers in other units"]) == (
        LISTED,
        None,
        5,
    )
    assert (bare["Unit reference"], bare["Unit"], bare["State"]) == (
        BARE,
        "Washing Up",
        "no criteria are listed",
    )


def test_a_unit_has_its_readiness_with_range_and_by_outcome() -> None:
    tea = rows("Units")[0]
    assert (tea["Chance of passing today"], tea["From"], tea["To"]) == (0.5, 0.25, 0.75)
    assert tea["Readiness by outcome"] == "Outcome 1: 1 of 2 likely, range 0 to 2, 1 needed"
    assert tea["Readiness for"] == "practice paper"
    assert (tea["Paper's questions"], tea["Paper's pass mark"]) == (None, None)
    assert (tea["Unit reference"], tea["Criteria"], tea["Answers"], tea["Learning"]) == (UNIT, 2, 6, 1)


def test_readiness_for_a_test_says_so_with_the_figures_of_its_paper() -> None:
    sat = replace(TAUGHT, has_test=True, paper_questions=40, pass_mark=24)
    book = opened(summary_xlsx(replace(SUMMARY, units=(sat,))))
    (tea,) = rows("Units", book)
    assert (tea["Readiness for"], tea["Paper's questions"], tea["Paper's pass mark"]) == ("test", 40, 24)


def test_a_test_has_its_result_by_outcome() -> None:
    (test,) = rows("Tests")
    assert (test["Finished"], test["Result"]) == (datetime(2026, 7, 2, 0, 40), "passed")
    assert (test["Right answers"], test["Questions"], test["Pass mark"]) == (1, 2, 1)
    assert test["Outcome 1"] == "1 of 2 (needs 1)"


def test_every_answer_has_a_line_with_what_was_given_and_whether_it_counts() -> None:
    lines = rows("Answers")
    assert [line["Counts"] for line in lines] == ["yes", "no", "yes", "yes", "yes", "yes", "no", "yes"]
    first, second = lines[:2]
    assert (first["Given"], first["Verdict"], first["Share of the mark"]) == ("more milk", "wrong", 0)
    assert (first["Seconds"], first["How sure"], first["Try"]) == (30, "sure", 1)
    assert (second["Given"], second["Try"]) == ("more leaves", 2)
    assert (lines[6]["Verdict"], lines[6]["Share of the mark"]) == ("not marked", None)


@pytest.mark.parametrize("book", [BOOK, BOTH], ids=["one", "many"])
def test_heads_stay_in_view_and_every_table_has_filters_over_all_of_it(book: Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
    for name in ("Units", "Criteria", "Tests", "Answers"):
        assert book[name].auto_filter.ref == book[name].dimensions


def test_columns_are_as_wide_as_their_matter() -> None:
    widths = {
        cell.value: BOOK["Answers"].column_dimensions[cell.column_letter].width for cell in BOOK["Answers"][1]
    }
    assert (widths["Question"], widths["Try"], widths["Answered"]) == (60, 6, 17)


@pytest.mark.parametrize("book", [BOOK, BOTH], ids=["one", "many"])
def test_no_cell_is_a_formula_though_texts_begin_like_one(book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert {SUM, "=1+1", "+ what leaves need"} <= {cell.value for cell in texts}
    for cell in texts:
        assert bool(cell.quotePrefix) is cell.value.startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_each_start_of_a_formula_stays_text(start: str) -> None:
    name = opened(summary_xlsx(replace(SUMMARY, name=f"{start}1+1")))["Summary"]["B2"]
    assert (name.value, name.data_type, bool(name.quotePrefix)) == (f"{start}1+1", "s", True)


def test_signs_that_no_workbook_takes_are_left_out() -> None:
    assert opened(summary_xlsx(replace(SUMMARY, name="Sa\x00m\x0b")))["Summary"]["B2"].value == "Sam"


def test_about_explains_estimate_range_states_and_the_zone_of_dates() -> None:
    about = {line[0]: line[1] for line in BOOK["About"].iter_rows(values_only=True)}
    assert "no time zone" in about["Dates and times"]
    assert "beta-binomial" in about["Estimate"]
    assert {"Not started", "Not enough answers yet", "Learning", "Likely secure", "Slipping"} <= about.keys()
    assert about["What this is"] == DISCLAIMER


def test_many_learners_have_a_line_each_and_a_column_on_the_other_sheets() -> None:
    first, second = rows("Summary", BOTH)
    assert (first["Learner"], first["Answers"], first["From"]) == ("Eve", 0, None)
    assert (second["Learner"], second["Answers"]) == (SUM, 6)
    for name in ("Units", "Criteria", "Tests", "Answers"):
        alone = [tuple(row.values()) for row in rows(name)]
        assert [tuple(row.values()) for row in rows(name, BOTH)] == [(SUM, *row) for row in alone]


def test_a_learner_without_an_answer_has_a_workbook_of_heads() -> None:
    book = opened(summary_xlsx(EMPTY))
    assert facts(book)["Answers"] == 0
    assert facts(book)["Minutes (where timed)"] is None
    assert [rows(name, book) for name in ("Units", "Criteria", "Tests", "Answers")] == [[], [], [], []]


def test_two_thousand_answers_are_two_thousand_lines() -> None:
    sheet = opened(summary_xlsx(many_answers(2000)))["Answers"]
    assert sheet.max_row == 2001


def test_a_unit_without_a_test_shows_no_readiness() -> None:
    book = opened(summary_xlsx(replace(SUMMARY, units=(replace(TAUGHT, readiness=None),))))
    tea = rows("Units", book)[0]
    assert (tea["Chance of passing today"], tea["Readiness by outcome"]) == (None, None)
