"""A demo class from the shell, made or removed.

python -m models demo --learners 30 --weeks 6 --seed 1 --until 2026-11-20 [--data FOLDER]
python -m models demo --remove [--data FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from models.database import open_database
from models.door_parts import DoorRefused, opened
from models.errors import StorageError
from models.location import data_folder
from quiz.errors import PackError, QuizError
from quiz.sessions import QuestionBank
from quiz.syllabus import CONTENT_DIR, load_packs
from quiz.wording import LONDON, count, day


def add_command(commands: Any) -> None:
    """Add the command `demo` to the subparsers of a door."""
    parser = commands.add_parser(
        "demo",
        help="make a demo class in place of the one before, or remove it",
        description="Make a class that is made up from end to end. The same content, seed, size and day "
        "give the same class. Nothing real is touched.",
    )
    parser.add_argument("--learners", type=int, default=30, help="how many learners (30)")
    parser.add_argument("--weeks", type=int, default=6, help="how many weeks they have practised (6)")
    parser.add_argument("--seed", type=int, default=1, help="of every chance (1)")
    parser.add_argument(
        "--until", type=_day, default=None, help="the day after their last, as 2026-11-20; today without it"
    )
    parser.add_argument("--remove", action="store_true", help="remove the demo class")
    parser.add_argument(
        "--data", type=_folder, default=data_folder(os.environ), help="the folder of headset.db"
    )


def run(options: argparse.Namespace) -> int:
    """Make or remove the class; 0 on success, 1 with a message when it cannot be done."""
    try:
        print(_removed(options.data) if options.remove else _made(options))
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    except (DoorRefused, StorageError, QuizError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _made(options: argparse.Namespace) -> str:
    from models.demo import make_demo  # slow to import

    content = Path(os.environ.get("HEADSET_CONTENT") or CONTENT_DIR)
    bank = QuestionBank(load_packs(content, options.data / "compiled"))
    until = options.until or datetime.now(UTC).astimezone(LONDON).date()
    with closing(open_database(options.data)) as database:
        made = make_demo(
            database, bank, learners=options.learners, weeks=options.weeks, seed=options.seed, until=until
        )
        path = database.path
    return (
        f"Made a demo class in {path}: {count(len(made.learners), 'learner')}, {len(made.at_risk)} of them at "
        f"risk, {count(made.sessions, 'session')} ({count(made.tests, 'test')}) and "
        f"{count(made.answers, 'answer')} in {count(options.weeks, 'week')} up to {day(until)}. "
        "Every name carries “demo”. To remove it: python -m models demo --remove"
    )


def _removed(folder: Path) -> str:
    from models.demo import remove_demo  # slow to import

    with closing(opened(folder)) as database, database.write() as session:
        removed = remove_demo(session)
    if not removed:
        return "There was no demo class."
    return f"Removed the demo class of {count(removed, 'learner')}; everything else is as it was."


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it as 2026-11-20.") from error


def _folder(text: str) -> Path:
    return Path(text).expanduser()
