"""About and help: what this is, where answers are kept, keys, how answers are marked."""

from html import escape

import streamlit as st

from quiz.wording import sentence
from ui import access, comfort, keeping, session, store
from ui.shell import guarded, keep_reading, reset_reading
from ui.text import plain

KEYS = (
    ("A to F", "choose an option", "practice, review, test, live lesson"),
    ("Enter", "check the answer or send it, or go on", "practice, review, test, live lesson"),
    ("N", "next question; after the last one of a test, review your answers", "practice, review, test"),
    ("P", "previous question; from “Review your answers” back to the questions", "test"),
    ("G", "flag the question, or take the flag off", "test"),
    ("Arrow keys, Home, End", "move among the numbers of the questions; Enter opens one", "test"),
    ("Right arrow, page down, Enter", "begin, reveal, or go on; a clicker sends page down", "lesson"),
    ("Left arrow, page up", "hide, or go back; a clicker sends page up", "lesson"),
    ("R, H", "reveal, hide", "lesson"),
    ("N, P", "next question, previous question", "lesson"),
    ("Tab, arrow keys, space", "move about and choose, as on any web page", "everywhere"),
)
"""A key, what it does, and where."""
MARKS = (
    ("One answer", "1 for the right option, otherwise 0", "1 in 4 with four options"),
    (
        "Choose two",
        "right options among those chosen, divided by how many to choose",
        "1 in 10 with two of five",
    ),
    ("Match", "lines matched rightly, divided by lines", "1 in 24 with four lines"),
    (
        "Put in order",
        "pairs of steps in the right order less pairs in the wrong one, divided by all pairs; not below 0",
        "1 in 120 with five steps",
    ),
    (
        "Sort",
        "share sorted rightly, less what guessing gives; not below 0",
        "1 in 64 with six lines and two headings",
    ),
)


@guarded
def set_letters() -> None:
    """Store whether single letters are keys."""
    comfort.keep({comfort.LETTERS: st.session_state["letter-keys"]})


def listed(entries) -> str:
    """Return names and what is said of each: a list keeps within a narrow page where a table does not."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(told)}</dd>" for name, told in entries)
    return f'<dl class="glossary">{rows}</dl>'


def where_answers_are() -> None:
    """Say where answers are kept and who sees them; the place itself is for those who look after it."""
    if not access.role().trusted:
        st.markdown(
            "In one file on the computer that serves your class. Your tutor sees your answers and your portfolio; other "
            "learners do not. This device holds a cookie that says who you are, and nothing else. The class network itself "
            "is not encrypted."
        )
        return
    who = (
        "Learners see only their own; whoever has the passcode sees everybody's."
        if access.class_mode()
        else "Everybody who uses this computer can choose any name in the list."
    )
    st.markdown(f"In one file on this computer: `{store.database().path}`. Headset sends them nowhere. {who}")


def page() -> None:
    pack, learner = store.bank().pack, session.optional_learner()
    st.title("About and help", anchor=False)
    st.markdown(
        "Headset turns the criteria of a unit into notes, practice questions and a practice test, and shows progress "
        "for every criterion. Its notes and questions are its own; it is made by no awarding body and speaks for none.\n\n"
        "**It is quiz practice, not assessment: only an assessor can say that a criterion is met.**"
    )
    st.header("Where your answers are", anchor=False)
    where_answers_are()
    keeping.show_backup()
    with st.expander("Restore a backup") if access.role().trusted else st.container():
        keeping.show_restore()
    if learner is not None:
        with st.expander(plain(f"Delete everything about {learner.label}")):
            keeping.show_delete(learner)
    st.header("Dates of the qualifications", anchor=False)
    for qualification in pack.qualifications.values():
        st.markdown(f"**{plain(qualification.title)}:** {plain(qualification.dates_note)}")
    st.header("Keys", anchor=False)
    st.html(listed([(key, f"{sentence(does)} ({where}).") for key, does, where in KEYS]))
    st.markdown(
        "No key does anything while you type, in a list or a panel, or together with Ctrl, Alt, Shift or the command key."
    )
    st.toggle(
        "Use single letters as keys", value=comfort.letters(), key="letter-keys", on_change=set_letters,
        help="Switch this off if you use speech input, or if a letter means something to your screen reader. "
        "Enter and the arrow keys go on working.",
    )  # fmt: skip
    st.header("Reading", anchor=False)
    st.markdown(
        "Set here how text looks, on every page and in tests. “Reading” at the top of each page opens the same choices; "
        "the browser's own zoom works as well."
    )
    comfort.controls("about", keep_reading, reset_reading)
    st.header("How answers are marked", anchor=False)
    st.html(listed([(kind, f"{sentence(mark)}. Guessing it all: {chance}.") for kind, mark, chance in MARKS]))
    st.markdown(
        "Only the first try at a question counts towards progress, and the same question counts once a day."
    )


page()
