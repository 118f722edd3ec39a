"""Recording sheets: a line for each piece of evidence, as CSV, as a workbook and for print; nothing runs."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook, load_workbook

from quiz.portfolio import EvidenceItem, Portfolio, Standing, Status, make_item, own_words_draft
from quiz.reports import portfolio_csv, portfolio_rows, portfolio_sheet
from quiz.reports.portfolio_xlsx import portfolio_xlsx
from quiz.syllabus import CriterionOutline, CriterionRef, OutcomeKind, OutcomeOutline, Pack, UnitOutline

KEY = "T/503/0342"
NASTY = "<script>alert('x')</script> & \"tea\""
ESCAPED = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;tea&quot;"
HEADINGS = [
    "Learning outcome",
    "Criterion",
    "Assessment criterion",
    "Evidence type",
    "Portfolio reference",
    "Date",
    "Status",
]
SIGNATURES = [
    "Learner name",
    "Learner signature",
    "Assessor signature",
    "Internal verifier signature (if sampled)",
]


def ref(code: str, unit: str = KEY) -> CriterionRef:
    return CriterionRef(unit, code)


def unit_of(key: str = KEY, title: str = "Running a Kitchen", label: str = "cups that leak") -> UnitOutline:
    def outcome(number: int, words: str, **labels: str) -> OutcomeOutline:
        criteria = tuple(
            CriterionOutline(ref(f"{number}.{code[1:]}", key), "Describe", text, OutcomeKind.KNOWLEDGE)
            for code, text in labels.items()
        )
        return OutcomeOutline(number, OutcomeKind.KNOWLEDGE, words, criteria)

    outcomes = (
        outcome(1, "keeping the kitchen going", c1="the water", c10=label),
        outcome(2, "what a kitchen needs", c1="what to buy"),
    )
    return UnitOutline(key, title, 2, 4, 15, outcomes, taught=False)


KITCHEN = unit_of()


def item(number: int, *codes: str, **changes: Any) -> EvidenceItem:
    stated = {
        "title": "Email to a customer",
        "type_code": "P",
        "reference": "A7",
        "kept_where": "Blue folder",
        "dated": date(2026, 11, 1),
        "note": "Only for me.",
        "refs": [ref(code) for code in codes],
    }
    return make_item(UUID(int=number), **{**stated, **changes})


CONFIRMED = Status(Standing.CONFIRMED, "Pat Lee", date(2026, 11, 2))
DRAFT = own_words_draft(UUID(int=9), ref("1.1"), "Describe the water", "We boil it.", date(2026, 11, 22))
FULL = Portfolio(
    {ref("1.1"): CONFIRMED, ref("2.1"): Status(Standing.READY)},
    (item(1, "1.1", "1.10"), DRAFT, item(2, "1.1", reference="", kept_where="", dated=None, type_code="O")),
)
FULL_ROWS = [
    (
        "1 Keeping the kitchen going",
        "1.1",
        "Describe the water (wording: see specification)",
        "P",
        "A7 · Email to a customer · Blue folder",
        "1 November 2026",
        "Confirmed by Pat Lee on 2 November 2026",
    ),
    (
        "1 Keeping the kitchen going",
        "1.1",
        "Describe the water (wording: see specification)",
        "RA",
        "In my own words: 1.1 Describe the water (draft) · In Headset, under Study",
        "22 November 2026",
        "Confirmed by Pat Lee on 2 November 2026",
    ),
    (
        "1 Keeping the kitchen going",
        "1.1",
        "Describe the water (wording: see specification)",
        "O",
        "Email to a customer",
        "",
        "Confirmed by Pat Lee on 2 November 2026",
    ),
    (
        "1 Keeping the kitchen going",
        "1.10",
        "Describe cups that leak (wording: see specification)",
        "P",
        "A7 · Email to a customer · Blue folder",
        "1 November 2026",
        "Gathering",
    ),
    (
        "2 What a kitchen needs",
        "2.1",
        "Describe what to buy (wording: see specification)",
        "",
        "",
        "",
        "Ready for the assessor",
    ),
]


def test_each_piece_has_a_line_and_a_criterion_without_any_has_one() -> None:
    assert portfolio_rows(KITCHEN, FULL) == FULL_ROWS


def test_an_empty_portfolio_gives_a_blank_line_for_each_criterion() -> None:
    assert portfolio_rows(KITCHEN, Portfolio()) == [
        (outcome, code, f"{words} (wording: see specification)", "", "", "", "")
        for outcome, code, words in (
            ("1 Keeping the kitchen going", "1.1", "Describe the water"),
            ("1 Keeping the kitchen going", "1.10", "Describe cups that leak"),
            ("2 What a kitchen needs", "2.1", "Describe what to buy"),
        )
    ]


def test_the_official_wording_takes_the_place_of_our_label_where_it_is_given() -> None:
    wording = {ref("1.1"): "Official words on water", ref("2.1", "L/601/7638"): "Of another unit"}
    assert [row[2] for row in portfolio_rows(KITCHEN, FULL, wording)] == [
        *["Official words on water"] * 3,
        "Describe cups that leak (wording: see specification)",
        "Describe what to buy (wording: see specification)",
    ]


def test_evidence_of_another_unit_with_the_same_codes_is_left_out() -> None:
    other = Portfolio({ref("1.1", "L/601/7638"): CONFIRMED}, (item(1, refs=[ref("1.1", "L/601/7638")]),))
    assert portfolio_rows(KITCHEN, other) == portfolio_rows(KITCHEN, Portfolio())


def read_csv(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline="")))


def test_the_csv_names_learner_and_unit_and_holds_every_line() -> None:
    cups = unit_of("H11S 04", "Cups")
    text = portfolio_csv([("2 Running a Kitchen", KITCHEN), ("Cups", cups)], FULL, "Sam")
    assert read_csv(text) == [
        ["Learner", "Sam"],
        [],
        ["Unit", *HEADINGS],
        *(["2 Running a Kitchen", *row] for row in FULL_ROWS),
        *(["Cups", *row] for row in portfolio_rows(cups, Portfolio())),
    ]


def test_the_csv_marks_its_encoding_once_and_ends_lines_as_spreadsheets_do() -> None:
    text = portfolio_csv([("2", KITCHEN)], FULL, "Sam")
    assert text.startswith("\ufeffLearner,Sam\r\n\r\nUnit,Learning outcome,Criterion,Assessment criterion,")
    assert text.count("\ufeff") == 1
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == 3 + len(FULL_ROWS)


@pytest.mark.parametrize(
    "start", ['=HYPERLINK("x")', "+44 tea", "-1", "@SUM(A1)"]
)  # fmt: skip
def test_no_text_of_the_csv_is_run_as_a_formula(start: str) -> None:
    unit = unit_of()
    portfolio = Portfolio(items=(item(1, "1.1", reference=start, title="x", kept_where="", type_code=start),))
    rows = read_csv(portfolio_csv([(start, unit)], portfolio, start, {ref("1.1"): start}))
    assert rows[0] == ["Learner", f"'{start}"]
    assert rows[3] == [
        f"'{start}",
        "1 Keeping the kitchen going",
        "1.1",
        f"'{start}",
        f"'{start}",
        f"'{start} · x",
        "1 November 2026",
        "Gathering",
    ]


def book_of(
    *names: str, portfolio: Portfolio = FULL, learner: str = "Sam", unit: UnitOutline = KITCHEN, **more: Any
) -> Workbook:
    return load_workbook(
        BytesIO(portfolio_xlsx([(name, unit) for name in names], portfolio, learner, **more))
    )


def values(sheet: Any, line: int) -> list[str]:
    return [cell.value or "" for cell in sheet[line]][: len(HEADINGS)]


def test_the_workbook_has_a_sheet_a_unit_in_their_order() -> None:
    cups = unit_of("H11S 04", "Cups")
    made = portfolio_xlsx([("2 Running a Kitchen", KITCHEN), ("1 Cups", cups)], FULL, "Sam")
    book = load_workbook(BytesIO(made))
    assert book.sheetnames == ["2 Running a Kitchen", "1 Cups"]
    assert [sheet["A2"].value for sheet in book] == [
        "Unit reference number T/503/0342. Learner: Sam",
        "Unit reference number H11S 04. Learner: Sam",
    ]


def test_a_sheet_holds_name_headings_and_every_line() -> None:
    sheet = book_of("2 Running a Kitchen").active
    assert (sheet["A1"].value, sheet["A1"].font.bold) == ("2 Running a Kitchen", True)
    assert values(sheet, 4) == HEADINGS
    assert all(cell.font.bold for cell in sheet[4])
    assert [tuple(values(sheet, line)) for line in range(5, 10)] == FULL_ROWS


def test_lines_to_sign_with_a_date_each_stand_below_the_criteria() -> None:
    sheet = book_of("2 Running a Kitchen").active
    below = [(sheet.cell(line, 1).value, sheet.cell(line, 5).value) for line in range(10, sheet.max_row + 1)]
    assert below == [(None, None), *((title, "Date") for title in SIGNATURES)]
    for line in range(11, 15):
        assert [sheet.cell(line, column).border.bottom.style for column in (2, 3, 6)] == ["thin"] * 3


def test_a_sheet_prints_across_on_a4_with_its_headings_on_each_page() -> None:
    sheet = book_of("2 Running a Kitchen").active
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert int(sheet.page_setup.fitToHeight) == 0
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "A5")


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "=1+1", "+44", "-1", "@SUM(A1)", "#N/A", "007", "TRUE"])
def test_every_cell_of_the_workbook_is_text_and_none_a_formula(text: str) -> None:
    portfolio = Portfolio(
        {ref("1.1"): Status(Standing.CONFIRMED, text, date(2026, 11, 2))},
        (item(1, "1.1", reference="", title=text, kept_where="", type_code=text),),
    )
    sheet = book_of(text, portfolio=portfolio, learner=text, wording={ref("1.1"): text}).active
    assert sheet["A1"].value == text
    assert sheet["A2"].value == f"Unit reference number T/503/0342. Learner: {text}"
    assert values(sheet, 5) == [
        "1 Keeping the kitchen going",
        "1.1",
        text,
        text,
        text,
        "1 November 2026",
        f"Confirmed by {text} on 2 November 2026",
    ]
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in filled} == {"s"}


def test_a_code_keeps_its_last_nought() -> None:
    sheet = book_of("2 Running a Kitchen").active
    assert [sheet.cell(line, 2).value for line in range(5, 10)] == ["1.1", "1.1", "1.1", "1.10", "2.1"]


LONG = "302 Handling Objections and Closing Sales in a Contact Centre"


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        ([LONG], ["302 Handling Objections and Clo"]),
        ([LONG, LONG], ["302 Handling Objections and Clo", "302 Handling Objections and 2"]),
        (
            ["Tea", "TEA", "tea"],
            ["Tea", "TEA 2", "tea 3"],
        ),
        (["L/601/7638 [Tea]: what? *now* a\\b"], ["L 601 7638 Tea what now a b"]),
        (["'Tea' "], ["Tea"]),
        (["Café – 你好"], ["Café – 你好"]),
    ],
)
def test_titles_of_sheets_are_short_legal_and_told_apart(names: list[str], titles: list[str]) -> None:
    book = book_of(*names)
    assert book.sheetnames == titles
    assert [sheet["A1"].value for sheet in book] == names


def test_every_unit_of_every_qualification_gets_a_sheet_that_a_spreadsheet_takes(shipped_pack: Pack) -> None:
    for key, qualification in shipped_pack.qualifications.items():
        units = [shipped_pack.outlines[entry.unit] for entry in qualification.units]
        named = [(f"Unit {shipped_pack.number(unit.key, key)}: {unit.title}", unit) for unit in units]
        bare = [(name, UnitOutline(u.key, u.title, None, None, None, (), taught=False)) for name, u in named]
        titles = load_workbook(BytesIO(portfolio_xlsx(bare, Portfolio(), "Sam")), read_only=True).sheetnames
        assert len({title.casefold() for title in titles}) == len(units)
        for title in titles:
            assert 1 <= len(title) <= 31
            assert re.search(r"[\[\]:*?/\\]", title) is None
            assert title == title.strip("' ")


BARE = UnitOutline("H11S 04", "Washing Up", None, None, None, (), taught=False)
WHOLE = ["", "whole unit", "Show what the unit asks for as a whole (wording: see specification)"]


def test_a_unit_without_criteria_has_one_line_for_the_whole_unit_and_lines_to_sign() -> None:
    assert portfolio_rows(BARE, Portfolio()) == [(*WHOLE, "", "", "", "")]
    sheet = book_of("Washing Up", unit=BARE).active
    assert values(sheet, 4) == HEADINGS
    assert values(sheet, 5) == [*WHOLE, "", "", "", ""]
    assert [sheet.cell(line, 1).value for line in range(6, sheet.max_row + 1)] == [None, *SIGNATURES]


def test_evidence_for_a_whole_unit_stands_in_its_line_on_every_sheet() -> None:
    whole = ref("0.0", "H11S 04")
    portfolio = Portfolio({whole: CONFIRMED}, (item(1, refs=[whole]),))
    line = [
        *WHOLE,
        "P",
        "A7 · Email to a customer · Blue folder",
        "1 November 2026",
        "Confirmed by Pat Lee on 2 November 2026",
    ]
    assert portfolio_rows(BARE, portfolio) == [tuple(line)]
    assert read_csv(portfolio_csv([("Cups", BARE)], portfolio, "Sam"))[3:] == [["Cups", *line]]
    cells = "".join(f"<td>{cell}</td>" for cell in line)
    assert f"</tr><tr>{cells}</tr></table>" in portfolio_sheet([("Cups", BARE)], portfolio, "Sam")


def test_the_page_to_print_is_a_whole_page_without_scripts_or_links() -> None:
    page = portfolio_sheet([("2 Running a Kitchen", KITCHEN)], FULL, "Sam")
    assert page.startswith(
        "<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>Portfolio</title>"
    )
    assert page.endswith("</section></body></html>")
    assert "<script" not in page
    assert "href" not in page


def test_each_unit_is_a_section_with_its_lines_and_room_to_sign() -> None:
    cups = UnitOutline("H11S 04", "Cups", None, None, None, KITCHEN.outcomes[1:], taught=False)
    page = portfolio_sheet([("2 Running a Kitchen", KITCHEN), ("Cups", cups)], FULL, "Sam")
    _, _, body = page.partition("<body>")
    head = "<tr>" + "".join(f"<th>{title}</th>" for title in HEADINGS) + "</tr>"
    sign = "".join(
        f"<p>{title}: ______________________________ Date: ______________</p>" for title in SIGNATURES
    )

    def lines(rows: list[tuple[str, ...]]) -> str:
        return "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)

    assert body == (
        "<section class='sheet'><h1>2 Running a Kitchen</h1><p class='small'>T/503/0342 · Learner: Sam</p>"
        f"<table>{head}{lines([*FULL_ROWS])}</table>{sign}</section>"
        "<section class='sheet'><h1>Cups</h1><p class='small'>H11S 04 · Learner: Sam</p>"
        f"<table>{head}{lines([FULL_ROWS[-1]])}</table>{sign}</section>"
        "</body></html>"
    )


def test_each_section_begins_on_a_page_of_its_own_but_the_first() -> None:
    page = portfolio_sheet([("2 Running a Kitchen", KITCHEN)], FULL, "Sam")
    assert ".sheet { break-before: page; } .sheet:first-of-type { break-before: auto; }" in page


def test_everything_on_the_page_to_print_is_escaped() -> None:
    portfolio = Portfolio(
        {ref("1.1"): Status(Standing.CONFIRMED, NASTY, date(2026, 11, 2))},
        (item(1, "1.1", "2.1", reference=NASTY, title=NASTY, kept_where=NASTY, type_code=NASTY),),
    )
    page = portfolio_sheet([(NASTY, unit_of(label=NASTY))], portfolio, NASTY, {ref("1.1"): NASTY})
    assert "<script" not in page
    assert '"tea"' not in page
    # name, learner, wording, label, status; type, reference, title and place for each of two criteria
    assert page.count(ESCAPED) == 5 + 4 * 2
