"""All answers of a machine as one file, and back: while Headset runs, whole or not at all.

A backup is a database of its own. What stands beside the database (the overlay of local corrections,
content of one's own) is not in it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.copies import (
    PARTIAL,
    connected,
    copy_of,
    damage_in,
    dated,
    faults_of,
    form_of,
    make_copy,
    refuse_without_room,
    sweep,
    tables_of,
)
from models.database import HEAD, WAIT, Database, known_forms, try_folder, upgrade
from models.errors import CopyRefused, DatabaseTooNew, DatabaseUnreadable, StorageError
from models.location import DATABASE_NAME
from models.tables import Base
from quiz.wording import cannot_read

_SIGNATURE = b"SQLite format 3\0"
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Contents:
    """How much a backup holds."""

    learners: int
    responses: int
    latest: datetime | None
    """When the last response in it was given."""


@dataclass(frozen=True)
class Restored:
    """What a restore has done."""

    contents: Contents
    """What the database holds now."""
    replaced: Path | None
    """Where the database of before is kept; None where there was none."""
    damaged: bool
    """Whether that one could not be read any more: it was moved aside as it was."""


def back_up(database: Database, path: Path, *, replace: bool = False) -> Contents:
    """Write everything that the database holds at this moment to one file, and return how much that is.

    Learners may go on meanwhile. The file gets its name only when it is whole, has passed SQLite's
    integrity check and lies on the disk.

    Raises:
        CopyRefused: there is a file of that name already and `replace` is false, or it cannot be written.
        DiskFull: there is no room for it.
        DatabaseUnreadable: the database is damaged.
        StorageError: the database cannot be read just now.
    """
    _refuse_own(path, database.path, "A backup cannot take its place; name another file.")
    if path.is_dir():
        raise CopyRefused(f"{path} is a folder. Name a file in it, such as {path / 'headset-backup.db'}.")
    if path.exists() and not replace:
        raise CopyRefused(f"There is a file {path} already. Name another, or replace it with --force.")
    make_copy(database.path, path)
    with _read_only(path) as connection:
        return _counted(connection)


def backup_bytes(database: Database) -> bytes:
    """Return what `back_up` would write; nothing is written to the disk.

    Raises:
        DatabaseUnreadable: the database is damaged.
        StorageError: the database cannot be read just now.
    """
    with (
        faults_of(database.path),
        closing(connected(database.path)) as source,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        source.backup(copy)
        copy.execute("VACUUM")  # a file that needs no log beside it, without what was deleted
        damage = damage_in(copy)
        if damage is None:
            return copy.serialize()
    raise DatabaseUnreadable(
        f"The database {database.path} is damaged ({damage}), so no copy of it was made. Keep the whole "
        "folder as it is, and restore a backup made before."
    )


def examine(path: Path) -> Contents:
    """Return how much a backup holds; the file is not changed.

    Raises:
        CopyRefused: it is no file, no database, no database of Headset, or it is damaged.
        DatabaseTooNew: a newer version of Headset wrote it.
    """
    with _read_only(path) as connection:
        return _examined(connection, path)


def restore(path: Path, folder: Path, *, now: datetime, wait: float = WAIT) -> Restored:
    """Put what a backup holds in place of the folder's database, and keep the one replaced beside it.

    Headset may run meanwhile: the change is one transaction, before which every answer goes into the copy
    of the database replaced, and after which everybody sees the database restored. A backup of an older
    version is brought to the newest form; the file itself is not changed. Who is signed in on which device
    stays as it is now: codes and devices of the backup do not come back. A damaged database is moved
    aside as it is; a Headset that has it open has to be started again.

    Raises:
        CopyRefused: the file is none that can be restored; nothing was changed.
        DatabaseTooNew: a newer version of Headset wrote it; nothing was changed.
        DataFolderUnusable: the folder cannot be made or written.
        DiskFull: there is no room; nothing was changed.
        StorageError: another program held the database for longer than `wait` seconds; nothing was changed.
    """
    live = folder / DATABASE_NAME
    _refuse_own(path, live, "Name a backup to restore.")
    contents = examine(path)
    try_folder(folder, live)
    sweep(folder, but=path)
    refuse_without_room(path, folder)
    with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=folder) as work:
        ready = Path(work) / DATABASE_NAME
        with _read_only(path) as source:
            copy_of(source, path, ready)
        ready.chmod(0o600)  # a backup may be kept write-protected
        _fit_pages(ready, live)
        upgrade(ready)
        _refuse_other_tables(ready, path)
        damaged = not _sound(live)
        replaced = dated(live, "damaged" if damaged else "replaced", now) if _exists(live) else None
        _keep_devices(ready, None if damaged else live)
        if damaged and replaced is not None:
            _move_aside(live, replaced)
            shutil.copymode(replaced, ready)
            ready.replace(live)
        else:
            _put(ready, live, replaced, wait)
    return Restored(contents, replaced, damaged)


def _put(ready: Path, live: Path, replaced: Path | None, wait: float) -> None:
    """Write `ready` into the live database in one transaction; nothing is written between it and the copy made."""
    until = time.monotonic() + wait
    kept = replaced is None

    def before_it_counts(status: int, _remaining: int, _total: int) -> None:
        nonlocal kept
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() > until:
                raise StorageError(
                    f"Another program holds the database {live}, so nothing was restored and nothing was "
                    "changed. Wait a moment, then do it again."
                )
        elif not kept:
            # The first page is written, so nobody else writes from here on; readers see it as it was.
            assert replaced is not None
            make_copy(live, replaced)
            kept = True

    with faults_of(live), closing(connected(ready)) as source, closing(connected(live, 0.2)) as target:
        # Page by page, since the last step is the one that counts: the copy has to be made before it.
        source.backup(target, pages=1, progress=before_it_counts, sleep=0.05)


def _examined(connection: sqlite3.Connection, path: Path) -> Contents:
    try:
        form = form_of(connection)
        if form is None or _made_to_act(connection):
            raise CopyRefused(f"{path} is a database, but not one of Headset. Choose a backup of Headset.")
        if form not in known_forms():
            raise DatabaseTooNew(
                f"{path} was written by a newer version of Headset (form {form}; this version knows up to "
                f"{HEAD}). Update Headset, then restore it. Nothing was changed."
            )
        damage = damage_in(connection)
        if damage is None:
            return _counted(connection)
    except sqlite3.DatabaseError as error:
        damage = str(error)
    raise CopyRefused(f"{path} is damaged ({damage}). Choose another backup. Nothing was changed.")


def _counted(connection: sqlite3.Connection) -> Contents:
    learners = connection.execute("SELECT count(*) FROM learner").fetchone()[0]
    responses, latest = connection.execute("SELECT count(*), max(given_at) FROM response").fetchone()
    return Contents(learners, responses, datetime.fromisoformat(latest) if latest else None)


def _made_to_act(connection: sqlite3.Connection) -> bool:
    """Return whether the database holds triggers or views; Headset makes none, so somebody else put them there."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
    return found is not None


