"""Reading comfort: size, spacing, tint, typeface and movement as a learner wants them, and the panel that sets them.

What is chosen is kept with the learner. A guest and a class's tutor, who have no learner of their own,
keep it for this visit. A lesson on the classroom screen is shown without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from models import Learner, save_settings
from ui import access, keys, session, store

__all__ = ["BASE", "LETTERS", "SIZES", "SPACINGS", "TINTS", "TYPEFACES", "Comfort", "Tint", "css", "letters"]


@dataclass(frozen=True)
class Tint:
    """A colour laid thinly over whatever is behind text, as the theme has it: how thickly in light and in dark."""

    label: str
    colour: tuple[int, int, int]
    light: float
    dark: float


@dataclass(frozen=True)
class Spacing:
    """How far lines are apart, as a multiple of their size: those of running text, and of headings."""

    label: str
    text: float
    heading: float


SIZES: Final = {
    "100": "Normal",
    "115": "115%",
    "130": "130%",
    "150": "150%",
    "175": "175%",
    "200": "200%",
}
SPACINGS: Final = {
    "normal": Spacing("Normal", 0.0, 0.0),
    "wide": Spacing("Wide", 1.8, 1.45),
    "widest": Spacing("Widest", 2.2, 1.7),
}
TINTS: Final = {
    "none": None,
    "cream": Tint("Cream", (232, 176, 0), 0.16, 0.08),
    "peach": Tint("Peach", (240, 112, 32), 0.15, 0.09),
    "yellow": Tint("Yellow", (255, 230, 0), 0.28, 0.06),
    "green": Tint("Green", (46, 154, 46), 0.16, 0.09),
    "blue": Tint("Blue", (46, 134, 222), 0.17, 0.11),
    "lilac": Tint("Lilac", (138, 79, 208), 0.15, 0.13),
    "grey": Tint("Grey", (112, 122, 132), 0.2, 0.1),
}
OUTSIDE: Final = 0.08
"""How thickly a tint lies over lists and panels, which stand outside the page and are not told its theme."""
EDGE: Final = 0.62
"""The edge of a control on a tint, as a share of the colour of text in it."""
TYPEFACES: Final = {"hyperlegible": "Atkinson Hyperlegible", "dyslexic": "OpenDyslexic"}
LETTERS: Final = "letter_keys"
"""The setting that says whether single letters are keys."""

_BASE_SIZE: Final = 17 / 16
"""The theme's size against the browser's own, which stays the measure: whoever has set it larger keeps that."""
_STILL: Final = (
    "*, *::before, *::after { animation-duration: 1ms !important; animation-iteration-count: 1 !important; "
    "transition-duration: 1ms !important; transition-delay: 0s !important; scroll-behavior: auto !important; }\n"
)
_SIGN_OF_LIFE: Final = (
    "@keyframes headset-still { to { opacity: 1; } }\n"
    '.stApp[data-test-script-state="running"] [data-testid="stHeader"]::after '
    "{ width: 100%; animation-name: headset-still !important; animation-delay: 0.5s !important; "
    "animation-fill-mode: forwards !important; }\n"
)
"""The line that runs along the header while a page takes its time stands there instead, as in ui/style.css."""
BASE: Final = f"""
@media (prefers-reduced-motion: reduce) {{ {_STILL.strip()} }}
/* What has the focus shows it, and is not hidden below the header, nor below a bar at the foot of the page. */
[data-testid="stMain"] {{ scroll-padding: 4.5rem 0 5.5rem; }}
.stApp [data-testid^="stBaseButton-primary"]:focus-visible {{ outline-color: var(--headset-ink) !important; }}
[data-testid="stRadioOption"]:has(:focus-visible), [data-testid="stCheckbox"] label:has(:focus-visible) {{ outline: 3px solid currentColor; outline-offset: 2px; border-radius: 0.25rem; }}
[data-testid="stSlider"] div:has(> div > input:focus-visible) {{ outline: 3px solid currentColor; outline-offset: 3px; }}
[data-testid="stMain"]:focus-visible {{ outline-offset: -3px !important; }}
/* A menu that is closed is no stop of the Tab key. */
[data-testid="stSidebar"][data-collapsed="true"] {{ visibility: hidden; }}
/* The panel stands in the header, so that it is at hand wherever the page has been scrolled to. */
[data-testid="stHeader"] {{ padding-right: 7.5rem; }}
.st-key-reading-panel {{ position: fixed; top: 0.6rem; right: 0.75rem; z-index: 999991; width: auto; }}
.st-key-reading-panel button {{ min-height: 2.4rem; color: inherit !important; }}
[data-testid="stPopoverBody"]:has(.st-key-comfort-panel) {{ max-width: min(30rem, 94vw); }}
@media print {{ .st-key-reading-panel {{ display: none; }} }}
"""
"""What is true for everybody, whatever they have chosen."""


@dataclass(frozen=True)
class Comfort:
    """How a learner reads; without a choice, as the theme has it."""

    size: str = "100"
    spacing: str = "normal"
    tint: str = "none"
    typeface: str = "hyperlegible"
    less_movement: bool = False

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Comfort:
        """Return what the settings say; what is none of the choices counts as not chosen."""
        return cls(
            size=_one_of(SIZES, settings.get("text_size"), cls.size),
            spacing=_one_of(SPACINGS, settings.get("line_spacing"), cls.spacing),
            tint=_one_of(TINTS, settings.get("tint"), cls.tint),
            typeface=_one_of(TYPEFACES, settings.get("typeface"), cls.typeface),
            less_movement=settings.get("less_movement") is True,
        )

    @property
    def settings(self) -> dict[str, str | bool]:
        """Return it as settings of a learner."""
        return {
            "text_size": self.size,
            "line_spacing": self.spacing,
            "tint": self.tint,
            "typeface": self.typeface,
            "less_movement": self.less_movement,
        }


def _one_of(choices: Mapping[str, object], value: object, default: str) -> str:
    return value if isinstance(value, str) and value in choices else default


def css(settings: Mapping[str, Any]) -> str:
    """Return the style that the settings ask for; nothing where they ask for nothing."""
    return _css(Comfort.of(settings))


@lru_cache(maxsize=256)
def _css(wanted: Comfort) -> str:
    tint = TINTS[wanted.tint]
    return "".join(
        (
            _size(wanted.size) if wanted.size != Comfort.size else "",
            _spacing(SPACINGS[wanted.spacing]) if wanted.spacing != Comfort.spacing else "",
            _tint(tint) if tint is not None else "",
            _DYSLEXIC + _NARROW if wanted.typeface == "dyslexic" else "",
            _STILL + _SIGN_OF_LIFE if wanted.less_movement else "",
        )
    )


# In the header of a phone the marks stay and the words beside them go, but for those who hear them.
_NARROW: Final = (
    '@media (max-width: 640px) { [data-testid="stToolbar"]::after { display: none !important; } '
    ".st-key-reading-panel button p { position: absolute; width: 1px; height: 1px; overflow: hidden; "
    "clip-path: inset(50%); } }\n"
)


def _size(size: str) -> str:
    """Return the style of a text size: everything is measured in rem, so that all of it grows together."""
    return (
        f":root {{ font-size: {int(size) * _BASE_SIZE:g}% !important; }}\n"
        # A long word is wider than a phone; in a table, which scrolls by itself, it stays whole.
        ".stMain { overflow-wrap: anywhere; } .stMain :is(td, th) { overflow-wrap: break-word; }\n" + _NARROW
    )


def _spacing(spacing: Spacing) -> str:
    return (
        f":is(p, li, dd, dt, td, th, label, textarea, input, .part, .why) {{ line-height: {spacing.text:g} !important; }}\n"
        f":is(h1, h2, h3, h4) {{ line-height: {spacing.heading:g} !important; }}\n"
        '[data-testid="stCheckbox"] label { align-items: center; }\n'
        '[data-testid="stMarkdownContainer"] :is(p + p, li + li) { margin-top: 0.6em; }\n'
    )


def _tint(tint: Tint) -> str:
    red, green, blue = tint.colour
    over = (
        f"light-dark(rgb({red} {green} {blue} / {tint.light:g}), rgb({red} {green} {blue} / {tint.dark:g}))"
    )
    outside = f"rgb({red} {green} {blue} / {OUTSIDE:g})"
    return (
        f"{_PAGE} {{ background-image: linear-gradient({over}, {over}) !important; }}\n"
        f"{_OUTSIDE} {{ background-image: linear-gradient({outside}, {outside}) !important; }}\n"
        ":root { --headset-panel: color-mix(in srgb, currentColor 6%, transparent); }\n"
        f"{_CONTROLS} {{ border-color: color-mix(in srgb, currentColor {EDGE:.0%}, transparent) !important; }}\n"
    )


_PAGE: Final = (
    '.stApp, [data-testid="stHeader"], [data-testid="stSidebar"], .stApp [data-testid="stBaseButton-secondary"], '
    '.stApp [data-testid="stBaseButton-secondaryFormSubmit"], [data-testid="stSelectbox"] [role="group"], '
    '[data-testid="stTextInputRootElement"], [data-testid="stTextAreaRootElement"], [data-testid="stNumberInputContainer"]'
)
_OUTSIDE: Final = '[data-testid="stPopoverBody"], [data-testid="stSelectboxVirtualDropdown"]'
_CONTROLS: Final = (
    '.stApp [data-testid="stBaseButton-secondary"], .stApp [data-testid="stBaseButton-secondaryFormSubmit"]'
)
# Pictures keep their face: their labels are placed for its width. So do signs, which are a face of their own.
_DYSLEXIC: Final = (
    '@font-face { font-family: "OpenDyslexic"; src: url("app/static/fonts/opendyslexic-regular.woff2") format("woff2"); '
    "font-weight: 400; size-adjust: 94%; font-display: swap; }\n"
    '@font-face { font-family: "OpenDyslexic"; src: url("app/static/fonts/opendyslexic-bold.woff2") format("woff2"); '
    "font-weight: 700; size-adjust: 94%; font-display: swap; }\n"
    '@font-face { font-family: "OpenDyslexic"; src: url("app/static/fonts/opendyslexic-italic.woff2") format("woff2"); '
    "font-weight: 400; font-style: italic; size-adjust: 94%; font-display: swap; }\n"
    'body, body *:not([data-testid="stIconMaterial"], svg, svg *, code, code *, pre) '
    '{ font-family: "OpenDyslexic", "Hyperlegible", sans-serif !important; }\n'
)


# --- Whose settings they are


def settings() -> Mapping[str, Any]:
    """Return the settings of whoever reads in this session, as last read from the database or chosen on this visit."""
    reader = _reader()
    return reader.settings if reader is not None else st.session_state.get(keys.VISIT, {})


def letters() -> bool:
    """Return whether single letters are keys for whoever uses this session."""
    return settings().get(LETTERS, True) is not False


def _reader() -> Learner | None:
    """Return the learner whose own session this is; a tutor who looks as one of a class is not that learner."""
    known = st.session_state.get(keys.READER)
    chosen = st.session_state.get(keys.LEARNER)
    if keys.READER not in st.session_state or (chosen is not None and (known is None or known.id != chosen)):
        known = session.optional_learner()
    return None if access.role() is access.Role.TUTOR else known


def keep(wanted: Mapping[str, str | bool]) -> None:
    """Store settings of whoever reads in this session; they hold from the drawing that follows."""
    reader = _reader()
    if reader is None:
        st.session_state[keys.VISIT] = {**st.session_state.get(keys.VISIT, {}), **wanted}
        return
    with store.database().write() as db:
        save_settings(session=db, learner_id=reader.id, settings=dict(wanted))
    st.session_state[keys.READER] = replace(reader, settings={**reader.settings, **wanted})


# --- The panel


def panel(
    keep_chosen: Callable[[str], None], reset: Callable[[], None], show_fault: Callable[[], None]
) -> None:
    """Show the button of the panel; what is in it is drawn when it is open."""
    shown = st.popover(
        "Reading", key="reading-panel", type="tertiary", icon=":material/text_fields:", on_change="rerun"
    )
    if shown.open:
        with shown:
            show_fault()
            controls("panel", keep_chosen, reset)


def controls(place: str, keep_chosen: Callable[[str], None], reset: Callable[[], None]) -> None:
    """Show the choices; `keep_chosen(place)` and `reset()` are called when one of them is made."""
    now = Comfort.of(settings())
    for name, value in now.settings.items():
        st.session_state[_key(place, name)] = value
    with st.container(key=f"comfort-{place}"):
        _choice(place, "text_size", "Text size", SIZES, keep_chosen)
        spacings = {key: entry.label for key, entry in SPACINGS.items()}
        _choice(place, "line_spacing", "Space between lines", spacings, keep_chosen)
        tints = {key: entry.label if entry is not None else "None" for key, entry in TINTS.items()}
        _choice(place, "tint", "Tint behind text", tints, keep_chosen)
        _choice(place, "typeface", "Typeface", TYPEFACES, keep_chosen)
        st.toggle(
            "Less movement", key=_key(place, "less_movement"), on_change=keep_chosen, args=(place,),
            help="Nothing slides or fades. If your device asks for less movement, that holds in any case.",
        )  # fmt: skip
        st.button("Back to normal", key=_key(place, "reset"), disabled=now == Comfort(), on_click=reset)
        st.caption(
            "Kept with your name, on every page."
            if _reader() is not None
            else "Kept until you close this page."
        )


def chosen(place: str) -> dict[str, str | bool]:
    """Return what the panel at that place holds, as settings; what is none of the choices as not chosen."""
    return Comfort.of({name: st.session_state.get(_key(place, name)) for name in Comfort().settings}).settings


def _choice(
    place: str, name: str, label: str, options: Mapping[str, str], keep_chosen: Callable[[str], None]
) -> None:
    st.radio(
        label, list(options), format_func=options.__getitem__, key=_key(place, name), horizontal=True,
        on_change=keep_chosen, args=(place,),
    )  # fmt: skip


def _key(place: str, name: str) -> str:
    return f"reading-{place}-{name}"
