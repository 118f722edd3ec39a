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


def everything_json(
    database: Database, pack: Pack, learner: UUID, now: datetime, *, finished_only: bool = False
) -> str:
    """Return the learner's JSON summary with, under `here`, what an import does not take; `docs/summary-json.md`.

    Tests whose time ran out unseen are finished first. Another machine can import the file. Sittings and
    lessons that are not finished go along with their keys, unless `finished_only`.

    Raises:
        RecordMissing: they are not in the database.
        StorageError: it cannot be read or written.
    """
    with database.write() as session:
        settle_tests(session, learner, now)
    with database.read() as session:
        summary = gather(session, pack, learner, now, readiness_today)
        log = export_log(session, learner, finished_only=finished_only)
        return summary_json(summary, log, export_held(session, learner, finished_only=finished_only))
