"""A learner's progress as CSV, readable in any spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from quiz.progress import State, UnitProgress
from quiz.reports.cells import DISCLAIMER, csv_text
from quiz.sessions.score import ScoreReport
from quiz.syllabus import Unit
from quiz.wording import day_and_time


def progress_csv(unit: Unit, number: str, progress: UnitProgress, learner: str, now: datetime) -> str:
    """Return the mastery of each criterion of a unit, with the disclaimer in its first lines.

    Estimates are percentages; they stay empty while there are not enough answers.
    """
    rows: list[list[object]] = [
        [DISCLAIMER],
        ["Learner", learner],
        ["Unit", f"{number} {unit.title} ({unit.key})"],
        ["Made on", day_and_time(now)],
        [],
        [
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
        ],
    ]
    for mastery in progress.criteria:
        criterion = unit.by_code[mastery.ref.code]
        known = mastery.state not in {State.NOT_STARTED, State.NOT_ENOUGH}
        figures = [_percent(v) if known else "" for v in (mastery.mean, mastery.low, mastery.high)]
        last = day_and_time(mastery.last) if mastery.last else ""
        rows.append(
            [
                mastery.ref.outcome,
                mastery.ref.code,
                criterion.entry.verb,
                criterion.entry.label,
                mastery.answers,
                mastery.state,
                *figures,
                last,
            ]
        )
    return csv_text(rows)


def tests_csv(
    unit: Unit, number: str, results: Iterable[tuple[datetime, ScoreReport]], learner: str, now: datetime
) -> str:
    """Return one line a test with the time it was finished, and the criteria shown in each outcome."""
    outcomes = [f"Outcome {outcome.number}" for outcome in unit.outcomes]
    rows: list[list[object]] = [
        [DISCLAIMER],
        ["Learner", learner],
        ["Unit", f"{number} {unit.title} ({unit.key})"],
        ["Made on", day_and_time(now)],
        [],
        ["Finished", "Result", "Right answers", "Questions", "Pass mark", *outcomes],
    ]
    for finished_at, report in results:
        by_number = {o.number: f"{o.shown} of {len(o.criteria)} (needs {o.needed})" for o in report.outcomes}
        rows.append(
            [
                day_and_time(finished_at),
                "passed" if report.passed else "not passed",
                report.right,
                report.total,
                report.pass_mark,
                *(by_number.get(outcome.number, "") for outcome in unit.outcomes),
            ]
        )
    return csv_text(rows)


def _percent(share: float) -> int:
    return round(share * 100)
