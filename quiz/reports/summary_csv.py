"""A summary as CSV: what was practised, then four tables: criteria, readiness by outcome, tests, answers.

A CSV file has one sheet, so the tables stand under one another. The answers come last and run to the
end of the file: whoever opens it sees the figures first, and can filter or sort the one long table
from its head line down. They are in this file too, and not in a second one, because one format is one
download; and they are the same lines as on the sheet “Answers” of the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from quiz.progress import OutcomeReadiness
from quiz.reports.cells import csv_text
from quiz.reports.summary import (
    AnswerSummary,
    CriterionSummary,
    OutcomeSummary,
    SessionSummary,
    Summary,
    UnitSummary,
)
from quiz.wording import LONDON, count, day, day_and_time, sentence

COLUMNS: Final = (
    "Unit reference",
    "Unit",
    "Outcome",
    "Criterion",
    "Verb",
    "Our label",
    "Answers",
    "State",
    "Estimate %",
    "From %",
    "To %",
    "Last practised",
    "Answers in other units",
    "Portfolio",
    "Pieces of evidence",
)
READINESS_COLUMNS: Final = (
    "Unit reference",
    "Unit",
    "Readiness for",
    "Outcome",
    "Answers",
    "Chance of passing %",
    "From %",
    "To %",
    "Criteria",
    "Criteria needed",
    "Criteria likely shown",
    "Shown from",
    "Shown to",
    "Questions",
    "Pass mark",
)
"""The line “all” of a unit is of its paper; the lines below it are of one outcome each."""
TEST_COLUMNS: Final = (
    "Finished",
    "Unit reference",
    "Unit",
    "Test",
    "Result",
    "Right answers",
    "Questions",
    "Pass mark",
)
"""A column for each outcome follows."""
ANSWER_COLUMNS: Final = (
    "Answered",
    "Unit reference",
    "Criterion",
    "Kind",
    "Question",
    "Given",
    "Verdict",
    "Share of the mark %",
    "Counts",
    "Try",
    "Seconds",
    "How sure",
    "Question id",
    "Family",
    "Session",
    "Response id",
)
"""“Counts” says whether an answer is one of those that the figures above count."""
LEARNER_COLUMNS: Final = ("Learner", "Qualification", "Made on", "Period", "Practised", "Version")
CONTENTS: Final = "criteria, then readiness by outcome, then finished tests, then every answer."
NO_CRITERIA: Final = "no criteria are listed"
NO_UNITS: Final = "no units are chosen or practised"


def summary_csv(summary: Summary) -> str:
    """Return head lines with the disclaimer and the totals, then the tables, answers last.

    A blank line stands before each table, and a line with its name before all but the first; a
    table without lines has its columns only. Estimates, chances and shares of the mark are
    whole percentages; estimates and chances stay empty while there are not enough answers, and a share
    while an answer is not marked. A unit whose criteria no document lists has one line with its title.
    Answers are the oldest first, every response ever given among them; their moments are London wall
    time in the form 2026-11-22 14:05:00, which a spreadsheet reads as a date and sorts.
    """
    rows: list[Sequence[object]] = [
        [summary.disclaimer],
        ["Learner", summary.name],
        ["Qualification", summary.plan.title if summary.plan else "none chosen"],
        ["Made on", day_and_time(summary.made_at)],
        ["Period", period_words(summary)],
        ["Practised", practised_words(summary)],
        ["Version", version_words(summary)],
        ["Contents", CONTENTS],
        [],
        COLUMNS,
        *criteria_rows(summary),
        *_further([summary], many=False),
    ]
    return csv_text(rows)


def summaries_csv(summaries: Sequence[Summary]) -> str:
    """Return several learners: a table with a line for each, then those of `summary_csv` over all of them.

    Every table has the learner in its first column. A learner without any unit has one line among the
    criteria that says so.
    """
    rows: list[Sequence[object]] = []
    if summaries:
        rows += [[summaries[0].disclaimer], ["Learners", len(summaries)], ["Contents", CONTENTS], []]
    rows.append(LEARNER_COLUMNS)
    rows += [
        (
            summary.name, summary.plan.title if summary.plan else "none chosen", day_and_time(summary.made_at),
            period_words(summary), practised_words(summary), version_words(summary),
        )
        for summary in summaries
    ]  # fmt: skip
    rows += [[], ["Criteria"], ["Learner", *COLUMNS]]
    nothing = ("",) * 7 + (NO_UNITS,) + ("",) * 7
    rows += [[summary.name, *row] for summary in summaries for row in criteria_rows(summary) or [nothing]]
    rows += _further(summaries, many=True)
    return csv_text(rows)


def _further(summaries: Sequence[Summary], many: bool) -> list[Sequence[object]]:
    """Return the tables of readiness, tests and answers, each after a blank line and its name."""
    numbers = sorted({o.number for s in summaries for t in s.tests if t.report for o in t.report.outcomes})
    first = ["Learner"] if many else []
    rows: list[Sequence[object]] = [[], ["Readiness by outcome"], [*first, *READINESS_COLUMNS]]
    for summary in summaries:
        name = [summary.name] if many else []
        rows += [[*name, *row] for unit in summary.units for row in _readiness_rows(unit)]
    outcomes = [f"Outcome {number}" for number in numbers]
    rows += [[], ["Tests"], [*first, *TEST_COLUMNS, *outcomes]]
    for summary in summaries:
        name = [summary.name] if many else []
        rows += [[*name, *_test_row(test, numbers)] for test in summary.tests]
    rows += [[], ["Answers"], [*first, *ANSWER_COLUMNS]]
    for summary in summaries:
        name = [summary.name] if many else []
        rows += [[*name, *_answer_row(entry)] for entry in summary.answers]
    return rows


def outcomes_shown(test: SessionSummary) -> dict[int, str]:
    """Return for each outcome of a finished test what was shown, as in “7 of 10 (needs 7)”."""
    outcomes = test.report.outcomes if test.report is not None else ()
    return {o.number: f"{o.shown} of {len(o.criteria)} (needs {o.needed})" for o in outcomes}


def unit_words(test: SessionSummary) -> str:
    """Return number and title of a test's unit; the title only where it has no number."""
    return test.unit_title if test.unit_number == test.unit else f"{test.unit_number} {test.unit_title}"


