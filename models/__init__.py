"""What is remembered: tables, the engine, migrations and queries."""

from models.answers import GivenAnswer, select_answers
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
    ImportRefused,
    RecordMissing,
    StorageError,
)
from models.evidence import select_evidence, select_facility
from models.imports import import_file, import_words
from models.learners import (
    Learner,
    create_learner,
    note_use,
    save_settings,
    select_learners,
    select_optional_learner,
)
from models.lessons import (
    LessonSummary,
    create_lesson,
    delete_lesson,
    save_hands,
    select_lessons,
    select_optional_lesson,
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
from models.reports import LONGEST_REPORT, QuestionReport, report_question, select_reports, settle_report
from models.seen import (
    select_met_in_test,
    select_optional_latest_unit,
    select_papers_sat,
    select_seen_families,
)
from models.statistics import select_asked, select_marked_answers
from models.summaries import gather, settle_tests
from models.transfer import ImportResult, export_log, import_log

__all__ = [
    "LONGEST_REPORT",
    "AttemptSummary",
    "DataFolderUnusable",
    "Database",
    "DatabaseTooNew",
    "DatabaseUnreadable",
    "DiskFull",
    "GivenAnswer",
    "ImportRefused",
    "ImportResult",
    "Learner",
    "LessonSummary",
    "OwnWords",
    "QuestionReport",
    "RecordMissing",
    "StorageError",
    "StoredAttempt",
    "append_item",
    "create_attempt",
    "create_learner",
    "create_lesson",
    "data_folder",
    "delete_item",
    "delete_lesson",
    "export_log",
    "gather",
    "import_file",
    "import_log",
    "import_words",
    "note_use",
    "open_database",
    "report_question",
    "save_count",
    "save_event",
    "save_evidence_types",
    "save_finish",
    "save_hands",
    "save_item",
    "save_own_words",
    "save_plan",
    "save_response",
    "save_settings",
    "save_status",
    "select_answers",
    "select_asked",
    "select_attempt",
    "select_attempts",
    "select_evidence",
    "select_evidence_types",
    "select_facility",
    "select_learners",
    "select_lessons",
    "select_marked_answers",
    "select_met_in_test",
    "select_open_tests",
    "select_optional_attempt",
    "select_optional_latest_unit",
    "select_optional_learner",
    "select_optional_lesson",
    "select_optional_own_words",
    "select_optional_plan",
    "select_papers_sat",
    "select_portfolio",
    "select_reports",
    "select_seen_families",
    "settle_attempt",
    "settle_report",
    "settle_tests",
]
