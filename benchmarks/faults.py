"""A server killed again and again under learners at work: is anything lost that it said was stored?

python -m benchmarks.faults [--kills 200] [--seed 1] [--warm] [--keep FOLDER]

Two servers with a data folder each, `streamlit run` as on one's own machine and `python -m ui.server` as for
a class, take half of the kills each, side by side. In each, two learners practise, two sit and hand in
tests, and one edits a portfolio, without a pause. At a random moment of a step of one of them, each in turn, the server gets SIGKILL; then the
database is checked (`PRAGMA integrity_check`, `foreign_key_check`) and held against what each learner was
shown as stored; the server starts on the same folder, and each learner goes on from what the page shows.
Exits with 1, and says what, as soon as anything acknowledged is missing, there twice, or not gone on from.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np

from benchmarks.acknowledged import Counted, Gatherer, HandsIn, Lost, Practiser, Sitter, Witness
from benchmarks.warm import Warm
from benchmarks.websocket import VisitFailed
from models import create_learner, open_database
from models.devices import create_device
from ui.access import COOKIE

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 1.5
"""Seconds of work, at most, from when every learner is back to when the next kill is aimed."""


class Killable:
    """A server that can be killed and started again on the same port and data."""

    def __init__(self, data: Path, for_class: bool, warm: bool) -> None:
        """Prepare it; `start` starts it. A warm one is forked from a process that has its imports done."""
        self.data, self.for_class = data, for_class
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "server.log"
        self._warm = Warm(self.log) if warm else None
        self._process: subprocess.Popen[bytes] | None = None
        self.pid = 0

    async def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            VisitFailed: it does not.
        """
        if self.for_class:
            command = ["-m", "ui.server", "--port", str(self.port), "--address-shown", "127.0.0.1"]
        else:
            command = ["-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), "--server.headless=true",
                       f"--server.port={self.port}", f"--browser.serverPort={self.port}"]  # fmt: skip
        environment = {**os.environ, "HEADSET_DATA": str(self.data), "HEADSET_PASSCODE": "a long passcode"}
        if self._warm is not None:
            self.pid = await asyncio.to_thread(self._warm.start, command, environment, ROOT, self.log)
        else:
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    [sys.executable, *command], cwd=ROOT, env=environment, stdout=log, stderr=log
                )
            self.pid = self._process.pid
        began = time.perf_counter()
        while not await asyncio.to_thread(self._is_up):
            if time.perf_counter() - began > 60:
                raise VisitFailed(f"The server did not start:\n{self.log.read_text()[-2000:]}")
            await asyncio.sleep(0.02)

    def _is_up(self) -> bool:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()
            return True
        return False

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._warm is not None and self.pid:
            self._warm.kill(self.pid)
        elif self._process is not None:
            self._process.kill()
            self._process.wait()
        self.pid = 0

    def close(self) -> None:
        """End everything."""
        self.kill()
        if self._warm is not None:
            self._warm.close()


@dataclass
class Figures:
    """What came of the kills."""

    kills: int = 0
    counted: Counted = field(default_factory=Counted)
    under_way: int = 0
    """Steps that were sent and not acknowledged when the server died."""
    back: list[float] = field(default_factory=list)
    """Seconds from a kill to when all learners were back at their work, page by page."""


