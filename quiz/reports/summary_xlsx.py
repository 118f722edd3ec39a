"""A summary as a workbook: one table a sheet, with real dates and numbers, and a sheet that explains them.

Text is always written as text: what begins with = + - @ or a tab runs in no spreadsheet, now or when
the cell is edited. Moments are London wall time, since a date in Excel has no zone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from quiz.progress import ENOUGH_ANSWERS, INTERVAL, State
from quiz.reports.cells import DISCLAIMER
from quiz.reports.summary import AnswerSummary, SessionSummary, Summary, UnitSummary
from quiz.reports.summary_csv import NO_CRITERIA, outcomes_shown, unit_words, version_words
from quiz.wording import FORMULA_STARTS, LONDON, sentence

SHEETS: Final = ("Summary", "Units", "Criteria", "Tests", "Answers", "About")
_MOMENT, _DAY, _PERCENT, _NUMBER = "dd/mm/yyyy hh:mm", "dd/mm/yyyy", "0%", "0.0"
_HEAD_FILL = PatternFill("solid", fgColor="DDE3E7")
_BOLD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class _Column:
    """A column: its heading, its width in characters, and the form of its numbers if it has one."""

    title: str
    width: int
    form: str | None = None


_LEARNER = _Column("Learner", 22)
_STATES = tuple(_Column(sentence(state), 13) for state in State)
_TOTALS = (
    _Column("Qualification", 40),
    _Column("Units planned", 10),
    _Column("Credits planned", 10),
    _Column("From", 17, _MOMENT),
    _Column("To", 17, _MOMENT),
    _Column("Answers", 10),
    _Column("Sessions", 10),
    _Column("Days practised", 10),
    _Column("Minutes (where timed)", 12, _NUMBER),
    _Column("Questions timed", 11),
    *_STATES,
    _Column("Tests finished", 10),
    _Column("Tests passed", 10),
    _Column("Criteria confirmed by an assessor", 14),
    _Column("Made on", 17, _MOMENT),
    _Column("Made by", 34),
    _Column("Learner id", 38),
)
_UNITS = (
    _Column("Unit reference", 14),
    _Column("Unit", 46),
    _Column("Planned", 9),
    _Column("Level", 7),
    _Column("Credits", 8),
    _Column("Criteria", 9),
    _Column("Answers", 9),
    *_STATES,
    _Column("Readiness for", 14),
    _Column("Chance of passing today", 12, _PERCENT),
    _Column("From", 8, _PERCENT),
    _Column("To", 8, _PERCENT),
    _Column("Readiness by outcome", 60),
    _Column("Paper's questions", 10),
    _Column("Paper's pass mark", 10),
    _Column("Evidence pieces linked", 11),
    _Column("Criteria confirmed by an assessor", 14),
)
_CRITERIA = (
    _Column("Unit reference", 14),
    _Column("Unit", 34),
    _Column("Outcome", 9),
    _Column("Criterion", 9),
    _Column("Verb", 12),
    _Column("Our label", 46),
    _Column("Answers", 9),
    _Column("State", 22),
    _Column("Estimate", 10, _PERCENT),
    _Column("From", 8, _PERCENT),
    _Column("To", 8, _PERCENT),
    _Column("Last practised", 17, _MOMENT),
    _Column("Answers in other units", 11),
    _Column("Portfolio", 36),
    _Column("Pieces of evidence", 10),
    _Column("Confirmed on", 12, _DAY),
)
_TESTS = (
    _Column("Finished", 17, _MOMENT),
    _Column("Unit reference", 14),
    _Column("Unit", 34),
    _Column("Result", 11),
    _Column("Right answers", 9),
    _Column("Questions", 10),
    _Column("Pass mark", 9),
)
_ANSWERS = (
    _Column("Answered", 17, _MOMENT),
    _Column("Unit", 14),
    _Column("Criterion", 9),
    _Column("Kind", 10),
    _Column("Question", 60),
    _Column("Given", 46),
    _Column("Verdict", 12),
    _Column("Share of the mark", 10, _PERCENT),
    _Column("Counts", 8),
    _Column("Try", 6),
    _Column("Seconds", 9, _NUMBER),
    _Column("How sure", 10),
    _Column("Question id", 30),
    _Column("Family", 30),
    _Column("Session", 38),
    _Column("Response id", 38),
)


def summary_xlsx(summary: Summary) -> bytes:
    """Return one learner's summary as a workbook of the sheets in `SHEETS`."""
    book = Workbook()
    _front(book.active, summary)
    _tables(book, [summary], many=False)
    return _saved(book)


def summaries_xlsx(summaries: Sequence[Summary]) -> bytes:
    """Return several learners in one workbook: a line each on the first sheet, a column on the others."""
    book = Workbook()
    columns = (_LEARNER, *_TOTALS)
    _table(book.active, SHEETS[0], columns, [(summary.name, *_totals(summary)) for summary in summaries])
    _tables(book, summaries, many=True)
    return _saved(book)


