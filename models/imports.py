"""Taking in a file that another Headset exported."""

from __future__ import annotations

import json
from datetime import datetime

from sqlmodel import Session

from models.errors import ImportRefused
from models.transfer import ImportResult, import_log
from models.transfer_log import documents
from quiz.wording import count


def import_file(*, session: Session, data: bytes, now: datetime) -> list[ImportResult]:
    """Merge every learner of an exported JSON file into the database and return what was new of each.

    Raises:
        ImportRefused: the file cannot be taken; nothing is written if the transaction is given up.
    """
    try:
        read = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(
            "The file is not JSON, so it is no summary that Headset exported. Nothing was imported."
        ) from error
    return [import_log(session, document, now) for document in documents(read)]


def import_words(result: ImportResult) -> str:
    """Return in a sentence what an import brought for a learner."""
    made = " (new on this machine)" if result.created else ""
    return (
        f"{result.learner.name}{made}: {count(result.new_attempts, 'new session')}, "
        f"{count(result.new_responses, 'new answer')}, {count(result.new_entries, 'new entry', 'new entries')} of "
        f"plan and portfolio, {result.changed} brought up to date; "
        f"{count(result.already_there, 'answer')} already here."
    )
