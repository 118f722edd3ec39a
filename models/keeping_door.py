"""Keeping answers from the shell: a backup and back, everything about one learner out, and gone for good.

python -m models backup FILE [--force] [--data FOLDER]
python -m models restore FILE [--data FOLDER]
python -m models export --learner NAME --out FILE [--data FOLDER]
python -m models delete --learner NAME [--yes] [--data FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from models.database import Database
from models.door_parts import DoorRefused, chosen_learners, folder_named, opened, pack_beside, write_out
from models.errors import StorageError
from models.learners import Learner, select_learners
from models.location import data_folder
from quiz.errors import PackError, QuizError
from quiz.wording import NOT_THE_NAME, count, day_and_time

COMMANDS: Final = ("backup", "restore", "export", "delete")


def add_commands(commands: Any) -> None:
    """Add the commands of this door to the subparsers of a door."""
    saving = commands.add_parser("backup", help="write all answers of this computer to one file")
    saving.add_argument("file", type=folder_named, help="the file to write")
    saving.add_argument("--force", action="store_true", help="replace a file that is there already")
    bringing = commands.add_parser(
        "restore", help="put a backup in place of the answers here, which are kept"
    )
    bringing.add_argument("file", type=folder_named, help="a file written with backup")
    whole = commands.add_parser("export", help="write everything about one learner to a JSON file")
    whole.add_argument("--out", required=True, type=folder_named, help="the file to write")
    gone = commands.add_parser("delete", help="delete everything about one learner for good")
    gone.add_argument("--yes", action="store_true", help="do not ask")
    for command in (whole, gone):
        command.add_argument("--learner", required=True, help="a name or an id")
    for command in (saving, bringing, whole, gone):
        command.add_argument(
            "--data", type=folder_named, default=data_folder(os.environ), help="the folder of headset.db"
        )


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; 0 on success, 1 with a message when it cannot be done."""
    commands = {"backup": _backup, "restore": _restore, "export": _export, "delete": _delete}
    try:
        print(commands[options.command](options))
    except PackError as error:
        print("\n".join(map(str, error.findings)), file=sys.stderr)
        return 1
    except (DoorRefused, StorageError, QuizError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _backup(options: argparse.Namespace) -> str:
    from models.backup import back_up  # beside its use: no other command needs it

    with closing(opened(options.data)) as database:
        contents = back_up(database, options.file, replace=options.force)
    return (
        f"Wrote {options.file}: {count(contents.learners, 'learner')} and "
        f"{count(contents.responses, 'answer')}. Local corrections (overlay.yaml) are not in it."
    )


def _restore(options: argparse.Namespace) -> str:
    from models.backup import restore

    done = restore(options.file, options.data, now=datetime.now(UTC))
    latest = f", the last of {day_and_time(done.contents.latest)}" if done.contents.latest else ""
    told = (
        f"Restored {options.file}: {count(done.contents.learners, 'learner')} and "
        f"{count(done.contents.responses, 'answer')}{latest}."
    )
    if done.damaged:
        return (
            f"{told} The damaged database is kept as {done.replaced}. If Headset is running, start it again."
        )
    return f"{told} What was here before is kept as {done.replaced}." if done.replaced else told


def _export(options: argparse.Namespace) -> str:
    from models.everything import everything_json

    with closing(opened(options.data)) as database:
        learner = _one(database, options.learner)
        written = everything_json(database, pack_beside(options.data), learner.id, datetime.now(UTC))
    write_out(options.out, written.encode())
    return f"Wrote everything about {learner.label} to {options.out}."


def _delete(options: argparse.Namespace) -> str:
    from models.deletion import delete_learner, select_held

    with closing(opened(options.data)) as database:
        learner = _one(database, options.learner)
        with database.read() as session:
            held = select_held(session=session, learner=learner.id)
        if not options.yes:
            _ask(learner, held.words, database.path)
        gone = delete_learner(database, learner.id)
    told = [f"Deleted everything about {gone.name} from {database.path}: {held.words}."]
    told += [f"Also deleted from the copy {path}." for path in gone.copies]
    if not gone.clean:
        told.append(
            "Other programs were using the file, or the disk is full, so traces may still be in it. "
            "Headset overwrites them when it next starts."
        )
    told.append("Backups and exports kept elsewhere are not touched.")
    return "\n".join(told)


def _ask(learner: Learner, words: str, path: Path) -> None:
    """Ask for the name before a deletion; anything else ends it."""
    print(
        f"This deletes everything about {learner.label} from {path} for good: {words}.\n"
        f"To keep it for them first: python -m models export --learner {learner.id} --out FILE\n"
        f"Type {learner.name} to delete it: ",
        end="",
        flush=True,
    )
    typed = sys.stdin.readline()
    if " ".join(typed.split()) != learner.name:
        raise DoorRefused(NOT_THE_NAME)


def _one(database: Database, name: str) -> Learner:
    with database.read() as session:
        found = chosen_learners(select_learners(session=session), name)
    if len(found) > 1:
        told = ", ".join(f"{entry.id} ({entry.label})" for entry in found)
        raise DoorRefused(f"Several learners are called “{found[0].name}”. Name one by id: {told}.")
    return found[0]
