"""Copies of a database file: of one moment, checked, and under their name only once they are whole."""

from __future__ import annotations

import math
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from models.errors import CopyRefused, DatabaseUnreadable, DiskFull, storage_fault

PARTIAL: Final = "headset-partial-"
"""What the name of every unfinished file begins with; `sweep` removes those that a cut of power has left."""


def make_copy(database: Path, target: Path, *, form: str | None = None) -> bool:
    """Write the database as it is at this moment to `target`, in place of any file there, and return True.

    Other programs may read and write the database meanwhile. The copy is one file, with the rights of the
    database's own, has passed SQLite's integrity check and lies on the disk for good. Where a form is
    named and the database is of another, nothing is written and False is returned.

    Raises:
        DiskFull: there is no room; `target` is as it was.
        CopyRefused: `target` cannot be written.
        DatabaseUnreadable: the database is damaged; `target` is as it was.
        StorageError: the database cannot be read just now; `target` is as it was.
    """
    with closing(connected(database)) as source:
        return _written(source, database, target, form)


def copy_of(source: sqlite3.Connection, path: Path, target: Path) -> None:
    """Do what `make_copy` does for the open database `source`, whose file is `path`."""
    _written(source, path, target, None)


def connected(path: Path, wait: float = 15.0) -> sqlite3.Connection:
    """Return a plain connection to the database at `path`, which is made where it is missing.

    It begins no transaction by itself, keeps to foreign keys, and overwrites what it deletes.
    """
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def form_of(connection: sqlite3.Connection) -> str | None:
    """Return the form (the newest migration) of a database, or None where it is not Headset's."""
    if {"alembic_version", "learner"} - tables_of(connection):
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def tables_of(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the tables of a database."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(str(row[0]) for row in rows)


def damage_in(connection: sqlite3.Connection) -> str | None:
    """Return the first fault that SQLite finds in the file or in what its rows refer to, or None."""
    found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found != "ok":
        return found.splitlines()[-1]
    loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    return None if loose is None else f"a row of {loose[0]} refers to one of {loose[2]} that is missing"


def dated(database: Path, what: str, now: datetime) -> Path:
    """Return a free name beside the database that says what a copy is and when it was made (UTC)."""
    moment = now.astimezone(UTC).strftime("%Y-%m-%d-%H%M%S")
    path = database.with_name(f"{database.stem}-{what}-{moment}{database.suffix}")
    number = 1
    while path.exists():
        number += 1
        path = database.with_name(f"{database.stem}-{what}-{moment}-{number}{database.suffix}")
    return path


def copies_beside(database: Path) -> list[Path]:
    """Return the copies that Headset itself has put beside a database, by name."""
    kinds = ("before", "replaced", "damaged")
    found = [database.parent.glob(f"{database.stem}-{kind}-*") for kind in kinds]
    return sorted(path for paths in found for path in paths if path.is_file())


def refuse_without_room(database: Path, folder: Path, times: int = 1) -> None:
    """Refuse where the folder's disk has less room than so many times the database takes.

    Raises:
        DiskFull: it has; nothing was changed.
    """
    log = database.with_name(database.name + "-wal")
    needed = times * sum(path.stat().st_size for path in (database, log) if path.exists())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskFull(
            f"There is no room in {folder} for a copy of {database}: it takes {_megabytes(needed)}, and "
            f"{_megabytes(free)} are free. Nothing was changed. Make room, then do the last step again."
        )


def sweep(folder: Path, but: Path | None = None) -> None:
    """Remove the unfinished files in a folder, except one in use; one that cannot be removed stays."""
    for path in folder.glob(f"{PARTIAL}*"):
        if but is not None and path.resolve() in (but.resolve(), *but.resolve().parents):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn the driver's faults with the database at `path` into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise storage_fault(path, error) from error


def _written(source: sqlite3.Connection, database: Path, target: Path, form: str | None) -> bool:
    partial: Path | None = None
    try:
        refuse_without_room(database, target.parent)
        handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=target.parent)
        os.close(handle)
        partial = Path(name)
        shutil.copymode(database, partial)
        with faults_of(database):
            source.execute("VACUUM INTO ?", (str(partial),))
        with faults_of(partial), closing(sqlite3.connect(partial)) as copy:
            if form is not None and form_of(copy) != form:
                return False
            damage = damage_in(copy)
        if damage is not None:
            raise DatabaseUnreadable(
                f"The database {database} is damaged ({damage}), so no copy of it was written. Keep the whole "
                "folder as it is, and restore a backup made before."
            )
        _sync(partial)  # SQLite leaves this to us after VACUUM INTO
        partial.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise CopyRefused(
            f"{target} cannot be written ({error.strerror or error}). Name another file."
        ) from error
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)
    return True


def _sync(path: Path) -> None:
    """Wait until a file, or a folder's names where the system can do that, lie on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _megabytes(size: int) -> str:
    return f"{math.ceil(size / 1_000_000):,} MB"