def _refuse_other_tables(ready: Path, path: Path) -> None:
    stated = {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns}
    with closing(connected(ready)) as connection:
        found = {
            (table, column[1])
            for table in tables_of(connection) - {"alembic_version"}
            for column in connection.execute("SELECT * FROM pragma_table_info(?)", (table,))
        }
    if found != stated:
        table, column = min(found ^ stated)
        raise CopyRefused(
            f"{path} is not a whole database of Headset (table {table}, column {column}). Choose another "
            "backup. Nothing was changed."
        )


@contextmanager
def _read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a file that is somebody's backup: nothing is written to it or beside it."""
    if not path.exists():
        raise CopyRefused(f"There is no file {path}. Name a backup that was made with “backup”.")
    if path.is_dir():
        raise CopyRefused(f"{path} is a folder. Name the backup in it.")
    try:
        with path.open("rb") as file:
            begins = file.read(len(_SIGNATURE))
    except OSError as error:
        raise CopyRefused(cannot_read(path, error)) from error
    if begins != _SIGNATURE:
        raise CopyRefused(f"{path} is no database, so it is no backup of Headset. Choose another file.")
    log = path.with_name(path.name + "-wal")
    # A log beside it holds what was stored last, and SQLite reads it only where the file may change.
    quiet = not log.exists() or log.stat().st_size == 0
    address = path.resolve().as_uri() + ("?mode=ro&immutable=1" if quiet else "?mode=ro")
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        yield connection


