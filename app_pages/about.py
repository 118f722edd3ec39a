"""About and help: what this is, where answers are kept, keys, how answers are marked."""

import streamlit as st

from models import save_settings
from ui import access, keeping, session, store
from ui.shell import guarded
from ui.text import plain

KEYS = (
    ("A to F", "choose an option"),
    ("Enter", "check the answer, or go on"),
    ("N", "next question, or review after the last"),
    ("P", "previous question (in a test)"),
    ("G", "flag the question, or take the flag off (in a test)"),
    ("Tab, arrow keys, space", "move about and choose, as on any web page"),
)
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
def set_letters(learner_id) -> None:
    """Store whether single letters are keys."""
    with store.database().write() as db:
        save_settings(
            session=db, learner_id=learner_id, settings={"letter_keys": st.session_state["letter-keys"]}
        )


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
    st.markdown(
        f"In one file on this computer: `{store.database().path}`. They leave it for nobody: Headset sends nothing anywhere. {who}"
    )


def page() -> None:
    pack, learner = store.bank().pack, session.optional_learner()
    st.title("About and help", anchor=False)
    st.markdown(
        "Headset turns the criteria of a unit into notes, practice questions and a practice test, and shows progress "
        "for every criterion. Its notes and questions are its own; it is made by no awarding body and speaks for none.\n\n"
        "**It is quiz practice, not assessment: only an assessor can say that a criterion is met.**"
    )
    st.subheader("Where your answers are", anchor=False)
    where_answers_are()
    keeping.show_backup()
    with st.expander("Restore a backup") if access.role().trusted else st.container():
        keeping.show_restore()
    if learner is not None:
        with st.expander(plain(f"Delete everything about {learner.label}")):
            keeping.show_delete(learner)
    st.subheader("Dates of the qualifications", anchor=False)
    for qualification in pack.qualifications.values():
        st.markdown(f"**{plain(qualification.title)}:** {plain(qualification.dates_note)}")
    st.subheader("Keys", anchor=False)
    st.markdown("\n".join(["| Key | What it does |", "|---|---|", *(f"| {k} | {w} |" for k, w in KEYS)]))
    if learner is not None:
        st.toggle(
            "Use single letters as keys", value=learner.settings.get("letter_keys", True), key="letter-keys",
            on_change=set_letters, args=(learner.id,), help="Switch this off if you use speech input. Enter goes on working.",
        )  # fmt: skip
    st.subheader("How answers are marked", anchor=False)
    rows = [f"| {a} | {b} | {c} |" for a, b, c in MARKS]
    st.markdown("\n".join(["| Question | Mark | Chance of guessing it all |", "|---|---|---|", *rows]))
    st.markdown(
        "Only the first try at a question counts towards progress, and the same question counts once a day."
    )


page()
