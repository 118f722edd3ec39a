"""The shell round every page: the list of pages, the style, and a page of ours for every fault."""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache, wraps
from html import escape
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import streamlit as st

from models import RecordMissing, StorageError
from quiz.errors import MoveRefused, PackError, QuizError
from quiz.wording import count
from ui import access, comfort, keys, session, store
from ui.access import Role
from ui.text import plain
from ui.turns import turn

_LOG = logging.getLogger("headset")
_STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8") + comfort.BASE


@dataclass(frozen=True)
class PageEntry:
    """A page of the app: its script, its title, who may open it in class mode, and whether the menu shows it."""

    path: str
    title: str
    url: str
    default: bool = False
    visibility: Literal["visible", "hidden"] = "visible"
    needs: Literal["anyone", "learner", "tutor"] = "tutor"
    """Left out, a page is the tutor's: one that nobody thought of shows a learner nothing."""
    section: str = ""
    """What the menu lists it under; left out, it stands in the menu itself, one click away."""

    def opens_to(self, role: Role) -> bool:
        """Return whether somebody in that role may open the page."""
        return role.trusted or self.needs == "anyone" or (self.needs == "learner" and role is Role.LEARNER)

    def page(self, role: Role = Role.OWN_MACHINE) -> Any:
        """Return the entry as `st.navigation` takes it; one that the role may not open is not listed."""
        return st.Page(
            self.path,
            title=self.title,
            url_path=self.url,
            default=self.default,
            visibility=self.visibility if self.opens_to(role) else "hidden",
            icon="",
        )


PAGES = (
    PageEntry("app_pages/home.py", "Home", "home", default=True, needs="learner"),
    PageEntry("app_pages/study.py", "Study", "study", needs="learner"),
    PageEntry("app_pages/practice.py", "Practise", "practise", needs="learner"),
    PageEntry("app_pages/review.py", "Review", "review", needs="learner"),
    PageEntry("app_pages/test.py", "Test", "test", needs="learner"),
    PageEntry("app_pages/report.py", "Score report", "report", visibility="hidden", needs="learner"),
    PageEntry("app_pages/progress.py", "Progress", "progress", needs="learner"),
    PageEntry("app_pages/live.py", "Live lesson", "live", visibility="hidden", needs="anyone"),
    PageEntry("app_pages/plan.py", "Plan", "plan", needs="learner", section="Qualification"),
    PageEntry("app_pages/portfolio.py", "Portfolio", "portfolio", needs="learner", section="Qualification"),
    PageEntry(
        "app_pages/qualifications.py",
        "Qualifications",
        "qualifications",
        needs="anyone",
        section="Qualification",
    ),
    PageEntry("app_pages/lesson.py", "Lesson", "lesson", needs="tutor", section="Teaching"),
    PageEntry("app_pages/groups.py", "Groups", "groups", needs="tutor", section="Teaching"),
    PageEntry("app_pages/questions.py", "Questions", "questions", needs="tutor", section="Teaching"),
    PageEntry("app_pages/spec_import.py", "Import", "import", needs="tutor", section="Teaching"),
    PageEntry("app_pages/glossary.py", "Glossary", "glossary", needs="anyone", section="Help"),
    PageEntry("app_pages/about.py", "About and help", "about", needs="anyone", section="Help"),
)


def pages() -> dict[str, list[Any]]:
    """Return all pages by section as `st.navigation` takes them; the menu lists those that this visitor may open.

    A page that is not listed belongs to no section, so that none is shown that holds nothing; a guest has
    too few for sections.
    They are made once for each role, since to look up the path of each costs as much as all other elements
    of a question. Each run gets copies: Streamlit keeps in them which one may run, and other runs go on beside it.
    """
    access.look_again()
    try:
        role = access.role()
    except StorageError:
        role = Role.GUEST  # `run` says what is wrong
    return {section: [copy(page) for page in listed] for section, listed in _pages_of(role).items()}


