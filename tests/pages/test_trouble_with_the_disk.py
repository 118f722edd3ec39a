"""The disk is full, the folder cannot be written, another program holds the database: what a learner sees."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from models import DiskFull, create_learner, save_own_words, select_attempt
from quiz.questions import SingleChoice
from quiz.syllabus import CriterionRef
from ui import clock, store, testing

ROOT = Path(__file__).resolve().parents[2]
REF = CriterionRef("L/601/7638", "1.1")


def mounted(folder: Path) -> bool:
    """Return whether a disk of 16 megabytes could be put in the place of the folder: on Linux, as root."""
    if shutil.which("mount") is None:
        return False
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "headset-test", str(folder)],
        capture_output=True,
        check=False,
    )
    return made.returncode == 0


@pytest.fixture
def small_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Put the data on a small disk; return functions that fill it and make room.

    Where no disk can be mounted, SQLite is told to let the file grow no more, and says the same of it.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    real = mounted(folder)
    monkeypatch.setenv("HEADSET_DATA", str(folder))
    st.cache_data.clear()
    store.database.clear()

    def limit(pages: int) -> None:
        with store.database().read() as session:
            session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        if not real:
            limit(1)
            return
        with pytest.raises(OSError, match="No space left"):
            (folder / "filler").write_bytes(bytes(64 * 2**20))

    def make_room() -> None:
        if real:
            (folder / "filler").unlink()
        else:
            limit(10**9)

    yield fill, make_room
    store.database().close()
    store.database.clear()
    if real:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def open_test() -> Callable[[], tuple[AppTest, UUID]]:
    """Return a function that begins a test and returns its page and its id."""

    def begun() -> tuple[AppTest, UUID]:
        with store.database().write() as session:
            learner = create_learner(session=session, name="Sam", now=clock.now()).id
        attempt = testing.start(learner, store.bank().pack.select_unit("203"), 0)
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.run()
        app.query_params["attempt"] = str(attempt)
        app.switch_page("app_pages/test.py").run()
        return app, attempt

    return begun


def stored() -> list[tuple[int, int]]:
    with closing(sqlite3.connect(store.database().path)) as connection:
        return connection.execute("SELECT sequence, position FROM response ORDER BY sequence").fetchall()


def options(attempt: UUID) -> list[str]:
    """Return the keys of the options of a test's first question, in order."""
    with store.database().read() as session:
        question = select_attempt(session=session, attempt_id=attempt).attempt.items[0].question
    assert isinstance(question, SingleChoice)
    return [option.key for option in question.options]


def pick(app: AppTest, attempt: UUID, place: int) -> None:
    app.radio[0].set_value(options(attempt)[place]).run()


def write_on(learner: UUID, words: int) -> None:
    while True:
        with store.database().write() as session:
            save_own_words(
                session=session, learner=learner, ref=REF, text="tea " * words, points=[], now=clock.now()
            )


def use_up_what_is_left(learner: UUID) -> None:
    """Write until the database has no room, so that the next step finds hardly any."""
    for words in (20_000, 500):
        with pytest.raises(DiskFull):
            write_on(learner, words)


def test_on_a_full_disk_a_pick_is_refused_by_name_the_one_before_stands_and_with_room_it_goes_through(
    small_disk: tuple[Callable[[], None], Callable[[], None]],
    open_test: Callable[[], tuple[AppTest, UUID]],
) -> None:
    fill, make_room = small_disk
    app, attempt = open_test()
    pick(app, attempt, 0)
    first = app.radio[0].value
    fill()
    with store.database().read() as session:
        learner = select_attempt(session=session, attempt_id=attempt).attempt.learner
    use_up_what_is_left(learner)
    places = (n for n in [1, 0] * 60)
    before = len(stored())
    while not app.error:  # a page of the file may have room for a few small rows still
        before = len(stored())
        pick(app, attempt, next(places))
    assert app.error[0].value.startswith("There is no room left on the disk that holds ")
    assert app.error[0].value.endswith(
        "Everything before it is safe. Make room, then do the last step again."
    )
    assert len(stored()) == before
    assert app.radio[0].value == testing.standing(attempt, 0)
    assert "1 of 40 answered" in [text.value for text in app.markdown]

    make_room()
    other = 1 if app.radio[0].value == first else 0
    pick(app, attempt, other)
    assert not app.error
    assert len(stored()) == before + 1
    with closing(sqlite3.connect(store.database().path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_while_another_program_holds_the_database_a_pick_is_refused_reading_goes_on_and_then_it_goes_through(
    open_test: Callable[[], tuple[AppTest, UUID]],
) -> None:
    app, attempt = open_test()
    pick(app, attempt, 0)
    first = app.radio[0].value
    with store.database().read() as session:  # not to wait its 15 seconds here
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(store.database().path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        pick(app, attempt, 1)
        assert "(database is locked)" in app.error[0].value
        assert "What was stored before is safe. Try again" in app.error[0].value
        assert app.radio[0].value == first
        assert stored() == [(1, 0)]
        app.run()
        assert not app.error
        assert "1 of 40 answered" in [text.value for text in app.markdown]
        other.execute("ROLLBACK")
    pick(app, attempt, 1)
    assert not app.error
    assert stored() == [(1, 0), (2, 0)]


OPEN = """
import sys
from streamlit.testing.v1 import AppTest

app = AppTest.from_file(sys.argv[1], default_timeout=60).run()
print(*[title.value for title in app.title], *[error.value for error in app.error], sep="\\n")
"""


# On Windows a folder has no mark that keeps its owner from writing into it; a file has.
@pytest.mark.parametrize("what", ["file"] if sys.platform == "win32" else ["folder", "file"])
def test_a_folder_or_file_that_may_not_be_written_is_named_with_the_remedy_and_stays_as_it_is(
    tmp_path: Path, what: str
) -> None:
    folder = tmp_path / "read only"
    folder.mkdir()
    if what == "file":
        store.open_database(folder).close()
        (folder / "headset.db").chmod(0o444)
    else:
        folder.chmod(0o555)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    # Root may write everywhere, unless this right is taken from it.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    as_others = ["setpriv", "--bounding-set", "-dac_override"] if root else []
    shown = subprocess.run(
        [*as_others, sys.executable, "-c", OPEN, str(ROOT / "streamlit_app.py")],
        cwd=ROOT, env={**os.environ, "HEADSET_DATA": str(folder)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    folder.chmod(0o755)  # so that the next run can clear it away
    assert shown.replace("\\", "") == (
        f"Something needs attention\nHeadset cannot write to its data folder {folder} (Permission denied). Give this "
        "user the right to write there, or name another folder in HEADSET_DATA, and start Headset again.\n"
    )
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name: after[name] for name in before} == before
    assert what == "file" or after == {}