def _front(sheet: Worksheet, summary: Summary) -> None:
    """Fill the first sheet of one learner: a line a fact, under a head that stays, the disclaimer below."""
    sheet.title = SHEETS[0]
    _write(sheet, 1, 1, "What", head=True)
    _write(sheet, 1, 2, "Value", head=True)
    facts = zip((_LEARNER, *_TOTALS), (summary.name, *_totals(summary)), strict=True)
    for line, (column, value) in enumerate(facts, 2):
        _write(sheet, line, 1, column.title)
        _write(sheet, line, 2, value, column.form)
        sheet.cell(line, 2).alignment = Alignment(horizontal="left", wrap_text=True, vertical="top")
    last = len(_TOTALS) + 2
    sheet.auto_filter.ref = f"A1:B{last}"
    _write(sheet, last + 2, 1, summary.disclaimer)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 36, 60
    _laid_out(sheet)


def _tables(book: Workbook, summaries: Sequence[Summary], many: bool) -> None:
    most = max((len(test.report.outcomes) for s in summaries for test in s.tests if test.report), default=0)
    tests = (*_TESTS, *(_Column(f"Outcome {number}", 18) for number in range(1, most + 1)))
    made: list[tuple[str, tuple[_Column, ...], Callable[[Summary], Iterable[Sequence[object]]]]] = [
        (SHEETS[1], _UNITS, lambda summary: map(_unit_row, summary.units)),
        (SHEETS[2], _CRITERIA, _criteria_rows),
        (SHEETS[3], tests, lambda summary: (_test_row(test, most) for test in summary.tests)),
        (SHEETS[4], _ANSWERS, lambda summary: map(_answer_row, summary.answers)),
    ]
    for title, columns, rows_of in made:
        rows = [(s.name, *row) if many else tuple(row) for s in summaries for row in rows_of(s)]
        _table(book.create_sheet(), title, (_LEARNER, *columns) if many else columns, rows)
    _about(book.create_sheet(SHEETS[5]), summaries)


def _totals(summary: Summary) -> tuple[object, ...]:
    much, plan = summary.practised, summary.plan
    first, last = summary.period or (None, None)
    return (
        plan.title if plan else "none chosen",
        len(plan.units) if plan and plan.check else None,
        plan.check.credits if plan and plan.check else None,
        first,
        last,
        much.answers,
        much.sessions,
        much.days,
        much.minutes,
        much.timed,
        *(summary.count(state) for state in State),
        len(summary.tests),
        sum(test.report is not None and test.report.passed for test in summary.tests),
        sum(_confirmed(unit) for unit in summary.units),
        summary.made_at,
        version_words(summary),
        str(summary.learner),
    )


def _unit_row(unit: UnitSummary) -> tuple[object, ...]:
    ready = unit.readiness
    return (
        unit.key,
        unit.name,
        _yes(unit.planned),
        unit.level,
        unit.credit,
        len(unit.criteria),
        unit.answers if unit.taught else None,
        *(unit.count(state) if unit.taught else None for state in State),
        unit.paper if ready else None,
        ready.chance if ready else None,
        ready.low if ready else None,
        ready.high if ready else None,
        "; ".join(f"Outcome {o.number}: {o.words}, {o.needed} needed" for o in ready.outcomes)
        if ready
        else "",
        unit.paper_questions if ready else None,
        unit.pass_mark if ready else None,
        sum(entry.portfolio.pieces for entry in unit.criteria),
        _confirmed(unit),
    )


def _criteria_rows(summary: Summary) -> Iterable[tuple[object, ...]]:
    for unit in summary.units:
        if not unit.criteria:
            yield (unit.key, unit.name, *[None] * 5, NO_CRITERIA, *[None] * 8)
        for outcome in unit.outcomes:
            for entry in outcome.criteria:
                mastery = entry.mastery if entry.known else None
                yield (
                    unit.key,
                    unit.name,
                    outcome.number,
                    entry.ref.code,
                    entry.verb,
                    entry.label,
                    entry.mastery.answers if entry.mastery else None,
                    sentence(entry.state_words),
                    mastery.mean if mastery else None,
                    mastery.low if mastery else None,
                    mastery.high if mastery else None,
                    entry.mastery.last if entry.mastery else None,
                    entry.linked_answers if entry.linked_from else None,
                    sentence(entry.portfolio.status.words),
                    entry.portfolio.pieces,
                    entry.portfolio.status.confirmed_on,
                )


def _test_row(test: SessionSummary, outcomes: int) -> tuple[object, ...]:
    report = test.report
    assert report is not None
    shown = outcomes_shown(test)
    return (
        test.finished_at,
        test.unit,
        unit_words(test),
        test.result,
        report.right,
        report.total,
        report.pass_mark,
        *(shown.get(number, "") for number in range(1, outcomes + 1)),
    )


