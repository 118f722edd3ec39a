"""The faults of the database, each with a message that can be shown to a learner.

StorageError
├── DataFolderUnusable   the folder cannot be made or written: choose another
├── DatabaseUnreadable   the file is not a database, or is damaged: restore a copy
├── DatabaseTooNew       a newer version of Headset wrote it: update Headset
├── DiskFull             nothing could be written: make room, try again
├── RecordMissing        what was asked for is not there (any more)
└── ImportRefused        a file cannot be taken in: choose or make another; nothing was stored
"""


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


class ImportRefused(StorageError):
    """A file is no log of ours, is newer than this version, or does not hold together."""
