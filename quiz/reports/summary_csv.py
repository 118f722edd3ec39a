"""A summary as CSV: the criteria in one table, with what was practised in the lines above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quiz.reports.cells import csv_text
from quiz.reports.summary import CriterionSummary, OutcomeSummary, Summary, UnitSummary
from quiz.wording import count, day, day_and_time, sentence

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
NO_CRITERIA: Final = "no criteria are listed"


def summary_csv(summary: Summary) -> str:
    """Return a line for each criterion, with the disclaimer and the totals in the first lines.

    Estimates are whole percentages; they stay empty while there are not enough answers. A unit whose
    criteria no document lists has one line with its title.
    """
    rows: list[Sequence[object]] = [
        [summary.disclaimer],
        ["Learner", summary.name],
        ["Qualification", summary.plan.title if summary.plan else "none chosen"],
        ["Made on", day_and_time(summary.made_at)],
        ["Period", period_words(summary)],
        ["Practised", practised_words(summary)],
        ["Version", version_words(summary)],
        [],
        COLUMNS,
        *criteria_rows(summary),
    ]
    return csv_text(rows)


def summaries_csv(summaries: Sequence[Summary]) -> str:
    """Return the criteria of several learners in one table, the learner in its first column."""
    rows: list[Sequence[object]] = []
    if summaries:
        rows += [[summaries[0].disclaimer], ["Learners", len(summaries)], []]
    rows.append(["Learner", *COLUMNS])
    rows += [[summary.name, *row] for summary in summaries for row in criteria_rows(summary)]
    return csv_text(rows)


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
