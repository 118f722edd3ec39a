"""Headset for a class: one command on a tutor's laptop or a centre's server.

    .venv/bin/python -m ui.server        (Windows: .venv\\Scripts\\python -m ui.server)

It asks for a passcode, listens on the local network, and prints the address that learners open and where
the tutor signs in. Ctrl+C stops it; every answer is stored already. See docs/deployment.md.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tomllib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from getpass import getpass
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware

from models import StorageError, data_folder, open_database
from models.location import DATA_VARIABLE
from ui import opening
from ui.access import CLASS_MODE
from ui.doors import Doors, Passcode, SafeAnswers
from ui.doors.passcode import made_up

ROOT: Final = Path(__file__).resolve().parents[1]
SCRIPT: Final = ROOT / "streamlit_app.py"
PASSCODE_VARIABLE: Final = "HEADSET_PASSCODE"
EVERY_ADDRESS: Final = "0.0.0.0"  # nosec B104  # a class comes over the network
_SECTIONS = ("runner", "server", "browser", "client")
_MOST_UPLOAD_MB = 60


def class_app(doors: Doors, welcome: str) -> st.App:
    """Return the app with its doors; once it listens, tutors of earlier starts are out and the welcome is printed."""

    @asynccontextmanager
    async def started(_app: st.App) -> AsyncIterator[None]:
        doors.begin()
        print(welcome, flush=True)
        with opening.until_stopped():
            yield

    return st.App(
        SCRIPT,
        routes=[*doors.routes, *opening.routes()],
        middleware=[Middleware(SafeAnswers), Middleware(opening.PackedScripts)],
        lifespan=started,
    )


def settings(port: int, host: str) -> dict[str, Any]:
    """Return the options of the repository's own configuration, with what a class needs instead.

    They are handed to Streamlit as options of the command, which outrank files and variables, so that
    they are in force wherever the command is given.
    """
    known = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    options = {f"{section}.{name}": value for section in _SECTIONS for name, value in known[section].items()}
    return options | {
        "server.address": EVERY_ADDRESS,
        "server.port": port,
        "server.headless": True,
        "server.maxUploadSize": _MOST_UPLOAD_MB,
        "server.enableXsrfProtection": True,
        "server.enableAgentApi": False,
        "browser.serverAddress": host,
        "browser.serverPort": port,
        "logger.hideWelcomeMessage": True,
    }


def own_host() -> str:
    """Return this machine's address on the local network, or its name where it has none.

    A UDP socket is pointed at an address reserved for documents (RFC 5737) to learn which of this
    machine's addresses would be used; nothing is sent.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            found = ""
    return socket.gethostname() if not found or found.startswith(("127.", "0.")) else found


def address_for(shown: str | None, port: int) -> tuple[str, str]:
    """Return the address that learners type and the host in it; a whole address (of a TLS proxy) is taken as it is."""
    if shown and shown.startswith(("http://", "https://")):
        address = shown.rstrip("/")
        return address, address.partition("://")[2].partition("/")[0].partition(":")[0]
    host = shown or own_host()
    return f"http://{host}:{port}", host


def passcode_asked() -> tuple[Passcode, str]:
    """Return the passcode, and its text where it was made up and has to be told.

    Raises:
        ValueError: the one in the environment is too short, or two typed ones differ three times.
    """
    given = os.environ.pop(PASSCODE_VARIABLE, "")
    if given:
        return Passcode(given), ""
    if not sys.stdin.isatty():
        text = made_up()
        return Passcode(text), text
    for _ in range(3):
        text = getpass("Choose a passcode for the tutor's pages: ")
        try:
            passcode = Passcode(text)
        except ValueError as error:
            print(error)
            continue
        if getpass("Type it once more: ") == text:
            return passcode, ""
        print("The two were not the same.")
    raise ValueError("No passcode was chosen, so nothing was started.")


def welcome_text(address: str, port: int, made: str) -> str:
    """Return what the command prints once it listens."""
    lines = [
        "",
        "Headset is open for your class.",
        "",
        f"  Learners:  {address}/join",
        f"  Tutor:     {address}/tutor   (on this computer also http://localhost:{port}/tutor)",
        *([f"  Passcode:  {made}   (made for this start; set {PASSCODE_VARIABLE} to choose one)"] if made else []),
        "",
        "If phones cannot open the address, allow Python through this computer's firewall.",
        "Ctrl+C stops Headset; every answer is stored already.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a class until it is stopped; return 1 where it cannot start."""
    parser = argparse.ArgumentParser(prog="python -m ui.server", description="Headset for a class.")
    parser.add_argument("--port", type=int, default=8501, help="where it listens (8501)")
    parser.add_argument(
        "--address-shown",
        metavar="HOST",
        help="the name or address that learners type, or the whole https:// address of a proxy",
    )
    parser.add_argument("--data", metavar="FOLDER", help="another data folder")
    chosen = parser.parse_args(arguments)
    if chosen.data:
        os.environ[DATA_VARIABLE] = str(Path(chosen.data).expanduser().resolve())
    try:
        database = open_database(data_folder(os.environ))
        passcode, made = passcode_asked()
    except (StorageError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    address, host = address_for(chosen.address_shown, chosen.port)
    os.environ[CLASS_MODE] = address
    app = class_app(Doors(database, passcode), welcome_text(address, chosen.port, made))
    # Streamlit looks for settings, secrets and static files beside the script it is told was started.
    sys.argv = [str(SCRIPT)]
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        app.run(config=settings(chosen.port, host))
    return 0


if __name__ == "__main__":
    sys.exit(main())
