"""A class at work, without browsers: how fast the app answers, beside a bare page in the same run.

python -m benchmarks.load [--learners 20] [--seconds 30] [--think 1] [--port PORT] [--defaults]

Starts the app in a data folder of its own, with the repository's settings; then a bare page (title,
radio, button, in a menu with as many pages as ours) with the same settings; with --defaults also the
bare page with Streamlit's own. In each: one learner alone, then all of them, who open the app, choose
a name, practise for SECONDS and sit a test for half as long. THINK is the mean number of seconds from
one answer to the next; 0 is saturation. Linux only: processor time and memory are read from the kernel.

All five question types are answered, fully and at random. Most answers are wrong for it: a learner tries
again once, and then has the answer shown. Every try is an answer, stored and explained; it takes somewhat
more script runs than the two of the bare page. “Answer → feedback” runs from the click on “Check answer” to the end of the script run
that it causes, as the client sees it; “first page” from the connection on, without the files of the
frontend, which Streamlit serves from its own folder.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from benchmarks.websocket import VisitFailed, Visitor
from quiz.sessions import LONGEST
from quiz.wording import number_word

ROOT = Path(__file__).resolve().parent.parent
FIRST, ANSWER, NEXT = "first page", "answer → feedback", "next question"
AGAIN, SHOW, PICK, TEST_NEXT, JUMP = (
    "try again",
    "show the answer",
    "test: pick",
    "test: next",
    "test: navigator",
)
SAMPLE = 30
"""How many questions one learner answers alone."""


class Served:
    """A Streamlit server in a process of its own, and what the kernel says about it."""

    def __init__(self, script: Path, folder: Path, port: int, data: Path, pages: int) -> None:
        self.began = time.perf_counter()
        self.url = f"http://127.0.0.1:{port}"
        self.log = data / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true",
                 f"--server.port={port}", f"--browser.serverPort={port}"],
                cwd=folder,
                env={**os.environ, "HEADSET_DATA": str(data), "BARE_PAGES": str(pages)},
                stdout=log,
                stderr=log,
            )  # fmt: skip
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        while True:
            if self.process.poll() is not None or time.perf_counter() - self.began > 60:
                raise SystemExit(f"The server did not start:\n{self.log.read_text()}")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()
                return
            time.sleep(0.05)

    def cpu(self) -> float:
        """Return the processor seconds of the process so far, ended threads included, to the microsecond."""
        # The number of a process's processor clock as clock_getcpuclockid(3) makes it on Linux.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def megabytes(self) -> float:
        """Return the resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found.group(1)) / 1024

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class Tally:
    """What was measured of one server."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    pages: int = 0
    """How many pages the menu of the app has, hidden ones too."""
    cold: float = 0.0
    alone: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Processor seconds of the server for each kind of step of one learner alone."""
    rate: float = 0.0
    runs_each: float = 0.0
    cpu_each: float = 0.0
    at_rest: float = 0.0
    a_session: float = 0.0
    client_share: float = 0.0
    answered: int = 0
    stored: int | None = None


class Learner(Protocol):
    """Somebody who uses one of the apps."""

    visitor: Visitor

    async def arrive(self) -> float:
        """Open the app, get ready to answer, and return the seconds of the first page."""

    async def answer(self) -> float:
        """Answer the question on the screen and return the seconds until its feedback."""

    async def go_on(self) -> dict[str, float]:
        """Go to the next question and return the seconds of each step on the way."""

    async def begin_test(self) -> None:
        """Begin a test."""

    async def sit(self) -> dict[str, float]:
        """Answer one question of the test, go to the next, and return the seconds of each step."""


