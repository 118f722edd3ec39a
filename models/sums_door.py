"""Running sums from the shell: made anew from the log, or held against it.

python -m models rebuild [--check] [--data FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from typing import Any

from models.door_parts import DoorRefused, folder_named, opened
from models.errors import StorageError
from models.location import data_folder
from models.sums import differences, rebuild_all
from quiz.wording import count


def add_command(commands: Any) -> None:
    """Add the command of this door to the subparsers of a door."""
    making = commands.add_parser("rebuild", help="make the running sums of every learner anew from the log")
    making.add_argument(
        "--check", action="store_true", help="change nothing; say what is not as the log has it"
    )
    making.add_argument(
        "--data", type=folder_named, default=data_folder(os.environ), help="the folder of headset.db"
    )


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; 0 on success, 1 with a message when it cannot be done or a check finds anything."""
    try:
        with closing(opened(options.data)) as database:
            if not options.check:
                number = rebuild_all(database.write)
                print(f"Made the running sums of {count(number, 'learner')} with answers anew from the log.")
                return 0
            with database.read() as session:
                found = list(differences(session))
    except (DoorRefused, StorageError) as error:
        print(error, file=sys.stderr)
        return 1
    if found:
        print("\n".join(found), file=sys.stderr)
        print("Run python -m models rebuild to make them anew. No answer is lost.", file=sys.stderr)
        return 1
    print("The running sums are as the log has them.")
    return 0
