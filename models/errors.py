"""The faults of the database, each with a message that can be shown to a learner.

StorageError
├── DataFolderUnusable   the folder cannot be made or written: choose another
├── DatabaseUnreadable   the file is not a database, or is damaged: restore a copy
├── DatabaseTooNew       a newer version of Headset wrote it: update Headset
├── DiskFull             nothing could be written: make room, try again
├── RecordMissing        what was asked for is not there (any more)
├── CopyRefused          a backup cannot be written or taken in: name another file; nothing was changed
└── ImportRefused        a file cannot be taken in: choose or make another; nothing was stored
"""

from __future__ import annotations

import sqlite3
from pathlib import Path


class StorageError(Exception):
    """Root of all faults of the database; its text says what, where and what to do."""


class DataFolderUnusable(StorageError):
    """The data folder cannot be made or written."""


class DatabaseUnreadable(StorageError):
    """The database file cannot be read as one."""


class DatabaseTooNew(StorageError):
    """The database was written by a newer version."""


class DiskFull(StorageError):
    """There is no room to write; what was stored before is safe."""


class RecordMissing(StorageError):
    """A learner or an attempt that was asked for is not in the database."""


class CopyRefused(StorageError):
    """A backup cannot be written to a file, or a file is no backup that can be taken in."""


class ImportRefused(StorageError):
    """A file is no log of ours, is newer than this version, or does not hold together."""


def is_read_only(error: BaseException) -> bool:
    """Return whether a fault of the driver says that its connection may only read."""
    return "readonly" in str(error)


def storage_fault(path: Path, error: sqlite3.Error) -> StorageError:
    """Return what to say of a fault of the driver at the database `path`."""
    if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
        return DiskFull(
            f"There is no room left on the disk that holds {path}, so this was not stored. "
            "Everything before it is safe. Make room, then do the last step again."
        )
    if isinstance(error, sqlite3.OperationalError) and is_read_only(error):
        return DataFolderUnusable(
            f"Headset may not write to {path} ({error}), so this was not stored. Everything before it is safe. "
            "Give this user the right to write to it and to its folder, then do the last step again."
        )
    if isinstance(error, sqlite3.OperationalError):
        return StorageError(
            f"The database {path} could not be used just now ({error}). What was stored before is "
            "safe. Try again; if it goes on, restart Headset."
        )
    return DatabaseUnreadable(
        f"The file {path} cannot be read as Headset's database ({error}). "
        "Move it away and restore a copy; Headset does not change it."
    )