class OurLearner:
    """A learner of Headset."""

    def __init__(self, url: str, name: str, seed: int) -> None:
        self.visitor, self.name, self.chance = Visitor(url, limit=60), name, random.Random(seed)
        self.tried_again = False

    async def arrive(self) -> float:
        """Open the app, choose a new name and begin to practise."""
        seconds = await self.visitor.open("")
        self._check()
        # A new session begins as whoever used this machine last.
        if "Your name" not in self.visitor.labels("text_input"):
            await self.visitor.click("switch")
        await self.visitor.type("new-name", self.name)
        await self.visitor.click("start-named")
        await self._begin_practice()
        return seconds

    async def _begin_practice(self) -> None:
        await self.visitor.go("Practise")
        await self.visitor.number("size", LONGEST)
        await self.visitor.click("start-practice")
        self._check()

    async def fill(self) -> None:
        """Fill in the question card, whatever its type, at random but fully."""
        widgets = [s for s in self.visitor.find_all() if (s.key or "").startswith("answer-")]
        boxes = [s for s in widgets if s.kind == "checkbox"]
        lists = [s for s in widgets if s.kind != "checkbox"]
        if boxes:
            text = self.visitor.text()
            wanted = next(n for n in range(1, len(boxes) + 1) if f"Choose {number_word(n)} answers" in text)
            for box in self.chance.sample(boxes, wanted):
                await self.visitor.tick(box.key or "")
        # Places of an ordering and partners of a matching are each used once.
        once = len(lists) > 1 and len(lists[0].options) == len(lists)
        places = self.chance.sample(range(len(lists)), len(lists))
        for place, shown in zip(places, lists, strict=True):
            chosen = place if once else self.chance.randrange(len(shown.options))
            await self.visitor.choose(shown.key or "", chosen)

    async def answer(self) -> float:
        """Fill in the question card and check it."""
        await self.fill()
        seconds = await self.visitor.click("check")
        self._check()
        if "next" not in {shown.key for shown in self.visitor.find_all("button")}:
            raise VisitFailed(f"No feedback: {self.visitor.text()[:200]}")
        return seconds

    async def go_on(self) -> dict[str, float]:
        """Try again once after a wrong answer, then have the right one shown, and go on; begin anew after the last."""
        taken = {}
        if "show" in {shown.key for shown in self.visitor.find_all("button")}:
            if not self.tried_again:
                self.tried_again = True
                return {AGAIN: await self.visitor.click("next")}
            taken[SHOW] = await self.visitor.click("show")
        self.tried_again = False
        last = self.visitor.find("button", "next").label != "Next"
        seconds = await self.visitor.click("next")
        self._check()
        if last:
            await self._begin_practice()
        else:
            taken[NEXT] = seconds
        return taken

    async def begin_test(self) -> None:
        """Start a test of the unit at hand."""
        await self.visitor.go("Test")
        await self.visitor.click("start-test")
        self._check()

    async def sit(self) -> dict[str, float]:
        """Pick an option and go on; from the end back to the first question through the navigator."""
        taken = {PICK: await self.visitor.choose("Choose one answer", self.chance.randrange(4))}
        if self.visitor.find("button", "next").label == "Next":
            taken[TEST_NEXT] = await self.visitor.click("next")
        else:
            navigator = next(
                shown.key or ""
                for shown in self.visitor.find_all("bidi_component")
                if shown.label == "headset_navigator"
            )
            taken[JUMP] = await self.visitor.trigger(navigator, "go", 0)
        self._check()
        return taken

    def _check(self) -> None:
        faults = [*self.visitor.errors(), *self.visitor.faults]
        if faults:
            raise VisitFailed("; ".join(faults))


class BareLearner:
    """A visitor of the bare page, who clicks as often as a learner does."""

    def __init__(self, url: str, name: str, seed: int) -> None:
        self.visitor, self.name, self.chance = Visitor(url, limit=60), name, random.Random(seed)

    async def arrive(self) -> float:
        """Open the page."""
        return await self.visitor.open("")

    async def answer(self) -> float:
        """Choose and click."""
        await self.visitor.choose("Choose one answer", self.chance.randrange(4))
        seconds = await self.visitor.click("Go")
        if self.visitor.faults:
            raise VisitFailed("; ".join(self.visitor.faults))
        return seconds

    async def go_on(self) -> dict[str, float]:
        """Click once more."""
        return {NEXT: await self.visitor.click("Go")}

    async def begin_test(self) -> None:
        """Stay."""

    async def sit(self) -> dict[str, float]:
        """Click twice."""
        await self.visitor.choose("Choose one answer", self.chance.randrange(4))
        return {PICK: await self.visitor.click("Go"), TEST_NEXT: await self.visitor.click("Go")}


