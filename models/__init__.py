"""What is remembered: tables, the engine, migrations and queries."""

from models.attempts import (
    AttemptSummary,
    append_item,
    create_attempt,
    save_event,
    save_finish,
    save_response,
    select_attempts,
    select_open_tests,
    settle_attempt,
)
from models.database import Database, open_database
from models.errors import (
    DatabaseTooNew,
    DatabaseUnreadable,
    DataFolderUnusable,
    DiskFull,
    RecordMissing,
    StorageError,
)
from models.evidence import select_evidence, select_facility
from models.learners import (
    Learner,
    create_learner,
    note_use,
    save_settings,
    select_learners,
    select_optional_learner,
)
from models.location import data_folder
from models.own_words import OwnWords, save_own_words, select_optional_own_words
from models.plans import save_plan, select_optional_plan
from models.portfolios import (
    delete_item,
    save_count,
    save_evidence_types,
    save_item,
    save_status,
    select_evidence_types,
    select_portfolio,
)
from models.replay import StoredAttempt, select_attempt, select_optional_attempt
from models.seen import (
    select_met_in_test,
    select_optional_latest_unit,
    select_papers_sat,
    select_seen_families,
)

__all__ = [
    "AttemptSummary",
    "DataFolderUnusable",
    "Database",
    "DatabaseTooNew",
    "DatabaseUnreadable",
    "DiskFull",
    "Learner",
    "OwnWords",
    "RecordMissing",
    "StorageError",
    "StoredAttempt",
    "append_item",
    "create_attempt",
    "create_learner",
    "data_folder",
    "delete_item",
    "note_use",
    "open_database",
    "save_count",
    "save_event",
    "save_evidence_types",
    "save_finish",
    "save_item",
    "save_own_words",
    "save_plan",
    "save_response",
    "save_settings",
    "save_status",
    "select_attempt",
    "select_attempts",
    "select_evidence",
    "select_evidence_types",
    "select_facility",
    "select_learners",
    "select_met_in_test",
    "select_open_tests",
    "select_optional_attempt",
    "select_optional_latest_unit",
    "select_optional_learner",
    "select_optional_own_words",
    "select_optional_plan",
    "select_papers_sat",
    "select_portfolio",
    "select_seen_families",
    "settle_attempt",
]
