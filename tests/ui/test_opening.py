"""The document that a browser gets before the first page, and Streamlit's scripts as they are sent."""

import gzip
import re
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from streamlit import config

from ui import opening
from ui.shell import PAGES

SHIPPED = Path(st.__file__).parent / "static"
STREAMLITS = (SHIPPED / "index.html").read_text(encoding="utf-8")
SCRIPT = next((SHIPPED / "static" / "js").glob("Html.*.js"))


def others(request: Request) -> Response:
    return PlainTextResponse(f"Streamlit's own {request.url.path}")


@pytest.fixture
def client() -> TestClient:
    return TestClient(
        Starlette(
            routes=[
                *opening.routes(),
                Mount("/", routes=[Route("/{path:path}", others, methods=["GET", "POST"])]),
            ],
            middleware=[Middleware(opening.PackedScripts)],
        )
    )


def test_the_document_is_streamlits_with_our_name_language_sign_and_typeface() -> None:
    ours = opening.document(STREAMLITS)
    assert re.findall(r"<title>(.*?)</title>", ours) == ["Headset"]
    assert re.findall(r"<html[^>]*>", ours) == ['<html lang="en-GB">']
    assert re.findall(r'<link rel="shortcut icon" href="(.*?)"', ours) == ["./app/static/mark.svg"]
    assert re.findall(r'as="font"', ours) == ['as="font"']
    assert "SourceSans" not in ours
    assert re.findall(r'<script type="module"[^>]*>', ours) == re.findall(
        r'<script type="module"[^>]*>', STREAMLITS
    )
    assert ours.count('<div id="root"></div>') == 1
    assert ours.count("<noscript>") == 1
    assert "AI" not in ours


def test_every_file_that_the_document_names_exists() -> None:
    named = re.findall(r'(?:href|src)="\./([^"]+)"', opening.document(STREAMLITS))
    named += re.findall(r'url\("\./([^"]+)"\)', opening.document(STREAMLITS))
    own = Path(opening.__file__).parents[1]
    missing = [
        name
        for name in named
        if not (
            own / name.removeprefix("app/") if name.startswith("app/static/") else SHIPPED / name
        ).is_file()
        and not name.startswith("_stcore/")
    ]
    assert missing == []
    assert "app/static/fonts/atkinson-hyperlegible-next.woff2" in named


def test_what_a_page_waits_for_with_its_style_is_asked_for_with_the_document() -> None:
    ours = opening.document(STREAMLITS)
    asked = [
        re.findall(rf'<link rel="modulepreload"[^>]*/{stem}\.[\w-]+\.js">', ours)
        for stem in ("Html", "purify\\.es")
    ]
    assert [len(one) for one in asked] == [1, 1]
    needed = re.findall(r'from"\./([^"]+)"', SCRIPT.read_text(encoding="utf-8"))
    assert [name for name in needed if name not in ours] == []


@pytest.mark.parametrize("path", ["/", *(f"/{entry.url}" for entry in PAGES)])
def test_every_page_begins_with_our_document(client: TestClient, path: str) -> None:
    reply = client.get(path, params={"unit": "203"})
    assert reply.text == opening.document(STREAMLITS)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/favicon.png", "/_stcore/health", "/study/more", "/app/static/mark.svg", "/Study"]
)
def test_what_is_no_page_is_left_to_streamlit(client: TestClient, path: str) -> None:
    assert client.get(path).text == f"Streamlit's own {path}"


def test_a_script_is_sent_packed_and_kept_by_the_browser(client: TestClient) -> None:
    with client.stream("GET", f"/static/js/{SCRIPT.name}", headers={"Accept-Encoding": "gzip, br"}) as reply:
        packed = b"".join(reply.iter_raw())
    assert gzip.decompress(packed) == SCRIPT.read_bytes()
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert int(reply.headers["content-length"]) == len(packed) < SCRIPT.stat().st_size


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        (f"/static/js/{SCRIPT.name}", "identity"),
        ("/static/js/unknown.js", "gzip"),
        ("/static/js/..%2findex.html", "gzip"),
        ("/static/media/font.woff2", "gzip"),
    ],
)
def test_what_cannot_be_packed_is_left_to_streamlit(client: TestClient, path: str, accepted: str) -> None:
    assert client.get(path, headers={"Accept-Encoding": accepted}).text.startswith("Streamlit's own /static/")


def test_below_a_base_path_pages_and_scripts_are_found_there() -> None:
    below = TestClient(
        Starlette(
            routes=[*opening.routes("/headset/"), Route("/{path:path}", others)],
            middleware=[Middleware(opening.PackedScripts, base="/headset/")],
        )
    )
    assert below.get("/headset/study").text == opening.document(STREAMLITS)
    assert below.get("/study").text == "Streamlit's own /study"
    script = below.get(f"/headset/static/js/{SCRIPT.name}", headers={"Accept-Encoding": "gzip"})
    assert (script.headers["content-encoding"], script.text) == ("gzip", SCRIPT.read_text(encoding="utf-8"))


def test_the_colours_of_the_document_are_the_themes() -> None:
    style = (Path(opening.__file__).parent / "opening.css").read_text(encoding="utf-8")
    theme = {scheme: config.get_options_for_section(f"theme.{scheme}") for scheme in ("light", "dark")}
    pairs = {(theme["light"][name], theme["dark"][name]) for name in ("backgroundColor", "textColor")}
    assert set(re.findall(r"light-dark\((#\w+), (#\w+)\)", style)) == pairs