class Class:
    """All learners of one server, and what was measured of them."""

    def __init__(self, served: Served, make: Callable[[str, str, int], Learner], wanted: Wanted) -> None:
        self.served, self.make, self.wanted = served, make, wanted
        self.tally = Tally()
        self.chance = random.Random(1)

    async def measure(self) -> Tally:
        """Go through the whole programme."""
        await self._alone()
        learners = [self.make(self.served.url, f"Learner {n}", n) for n in range(1, self.wanted.learners + 1)]
        self.tally.at_rest = self.served.megabytes()
        present = await self._all(learners, self._arrive)
        cpu, ours, began = self.served.cpu(), time.process_time(), time.perf_counter()
        before = self.tally.answered
        present = await self._all(present, self._practise)
        done, took = self.tally.answered - before, time.perf_counter() - began
        self.tally.rate = done / took
        runs = sum(len(self.tally.seconds[step]) for step in (ANSWER, AGAIN, SHOW, NEXT))
        self.tally.runs_each = runs / max(done, 1)
        self.tally.cpu_each = (self.served.cpu() - cpu) / max(done, 1)
        self.tally.client_share = (time.process_time() - ours) / took
        present = await self._all(present, self._sit)
        self.tally.a_session = (self.served.megabytes() - self.tally.at_rest) / self.wanted.learners
        for learner in learners:
            await learner.visitor.close()
        return self.tally

    async def _alone(self) -> None:
        learner = self.make(self.served.url, "Alone", 0)
        await learner.arrive()
        self.tally.pages = len(learner.visitor.pages)
        self.tally.cold = time.perf_counter() - self.served.began
        for _ in range(SAMPLE):
            cpu = self.served.cpu()
            await learner.answer()
            self.tally.alone[ANSWER].append(await self._spent(cpu))
            cpu = self.served.cpu()
            taken = await learner.go_on()
            # With another step on the way the time would be that of both.
            if list(taken) in ([NEXT], [AGAIN]):
                self.tally.alone[NEXT].append(await self._spent(cpu))
        self.tally.answered += SAMPLE
        await learner.visitor.close()

    async def _spent(self, before: float) -> float:
        await asyncio.sleep(0.03)  # the server tidies up after the page is complete
        return self.served.cpu() - before

    async def _all(
        self, learners: list[Learner], work: Callable[[Learner], Awaitable[None]]
    ) -> list[Learner]:
        """Let every learner do the work at once, and return those who met no error."""
        left = await asyncio.gather(*(self._try(learner, work) for learner in learners))
        return [learner for learner, well in zip(learners, left, strict=True) if well]

    async def _try(self, learner: Learner, work: Callable[[Learner], Awaitable[None]]) -> bool:
        try:
            await work(learner)
        except (VisitFailed, TimeoutError) as error:
            self.tally.errors.append(f"{type(error).__name__}: {error}")
            return False
        return True

    async def _arrive(self, learner: Learner) -> None:
        # A class comes in within some seconds, not in one instant.
        await asyncio.sleep(self.chance.uniform(0, self.wanted.arrival))
        self.tally.seconds[FIRST].append(await learner.arrive())

    async def _practise(self, learner: Learner) -> None:
        await self._keep_on(learner, self.wanted.seconds, self._question)

    async def _question(self, learner: Learner) -> None:
        await self._think()
        self.tally.seconds[ANSWER].append(await learner.answer())
        self.tally.answered += 1
        await self._think()
        self._note(await learner.go_on())

    async def _sit(self, learner: Learner) -> None:
        await learner.begin_test()
        await self._keep_on(learner, self.wanted.seconds / 2, self._test_question)

    async def _test_question(self, learner: Learner) -> None:
        await self._think()
        await self._think()
        self._note(await learner.sit())

    async def _keep_on(
        self, learner: Learner, seconds: float, work: Callable[[Learner], Awaitable[None]]
    ) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            await work(learner)

    async def _think(self) -> None:
        if self.wanted.think:
            await asyncio.sleep(self.wanted.think / 2 * self.chance.uniform(0.5, 1.5))

    def _note(self, taken: dict[str, float]) -> None:
        for step, seconds in taken.items():
            self.tally.seconds[step].append(seconds)


@dataclass(frozen=True)
class Wanted:
    """What the run is to be."""

    learners: int
    seconds: float
    think: float
    port: int
    arrival: float


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def _served(script: Path, data: Path, port: int, defaults: bool, pages: int) -> Iterator[Served]:
    data.mkdir()
    # Streamlit takes its settings from the folder it is started in.
    served = Served(script, data if defaults else ROOT, port or free_port(), data, pages)
    try:
        yield served
    finally:
        served.stop()


