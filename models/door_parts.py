"""What the doors to learners' answers share."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.database import Database, open_database
from models.errors import RecordMissing
from models.learners import Learner
from models.location import DATABASE_NAME
from quiz.syllabus import CONTENT_DIR, Pack, load_packs

CONTENT_VARIABLE: Final = "HEADSET_CONTENT"


class DoorRefused(Exception):
    """What was asked for at the door cannot be done; the text says why and what to do."""


def opened(folder: Path) -> Database:
    """Return the database in a folder.

    Raises:
        DoorRefused: there is none, and none is made.
        StorageError: it cannot be opened.
    """
    if not (folder / DATABASE_NAME).exists():
        raise DoorRefused(
            f"There are no answers in {folder}. Name the folder that holds {DATABASE_NAME} with --data."
        )
    return open_database(folder)


def chosen_learners(learners: Sequence[Learner], name: str) -> list[Learner]:
    """Return those whom a name (in any case) or an id means, in the order given; at least one.

    Raises:
        RecordMissing: it means nobody; the text lists who is there.
    """
    wanted = " ".join(name.split()).casefold()
    found = [entry for entry in learners if wanted in (entry.name.casefold(), str(entry.id))]
    if not found:
        names = ", ".join(entry.name for entry in learners) or "none"
        raise RecordMissing(f"There is no learner “{name}” on this computer. Learners: {names}.")
    return found


def pack_beside(folder: Path) -> Pack:
    """Return the content in force, with its compiled copy in the data folder.

    Raises:
        PackError: it has faults.
    """
    content = Path(os.environ.get(CONTENT_VARIABLE) or CONTENT_DIR)
    return load_packs(content, folder / "compiled")


def write_out(path: Path, data: bytes) -> None:
    """Write a file named with --out.

    Raises:
        DoorRefused: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DoorRefused(
            f"{path} cannot be written ({error.strerror or error}). Name another file with --out."
        ) from error


def folder_named(text: str) -> Path:
    """Return the folder that --data names; “~” is this user's."""
    return Path(text).expanduser()
