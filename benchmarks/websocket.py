"""A visitor without a browser: speaks Streamlit's websocket protocol as its frontend does.

It opens a session, keeps the page from the messages, and sends what the widgets hold, so that two
hundred learners fit into one process. It can also send what no browser would: tests of safety forge
with it. The messages are Streamlit's own (`streamlit/proto`, version 1.67); the websocket library is
the one that Streamlit itself needs.

    async with Visitor(url) as visitor:      # the address, as one opens it in a browser
        await visitor.click("Just me")
        await visitor.go("Practise")
        await visitor.click("Start practising")
        await visitor.choose("Choose one answer", 0)
        seconds = await visitor.click("Check answer")
        assert "Next" in visitor.labels("button")
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg, ForwardMsgMetadata
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from benchmarks.screen import Screen, Shown, first_state, said, set_number

_CLICKED = ("button", "download_button", "page_link", "menu_button")
_XSRF = "_streamlit_xsrf"
# What the frontend sends where it has no token of its own.
_NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"


class VisitFailed(Exception):
    """The server refused the visitor, hung up, or sent what a browser could not show."""


class NotShown(VisitFailed):
    """The page does not show what the visitor was to use."""


@dataclass(frozen=True)
class Step:
    """Something the visitor did, and the seconds until the page that followed was complete."""

    name: str
    seconds: float


@dataclass(slots=True)
class _Cached:
    delta: Delta
    used: int


class Visitor:
    """A browser tab without a browser.

    Every action waits until the script has finished, and returns the seconds that took; with
    `wait=False` it returns at once, and `wait` waits. What stands in a form, or is sent only with the
    next run, waits for nothing. Runs that the page starts by itself (`run_every`) go on meanwhile
    unless `auto=False`; one that is under way when the visitor acts is let finish first, uncounted.

    `keep=True` keeps every message for `heard`. A tab answers only to the event loop it was opened in.
    """

    def __init__(
        self,
        url: str,
        *,
        path: str = "",
        query: str | Mapping[str, str] = "",
        cookies: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        origin: str | None = "",
        limit: float = 30.0,
        auto: bool = True,
        keep: bool = False,
    ) -> None:
        self.url, self.path, self.query = url.rstrip("/"), path.strip("/"), _query(query)
        self.cookies, self.headers = dict(cookies or {}), dict(headers or {})
        self.origin = self.url if origin == "" else origin
        self.limit, self.auto = limit, auto
        self.steps: list[Step] = []
        self.faults: list[str] = []
        self.bytes_received = 0
        self._kept: list[bytes] | None = [] if keep else None
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._timers: dict[str, tuple[float, asyncio.Task[None]]] = {}
        self._forget()

    def _forget(self) -> None:
        self.screen = Screen()
        self.states: dict[str, WidgetState] = {}
        self.pages: list[AppPage] = []
        self.page_hash, self.session_id = "", ""
        self._forms: dict[str, dict[str, WidgetState]] = {}
        self._cache: dict[str, _Cached] = {}
        self._runs, self._cache_age = 0, 2
        self._main_script, self._run = "", ""
        self._wanted: str | None = None  # the fragment asked for, "" for the whole page, None for nothing
        self._answering, self._asked_at, self._finished_at = "", 0.0, 0.0
        self._done, self._quiet = asyncio.Event(), asyncio.Event()
        self._done.set()
        self._quiet.set()
        self._heard_at = 0.0

    # Coming and going

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(
        self, path: str | None = None, query: str | Mapping[str, str] | None = None, *, wait: bool = True
    ) -> float:
        """Open an address in a new session and wait for its page; without one, the present address (a reload).

        The seconds count from before the connection to the end of the first run.

        Raises:
            VisitFailed: the server refuses the connection.
            TimeoutError: the page is not complete in time.
        """
        await self.close()
        self._forget()
        if path is not None:
            self.path, self.query = path.strip("/"), ""
        if query is not None:
            self.query = _query(query)
        began = time.perf_counter()
        await self._connect()
        await self.rerun(wait=False)
        self._asked_at = began
        return await self._seconds("open", wait)

    async def reconnect(self, *, wait: bool = True) -> float:
        """Come back to the same session after `close`, as a browser does when its network comes back.

        Raises:
            VisitFailed: the server refuses the connection.
            TimeoutError: the page is not complete in time.
        """
        await self.close()
        began = time.perf_counter()
        await self._connect(self.session_id)
        await self.rerun(wait=False)
        self._asked_at = began
        return await self._seconds("reconnect", wait)

    async def close(self) -> None:
        """Hang up; the session stays on the server for as long as Streamlit keeps it."""
        self._stop_timers()
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
            self._listening = None
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    # What is shown

    def find(self, kind: str, name: str | None = None) -> Shown:
        """Return the one element of a kind with that label or key.

        Raises:
            NotShown: there is none, or more than one.
        """
        return self._one((kind,), name)

    def find_all(self, kind: str | None = None) -> list[Shown]:
        """Return the elements of a kind, or all, in the order of the page."""
        return [shown for shown in self.screen if kind in (None, shown.kind)]

    def labels(self, kind: str | None = None) -> list[str]:
        """Return the labels of the widgets and links on the page, in its order."""
        return [shown.label for shown in self.find_all(kind) if shown.label]

    def text(self, *, raw: bool = False) -> str:
        """Return all text of the page, one piece a line, folded parts, labels and options too.

        Escapes and bold type are taken out of it unless it is wanted as it was sent.
        """
        text = "\n".join(self.screen.texts())
        return text if raw else said(text)

    def errors(self) -> list[str]:
        """Return the exceptions and the red messages on the page."""
        return [
            "\n".join(shown.texts())
            for shown in self.screen
            if shown.kind == "exception" or (shown.kind == "alert" and shown.sent.format == Alert.ERROR)
        ]

    def heard(self, text: str) -> bool:
        """Return whether any message since the visitor was made holds that text, shown or not.

        Raises:
            ValueError: the visitor was not made with `keep=True`.
        """
        if self._kept is None:
            raise ValueError("Only a visitor made with keep=True remembers what it heard.")
        wanted = {text.encode(), json.dumps(text)[1:-1].encode()}
        return any(part in message for message in self._kept for part in wanted)

    def value(self, name: str) -> Any:
        """Return what the widget of that label or key holds, in the form in which it is sent.

        Raises:
            NotShown: there is no such widget, or more than one.
        """
        shown = self._one(None, name)
        state = self._forms.get(shown.form, {}).get(shown.id) or self.states.get(shown.id)
        field = state.WhichOneof("value") if state is not None else None
        if state is None or field is None:
            return None
        held = getattr(state, field)
        return list(held.data) if field.endswith("array_value") else held

    # What one does

    async def click(self, name: str, *, wait: bool = True, force: bool = False) -> float:
        """Press the button or follow the link of that label or key; `force` presses a disabled one too.

        Raises:
            NotShown: there is none, more than one, or nobody could press it.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(_CLICKED, name)
        if shown.disabled and not force:
            raise NotShown(f"“{name}” is disabled.")
        if shown.kind == "page_link":
            return await self._go(shown.sent.page_script_hash, shown.sent.query_string, name, wait)
        trigger = WidgetState(id=shown.id, trigger_value=True)
        if shown.form:
            self.states.update(self._forms.pop(shown.form, {}))
        await self._settle_auto()
        await self.rerun(triggers=[trigger], fragment=shown.fragment, wait=False)
        if shown.form and self.screen.clears(shown.form):
            for other in self.screen:
                if other.form == shown.form and (state := first_state(other)) is not None:
                    self.states[other.id] = state
        return await self._seconds(name, wait)

    async def choose(self, name: str, option: str | int | None, *, wait: bool = True) -> float:
        """Pick an option of a radio, selectbox or segmented control: its place, or its text or a part of it.

        Raises:
            NotShown: there is no such widget or option, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("radio", "selectbox", "button_group"), name)
        state = WidgetState(id=shown.id)
        if shown.kind == "button_group":
            state.string_array_value.data.extend([] if option is None else [_option(shown, option)])
        elif option is not None:
            state.string_value = _option(shown, option)
        return await self.put(shown, state, wait=wait)

    async def choose_all(self, name: str, options: Iterable[str | int], *, wait: bool = True) -> float:
        """Pick these options of a multiselect, or of a segmented control that takes several.

        Raises:
            NotShown: there is no such widget or option, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("multiselect", "button_group"), name)
        state = WidgetState(id=shown.id)
        state.string_array_value.data.extend(_option(shown, option) for option in options)
        return await self.put(shown, state, wait=wait)

    async def tick(self, name: str, on: bool = True, *, wait: bool = True) -> float:
        """Set a checkbox or a toggle.

        Raises:
            NotShown: there is none, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("checkbox",), name)
        return await self.put(shown, WidgetState(id=shown.id, bool_value=on), wait=wait)

    async def type(self, name: str, text: str, *, wait: bool = True) -> float:
        """Write into a text input or area and leave it.

        Raises:
            NotShown: there is none, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("text_input", "text_area"), name)
        return await self.put(shown, WidgetState(id=shown.id, string_value=text), wait=wait)

    async def number(self, name: str, number: float, *, wait: bool = True) -> float:
        """Set a number input, or a slider with one handle.

        Raises:
            NotShown: there is none, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("number_input", "slider"), name)
        state = WidgetState(id=shown.id)
        if shown.kind == "slider":
            state.double_array_value.data.append(number)
        else:
            set_number(state, shown, number)
        return await self.put(shown, state, wait=wait)

    async def date(self, name: str, *days: str, wait: bool = True) -> float:
        """Set a date input to days written as 2026/11/20, or to none.

        Raises:
            NotShown: there is none, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("date_input",), name)
        state = WidgetState(id=shown.id)
        state.string_array_value.data.extend(days)
        return await self.put(shown, state, wait=wait)

    async def trigger(self, name: str, event: str, value: object = True, *, wait: bool = True) -> float:
        """Let a component (by key or name) call its `setTriggerValue(event, value)`.

        Raises:
            NotShown: there is none, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("bidi_component",), name)
        # All events of one component travel as one list under one id.
        events = WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{shown.id}__events",
            json_trigger_value=json.dumps([{"event": event, "value": value}]),
        )
        await self._settle_auto()
        await self.rerun(triggers=[events], fragment=shown.fragment, wait=False)
        return await self._seconds(f"{name}: {event}", wait)

    async def hold(self, name: str, entry: str, value: object, *, wait: bool = True) -> float:
        """Let a component (by key or name) call its `setStateValue(entry, value)`.

        Raises:
            NotShown: there is none, or more than one.
            TimeoutError: the page is not complete in time.
        """
        shown = self._one(("bidi_component",), name)
        held = self._forms.get(shown.form, {}).get(shown.id) or self.states.get(shown.id)
        values = json.loads(held.json_value) if held is not None else {}
        state = WidgetState(id=shown.id, json_value=json.dumps({**values, entry: value}))
        return await self.put(shown, state, wait=wait)

    async def go(self, page: str, query: str | Mapping[str, str] = "", *, wait: bool = True) -> float:
        """Go to a page of the menu by its title or its part of the address, hidden pages too.

        Raises:
            NotShown: the app has no such page.
            TimeoutError: the page is not complete in time.
        """
        for entry in self.pages:
            if page in (entry.page_name, entry.url_pathname):
                return await self._go(entry.page_script_hash, _query(query), page, wait)
        raise NotShown(f"No page “{page}”; there are {', '.join(p.page_name for p in self.pages)}.")

    async def wait(self, limit: float | None = None) -> None:
        """Wait until the run asked for last has finished, or return at once when none was.

        Raises:
            TimeoutError: it has not finished after `limit` seconds, or after the visitor's own limit.
            VisitFailed: the server hung up.
        """
        seconds = self.limit if limit is None else limit
        try:
            async with asyncio.timeout(seconds):
                await self._done.wait()
        except TimeoutError:
            raise TimeoutError(f"The page was not complete after {seconds} seconds.") from None
        if self._wanted is not None:
            raise VisitFailed(self.faults[-1] if self.faults else "The server hung up.")

    async def until(self, text: str, limit: float | None = None) -> float:
        """Wait until the page shows a text, by whatever run brings it, and return the seconds that took.

        Raises:
            TimeoutError: it does not in time.
        """
        began, seconds = time.perf_counter(), self.limit if limit is None else limit
        while text not in self.text():
            if time.perf_counter() - began > seconds:
                raise TimeoutError(f"“{text}” was not shown within {seconds} seconds.")
            await asyncio.sleep(0.01)
        return time.perf_counter() - began

    async def calm(self, seconds: float = 0.3) -> None:
        """Wait until the server has sent nothing for that long: after clicks that were not waited for."""
        while (left := self._heard_at + seconds - time.perf_counter()) > 0 or not self._done.is_set():
            await asyncio.sleep(max(left, 0.01))

    # What a forger needs too

    async def put(self, shown: Shown, state: WidgetState, *, wait: bool = True) -> float:
        """Let a widget hold a state, and send it unless it waits for its form or for the next run.

        Returns the seconds of the run, 0 where nothing was sent.

        Raises:
            TimeoutError: the page is not complete in time.
        """
        if shown.form:
            self._forms.setdefault(shown.form, {})[shown.id] = state
            return 0.0
        self.states[shown.id] = state
        if shown.quiet:
            return 0.0
        await self._settle_auto()
        await self.rerun(fragment=shown.fragment, wait=False)
        return await self._seconds(shown.label or shown.kind, wait)

    async def rerun(
        self,
        *,
        triggers: Iterable[WidgetState] = (),
        states: Iterable[WidgetState] | None = None,
        fragment: str = "",
        page_hash: str | None = None,
        query: str | None = None,
        auto: bool = False,
        wait: bool = True,
    ) -> float:
        """Ask for a run with the state of every widget; each part of the message can be given instead.

        Triggers are sent with this message only.

        Raises:
            TimeoutError: the page is not complete in time.
        """
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query if query is None else query
        asked.widget_states.widgets.extend(self.states.values() if states is None else states)
        asked.widget_states.widgets.extend(triggers)
        asked.page_script_hash = self.page_hash if page_hash is None else page_hash
        if not asked.page_script_hash:
            asked.page_name = self.path
        asked.fragment_id = fragment
        asked.is_auto_rerun = auto
        asked.cached_message_hashes.extend(self._cache)
        context = asked.context_info
        context.timezone, context.timezone_offset, context.locale = "Europe/London", 0, "en-GB"
        context.url = f"{self.url}/{self.path}"
        context.is_embedded, context.color_scheme = False, "light"
        if not auto:
            self._wanted, self._answering = fragment, ""
            self._done.clear()
            self._asked_at = time.perf_counter()
        await self.send(message)
        return 0.0 if auto else await self._seconds("rerun", wait)

    async def send(self, message: BackMsg | bytes) -> None:
        """Send a message of one's own making.

        Raises:
            VisitFailed: the server has hung up.
        """
        if self._socket is None:
            raise VisitFailed("The visitor has not opened a page.")
        try:
            await self._socket.send(message if isinstance(message, bytes) else message.SerializeToString())
        except ConnectionClosed as error:
            raise VisitFailed(f"The server hung up: {error}") from error

    # How it works

    async def _connect(self, session: str = "") -> None:
        parts = urlsplit(self.url)
        address = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}/_stcore/stream"
        headers = dict(self.headers)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        # The second and third entry are no protocols: Streamlit carries tokens in them.
        protocols = ["streamlit", self.cookies.get(_XSRF, _NO_TOKEN), *([session] if session else [])]
        try:
            self._socket = await connect(
                address,
                origin=None if self.origin is None else Origin(self.origin),
                subprotocols=[Subprotocol(entry) for entry in protocols],
                additional_headers=headers,
                open_timeout=self.limit,
                ping_interval=None,  # a browser sends none
                max_size=None,
                proxy=None,
            )
        except (InvalidHandshake, OSError) as error:
            raise VisitFailed(f"The server refused the connection: {error}") from error
        self._listening = asyncio.create_task(self._listen(self._socket))

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for data in socket:
                if isinstance(data, str):
                    raise VisitFailed("The server sent text where the protocol has bytes.")
                self.bytes_received += len(data)
                if self._kept is not None:
                    self._kept.append(data)
                self._heard_at = time.perf_counter()
                self._take(ForwardMsg.FromString(data))
            self.faults.append(f"The server hung up ({socket.close_code}).")
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}")
        self._stop_timers()
        self._quiet.set()
        self._done.set()

    def _take(self, message: ForwardMsg) -> None:
        kind, about = message.WhichOneof("type"), message.metadata
        if kind == "delta":
            if about.cacheable:
                self._cache.setdefault(message.hash, _Cached(message.delta, self._runs))
            self._show(message.delta, about)
        elif kind == "ref_hash":
            cached = self._cache.get(message.ref_hash)
            if cached is None:
                raise VisitFailed(f"The server refers to a message {message.ref_hash} that it never sent.")
            cached.used = self._runs
            self._show(cached.delta, about)
        elif kind == "new_session":
            self._begin_run(message)
        elif kind == "script_finished":
            self._end_run(message)
        elif kind == "navigation":
            self.pages = list(message.navigation.app_pages)
            self.page_hash = message.navigation.page_script_hash
            here = next((page for page in self.pages if page.page_script_hash == self.page_hash), None)
            if here is not None:
                self.path = "" if here.is_default else here.url_pathname
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "page_not_found":
            self.faults.append(f"Page not found: {message.page_not_found.page_name}")
        elif kind == "auto_rerun":
            self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            self._stop_timers(message.stop_auto_rerun.fragment_ids)
        elif kind == "session_event" and message.session_event.HasField("script_compilation_exception"):
            self.faults.append(message.session_event.script_compilation_exception.message)

    def _show(self, delta: Delta, about: ForwardMsgMetadata) -> None:
        self.screen.show(delta, about.delta_path, self._run, about.active_script_hash)
        kind = delta.new_element.WhichOneof("type") if delta.HasField("new_element") else None
        if kind is None:
            return
        shown = Shown(kind, getattr(delta.new_element, kind), delta.fragment_id)
        if kind == "exception":
            self.faults.append("\n".join(shown.texts()))
        if shown.id and (getattr(shown.sent, "set_value", False) or shown.id not in self.states):
            state = first_state(shown)
            if state is not None:
                self.states[shown.id] = state

    def _begin_run(self, message: ForwardMsg) -> None:
        session, run = message.new_session, message.metadata.run
        self._run = run.script_run_id
        if session.HasField("initialize"):
            self.session_id = session.initialize.session_id
        if not run.fragment_ids:
            self._stop_timers()
            self._quiet.set()
            self._main_script = session.main_script_hash
            self._cache_age = session.config.max_cached_message_age
            if session.page_script_hash != self.page_hash:
                self.screen.leave_page(self._main_script)
                self._drop_states()
            self.page_hash = session.page_script_hash
        if self._wanted is not None and (not run.fragment_ids or self._wanted in run.fragment_ids):
            self._answering = run.script_run_id

    def _end_run(self, message: ForwardMsg) -> None:
        run, status = message.metadata.run, message.script_finished
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        fragments = list(run.fragment_ids)
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.faults.append("The script could not be compiled.")
        elif fragments or run.script_run_id == self._run:
            self.screen.settle(run.script_run_id, fragments)
            self._drop_states()
        self._age_cache(fragments)
        if fragments:
            self._quiet.set()
        if self._wanted is not None and run.script_run_id == self._answering:
            self._wanted, self._finished_at = None, time.perf_counter()
            self._done.set()

    def _drop_states(self) -> None:
        there = self.screen.ids()
        for held in (self.states, *self._forms.values()):
            for gone in held.keys() - there:
                del held[gone]

    def _age_cache(self, fragments: list[str]) -> None:
        self._runs += 1
        for key, cached in list(self._cache.items()):
            if fragments and cached.delta.fragment_id not in fragments:
                continue
            if self._runs - cached.used > self._cache_age:
                del self._cache[key]

    def _start_timer(self, fragment: str, interval: float) -> None:
        running = self._timers.get(fragment)
        if not self.auto or not fragment or (running is not None and running[0] == interval):
            return
        self._stop_timers([fragment])
        self._timers[fragment] = (interval, asyncio.create_task(self._tick(fragment, interval)))

    def _stop_timers(self, fragments: Iterable[str] | None = None) -> None:
        for fragment in list(self._timers if fragments is None else fragments):
            if fragment in self._timers:
                self._timers.pop(fragment)[1].cancel()

    async def _tick(self, fragment: str, interval: float) -> None:
        with contextlib.suppress(VisitFailed):
            while True:
                await asyncio.sleep(interval)
                if self._wanted is None:
                    self._quiet.clear()
                    await self.rerun(fragment=fragment, auto=True)

    async def _settle_auto(self) -> None:
        # The protocol does not say which message a run answers. With no run of the page's own under
        # way, the next one is ours. A fragment that has gone is never run: then waiting ends by time.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await self._quiet.wait()

    async def _go(self, page_hash: str, query: str, name: str, wait: bool) -> float:
        await self._settle_auto()
        self._stop_timers()
        self.query = query
        # Of the page that is left nothing is sent; of the script round all pages everything.
        staying = self.screen.ids(self._main_script)
        states = [state for key, state in self.states.items() if key in staying]
        await self.rerun(states=states, page_hash=page_hash, wait=False)
        return await self._seconds(name, wait)

    async def _seconds(self, name: str, wait: bool) -> float:
        if not wait:
            return 0.0
        await self.wait()
        self.steps.append(Step(name, self._finished_at - self._asked_at))
        return self.steps[-1].seconds

    def _one(self, kinds: tuple[str, ...] | None, name: str | None) -> Shown:
        there = [shown for shown in self.screen if shown.id or shown.kind == "page_link" or kinds is not None]
        if kinds is not None:
            there = [shown for shown in there if shown.kind in kinds]
        named = [s for s in there if name is None or s.key == name]
        found = named or [s for s in there if s.label == name or getattr(s.sent, "label", "") == name]
        if len(found) == 1:
            return found[0]
        listed = ", ".join(f"{shown.label or shown.kind} [{shown.key}]" for shown in there)
        wanted = f"{' or '.join(kinds or ('widget',))} “{name}”"
        raise NotShown(f"{len(found)} of {wanted}; there are: {listed or 'none'}.")


def _query(query: str | Mapping[str, str]) -> str:
    return query.lstrip("?") if isinstance(query, str) else urlencode(query)


def _option(shown: Shown, wanted: str | int) -> str:
    options = shown.options
    if isinstance(wanted, int):
        if not 0 <= wanted < len(options):
            raise NotShown(f"“{shown.label}” has {len(options)} options, not {wanted + 1}.")
        return options[wanted]
    exact = [option for option in options if wanted in (option, said(option))]
    found = exact or [option for option in options if wanted in said(option)]
    if len(found) != 1:
        raise NotShown(f"{len(found)} options “{wanted}” of “{shown.label}”; there are {', '.join(options)}.")
    return found[0]
