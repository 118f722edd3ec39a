"""A server of our own to test against, and the browser found on this machine."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from functools import cache
from pathlib import Path

from benchmarks.warm import CAN_FORK, Warm

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "streamlit_app.py"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def found_browser() -> str | None:
    """Return the Chromium or Chrome on this machine, or None."""
    named = next((path for name in NAMES if (path := shutil.which(name))), None)
    return named or next((place for place in PLACES if Path(place).exists()), None)


@cache
def warm() -> Warm:
    """Return the process that the servers of this test run are forked from: most of a start is its imports."""
    made = Warm()
    atexit.register(made.close)
    return made


class Server:
    """A running Headset, which can be killed and started again on the same data."""

    def __init__(self, data: Path, script: Path = APP, *options: str) -> None:
        self.data, self.script, self.options = data, script, options
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.pid = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """Return the command that starts it."""
        run = [sys.executable, "-m", "streamlit", "run", str(self.script), "--server.headless=true"]
        return [*run, f"--server.port={self.port}", f"--browser.serverPort={self.port}", *self.options]

    def environment(self) -> dict[str, str]:
        """Return the variables it runs with."""
        return {**os.environ, "HEADSET_DATA": str(self.data)}

    def working_directory(self) -> Path:
        """Return the folder it is started in, whose settings hold."""
        return ROOT

    def start(self) -> None:
        """Start it and wait until it answers; Headset itself is forked where that is possible."""
        python, *arguments = self.command()
        if CAN_FORK and self.script == APP and arguments[0] == "-m":
            self.pid = warm().start(arguments, self.environment(), self.working_directory())
        else:
            self._process = subprocess.Popen(
                [python, *arguments], cwd=self.working_directory(), env=self.environment(),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as reply:
                    if reply.status == 200:
                        return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """Stop the server as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        elif self.pid:
            warm().kill(self.pid)
        self.pid, self._process = 0, None


class ClassServer(Server):
    """A running Headset in class mode."""

    passcode = "a long passcode"

    def command(self) -> list[str]:
        run = [sys.executable, "-m", "ui.server", "--port", str(self.port)]
        return [*run, "--address-shown", "127.0.0.1", *self.options]

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "HEADSET_PASSCODE": self.passcode}