def _readiness_rows(unit: UnitSummary) -> list[tuple[object, ...]]:
    ready = unit.readiness
    if ready is None:
        return []
    named = (unit.key, unit.name, unit.paper)
    chances = (_percent(ready.chance), _percent(ready.low), _percent(ready.high))
    paper = (_known(unit.paper_questions), _known(unit.pass_mark))
    return [
        (*named, "all", unit.answers, *chances, len(unit.criteria), "", "", "", "", *paper),
        *((*named, *_readiness_row(outcome), "", "") for outcome in ready.outcomes),
    ]


def _readiness_row(outcome: OutcomeReadiness) -> tuple[object, ...]:
    shown = (_known(outcome.likely), _known(outcome.low), _known(outcome.high))
    counts = (outcome.criteria, outcome.needed)
    return (outcome.number, outcome.answers, _percent(outcome.chance), "", "", *counts, *shown)


def _test_row(test: SessionSummary, numbers: Sequence[int]) -> tuple[object, ...]:
    report = test.report
    assert report is not None  # of `Summary.tests`, which are those with a report
    shown = outcomes_shown(test)
    return (
        day_and_time(test.finished_at or test.last_at),
        test.unit,
        unit_words(test),
        test.title,
        test.result,
        report.right,
        report.total,
        report.pass_mark,
        *(shown.get(number, "") for number in numbers),
    )


def _answer_row(entry: AnswerSummary) -> tuple[object, ...]:
    head = entry.question.head
    return (
        _sortable(entry.at),
        head.unit,
        head.criterion,
        entry.kind.value,
        entry.stem,
        entry.given,
        entry.verdict_words,
        _percent(entry.fraction),
        "yes" if entry.counts else "no",
        entry.try_number,
        "" if entry.seconds is None else round(entry.seconds, 1),
        entry.sure.value if entry.sure else "",
        head.id,
        head.family,
        str(entry.attempt),
        str(entry.id),
    )


def _sortable(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M:%S}"


def _percent(share: float | None) -> object:
    return "" if share is None else round(share * 100)


def _known(value: int | None) -> object:
    return "" if value is None else value


def criteria_rows(summary: Summary) -> list[tuple[object, ...]]:
    """Return the lines of the table, in the order of the columns."""
    rows: list[tuple[object, ...]] = []
    for unit in summary.units:
        rows += [_row(unit, outcome, entry) for outcome in unit.outcomes for entry in outcome.criteria]
        if not unit.criteria:
            rows.append((unit.key, unit.name, *[""] * 5, NO_CRITERIA, *[""] * 7))
    return rows


def period_words(summary: Summary) -> str:
    """Return from when to when was practised, as in “1 November 2026 to 22 November 2026”."""
    if summary.period is None:
        return "nothing has been answered yet"
    first, last = (day(moment) for moment in summary.period)
    return first if first == last else f"{first} to {last}"


def practised_words(summary: Summary) -> str:
    """Return how much was practised in one line; minutes only where time was measured."""
    much = summary.practised
    words = (
        f"{count(much.answers, 'answer')} in {count(much.sessions, 'session')} on {count(much.days, 'day')}"
    )
    if much.minutes is None:
        return words
    return f"{words}; {count(round(much.minutes), 'minute')} on {count(much.timed, 'question')} with a measured time"


def version_words(summary: Summary) -> str:
    """Return which version of the app and of the content the figures were made with."""
    return f"Headset {summary.app_version}, content {summary.content_version}"


def _row(unit: UnitSummary, outcome: OutcomeSummary, entry: CriterionSummary) -> tuple[object, ...]:
    mastery = entry.mastery
    figures: list[object] = ["", "", ""]
    if mastery is not None and entry.known:
        figures = [round(share * 100) for share in (mastery.mean, mastery.low, mastery.high)]
    return (
        unit.key,
        unit.name,
        outcome.number,
        entry.ref.code,
        entry.verb,
        entry.label,
        mastery.answers if mastery else "",
        sentence(entry.state_words),
        *figures,
        day_and_time(mastery.last) if mastery and mastery.last else "",
        entry.linked_answers if entry.linked_from else "",
        sentence(entry.portfolio.status.words),
        entry.portfolio.pieces,
    )
