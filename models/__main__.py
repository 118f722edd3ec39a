"""Learners' answers from the shell: progress summaries out, exported answers in, backups, deletion.

python -m models learners [--data FOLDER]
python -m models summary --learner NAME --format pdf|xlsx|csv|json|xapi --out FILE [--data FOLDER]
python -m models summary --all --format xlsx --out FILE
python -m models import FILE [--data FOLDER]
python -m models export --learner NAME --out FILE [--data FOLDER]
python -m models delete --learner NAME [--yes] [--data FOLDER]
python -m models backup FILE [--force] [--data FOLDER]
python -m models restore FILE [--data FOLDER]
python -m models rebuild [--check] [--data FOLDER]
python -m models statistics [--unit 203] [--json] [--data FOLDER]
python -m models demo --learners 30 --weeks 6 --seed 1 --until 2026-11-20 [--data FOLDER]
python -m models demo --remove [--data FOLDER]

Without --data the answers are those of this user, or of the folder that HEADSET_DATA names. A learner
is named by name or by id; several --learner, or --all, make one file with all of them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from models import demo_door, keeping_door, statistics_door, sums_door
from models.database import Database, open_database
from models.door_parts import DoorRefused, chosen_learners, folder_named, opened, pack_beside, write_out
from models.errors import RecordMissing, StorageError
from models.imports import import_logs, import_words, read_file
from models.learners import Learner, select_learners
from models.location import data_folder
from models.summaries import gather, settle_tests
from models.transfer import export_log
from quiz.door import quietly
from quiz.errors import PackError, QuizError
from quiz.progress.readiness import readiness_today
from quiz.reports.summary import Summary
from quiz.reports.summary_csv import summaries_csv, summary_csv
from quiz.reports.summary_json import summaries_json, summary_json
from quiz.reports.summary_xlsx import summaries_xlsx, summary_xlsx
from quiz.reports.xapi import summaries_xapi, summary_xapi
from quiz.syllabus import Pack
from quiz.wording import cannot_read

_Logged = tuple[Summary, dict[str, Any]]
_DOORS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "rebuild": sums_door.run,
    "statistics": statistics_door.run,
    "demo": demo_door.run,
    **dict.fromkeys(keeping_door.COMMANDS, keeping_door.run),
}
"""Commands that have a module of their own."""


def main(arguments: list[str]) -> int:
    """Run the command; 0 on success, 1 with a message when it cannot be done."""
    options = _parser().parse_args(arguments)
    if options.command in _DOORS:
        return _DOORS[options.command](options)
    commands: dict[str, Callable[[argparse.Namespace], None]] = {
        "learners": _learners,
        "summary": _summary,
        "import": _import,
    }
    try:
        commands[options.command](options)
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    except (DoorRefused, StorageError, QuizError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _learners(options: argparse.Namespace) -> None:
    with closing(opened(options.data)) as database, database.read() as session:
        for learner in select_learners(session=session):
            print(f"{learner.id}  {learner.label}")


def _summary(options: argparse.Namespace) -> None:
    if options.format not in _FORMATS:
        raise DoorRefused(f"There is no format “{options.format}”. Formats: {', '.join(_FORMATS)}.")
    with closing(opened(options.data)) as database:
        with database.read() as session:
            chosen = _chosen(select_learners(session=session), options)
        pack = pack_beside(options.data)
        logged = _gathered(database, pack, chosen, datetime.now(UTC))
    write_out(options.out, _FORMATS[options.format](logged, options.all or len(logged) > 1))


def _gathered(database: Database, pack: Pack, learners: Sequence[Learner], now: datetime) -> list[_Logged]:
    with database.write() as session:
        for learner in learners:
            settle_tests(session, learner.id, now)
    with database.read() as session:
        return [
            (gather(session, pack, learner.id, now, readiness_today), export_log(session, learner.id))
            for learner in learners
        ]


def _import(options: argparse.Namespace) -> None:
    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise DoorRefused(cannot_read(options.file, error)) from error
    logs = read_file(data)  # before the database, which is made where there is none
    with closing(open_database(options.data)) as database, database.write() as session:
        results = import_logs(session=session, logs=logs, now=datetime.now(UTC))
    for result in results:
        print(import_words(result))


def _chosen(learners: Sequence[Learner], options: argparse.Namespace) -> list[Learner]:
    if options.all:
        if not learners:
            raise RecordMissing("There is no learner on this computer yet.")
        return sorted(learners, key=lambda learner: learner.name.casefold())
    found = [chosen_learners(learners, name)[0] for name in options.learner]
    return list({learner.id: learner for learner in found}.values())


def _pdf(logged: Sequence[_Logged], many: bool) -> bytes:
    from quiz.reports.summary_pdf import summaries_pdf, summary_pdf  # slow to import

    summaries = [summary for summary, _ in logged]
    return summaries_pdf(summaries) if many else summary_pdf(summaries[0])


def _xlsx(logged: Sequence[_Logged], many: bool) -> bytes:
    summaries = [summary for summary, _ in logged]
    return summaries_xlsx(summaries) if many else summary_xlsx(summaries[0])


def _csv(logged: Sequence[_Logged], many: bool) -> bytes:
    summaries = [summary for summary, _ in logged]
    return (summaries_csv(summaries) if many else summary_csv(summaries[0])).encode()


def _json(logged: Sequence[_Logged], many: bool) -> bytes:
    return (summaries_json(logged) if many else summary_json(*logged[0])).encode()


def _xapi(logged: Sequence[_Logged], many: bool) -> bytes:
    summaries = [summary for summary, _ in logged]
    return (summaries_xapi(summaries) if many else summary_xapi(summaries[0])).encode()


_FORMATS: Final[dict[str, Callable[[Sequence[_Logged], bool], bytes]]] = {
    "pdf": _pdf,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
    "xapi": _xapi,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("learners", help="list the learners on this computer, id and name")
    summary = commands.add_parser("summary", help="write a progress summary to a file")
    taking = commands.add_parser("import", help="take in a JSON summary of another computer")
    statistics_door.add_command(commands)
    demo_door.add_command(commands)
    keeping_door.add_commands(commands)
    sums_door.add_command(commands)
    who = summary.add_mutually_exclusive_group(required=True)
    who.add_argument("--learner", action="append", help="a name or an id; may be given several times")
    who.add_argument("--all", action="store_true", help="every learner on this computer")
    summary.add_argument("--format", required=True, help=" | ".join(_FORMATS))
    summary.add_argument("--out", required=True, type=Path, help="the file to write")
    taking.add_argument("file", type=Path, help="a file written with --format json")
    for command in (listing, summary, taking):
        command.add_argument(
            "--data", type=folder_named, default=data_folder(os.environ), help="the folder of headset.db"
        )
    return parser


if __name__ == "__main__":
    sys.exit(quietly(lambda: main(sys.argv[1:])))
