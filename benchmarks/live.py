"""A live lesson with many devices: how long a step of the screen and an answer take to arrive.

python -m benchmarks.live [--devices 60] [--questions 4] [--think 5] [--port PORT]

Starts Headset in class mode in a data folder of its own, with the repository's settings. A tutor's
screen and so many devices join over HTTP as browsers do, each holding a websocket and waiting for news.
For each question the screen uncovers the options, everybody answers within THINK seconds of each other,
and the screen uncovers the answer; then everybody answers at the same moment. All of it, the devices
included, runs on this machine: what is printed is more than a class on its own phones would see.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from benchmarks.websocket import VisitFailed, Visitor
from models import create_lesson, open_database, open_live, select_live_answers
from quiz.questions import SingleChoice
from quiz.sessions import History, Lesson, PracticePlan, QuestionBank, draw_all
from quiz.syllabus import load_packs

ROOT = Path(__file__).resolve().parent.parent
PASSCODE = "a passcode for the benchmark"
COOKIE = "headset_device"
UNIT = "L/601/7638"
LONGEST_WAIT = 30.0
Times = dict[str, list[float]]


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def posted(url: str, fields: dict[str, str]) -> str:
    """Send a form and return the device's token that comes with the answer."""
    opener = urllib.request.build_opener(_StayHere)
    try:
        answer = opener.open(url, urllib.parse.urlencode(fields).encode(), timeout=LONGEST_WAIT)
    except urllib.error.HTTPError as redirect:
        answer = redirect
    found = re.search(rf"{COOKIE}=([^;]+)", answer.headers.get("set-cookie", ""))
    if found is None:
        raise SystemExit(f"{url} let nobody in: {answer.status}")
    return found.group(1)


def a_lesson(data: Path, questions: int) -> tuple[UUID, str]:
    """Store a live lesson of shipped single choice questions; return its id and its code."""
    bank = QuestionBank(load_packs(compiled_dir=data / "compiled"))
    codes = tuple(criterion.ref.code for criterion in bank.pack.units[UNIT].criteria)
    plan = PracticePlan(UNIT, codes, 30)
    drawn = [
        question
        for seed in range(questions)
        for question in draw_all(plan, bank, seed, today=date(2026, 11, 20), history=History())
        if isinstance(question, SingleChoice)
    ][:questions]
    lesson, now = Lesson(uuid4(), UNIT, "Unit 203", tuple(drawn)), datetime.now(UTC)
    database = open_database(data)
    with database.write() as session:
        create_lesson(session=session, lesson=lesson, now=now)
        live = open_live(session=session, lesson=lesson.id, group=None, random=Random(1), now=now)
    database.close()
    assert live.code is not None  # it has just been opened
    return lesson.id, live.code


