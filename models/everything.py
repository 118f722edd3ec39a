"""Everything that a machine holds about one learner, as one file that is theirs to have."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.database import Database
from models.held import export_held
from models.summaries import gather, settle_tests
from models.transfer import export_log
from quiz.progress.readiness import readiness_today
from quiz.reports.summary_json import summary_json
from quiz.syllabus import Pack


def everything_json(database: Database, pack: Pack, learner: UUID, now: datetime) -> str:
    """Return the learner's JSON summary with, under `here`, what an import does not take; `docs/summary-json.md`.

    Tests whose time ran out unseen are finished first. Another machine can import the file.

    Raises:
        RecordMissing: they are not in the database.
        StorageError: it cannot be read or written.
    """
    with database.write() as session:
        settle_tests(session, learner, now)
    with database.read() as session:
        summary = gather(session, pack, learner, now, readiness_today)
        return summary_json(summary, export_log(session, learner), export_held(session, learner))
