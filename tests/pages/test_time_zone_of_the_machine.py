"""The machine's own time zone changes no figure and no date: days and times are London's everywhere."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from literal_attempts import RIGHT, WRONG, a_test, practice, question

from models import create_attempt, create_learner, open_database, save_finish, save_response
from quiz.sessions import answer, finish

ROOT = Path(__file__).resolve().parents[2]
BEGUN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past one in British Summer Time; the test ends at half past one in Greenwich Mean Time."""
SHOW = """
import sys, time
from datetime import datetime
from uuid import UUID
from streamlit.testing.v1 import AppTest
from models import data_folder, open_database, select_evidence, select_facility
from quiz.progress import estimate
from ui import store

print(time.strftime("%z"))
with store.database().read() as session:
    evidence = select_evidence(session=session, learner=UUID(sys.argv[2]))
    facility = select_facility(session=session)
print([(fact.at.isoformat(), fact.day.isoformat(), fact.fraction) for fact in evidence])
print(estimate(evidence, sorted({fact.ref for fact in evidence}), facility).mastery)
for page, query in (("report", {"attempt": sys.argv[3]}), ("progress", {})):
    app = AppTest.from_file(sys.argv[1], default_timeout=60).run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception and not app.error, (app.exception, app.error)
    print(page, *[e.value for kind in ("title", "caption", "markdown", "metric") for e in getattr(app, kind)], sep="\\n")
"""


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Path, str, str]:
    """Return a data folder with a test over the end of summer time and practice round midnight, and both ids."""
    database = open_database(tmp_path / "stored")
    with database.write() as session:
        learner = create_learner(session=session, name="Sam", now=BEGUN).id
        asked = (question("1.1"), question("1.2"))
        sat = replace(a_test(*asked, started_at=BEGUN), learner=learner)
        # 23:30 and 00:30 in London, both on 24 October in UTC.
        late = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
        tried = replace(practice(*asked, id=uuid4(), started_at=late), learner=learner)
        for attempt, moments in ((sat, (29, 59)), (tried, (0, 60))):
            create_attempt(session=session, attempt=attempt, plan="{}", seed=1, content_version="1")
            for position, minutes in enumerate(moments):
                now = attempt.started_at + timedelta(minutes=minutes)
                response = (RIGHT, WRONG)[position]
                attempt = answer(attempt, position, response, now)
                save_response(
                    session=session, attempt=attempt, position=position, response=response, now=now,
                    submit_id=uuid4(),
                )  # fmt: skip
            save_finish(session=session, attempt=finish(attempt, BEGUN + timedelta(minutes=60)))
    database.close()
    return tmp_path / "stored", str(learner), str(sat.id)


def test_twelve_hours_east_and_eight_hours_west_of_london_show_the_same_figures_and_london_days(
    stored: tuple[Path, str, str],
) -> None:
    folder, learner, attempt = stored
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SHOW, str(ROOT / "streamlit_app.py"), learner, attempt],
            cwd=ROOT,
            env={**os.environ, "HEADSET_DATA": str(folder), "TZ": zone},
            text=True,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        for zone in ("Pacific/Auckland", "America/Los_Angeles")
    ]
    (east, shown), (west, also_shown) = (process.communicate()[0].split("\n", 1) for process in started)
    assert [process.returncode for process in started] == [0, 0]
    assert {east[:3], west[:3]} <= {"+12", "+13", "-08", "-07"}
    assert east != west
    assert shown == also_shown
    facts = shown.splitlines()[0]
    assert [line for line in ("2026-10-24', 1.0", "2026-10-25', 0.0") if line in facts] == [
        "2026-10-24', 1.0",
        "2026-10-25', 0.0",
    ]
    assert "Practice test, finished on 25 October 2026, 01:30, when the time ran out." in shown
