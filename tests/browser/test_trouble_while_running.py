"""What learners see of a running server whose database is held, write-protected, replaced or of a newer version."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from uuid import UUID, uuid4

import pytest
from literal_attempts import a_test, question
from loops import in_loop
from serving import ROOT, ClassServer, Server

from benchmarks.websocket import Visitor
from models import create_attempt, create_learner, open_database

HOLD = """
import sqlite3, sys

database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
database.execute("INSERT INTO setting (key, value) VALUES ('left', 'half-way')")
print("held", flush=True)
sys.stdin.readline()
database.execute("ROLLBACK")
print("let go", flush=True)
"""


class Held:
    """Another program that writes into the database until it is told to let go."""

    def __init__(self, data: Path) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(data / "headset.db")], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.program.stdout is not None
        assert self.program.stdout.readline() == "held\n"

    def let_go(self) -> None:
        told, _ = self.program.communicate("\n", timeout=10)
        assert told == "let go\n"


class WithoutPrivilege(Server):
    """A server for which the rights of files hold, also where the tests run as root."""

    def command(self) -> list[str]:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        return [*(["setpriv", "--bounding-set", "-dac_override"] if root else []), *super().command()]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[[type[Server]], Server]]:
    """Return a function that starts a server on a folder of its own."""
    started: list[Server] = []

    def start(kind: type[Server] = Server) -> Server:
        started.append(kind(tmp_path / "data"))
        return started[-1]

    yield start
    for server in started:
        server.kill()


def sitting(data: Path) -> UUID:
    """Store a learner with a test of three questions that has just begun; a new tab is theirs."""
    now, asked = datetime.now(UTC), [question("1.2", number) for number in (1, 2, 3)]
    with closing(open_database(data)) as database, database.write() as session:
        learner = create_learner(session=session, name=f"Ada {uuid4().hex[:8]}", now=now).id
        attempt = a_test(*asked, id=uuid4(), learner=learner, started_at=now)
        create_attempt(session=session, attempt=attempt, plan="{}", seed=1, content_version="1")
    return attempt.id


def at(server: Server, attempt: UUID) -> Visitor:
    return Visitor(server.url, path="test", query=f"attempt={attempt}", limit=40)


def errors_of(tab: Visitor) -> list[str]:
    return [error.replace("\\", "") for error in tab.errors()]


def picks(file: Path, attempt: UUID) -> list[str]:
    """Return what a database file holds of the picks of a test, in order."""
    with closing(sqlite3.connect(file, timeout=30)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = database.execute(
            "SELECT json_extract(response, '$.chosen') FROM response WHERE attempt_id = ? ORDER BY sequence",
            (attempt.hex,),
        )
        return [chosen for (chosen,) in rows]


def door(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `python -m models`."""
    command = [sys.executable, "-m", "models", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_while_another_program_holds_the_database_for_twenty_seconds_reading_and_backups_go_on_and_no_pick_is_lost(
    running: Callable[..., Server], tmp_path: Path
) -> None:
    server = running()
    attempt = sitting(server.data)
    live, saved = server.data / "headset.db", tmp_path / "saved.db"

    async def story() -> None:
        async with at(server, attempt) as ben, Visitor(server.url, limit=40) as reader:
            await ben.choose("Choose one answer", 0)
            held, began = Held(server.data), monotonic()
            refused = asyncio.create_task(ben.choose("Choose one answer", 1))
            await reader.open("progress")
            await reader.open("test", f"attempt={attempt}")
            assert "1 of 3 answered" in reader.text()
            assert errors_of(reader) == []
            done = await asyncio.to_thread(door, "backup", str(saved), "--data", str(server.data))
            assert (done.returncode, done.stderr) == (0, "")
            await asyncio.sleep(began + 8 - monotonic())
            waits = asyncio.create_task(reader.choose("Choose one answer", 2))
            await refused
            assert monotonic() - began > 14
            (message,) = errors_of(ben)
            assert (
                "could not be used just now (database is locked). What was stored before is safe." in message
            )
            assert str(ben.value("Choose one answer")).endswith("right L6017638-1.2-01")
            await asyncio.sleep(began + 20 - monotonic())
            held.let_go()
            await waits
            assert monotonic() - began > 20
            assert errors_of(reader) == []
            assert picks(live, attempt) == ["a", "c"]
            await ben.choose("Choose one answer", 1)
            assert errors_of(ben) == []

    in_loop(story())
    assert picks(live, attempt) == ["a", "c", "b"]
    assert picks(saved, attempt) == ["a"]
    with closing(sqlite3.connect(live)) as database:
        assert database.execute("SELECT count(*) FROM setting WHERE key = 'left'").fetchone() == (0,)


def write_protect(data: Path, on: bool) -> None:
    """Take the right to write from the folder and every file in it, or give it back."""
    for path in data.iterdir():
        if path.is_file():
            path.chmod(0o444 if on else 0o644)
    data.chmod(0o555 if on else 0o755)


def test_write_protected_while_it_runs_a_step_is_stored_or_refused_by_name_and_with_the_rights_back_goes_through(
    running: Callable[..., Server],
) -> None:
    server = running(WithoutPrivilege)
    live = server.data / "headset.db"
    tabs: list[Visitor] = []
    attempts: list[UUID] = []

    async def story() -> None:
        for _ in range(8):
            attempts.append(sitting(server.data))
            tabs.append(at(server, attempts[-1]))
            await tabs[-1].open()
        await tabs[0].choose("Choose one answer", 0)
        held = Held(server.data)
        write_protect(server.data, True)
        # What is open already goes on being written, by one after the other; a connection that is made now may not.
        steps = [asyncio.create_task(tab.choose("Choose one answer", 1)) for tab in tabs]
        await asyncio.sleep(4)
        held.let_go()
        await asyncio.gather(*steps)
        for tab, attempt in zip(tabs, attempts, strict=True):
            stored, errors = picks(live, attempt), errors_of(tab)
            assert stored == (["a"] if tab is tabs[0] else []) + ([] if errors else ["b"])
            for error in errors:
                assert (
                    f"Headset may not write to {live} (attempt to write a readonly database), so this was not"
                    in error
                )
                assert error.endswith(
                    "Give this user the right to write to it and to its folder, then do the last step again."
                )
        await tabs[0].rerun()
        assert "question 1 of 3" in tabs[0].text()  # reading goes on
        write_protect(server.data, False)
        for n in range(8):
            await tabs[n].choose("Choose one answer", 2)
            assert errors_of(tabs[n]) == []
            assert picks(live, attempts[n])[-1] == "c"
            await tabs[n].close()

    try:
        in_loop(story())
        write_protect(server.data, True)
        server.kill()
        server.start()
        in_loop(refused_at_the_start(server, attempts[-1]))
    finally:
        write_protect(server.data, False)
    assert [picks(live, attempt)[-1] for attempt in attempts] == ["c"] * 8


async def refused_at_the_start(server: Server, attempt: UUID) -> None:
    async with at(server, attempt) as tab:
        (message,) = errors_of(tab)
        assert message.startswith(
            f"Headset cannot write to its data folder {server.data} (Permission denied)."
        )
        write_protect(server.data, False)
        await tab.open()
        assert "1 of 3 answered" in tab.text()


def test_a_restore_under_a_running_server_shows_the_restored_state_at_the_next_step_and_keeps_the_other(
    running: Callable[..., Server], tmp_path: Path
) -> None:
    server, saved = running(), tmp_path / "saved.db"
    attempt = sitting(server.data)

    async def story() -> None:
        async with at(server, attempt) as ada:
            await ada.choose("Choose one answer", 0)
            assert door("backup", str(saved), "--data", str(server.data)).returncode == 0
            await ada.choose("Choose one answer", 1)
            later = sitting(server.data)
            async with at(server, later) as ben:
                await ben.choose("Choose one answer", 2)
                done = await asyncio.to_thread(door, "restore", str(saved), "--data", str(server.data))
                assert (done.returncode, done.stderr) == (0, "")
                assert done.stdout.startswith(f"Restored {saved}: 1 learner and 1 answer, the last of ")
                await ada.click("flag")
                assert errors_of(ada) == []
                assert str(ada.value("Choose one answer")).endswith("right L6017638-1.2-01")
                await ada.choose("Choose one answer", 2)
                assert errors_of(ada) == []
                # Ben is not in the backup: his next step is refused in words, and nothing of it is stored.
                await ben.choose("Choose one answer", 0)
                assert errors_of(ben) == ["This session is not here any more. Go to Home and start another."]
        (replaced,) = server.data.glob("headset-replaced-*.db")
        assert picks(replaced, attempt) == ["a", "b"]
        assert picks(replaced, later) == ["c"]
        assert picks(server.data / "headset.db", attempt) == ["a", "c"]
        assert picks(server.data / "headset.db", later) == []

    in_loop(story())


def test_a_database_of_a_newer_version_is_refused_on_the_page_and_by_the_class_server_and_left_as_it_is(
    running: Callable[..., Server], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    attempt = sitting(data)
    with closing(sqlite3.connect(data / "headset.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    before = (data / "headset.db").read_bytes()
    server = running()

    async def story() -> None:
        async with at(server, attempt) as ada:
            (message,) = errors_of(ada)
            assert (
                "was written by a newer version of Headset (form 9999; this version knows up to " in message
            )
            assert message.endswith("Update Headset, or restore a copy made before. Nothing was changed.")

    in_loop(story())
    served = subprocess.run(
        [sys.executable, "-m", "ui.server", "--port", "1"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={**server.environment(), "HEADSET_PASSCODE": ClassServer.passcode},
    )  # fmt: skip
    assert served.returncode == 1
    assert "was written by a newer version of Headset" in served.stderr
    assert (data / "headset.db").read_bytes() == before
