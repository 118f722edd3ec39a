"""What somebody sends to a door, read with care, and the pages they get back."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ui.doors.guard import client_of

LONGEST_BODY = 8 * 1024
_MOST_FIELDS = 12
_HERE = Path(__file__).parent
_CSS = (_HERE / "doors.css").read_text(encoding="utf-8")
_PAGES = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)  # fmt: skip
_HEADERS = {
    # No script at all; the one style sheet is known by its hash.
    "Content-Security-Policy": "default-src 'none'; font-src 'self'; img-src 'self'; form-action 'self'; "
    f"base-uri 'none'; frame-ancestors 'self'; style-src 'sha256-{b64encode(sha256(_CSS.encode()).digest()).decode()}'",
    "Cache-Control": "no-store",
}


class Refused(Exception):
    """A request that a door does not take; its text says what and what to do."""

    def __init__(self, status: int, text: str) -> None:
        """Keep the HTTP status and the text to show."""
        super().__init__(text)
        self.status = status


async def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of a form that one of our own pages sent; of a repeated field the last.

    Raises:
        Refused: it comes from another site, is no form, too large, or not text in UTF-8.
    """
    _refuse_foreign(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"", "application/x-www-form-urlencoded"}:
        raise Refused(415, "That is not a form of this page. Open the page again and fill it in there.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise Refused(413, "That is too much text for this form. Write less and send it again.")
    try:
        read = parse_qs(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:  # also what cannot be decoded
        raise Refused(
            400, "That could not be read as text. Go back, type it again, and send it again."
        ) from None
    return {name: values[-1] for name, values in read.items()}


def page(template: str, /, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page made from its template; every value in it is shown letter by letter."""
    text = _PAGES.get_template(template).render(css=_CSS, **values)
    return HTMLResponse(text, status_code=status, headers=_HEADERS)


def address_of(request: Request) -> str:
    """Return the address of whoever asks, by which wrong tries are counted."""
    return client_of(request.scope)


def _refuse_foreign(request: Request) -> None:
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or site not in {"same-origin", "none"}:
        raise Refused(
            403, "This was sent from another site, so nothing was done. Open the page itself and try again."
        )
