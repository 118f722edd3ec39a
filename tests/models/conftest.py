"""A database of its own for each test, and a learner in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from literal_attempts import START

from models import Database, Learner, create_learner, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Return a new database."""
    opened = open_database(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def learner(database: Database) -> Learner:
    """Return a learner in it, Sam."""
    with database.write() as session:
        return create_learner(session=session, name="Sam", now=START)