class Class:
    """A screen and its devices, all of them listening for news as the page's own script does."""

    def __init__(self, url: str, lesson: UUID, tutor: str, devices: list[str]) -> None:
        self.url, self.lesson, self.tutor, self.tokens = url, lesson, tutor, devices
        self.screen = Visitor(url, path="lesson", query={"lesson": str(lesson)}, cookies={COOKIE: tutor})
        self.phones = [Visitor(url, path="live", cookies={COOKIE: token}) for token in devices]
        self.faults: list[str] = []
        self.times: Times = defaultdict(list)
        self._listening: list[asyncio.Task[None]] = []

    async def come_in(self) -> None:
        """Open the screen, begin the lesson, and open every device at the same moment."""
        await self.screen.open()
        await self.screen.click("Begin")
        self.times["first page of a device, all at once"] += await asyncio.gather(
            *(phone.open() for phone in self.phones)
        )
        for phone, token in zip(self.phones, self.tokens, strict=True):
            self._listening.append(asyncio.create_task(self._listen(phone, token, "place", 0.0)))
        self._listening.append(asyncio.create_task(self._listen(self.screen, self.tutor, "answers", 0.8)))

    async def go(self) -> None:
        """Close everything."""
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)
        for visitor in (self.screen, *self.phones):
            self.faults += [*visitor.faults, *visitor.errors()]
            await visitor.close()

    async def uncover(self, name: str, words: tuple[str, ...]) -> None:
        """Take a step on the screen and wait until every device shows one of those words."""
        began = time.perf_counter()

        async def shown(phone: Visitor) -> None:
            while not any(word in phone.text() for word in words):
                if time.perf_counter() - began > LONGEST_WAIT:
                    raise VisitFailed(f"A device does not show {words}.")
                await asyncio.sleep(0.01)
            self.times[f"{name}: on a device"].append(time.perf_counter() - began)

        waiting = [asyncio.create_task(shown(phone)) for phone in self.phones]
        self.times[f"{name}: on the screen"].append(await self.screen.click("Reveal"))
        await asyncio.gather(*waiting)

    async def answer(self, name: str, within: float, random: Random) -> None:
        """Let every device answer once, spread over some seconds, and wait for the count on the screen."""

        async def pick(phone: Visitor) -> None:
            await asyncio.sleep(random.random() * within)
            self.times[f"{name}: stored and shown"].append(
                await phone.choose("Choose one answer", random.randrange(4))
            )

        await asyncio.gather(*(pick(phone) for phone in self.phones))
        began = time.perf_counter()
        number = len(self.phones)
        await self.screen.until(f"{number} of {number} have answered", LONGEST_WAIT)
        self.times[f"{name}: counted on the screen after the last"].append(time.perf_counter() - began)

    async def _listen(self, visitor: Visitor, token: str, topic: str, gap: float) -> None:
        drawn = -gap
        while True:
            since = _since(visitor, topic)
            if since is None:
                await asyncio.sleep(0.05)
                continue
            number = await asyncio.to_thread(self._news, token, topic, since)
            if number == since:
                continue
            await asyncio.sleep(max(0.0, drawn + gap - time.perf_counter()))
            drawn = time.perf_counter()
            try:
                await visitor.trigger(f"listen-{topic}", "news", number)
            except (VisitFailed, TimeoutError) as error:
                self.faults.append(repr(error))

    def _news(self, token: str, topic: str, since: int) -> int:
        asked = urllib.request.Request(
            f"{self.url}/live/news?lesson={self.lesson}&topic={topic}&since={since}",
            headers={"Cookie": f"{COOKIE}={token}"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return int(json.load(answer)["number"])


def _since(visitor: Visitor, topic: str) -> int | None:
    """Return the number of the news that the page knew when it was drawn, or None while it does not listen."""
    for shown in visitor.find_all("bidi_component"):
        sent: Any = shown.sent
        with contextlib.suppress(ValueError):
            data = json.loads(sent.json or sent.mixed.json)
            if isinstance(data, dict) and data.get("topic") == topic:
                return int(data["since"])
    return None


async def lesson_story(url: str, lesson: UUID, code: str, chosen: argparse.Namespace) -> Class:
    """Hold the lesson and return the class with what was measured."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(chosen.devices + 20))
    tutor = posted(f"{url}/tutor", {"passcode": PASSCODE})
    tokens = [
        posted(f"{url}/join", {"code": code, "enter": "live", "nickname": f"Learner {number}"})
        for number in range(1, chosen.devices + 1)
    ]
    held, random = Class(url, lesson, tutor, tokens), Random(7)
    await held.come_in()
    for number in range(chosen.questions):
        await held.uncover("options", ("Choose one answer",))
        await held.answer(f"answers over {chosen.think:g} s", chosen.think, random)
        await held.answer("all change their answer at once", 0.0, random)
        await held.uncover("answer", ("That is right", "Not yet"))
        if number + 1 < chosen.questions:
            await held.screen.click("Next")
            await asyncio.sleep(1)
    await held.go()
    return held


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--devices", type=int, default=60)
    parser.add_argument("--questions", type=int, default=4)
    parser.add_argument("--think", type=float, default=5, help="seconds over which a class answers")
    parser.add_argument("--port", type=int, default=0, help="a free one is taken if none is given")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        lesson, code = a_lesson(data, chosen.questions)
        port = chosen.port or _free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "ui.server", "--port", str(port), "--address-shown", "127.0.0.1",
             "--data", str(data)],
            cwd=ROOT,
            env={**os.environ, "HEADSET_PASSCODE": PASSCODE},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_up(server, url)
            held = asyncio.run(lesson_story(url, lesson, code, chosen))
            cpu = _cpu(server.pid)
        finally:
            server.kill()
            server.wait()
        database = open_database(data)
        with database.read() as session:
            stored = len(select_live_answers(session=session, lesson=lesson))
        database.close()
    print(f"{chosen.devices} devices, {chosen.questions} questions; seconds\n")
    print(f"{'':52} {'times':>6} {'p50':>6} {'p95':>6} {'most':>6}")
    for name, times in held.times.items():
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name:52} {len(times):6} {p50:6.2f} {p95:6.2f} {max(times):6.2f}")
    print(
        f"\n{stored} answers stored of {chosen.devices * chosen.questions}; {len(held.faults)} faults; ",
        end="",
    )
    print(f"{cpu:.1f} s of processor time on the server")
    for fault in held.faults[:5]:
        print("  ", fault)


def _wait_until_up(server: subprocess.Popen[bytes], url: str) -> None:
    began = time.monotonic()
    while time.monotonic() - began < 60 and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _cpu(pid: int) -> float:
    """Return the processor seconds of a process (Linux; elsewhere not a number)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
