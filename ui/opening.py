"""What a browser gets before the first page: a document of our own, and Streamlit's scripts packed.

Streamlit's own document is blank until two megabytes of scripts have come, which takes seconds over a slow
network, and the style of a page comes after its text. Ours is Streamlit's with a sign of life in it, pages held
back until their style is there, and what every page needs asked for at once. Scripts and styles are sent packed
(gzip), a third of their size.
"""

from __future__ import annotations

import gzip
import re
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import cli_util
from streamlit.web.server import server_util

_STREAMLIT: Final = Path(st.__file__).parent / "static"
_HERE: Final = Path(__file__).parent
_MARK: Final = _HERE.parent / "static" / "mark.svg"
_FONT: Final = "app/static/fonts/atkinson-hyperlegible-next.woff2"
_EVERY_PAGE_NEEDS: Final = ("Html", "purify.es", "Button")
"""Scripts that Streamlit asks for only once the page is there; the style of a page waits for the first two."""
_PACKED: Final = {".js": "text/javascript", ".css": "text/css"}
_FOR_EVER: Final = "public, immutable, max-age=31536000"
"""The names of Streamlit's scripts change with what is in them."""
_MOST_TO_WAIT: Final = 20
"""Seconds until a browser is opened in any case: it then says itself what is wrong."""


class _PageName(Convertor[str]):
    """The name of a page in an address: nothing for the first, else letters, which no file of Streamlit's has alone."""

    regex = "[a-z]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page_name", _PageName())


def routes(base: str = "") -> list[Route]:
    """Return the routes for the document of every page; `base` is what the setting `server.baseUrlPath` says."""
    return [Route(f"{_before(base)}/{{page:page_name}}", _send_document)]


@contextmanager
def until_stopped() -> Iterator[None]:
    """Say, once a server has been stopped, that nothing is lost by that."""
    yield
    print("\nHeadset has stopped. Every answer is stored.", flush=True)


@asynccontextmanager
async def in_a_browser(_app: st.App) -> AsyncIterator[None]:
    """Open the app in this machine's browser once it listens, unless the setting `server.headless` says not to."""
    if not st.get_option("server.headless"):
        url = server_util.get_url(st.get_option("browser.serverAddress"))
        threading.Thread(target=_open_once_it_listens, args=(url,), daemon=True).start()
    with until_stopped():
        yield


def _open_once_it_listens(url: str) -> None:
    where = urlsplit(url)
    until = time.monotonic() + _MOST_TO_WAIT
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection((where.hostname, where.port), timeout=1):
            break
        time.sleep(0.05)
    cli_util.open_browser(url)


def document(streamlit_one: str) -> str:
    """Return Streamlit's document as ours: our name and sign, told at once, and no page seen without its style."""
    style = (_HERE / "opening.css").read_text(encoding="utf-8")
    mark = re.sub(r"<svg ", '<svg aria-hidden="true" ', _MARK.read_text(encoding="utf-8"), count=1)
    needed = [
        path
        for stem in _EVERY_PAGE_NEEDS
        for path in sorted((_STREAMLIT / "static" / "js").glob(f"{stem}.*.js"))
    ]
    head = [
        f'<link rel="preload" href="./{_FONT}" as="font" type="font/woff2" crossorigin>',
        *(f'<link rel="modulepreload" crossorigin href="./static/js/{path.name}">' for path in needed),
        f"<style>{style}</style>",
    ]
    body = f"""<noscript>
      <style>#headset-opening {{ display: none !important; }}</style>
      <p>Headset needs JavaScript. Allow it for this address in your browser, then reload the page.</p>
    </noscript>
    <div id="root"></div>
    <div id="headset-opening" role="status">{mark}<span>Opening Headset<span class="dots" aria-hidden="true">…</span></span></div>"""
    text = streamlit_one
    for found, ours in (
        (r'<html lang="en">', '<html lang="en-GB">'),
        (r"<title>.*?</title>", "<title>Headset</title>"),
        (r'href="\./favicon\.png"', 'href="./app/static/mark.svg"'),
        (r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^>]*>', ""),
        (r"</head>", "\n    ".join([*head, "</head>"])),
        (r"<noscript>.*?</noscript>", ""),
        (r'<div id="root"></div>', body),
    ):
        text = re.sub(found, ours.replace("\\", r"\\"), text, count=1, flags=re.DOTALL)
    return text


@cache
def _document() -> bytes:
    return document((_STREAMLIT / "index.html").read_text(encoding="utf-8")).encode()


def _send_document(_request: Request) -> Response:
    return HTMLResponse(_document(), headers={"Cache-Control": "no-cache"})


class PackedScripts:
    """Sends Streamlit's scripts and styles packed, to whoever can unpack them; what is packed is kept."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        """Wrap an application; `base` is what the setting `server.baseUrlPath` says."""
        self._app = app
        folder = _STREAMLIT / "static"
        self._files = {
            f"{_before(base)}/static/{path.parent.name}/{path.name}": path
            for path in folder.glob("*/*")
            if path.suffix in _PACKED
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = self._files.get(scope.get("path", ""))
        if path is None or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
            return
        headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
        packed = await run_in_threadpool(_packed, path)
        await Response(packed, media_type=_PACKED[path.suffix], headers=headers)(scope, receive, send)


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


def _before(base: str) -> str:
    """Return what stands before every path: nothing, or a slash and the base."""
    return f"/{base.strip('/')}".rstrip("/")
