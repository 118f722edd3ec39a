"""What every answer of the class server carries, what only its own machine may ask it, and which messages it hears."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

_OWN_MACHINE_ONLY = ("/_stcore/metrics", "/_stcore/agent")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not “no-referrer”: a browser would then send “Origin: null” with our own forms.
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


_HEARD: Final = frozenset(
    {"rerun_script", "app_heartbeat", "stop_script", "file_urls_request", "backend_operation_request"}
)
"""The messages that a page sends by itself. Streamlit takes others from anybody: one drops what all sessions share."""


class SafeAnswers:
    """Adds the security headers that a page has not set itself; keeps Streamlit's figures on this machine.

    Of what comes through a websocket, only messages that pages need reach Streamlit.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "websocket":
            await self._app(scope, _needed(receive), send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["path"].startswith(_OWN_MACHINE_ONLY) and not on_this_machine(client_of(scope)):
            await PlainTextResponse("Not found", 404)(scope, receive, sent)
            return
        await self._app(scope, receive, sent)


def _needed(receive: Receive) -> Receive:
    """Return what receives from a websocket all but the messages that no page needs."""

    async def received() -> Message:
        while True:
            message = await receive()
            data = message.get("bytes") if message["type"] == "websocket.receive" else None
            if data is None or _is_needed(data):
                return message

    return received


def _is_needed(data: bytes) -> bool:
    try:
        return BackMsg.FromString(data).WhichOneof("type") in _HEARD
    except DecodeError:
        return True  # Streamlit hangs up on it


def client_of(scope: Scope) -> str:
    """Return the address a request comes from, or nothing where it is not known."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def on_this_machine(address: str) -> bool:
    """Return whether an address is this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
