"""A process may open the database twice while another one comes and goes: nothing that is written is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from models import open_database, select_learners

ROOT = Path(__file__).resolve().parents[2]
OTHER_PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from models import create_learner, open_database

database = open_database(Path(sys.argv[1]))
with database.write() as session:
    create_learner(session=session, name=sys.argv[2], now=datetime(2026, 11, 22, tzinfo=UTC))
database.close()
"""


def test_what_another_process_stores_is_seen_by_one_that_opened_the_database_twice(tmp_path: Path) -> None:
    first = open_database(tmp_path)
    with first.read() as session:
        assert select_learners(session=session) == []
    second = open_database(tmp_path)
    for name in ("Ada", "Bea"):
        subprocess.run([sys.executable, "-c", OTHER_PROCESS, str(tmp_path), name], cwd=ROOT, check=True)
        for database in (first, second):
            with database.read() as session:
                assert name in {learner.name for learner in select_learners(session=session)}
    first.close()
    second.close()
