"""Mounts each browser component with typed arguments; the scripts stand beside this module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import streamlit as st

_HERE = Path(__file__).parent


def _component(name: str, html: str) -> Callable[..., Any]:
    return st.components.v2.component(
        f"headset_{name}",
        html=html,
        css=(_HERE / "components.css").read_text(encoding="utf-8"),
        js=(_HERE / f"{name}.js").read_text(encoding="utf-8"),
    )


_TIMER = _component(
    "timer",
    '<div class="timer"><span class="time"></span> <button type="button" class="plain toggle">Hide time</button>'
    '<p class="notice" aria-live="assertive"></p></div>',
)
_NAVIGATOR = _component("navigator", '<nav class="navigator"><ol></ol></nav>')
_KEYS = _component("keys", "")
_KEEP_TYPING = _component("keep_typing", "")
_READ_ALOUD = _component("read_aloud", "")
_FULLSCREEN = _component("fullscreen", '<button type="button" class="outlined">Full screen</button>')
_WHOLE = _component("whole", "")
_PRINT = _component("print", '<button type="button" class="outlined">Print</button>')
_LISTEN = _component(
    "listen", '<p class="lost" role="status" hidden>No connection to the lesson. Trying again…</p>'
)


@dataclass(frozen=True)
class NavigatorItem:
    """One number of the navigator."""

    answered: bool
    flagged: bool


def timer(*, key: str, remaining: timedelta, running: bool, on_expired: Callable[[], None]) -> None:
    """Show the time left, ticking in the browser; calls `on_expired` once when it reaches 0.

    It is announced at 15, 5 and 1 minute only, and can be hidden. The server holds the deadline.
    """
    _TIMER(
        key=key,
        data={"id": key, "remaining": remaining.total_seconds(), "running": running},
        on_expired_change=on_expired,
    )


def navigator(*, key: str, items: list[NavigatorItem], current: int, on_go: Callable[[], None]) -> None:
    """Show the numbered questions; a click stores the position in session state and calls `on_go`.

    They are one stop of the Tab key, at the current question; arrow keys move among them.
    """
    _NAVIGATOR(
        key=key, data={"items": [asdict(item) for item in items], "current": current}, on_go_change=on_go
    )


def chosen_position(key: str) -> int | None:
    """Return the position just chosen in a navigator, or None."""
    state = st.session_state.get(key)
    chosen = state.get("go") if state else None
    return chosen if type(chosen) is int else None  # the browser sends what it likes


def keys_and_focus(*, letters: bool, presenter: bool = False) -> None:
    """Listen for keys, and put the focus on the heading of what is new.

    That is the heading in the last container whose key begins with `question-`, `feedback-` or `heading-`,
    as soon as it is another one than before. So the key names the attempt and the step; and this stands on
    the page once, outside the part that is drawn again at every step.

    A page that has just been loaded keeps its focus at the top. Enter checks or goes on. With `letters`, A to F choose an option, N goes on, P back, G flags. On a
    `presenter` page the keys are those of a clicker: page down and right arrow uncover or go on, page
    up and left arrow cover or go back; with `letters` also R and H. No key fires while one is typing, in a
    list, menu or panel of its own, or together with a modifier.
    """
    _KEYS(
        key="keys",
        data={"letters": letters, "presenter": presenter},
    )


def keep_typing(*, place: str, name: str, held: str) -> None:
    """Hand over what is typed in the text area inside the container of that key after each pause, not only on leaving it.

    The browser notes each letter under the name until `held`, the text as it is stored, says that it has
    arrived. A note that is still there when the text area comes up again with the text it began from is
    put into it and handed over.
    """
    _KEEP_TYPING(key="keep-typing", data={"place": place, "name": name, "held": held})


def full_screen_button(*, key: str) -> None:
    """Show a button that puts the page on the whole screen, and back."""
    _FULLSCREEN(key=key, data={}, width="content")


def whole_choices() -> None:
    """Let every list box of this page tell below itself what is chosen in it, where that is longer than its line."""
    _WHOLE(key="whole-choices", data={})


def read_aloud(text: str) -> None:
    """Show a button that lets the browser read the text; pressed again, it stops. The page has a `voice`."""
    st.html(
        f'<button type="button" class="outlined" data-aloud="{escape(text)}">Read aloud</button>'
        '<span role="status"></span>',
        width="content",
    )


def voice() -> None:
    """Let the buttons of `read_aloud` on this page read, now and when they are drawn again."""
    _READ_ALOUD(key="voice", data={})


def print_button(
    *,
    key: str,
    html: str,
    label: Literal[
        "Print this note",
        "Print this paper",
        "Print a practice paper",
        "Print this plan",
        "Print this sheet",
        "Print all sheets",
    ],
) -> None:
    """Show a button that prints an HTML page of its own."""
    _PRINT(key=key, data={"html": html, "label": label}, width="content")


def listen(
    *,
    key: str,
    lesson: UUID,
    topic: Literal["place", "answers"],
    since: int,
    gap: float = 0.0,
    delay: float = 0.0,
) -> None:
    """Draw the page (or the fragment this stands in) again as soon as there is news of a live lesson.

    `since` is the topic's number, read before the page read the database. However much news there is,
    `gap` seconds at least lie between two drawings. A page that makes such news itself waits `delay`
    seconds, in which its own drawing brings the new number, so that it is not drawn twice. While the
    server cannot be reached a notice says so.
    """
    _LISTEN(
        key=key,
        data={"lesson": str(lesson), "topic": topic, "since": since, "gap": gap, "delay": delay},
        on_news_change=_drawn_again,
    )


def _drawn_again() -> None:
    """Do nothing: what is drawn is read from the database."""
