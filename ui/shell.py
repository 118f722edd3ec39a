"""The shell round every page: the list of pages, the style, and a page of ours for every fault."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import streamlit as st

from models import StorageError
from quiz.errors import MoveRefused, PackError, QuizError
from quiz.wording import count
from ui import keys, store
from ui.text import plain

_LOG = logging.getLogger("headset")
_STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class PageEntry:
    """A page of the app: its script, its title and whether the menu shows it."""

    path: str
    title: str
    url: str
    default: bool = False
    visibility: Literal["visible", "hidden"] = "visible"

    def page(self) -> Any:
        """Return the entry as `st.navigation` takes it."""
        return st.Page(
            self.path,
            title=self.title,
            url_path=self.url,
            default=self.default,
            visibility=self.visibility,
            icon="",
        )


PAGES = (
    PageEntry("app_pages/home.py", "Home", "home", default=True),
    PageEntry("app_pages/study.py", "Study", "study"),
    PageEntry("app_pages/practice.py", "Practise", "practise"),
    PageEntry("app_pages/review.py", "Review", "review"),
    PageEntry("app_pages/test.py", "Test", "test"),
    PageEntry("app_pages/report.py", "Score report", "report", visibility="hidden"),
    PageEntry("app_pages/progress.py", "Progress", "progress"),
    PageEntry("app_pages/lesson.py", "Lesson", "lesson"),
    PageEntry("app_pages/groups.py", "Groups", "groups"),
    PageEntry("app_pages/questions.py", "Questions", "questions"),
    PageEntry("app_pages/plan.py", "Plan", "plan"),
    PageEntry("app_pages/portfolio.py", "Portfolio", "portfolio"),
    PageEntry("app_pages/qualifications.py", "Qualifications", "qualifications"),
    PageEntry("app_pages/glossary.py", "Glossary", "glossary"),
    PageEntry("app_pages/about.py", "About and help", "about"),
)


def run(page: Any) -> None:
    """Run the page Streamlit chose; whatever goes wrong ends in a clear message, not a traceback."""
    st.html(f"<style>{_STYLE}</style>")
    top = st.container()
    try:
        store.bank()
        store.database()
        page.run()
        with top:
            show_fault()
    except PackError as error:
        _content_page(error)
    except (StorageError, QuizError) as error:
        _fault_page(str(error))
    except Exception:
        reference = uuid4().hex[:8]
        _LOG.exception("Fault %s on page %s", reference, page.title)
        _fault_page(
            "Headset met a fault of its own. Every answer you had given is stored. Reload the page; "
            f"if it happens again, tell whoever looks after Headset this reference: {reference}."
        )


def show_fault() -> None:
    """Show here what went wrong in the last step, if anything did; else the top of the page shows it."""
    fault = st.session_state.pop(keys.FAULT, None)
    if fault:
        st.error(plain(fault))


def guarded(callback: Callable[..., None]) -> Callable[..., None]:
    """Return the callback with its faults kept for the top of the next page.

    Streamlit runs callbacks before the page, where no page of ours could catch them.
    """

    @wraps(callback)
    def safe(*args: Any, **kwargs: Any) -> None:
        try:
            callback(*args, **kwargs)
        except (MoveRefused, StorageError, QuizError) as error:
            st.session_state[keys.FAULT] = str(error)
        except Exception:
            reference = uuid4().hex[:8]
            _LOG.exception("Fault %s in %s", reference, callback.__name__)
            st.session_state[keys.FAULT] = (
                "That did not work, and nothing was changed. Try it once more; if it happens again, "
                f"tell whoever looks after Headset this reference: {reference}."
            )

    return safe


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


def _fault_page(message: str) -> None:
    st.title("Something needs attention", anchor=False)
    st.error(plain(message))
    if st.button("Back to Home", key="fault-home"):
        st.switch_page("app_pages/home.py")