def _responses(data: Path) -> int:
    """Return how many answers of practice the database of a stopped server holds."""
    with contextlib.closing(sqlite3.connect(data / "headset.db")) as database:
        return int(
            database.execute(
                "SELECT count(*) FROM response JOIN attempt ON attempt.id = response.attempt_id "
                "WHERE attempt.kind = 'practice'"
            ).fetchone()[0]
        )


def _figures(seconds: list[float]) -> str:
    if not seconds:
        return f"{'':>27}"
    p50, p95, p99 = np.percentile(np.array(seconds) * 1000, [50, 95, 99])
    return f"{p50:>6.0f} {p95:>6.0f} {p99:>6.0f} {len(seconds):>6}"


def _print(tallies: dict[str, Tally]) -> None:
    print(f"{'milliseconds':<26}" + "".join(f"{name:^31}" for name in tallies))
    print(f"{'':<26}" + f"{'p50':>6} {'p95':>6} {'p99':>6} {'n':>6}    " * len(tallies))
    for step in (FIRST, ANSWER, AGAIN, SHOW, NEXT, PICK, TEST_NEXT, JUMP):
        print(f"{step:<26}" + "    ".join(_figures(tally.seconds[step]) for tally in tallies.values()))

    def line(name: str, value: Callable[[Tally], str]) -> None:
        print(f"{name:<44}" + "".join(f"{value(tally):>16}" for tally in tallies.values()))

    def alone(step: str) -> Callable[[Tally], str]:
        return lambda tally: f"{np.mean(tally.alone[step]) * 1000:.1f} ms"

    print()
    line("", lambda tally: next(name for name, entry in tallies.items() if entry is tally))
    line("answers a second", lambda tally: f"{tally.rate:.1f}")
    line("server CPU, answer → feedback, one alone", alone(ANSWER))
    line("server CPU, next question or try, one alone", alone(NEXT))
    line("server CPU, a question and its answer, all", lambda tally: f"{tally.cpu_each * 1000:.1f} ms")
    line("script runs for that", lambda tally: f"{tally.runs_each:.2f}")
    line("start to first question, cold", lambda tally: f"{tally.cold:.2f} s")
    line("resident memory at rest", lambda tally: f"{tally.at_rest:.0f} MB")
    line("resident memory a session", lambda tally: f"{tally.a_session:.2f} MB")
    line("answers acknowledged", lambda tally: str(tally.answered))
    line("answers stored", lambda tally: "" if tally.stored is None else str(tally.stored))
    line("errors", lambda tally: str(len(tally.errors)))
    line("this client's CPU, of one core", lambda tally: f"{tally.client_share:.0%}")
    for name, tally in tallies.items():
        for error in tally.errors[:5]:
            print(f"{name}: {error}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30, help="of practice; the test takes half as long")
    parser.add_argument("--think", type=float, default=1, help="mean seconds from one answer to the next")
    parser.add_argument("--port", type=int, default=0, help="a free one is taken if none is given")
    parser.add_argument("--arrival", type=float, default=5, help="seconds over which the class comes in")
    parser.add_argument(
        "--defaults", action="store_true", help="the bare page under Streamlit's own settings too"
    )
    given = parser.parse_args()
    wanted = Wanted(given.learners, given.seconds, given.think, given.port, given.arrival)
    bare = ROOT / "benchmarks" / "bare.py"
    apps: list[tuple[str, Path, Callable[[str, str, int], Learner], bool]] = [
        ("Headset", ROOT / "streamlit_app.py", OurLearner, False),
        ("bare page", bare, BareLearner, False),
    ]
    if given.defaults:
        apps.append(("bare, defaults", bare, BareLearner, True))
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, script, make, defaults) in enumerate(apps):
            data = Path(folder) / str(number)
            pages = next((tally.pages for tally in tallies.values()), 0)
            with _served(script, data, wanted.port, defaults, pages) as served:
                tallies[name] = asyncio.run(Class(served, make, wanted).measure())
            if tallies[name].errors:
                print("\n".join((data / "server.log").read_text(encoding="utf-8").splitlines()[-30:]))
            if make is OurLearner:
                tallies[name].stored = _responses(data)
    print(f"{wanted.learners} learners, {wanted.seconds:g} s, {wanted.think:g} s from answer to answer\n")
    _print(tallies)


if __name__ == "__main__":
    main()