@cache
def _pages_of(role: Role) -> dict[str, list[Any]]:
    sections: dict[str, list[Any]] = {}
    for entry in PAGES:
        page = entry.page(role)
        apart = page.visibility == "visible" and role is not Role.GUEST
        sections.setdefault(entry.section if apart else "", []).append(page)
    return sections


@turn()
def run(page: Any) -> None:
    """Run the page Streamlit chose; whatever goes wrong ends in a clear message, not a traceback.

    In class mode a page that is not for this visitor is refused before any of its code runs.
    """
    presenting = _entry_of(page).url == "lesson" and "lesson" in st.query_params
    sent = "" if presenting else _comfort()
    st.html(f"<style>{_STYLE}{sent}</style>")
    top = st.container()
    role = Role.GUEST if access.class_mode() else Role.OWN_MACHINE
    try:
        store.bank()
        store.database()
        if access.class_mode():
            met = _meet()
            if met is None:
                _begin_again()
                return
            role = met
        if not _entry_of(page).opens_to(role):
            _refuse(role)
            return
        if not presenting:
            _reading(sent)
        page.run()
        with top:
            show_fault()
    except Exception as error:
        _tell(error, role, page.title)
    finally:
        session.stands(None)


def _tell(error: Exception, role: Role, place: str) -> None:
    """Show a fault as a page of ours, in words for that role; one that nobody foresaw is logged."""
    if isinstance(error, PackError):
        _content_page(error)
    elif isinstance(error, StorageError | QuizError):
        _fault_page(_told(error, role), place)
    else:
        reference = uuid4().hex[:8]
        _LOG.error("Fault %s on page %s", reference, place, exc_info=error)
        _fault_page(
            "Headset met a fault of its own. Every answer you had given is stored. Reload the page; "
            f"if it happens again, tell whoever looks after Headset this reference: {reference}.",
            place,
        )


def _entry_of(page: Any) -> PageEntry:
    """Return the entry of the page Streamlit chose; the default page has no path of its own."""
    path = page.url_path
    return next(entry for entry in PAGES if (path == "" and entry.default) or path == entry.url)


def _meet() -> Role | None:
    """Return the role of whoever is behind this browser in class mode, and show who they are.

    A session is one visitor's for as long as it lives, since it holds what they typed: None where the
    device has been left, joined anew or put out since it began.
    """
    device = access.device()
    who = access.who_of(device)
    if st.session_state.setdefault(keys.WHO, who) != who:
        return None
    role = Role(who[1])
    learner = session.optional_learner_on(device) if role is not Role.GUEST else None
    name = f"{escape(learner.label)} · " if learner is not None else ""
    if role is Role.TUTOR:
        said = f'{name}Tutor · <a href="/leave" target="_self">sign out</a>'
    elif role is Role.LEARNER:
        said = f'{name}<a href="/leave" target="_self">leave</a>'
    else:
        said = '<a href="/join" target="_self">Join</a> · <a href="/tutor" target="_self">Tutor</a>'
    with st.container(key="who"):
        st.html(f"<p>{said}</p>")
    return role


def _begin_again() -> None:
    """Say that the session is over; the link loads the page anew, and with it a session of its own."""
    st.title("Signed out or joined anew", anchor=False)
    st.markdown("This happened in this browser since the page was opened. The last step was not done.")
    st.html('<p><a class="door" href="/" target="_self">Open Headset again</a></p>')


def _refuse(role: Role) -> None:
    """Say whom the page is for, and lead there."""
    if role is Role.GUEST:
        st.title("Join your class first", anchor=False)
        st.markdown("Your tutor has a code for you. With it you get pages of your own on this device.")
        st.html('<p><a class="door" href="/join" target="_self">Type the code</a></p>')
        st.html('<p><a class="door" href="/tutor" target="_self">I am the tutor</a></p>')
    else:
        st.title("This page is for your tutor", anchor=False)
        st.markdown("It shows what others have answered, so it asks for the tutor's passcode.")
        st.html('<p><a class="door" href="/tutor" target="_self">Sign in as tutor</a></p>')