def _refuse_own(path: Path, live: Path, what_to_do: str) -> None:
    own = {live.with_name(live.name + ending).resolve() for ending in _BESIDE}
    if path.resolve() in own:
        raise CopyRefused(f"{path} is the database that Headset uses. {what_to_do}")


def _exists(live: Path) -> bool:
    return live.exists() and live.stat().st_size > 0


def _sound(live: Path) -> bool:
    if not _exists(live):
        return True
    try:
        with closing(connected(live)) as connection:
            return damage_in(connection) is None
    except sqlite3.OperationalError as error:
        raise StorageError(
            f"The database {live} could not be used just now ({error}), so nothing was restored. Try again."
        ) from error
    except sqlite3.DatabaseError:
        return False


def _fit_pages(ready: Path, live: Path) -> None:
    """Give a database the page size of the live one, since SQLite writes none of another into it."""
    sizes = [_page_size(path) for path in (ready, live)]
    if sizes[0] != sizes[1]:
        with closing(connected(ready)) as connection:
            connection.execute(f"PRAGMA page_size = {sizes[1]}")
            connection.execute("VACUUM")


def _page_size(path: Path) -> int:
    """Return the page size of a database; SQLite's own where there is none or it cannot be read."""
    with suppress(sqlite3.DatabaseError):
        if _exists(path):
            with closing(connected(path)) as connection:
                return int(connection.execute("PRAGMA page_size").fetchone()[0])
    return 4096


def _move_aside(live: Path, aside: Path) -> None:
    try:
        for ending in _BESIDE:
            part = live.with_name(live.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise CopyRefused(
            f"The damaged database {live} could not be moved aside ({error.strerror or error}). Stop Headset, "
            "then restore again."
        ) from error


def _keep_devices(ready: Path, live: Path | None) -> None:
    """Give the database to be restored the devices and codes of now, as far as their learners are in it."""
    devices, codes = _signed_in(live)
    with closing(connected(ready)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        learners = {row[0] for row in connection.execute("SELECT id FROM learner")}
        before = {row[0] for row in connection.execute("SELECT id FROM device")}
        kept = [row for row in devices if row[2] in learners or row[3]]
        gone = before - {row[0] for row in kept}
        connection.executemany("DELETE FROM device WHERE id = ?", [(row,) for row in gone])
        connection.executemany(
            "INSERT INTO device (id, token_hash, learner_id, tutor, made_at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, "
            "learner_id = excluded.learner_id, tutor = excluded.tutor",
            [(row[0], row[1], row[2] if row[2] in learners else None, *row[3:]) for row in kept],
        )
        connection.execute("DELETE FROM return_code")
        connection.executemany(
            "INSERT INTO return_code (code, learner_id, until) VALUES (?, ?, ?)",
            [row for row in codes if row[1] in learners],
        )
        connection.execute("COMMIT")


def _signed_in(live: Path | None) -> tuple[list[Any], list[Any]]:
    if live is None or not _exists(live):
        return [], []
    with closing(connected(live)) as connection:
        if form_of(connection) != HEAD:
            return [], []
        devices = connection.execute("SELECT id, token_hash, learner_id, tutor, made_at FROM device")
        codes = connection.execute("SELECT code, learner_id, until FROM return_code")
        return devices.fetchall(), codes.fetchall()