class World:
    """A server, its data, and the learners at work on it."""

    def __init__(self, folder: Path, for_class: bool, seed: int, figures: Figures, warm: bool) -> None:
        """Store the learners, and for a class the devices that it knows them by."""
        folder.mkdir(parents=True)
        self.server = Killable(folder, for_class, warm)
        self.chance, self.figures = random.Random(seed), figures
        self.learners: list[Witness] = []
        database = open_database(folder)
        makers: list[tuple[str, Callable[..., Witness]]] = [
            ("Ada", Practiser),
            ("Ben", Practiser),
            ("Cleo", lambda *a: Sitter(*a, steps=10**9)),
            ("Dev", lambda *a: HandsIn(*a, steps=2)),
            ("Eve", Gatherer),
        ]
        with database.write() as session:
            for number, (name, make) in enumerate(makers):
                now = datetime.now(UTC)
                learner: UUID = create_learner(session=session, name=name, now=now).id
                cookies = None
                if for_class:
                    _, token = create_device(session=session, now=now, learner=learner)
                    cookies = {COOKIE: token}
                where = f"{name} ({'class' if for_class else 'own machine'})"
                self.learners.append(make(where, learner, seed * 10 + number, figures.counted, cookies))
        database.close()

    async def run(self, kills: int) -> None:
        """Let the learners work, and kill the server so many times.

        Raises:
            Lost: something acknowledged is not there, or not once.
            VisitFailed: a page shows a fault, or is not there, although the server runs.
        """
        killed = 0.0
        try:
            for _ in range(kills + 1):
                await self.server.start()
                await self._all(lambda learner: learner.come(self.server.url))
                self._check()
                if killed:
                    self.figures.back.append(time.perf_counter() - killed)
                    self.figures.kills += 1
                    if self.figures.kills % 10 == 0:
                        print(f"{self.figures.kills} kills", flush=True)
                killed = await self._work_until_killed()
                self._hold_together()
        finally:
            self.server.close()
            for learner in self.learners:
                await learner.visitor.close()

    async def _all(self, act: Callable[[Witness], Awaitable[None]]) -> None:
        await asyncio.gather(*(act(learner) for learner in self.learners))

    def _check(self) -> None:
        database = open_database(self.server.data)
        try:
            for learner in self.learners:
                learner.check(database)
                learner.shows(database)
        finally:
            database.close()

    async def _work_until_killed(self) -> float:
        dead = asyncio.Event()

        async def work(learner: Witness) -> None:
            try:
                while not dead.is_set():
                    await learner.step()
            except (VisitFailed, TimeoutError):
                if not dead.is_set():
                    raise

        working = [asyncio.create_task(work(learner)) for learner in self.learners]
        await asyncio.sleep(self.chance.uniform(0.02, LONGEST))
        await self._until_busy(self.learners[self.figures.kills % len(self.learners)])
        dead.set()
        self.server.kill()
        killed = time.perf_counter()
        await asyncio.gather(*working)
        return killed

    async def _until_busy(self, learner: Witness) -> None:
        """Wait, not for ever, until that learner has a step under way, and a part of the time it takes."""
        end = time.perf_counter() + LONGEST
        while not learner.is_vulnerable and time.perf_counter() < end:
            await asyncio.sleep(0.002)
        await asyncio.sleep(self.chance.uniform(0, 0.15))

    def _hold_together(self) -> None:
        """Check the file as the dead server has left it, log and all; on a copy, so that the server mends its own."""
        with tempfile.TemporaryDirectory() as folder:
            for file in ("headset.db", "headset.db-wal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copy(self.server.data / file, folder)
            with contextlib.closing(sqlite3.connect(Path(folder) / "headset.db")) as database:
                found = database.execute("PRAGMA integrity_check").fetchall()
                broken = database.execute("PRAGMA foreign_key_check").fetchall()
        if found != [("ok",)] or broken:
            raise Lost(f"The database is damaged: {found} {broken}")


async def endure(folder: Path, kills: int, seed: int, warm: bool = False) -> Figures:
    """Kill servers so many times in all, half of them a class's, and return what came of it.

    Raises:
        Lost: something acknowledged is not there, or not once, or a page does not go on from it.
        VisitFailed: a page shows a fault, or is not there, although the server runs.
    """
    figures = Figures()
    worlds = [
        World(folder / name, name == "class", seed + n, figures, warm)
        for n, name in enumerate(("own", "class"))
    ]
    await asyncio.gather(*(world.run(kills // 2 + n * (kills % 2)) for n, world in enumerate(worlds)))
    return figures


def told(figures: Figures, seconds: float) -> str:
    """Return the figures as text."""
    counted = figures.counted
    lines = [
        f"{figures.kills} kills in {seconds:.0f} s; learners back at work after {np.median(figures.back):.1f} s (median)",
        f"{sum(counted.acknowledged.values())} steps acknowledged; lost: 0, stored twice: 0",
        *(f"    {what:<28}{number:>6}" for what, number in sorted(counted.acknowledged.items())),
        f"steps under way at a kill: {counted.open_stored} had been stored, {counted.open_gone} had not",
        f"time left on a test after a restart lies at most {counted.clock:.2f} s outside of what was left while its page was drawn",
    ]
    return "\n".join(lines)


def main() -> int:
    """Kill, check and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a new folder for the data, which is then kept")
    parser.add_argument(
        "--warm", action="store_true", help="start servers without their imports, to kill more often"
    )
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="headset-faults-"))
    began = time.perf_counter()
    try:
        figures = asyncio.run(endure(folder, given.kills, given.seed, given.warm))
    except (Lost, VisitFailed, TimeoutError) as error:
        print(f"{type(error).__name__}: {error}\nThe data are kept in {folder}.", file=sys.stderr)
        return 1
    print(told(figures, time.perf_counter() - began))
    if given.keep is None:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