def _answer_row(answer: AnswerSummary) -> tuple[object, ...]:
    head = answer.question.head
    return (
        answer.at,
        head.unit,
        head.criterion,
        answer.kind.value,
        answer.stem,
        answer.given,
        answer.verdict_words,
        answer.fraction,
        _yes(answer.counts),
        answer.try_number,
        answer.seconds,
        answer.sure.value if answer.sure else "",
        head.id,
        head.family,
        str(answer.attempt),
        str(answer.id),
    )


def _confirmed(unit: UnitSummary) -> int:
    return sum(entry.portfolio.status.confirmed_on is not None for entry in unit.criteria)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


_EXPLAINED: Final = (
    ("What this is", DISCLAIMER),
    (
        "Dates and times",
        "London wall time (GMT or British Summer Time). A date in a spreadsheet carries no time zone.",
    ),
    (
        "Answers",
        "Answers that count: the first try at a question in practice, and the answer that stands at the end of "
        "a test. The sheet “Answers” lists every one ever given; “Counts” says which count. A criterion counts "
        "the same question once a day, so its answers can be fewer.",
    ),
    (
        "Estimate",
        "The chance of a right answer at the first try. A beta-binomial estimate: it starts from how hard the "
        "criterion is for everybody, shifted by the learner's own level, with the weight of 4 answers; each "
        "answer then counts in full and makes those before it weigh 0.85 as much. Estimate = right / weight.",
    ),
    (
        "From, To (estimate)",
        f"The range in which the chance lies {INTERVAL:.0%} of the time under that estimate. With few answers it is wide.",
    ),
    (
        "Share of the mark",
        "0% is wrong, 100% is right; a question with several parts can be partly right. A test is marked only when it is finished.",
    ),
    ("Not started", "No answer that counts yet."),
    (
        "Not enough answers yet",
        f"Fewer than {ENOUGH_ANSWERS} answers: no estimate is shown, and its cells stay empty.",
    ),
    ("Learning", f"{ENOUGH_ANSWERS} answers or more, and not likely secure."),
    (
        "Likely secure",
        "Eight answers or more on two days or more, and a chance of at least 80% that the learner answers at least 70% rightly.",
    ),
    ("Slipping", "Was likely secure at the end of some day, and is not any more."),
    (
        "Answers in other units",
        "For a criterion that Headset teaches through criteria of other units: how many answers those have.",
    ),
    (
        "Chance of passing today",
        "The chance of passing the practice test of the unit on a fresh paper, with its range; empty while an outcome has too few answers. "
        "A unit that is assessed by portfolio has no test: “Readiness for” then says practice paper. A pass needs every outcome and "
        "the paper's pass mark in right answers. "
        "The practice test's figures are ours, not the awarding body's.",
    ),
    (
        "Tests",
        "Each outcome says how many of its criteria were shown, and how many a pass needs. A test is passed "
        "when every outcome is and the right answers reach the pass mark.",
    ),
    (
        "Portfolio",
        "What the learner entered about evidence, beside practice and never mixed with it. Only an assessor confirms a criterion.",
    ),
    (
        "Minutes",
        "On questions where the time was measured: the longest time measured for each. Other questions add nothing.",
    ),
)


def _about(sheet: Worksheet, summaries: Sequence[Summary]) -> None:
    rows = list(_EXPLAINED)
    rows += [("Made by", words) for words in dict.fromkeys(version_words(summary) for summary in summaries)]
    for column, (title, width) in enumerate((("Heading or word", 28), ("What it means", 110)), 1):
        _write(sheet, 1, column, title, head=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for line, (title, words) in enumerate(rows, 2):
        _write(sheet, line, 1, title)
        _write(sheet, line, 2, words)
        sheet.cell(line, 1).alignment = sheet.cell(line, 2).alignment = _WRAP
    _laid_out(sheet)


def _table(
    sheet: Worksheet, title: str, columns: Sequence[_Column], rows: Iterable[Sequence[object]]
) -> None:
    sheet.title = title
    for number, column in enumerate(columns, 1):
        _write(sheet, 1, number, column.title, head=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for line, row in enumerate(rows, 2):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            _write(sheet, line, number, value, column.form)
    sheet.auto_filter.ref = sheet.dimensions
    _laid_out(sheet)


def _laid_out(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "Page &P of &N"


def _write(
    sheet: Worksheet, line: int, column: int, value: object, form: str | None = None, head: bool = False
) -> None:
    if value is None or value == "":
        return
    cell: Any = sheet.cell(line, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    elif isinstance(value, datetime):
        cell.value = value.astimezone(LONDON).replace(tzinfo=None, microsecond=0)
        cell.number_format = _MOMENT
    else:
        cell.value = value
        cell.number_format = form or (_DAY if isinstance(value, date) else "General")
    if head:
        cell.font, cell.fill, cell.alignment = _BOLD, _HEAD_FILL, _WRAP


def _saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()
