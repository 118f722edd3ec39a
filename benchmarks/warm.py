"""A process that has imported what a server needs, and becomes a server by forking: a start without its imports.

`Warm` is such a process for whoever starts servers. Not for Windows, which cannot fork.

The process reads a line of JSON at a time. A list is the environment, the folder to start in, a file for
what is printed, and the arguments after `python`: it answers with the number of the process that it has
forked, which then runs exactly that command. A number is such a process that somebody has killed: it
answers once that has gone.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CAN_FORK = hasattr(os, "fork")
_WANTED = (
    "streamlit.web.cli", "streamlit.web.bootstrap", "streamlit.web.server.starlette", "pandas", "plotly.graph_objects",
    "models", "models.backup", "models.devices", "quiz.classes", "quiz.reports", "quiz.statistics", "quiz.sessions",
)  # fmt: skip


class Warm:
    """A process that forks servers."""

    def __init__(self, log: Path | None = None) -> None:
        """Start it; what it prints itself goes into the file, if one is given."""
        with open(log or os.devnull, "ab") as faults:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.warm"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=faults, text=True,
            )  # fmt: skip
        self._one_at_a_time = threading.Lock()

    def start(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path | None = None
    ) -> int:
        """Fork a process that runs `python` with those arguments in a folder; return its number."""
        return int(
            self._told([dict(environment), str(folder), str(log or os.devnull), [str(a) for a in arguments]])
        )

    def kill(self, number: int) -> None:
        """End a process that was forked here as a power cut would, and wait until it has gone."""
        os.kill(number, signal.SIGKILL)
        self._told(number)

    def _told(self, what: object) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._one_at_a_time:
            print(json.dumps(what), file=self._process.stdin, flush=True)
            return self._process.stdout.readline()

    def close(self) -> None:
        """End it; what it has forked goes on."""
        self._process.communicate()


def main() -> None:
    """Serve until the input ends."""
    for name in _WANTED:
        importlib.import_module(name)
    for line in sys.stdin:
        told = json.loads(line)
        if isinstance(told, int):
            os.waitpid(told, 0)
            print("gone", flush=True)
            continue
        environment, folder, log, arguments = told
        forked = os.fork()
        if forked == 0:
            _become(environment, folder, log, arguments)
        print(forked, flush=True)


def _become(environment: dict[str, str], folder: str, log: str, arguments: list[str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = arguments[1:]
    sys.stdin.close()
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    os._exit(0)


if __name__ == "__main__":
    main()
