"""Moments keep their zone, their order and every microsecond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from models import Database, create_learner, note_use, select_learners, select_optional_learner


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        datetime(2026, 6, 30, 23, 59, 59, 1, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_a_moment_comes_back_in_utc(database: Database, moment: datetime) -> None:
    with database.write() as session:
        stored = create_learner(session=session, name="Sam", now=moment)
    with database.read() as session:
        found = select_optional_learner(session=session, learner_id=stored.id)
        text = session.connection().exec_driver_sql("SELECT created_at FROM learner").scalar_one()
    assert found is not None
    assert found.created_at == moment
    assert found.created_at.utcoffset() == timedelta()
    assert text == moment.astimezone(UTC).isoformat(timespec="microseconds")


def test_a_moment_without_a_zone_is_refused_and_nothing_is_stored(database: Database) -> None:
    with (
        pytest.raises(StatementError, match=r"A moment needs a time zone\."),
        database.write() as session,
    ):
        create_learner(session=session, name="Sam", now=datetime(2026, 11, 22, 9, 0))
    with database.read() as session:
        assert select_learners(session=session) == []


def test_moments_are_ordered_whatever_their_zone_and_fraction(database: Database) -> None:
    base = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    moments = {
        "third": base + timedelta(seconds=1),
        "first": base.astimezone(timezone(timedelta(hours=-8))),
        "second": (base + timedelta(microseconds=1)).astimezone(timezone(timedelta(hours=8))),
    }
    with database.write() as session:
        for name, moment in moments.items():
            learner = create_learner(session=session, name=name, now=base)
            note_use(session=session, learner_id=learner.id, now=moment)
    with database.read() as session:
        assert [learner.name for learner in select_learners(session=session)] == ["third", "second", "first"]
