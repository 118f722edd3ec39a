"""The statistics of questions from the shell, those that look wrong first.

python -m models statistics [--unit 203] [--json] [--data FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from models.door_parts import DoorRefused, opened
from models.errors import StorageError
from models.location import data_folder
from models.reports import QuestionReport, select_reports
from models.statistics import select_asked, select_marked_answers
from quiz.errors import PackError, QuizError
from quiz.sessions import Kind
from quiz.statistics import (
    PaperStatistics,
    QuestionStatistics,
    RankedQuestion,
    listed_paper,
    listed_question,
    paper_statistics,
    question_statistics,
    ranked,
)
from quiz.syllabus import CONTENT_DIR, load_packs
from quiz.wording import count

_HEADING = f"{'question':32}{'answers':>8}  {'facility %':16}{'discrimination':18}{'seconds':>7}"


def add_command(commands: Any) -> None:
    """Add the command `statistics` to the subparsers of a door."""
    parser = commands.add_parser(
        "statistics", help="print the statistics of questions, those that look wrong first"
    )
    parser.add_argument("--unit", help="a number of the certificate, or a reference; without it, all units")
    parser.add_argument("--json", action="store_true", help="print everything as one JSON object")
    parser.add_argument(
        "--data", type=_folder, default=data_folder(os.environ), help="the folder of headset.db"
    )


def run(options: argparse.Namespace) -> int:
    """Print the statistics; 0 on success, 1 with a message when it cannot be done."""
    try:
        print(_statistics(options.data, options.unit, options.json))
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    except (DoorRefused, StorageError, QuizError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _statistics(folder: Path, unit: str | None, as_json: bool) -> str:
    content = Path(os.environ.get("HEADSET_CONTENT") or CONTENT_DIR)
    key = None if unit is None else load_packs(content, folder / "compiled").select_unit(unit).key
    with closing(opened(folder)) as database, database.read() as session:
        answers = select_marked_answers(session, key)
        asked = select_asked(session, key)
        reports = select_reports(session=session, unit=key)
    questions = ranked(question_statistics(answers))
    papers = paper_statistics((answer for answer in answers if answer.kind is Kind.TEST), asked)
    if as_json:
        return json.dumps(_listed(questions, papers, reports), ensure_ascii=False, indent=2)
    return "\n".join(_lines(questions, papers, reports))


def _listed(
    questions: Sequence[RankedQuestion], papers: Sequence[PaperStatistics], reports: Sequence[QuestionReport]
) -> dict[str, Any]:
    return {
        "questions": [listed_question(question) for question in questions],
        "papers": [listed_paper(paper) for paper in papers],
        "reports": [
            {
                "id": str(report.id),
                "family": report.family,
                "question": report.question.head.id,
                "stem": report.question.stem,
                "reason": report.reason,
                "text": report.text,
                "reported_at": report.reported_at.isoformat(),
            }
            for report in reports
        ],
    }


def _lines(
    questions: Sequence[RankedQuestion], papers: Sequence[PaperStatistics], reports: Sequence[QuestionReport]
) -> list[str]:
    if not questions:
        return ["No question has been answered yet.", *_reported(reports)]
    reported = Counter(report.family for report in reports)
    lines = [_HEADING]
    for question in questions:
        lines.extend(_question(question, reported))
    lines.extend(_paper(paper) for paper in papers)
    return [*lines, *_reported(reports)]


def _question(question: RankedQuestion, reported: Mapping[str, int]) -> list[str]:
    stats = question.statistics
    seconds = "-" if stats.seconds is None else str(round(stats.seconds.median))
    figures = f"{stats.family:32}{stats.answers:>8}  {_facility(stats):16}{_index(stats):18}{seconds:>7}"
    said = [reason.text for reason in question.reasons] or [question.standing + "."]
    if reported[stats.family]:
        said.append(f"{count(reported[stats.family], 'open report')} by learners.")
    return [figures, *(f"    {line[:1].upper()}{line[1:]}" for line in said)]


def _facility(stats: QuestionStatistics) -> str:
    return _figure(stats.facility, stats.facility_interval)


def _index(stats: QuestionStatistics) -> str:
    return _figure(stats.discrimination, stats.discrimination_interval)


def _figure(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None:
        return "-"
    return f"{round(value)}" + (f" ({round(interval[0])} to {round(interval[1])})" if interval else "")


def _paper(paper: PaperStatistics) -> str:
    name = "KR-20" if paper.kr20 is not None else "internal consistency"
    chance = "-" if paper.error_ratio is None else f"{round(paper.error_ratio)}%"
    return (
        f"Paper of {count(len(paper.families), 'question')}, {count(paper.learners, 'learner')}: "
        f"mean {round(paper.mean)}%, {name} {_figure(paper.consistency, paper.consistency_interval)}%, "
        f"error ratio {chance}"
    )


def _reported(reports: Sequence[QuestionReport]) -> list[str]:
    return [
        f"Reported: {report.family}, {report.reason}" + (f": {report.text}" if report.text else "")
        for report in reports
    ]


def _folder(text: str) -> Path:
    return Path(text).expanduser()