def _told(error: Exception, role: Role) -> str:
    """Return what to say of a fault; where the data lies is told only to those who look after it."""
    if role.trusted or isinstance(error, RecordMissing) or not isinstance(error, StorageError):
        return str(error)
    _LOG.error("%s", error)
    return "Headset cannot reach its data just now. What was stored before is safe. Tell your tutor."


def show_fault() -> None:
    """Show here what went wrong in the last step, if anything did; else the top of the page shows it."""
    fault = st.session_state.pop(keys.FAULT, None)
    if fault:
        st.error(plain(fault))


def guarded(callback: Callable[..., None]) -> Callable[..., None]:
    """Return the callback with its faults kept for the top of the next page.

    Streamlit runs callbacks before the page, where no page of ours could catch them. In class mode it does
    nothing where this browser has become somebody else's since the page was drawn.
    """

    @wraps(callback)
    @turn()
    def safe(*args: Any, **kwargs: Any) -> None:
        access.look_again()
        try:
            if access.class_mode() and st.session_state.get(keys.WHO) != access.who():
                return  # the page says why
            callback(*args, **kwargs)
        except (MoveRefused, StorageError, QuizError) as error:
            who = st.session_state.get(keys.WHO) if access.class_mode() else None
            st.session_state[keys.FAULT] = _told(error, Role(who[1]) if who else Role.OWN_MACHINE)
        except Exception:
            reference = uuid4().hex[:8]
            _LOG.exception("Fault %s in %s", reference, callback.__name__)
            st.session_state[keys.FAULT] = (
                "That did not work, and nothing was changed. Try it once more; if it happens again, "
                f"tell whoever looks after Headset this reference: {reference}."
            )

    return safe


def fragment(function: Callable[..., None]) -> Callable[..., None]:
    """Return the function as a part of a page that is drawn again by itself; use this instead of `st.fragment`.

    Streamlit draws such a part without the page round it, and so without its guard: where this browser has
    become somebody else's in class mode, the whole page runs instead. What goes wrong in it is told in its
    place, as `run` tells it of a page.
    """

    @wraps(function)
    @turn()
    def part(*args: Any, **kwargs: Any) -> None:
        role = Role.GUEST if access.class_mode() else Role.OWN_MACHINE
        try:
            access.look_again()
            if access.class_mode() and st.session_state.get(keys.WHO) != access.who():
                st.rerun()
            role = access.role()
            function(*args, **kwargs)
        except Exception as error:
            _tell(error, role, function.__name__)
        finally:
            session.stands(None)

    drawn: Callable[..., None] = st.fragment(part)
    return drawn


def _comfort() -> str:
    """Return the style that whoever reads here has chosen; none where it cannot be read: `run` says why."""
    try:
        return comfort.css(comfort.settings())
    except Exception:
        return ""


@guarded
def keep_reading(place: str) -> None:
    """Store what the controls of reading comfort at that place hold."""
    comfort.keep(comfort.chosen(place))


@guarded
def reset_reading() -> None:
    """Store that nothing is chosen for reading comfort."""
    comfort.keep(comfort.Comfort().settings)


@fragment
def _reading(sent: str) -> None:
    """Show the panel of reading comfort; it opens without the page, and what it changes draws the page anew."""
    if _comfort() != sent:
        st.rerun()
    comfort.panel(keep_reading, reset_reading, show_fault)


def _content_page(error: PackError) -> None:
    st.title("The content has faults", anchor=False)
    st.markdown(
        f"Headset does not start on content it cannot trust. {count(len(error.findings), 'fault').capitalize()} "
        "to mend; nothing that learners have answered is touched. After mending, restart Headset."
    )
    for fault in error.findings:
        st.markdown(
            f"- **{plain(f'{fault.file}:{fault.line}')}** ({plain(fault.rule)}): {plain(fault.message)}"
        )


def _fault_page(message: str, place: str) -> None:
    st.title("Something needs attention", anchor=False)
    st.error(plain(message))
    if st.button("Back to Home", key=f"fault-home-{place}"):
        st.switch_page("app_pages/home.py")
