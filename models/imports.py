"""Taking in a file that another Headset exported."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from models.errors import ImportRefused
from models.transfer import ImportResult, merge_log
from models.transfer_log import Log, documents, read_log
from quiz.wording import count


def import_file(*, session: Session, data: bytes, now: datetime) -> list[ImportResult]:
    """Merge every learner of an exported JSON file into the database and return what was new of each.

    Raises:
        ImportRefused: the file cannot be taken; nothing is written if the transaction is given up.
    """
    return import_logs(session=session, logs=read_file(data), now=now)


def read_file(data: bytes) -> list[Log]:
    """Return the log of every learner of an exported JSON file, each whole; no database is needed.

    Raises:
        ImportRefused: the file cannot be taken.
    """
    try:
        read = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(
            "The file is not JSON, so it is no summary that Headset exported. Nothing was imported."
        ) from error
    return [read_log(document) for document in documents(read)]


def import_logs(*, session: Session, logs: Iterable[Log], now: datetime) -> list[ImportResult]:
    """Merge the learners of a file that was read into the database and return what was new of each.

    Raises:
        ImportRefused: a log does not fit the rows here; nothing is written if the transaction is given up.
    """
    return [merge_log(session, log, now) for log in logs]


def import_words(result: ImportResult) -> str:
    """Return in a sentence what an import brought for a learner."""
    made = " (new on this computer)" if result.created else ""
    return (
        f"{result.learner.name}{made}: {count(result.new_attempts, 'new session')}, "
        f"{count(result.new_responses, 'new answer')}, {count(result.new_entries, 'new entry', 'new entries')} of "
        f"plan and portfolio, {result.changed} brought up to date; "
        f"{count(result.already_there, 'answer')} already here."
    )
