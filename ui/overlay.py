"""Questions hidden or corrected on this computer: the buttons beside a question, the list, and the notices."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from quiz.errors import QuizError
from quiz.sessions import (
    Overlay,
    QuestionBank,
    change_overlay,
    find_questions,
    hide,
    left_of,
    missing_papers,
    show_again,
    undo_correction,
)
from quiz.syllabus import Unit
from quiz.wording import count, listed_words
from ui import clock, session, store
from ui.text import plain

PAGE = "app_pages/questions.py"
_MOST_FOUND = 8
_SAID = "overlay-said"


def change(family: str, wanted: Callable[[QuestionBank], Overlay], done: str) -> bool:
    """Write a change of the overlay, keep for the controls what came of it, and return whether it was made."""
    try:
        change_overlay(store.overlay_path(), store.drafted().bank, wanted)
    except QuizError as error:
        st.session_state[_SAID] = (family, False, str(error))
        return False
    store.look_again()
    st.session_state[_SAID] = (family, True, done)
    return True


def controls(family: str, key: str) -> None:
    """Show what can be done with a question for the whole class, what holds for it, and what was just done."""
    found = store.overlaid()
    bank, overlay = found.bank, found.bank.overlay
    if not bank.knows(family):
        st.caption("This question has left the content: nobody is asked it any more.")
        return
    hidden, corrected = family in overlay.hidden, family in overlay.corrections
    if hidden or corrected:
        st.markdown(f":material/info: **This question is {listed_words(standing(family))} here.**")
    with st.container(horizontal=True, key=f"overlay-{key}"):
        if hidden:
            if st.button("Show again", key=f"show-{key}", disabled=found.reading.is_broken):
                change(
                    family, lambda now: show_again(now, family), "Learners can be asked this question again."
                )
                st.rerun()
        elif st.button("Hide from learners", key=f"hide-{key}", disabled=found.reading.is_broken):
            hide_now(bank, family)
            st.rerun()
        if bank.optional_written(family) is not None and st.button(
            "Correct…", key=f"correct-{key}", disabled=found.reading.is_broken
        ):
            open_question(family, correct="yes")
        if corrected and st.button(
            "Undo the correction", key=f"undo-{key}", disabled=found.reading.is_broken
        ):
            change(
                family, lambda now: undo_correction(now, family), "The question is as it was shipped again."
            )
            st.rerun()
    say(family)
    if bank.optional_written(family) is None:
        st.caption(
            "This question is generated. Hiding it hides every question made on the same pattern from the same "
            f"facts ({plain(family)}); it cannot be corrected here."
        )


def standing(family: str) -> list[str]:
    """Return in words what the overlay does to a question: hidden, corrected, both or nothing."""
    overlay = store.bank().overlay
    return [
        word
        for word, names in (("hidden", overlay.hidden), ("corrected", overlay.corrections))
        if family in names
    ]


def marked(text: str, family: str) -> str:
    """Return a text with what the overlay does to a question behind it, as in “1.2, hidden”."""
    return ", ".join((text, *standing(family)))


def hide_now(bank: QuestionBank, family: str) -> None:
    """Hide a question, or keep why it cannot be hidden, with what is left of its criterion."""
    today, criterion = clock.today(), bank.criterion_of(family)
    if change(family, lambda now: hide(now, family, today=today), ""):
        left = left_of(criterion, store.bank(), today=today)
        done = (
            "Hidden. Nobody is asked it from now on; sessions and papers already begun keep it, and so do old "
            f"answers. Criterion {criterion.ref.code} keeps {count(left.written, 'written question')}, "
            f"{left.for_papers} of them for papers, and {count(left.generators, 'generator')}."
        )
        st.session_state[_SAID] = (family, True, done)


def say(family: str) -> None:
    """Show once what came of the last change, if it was about this question."""
    said = st.session_state.get(_SAID)
    if said is None or said[0] != family:
        return
    del st.session_state[_SAID]
    (st.success if said[1] else st.error)(plain(said[2]))


def figures_note(family: str) -> None:
    """Say beside the figures of a corrected question what answers they hold."""
    if family in store.bank().overlay.corrections:
        st.caption(
            "Answers from before the correction are among these figures, marked as they were then. The table has "
            "the wording and the right answer that learners saw."
        )


def unit_of(family: str) -> Unit | None:
    """Return the unit a question belongs to, whatever the address says, or None where nobody knows it."""
    bank = store.bank()
    return bank.pack.units[bank.criterion_of(family).ref.unit] if bank.knows(family) else None


def open_question(family: str, **query: str) -> None:
    """Go to a question on the Questions page."""
    unit = store.bank().criterion_of(family).ref.unit
    st.switch_page(PAGE, query_params={"unit": unit, "question": family, **query})


def listing() -> None:
    """List what is hidden and corrected here, each with its question to go to; nothing where there is nothing."""
    bank = store.bank()
    overlay, shown = bank.overlay, bank.with_hidden
    names = sorted({*overlay.hidden, *overlay.corrections})
    if not names:
        return
    st.header("Hidden and corrected here", anchor=False)
    for name in names:
        if name not in shown:
            st.markdown(f"{plain(name)}: {listed_words(standing(name))}, and no longer in the content.")
            continue
        ref = bank.criterion_of(name).ref
        label = f"{session.number(ref.unit)} {ref.code}, {listed_words(standing(name))}: {shown.question(name, 0).stem}"
        if st.button(plain(label), key=f"open-overlay-{name}", width="stretch"):
            open_question(name)
    for fault in missing_papers(bank, today=clock.today()):
        st.warning(plain(f"Too much is hidden. {fault}"))
    st.caption(plain(f"Kept in {store.overlay_path()}, which can be edited and copied to another computer."))


def finder(unit: Unit) -> None:
    """Let any question of a unit be found, answered or not: one that a lesson has just shown, say."""
    sought = st.text_input(
        "Find a question of this unit",
        placeholder="Words of the question, or its number",
        key=f"find-{unit.key}",
    )
    if not sought.strip():
        return
    found = find_questions(unit, store.bank().with_hidden, sought)
    for question in found[:_MOST_FOUND]:
        label = f"{question.head.criterion}: {question.stem}"
        if st.button(plain(label), key=f"open-found-{question.head.family}", width="stretch"):
            open_question(question.head.family)
    if not found:
        st.markdown("No question of this unit has all of these words.")
    elif len(found) > _MOST_FOUND:
        st.caption(f"{len(found) - _MOST_FOUND} more. Add a word to see fewer.")


def notice(*, brief: bool = False) -> None:
    """Say what is wrong with the overlay's file, line by line; in brief, only that it is not in force."""
    reading = store.overlaid().reading
    if not reading.findings:
        return
    if brief:
        if reading.is_broken:
            st.warning(
                "For the tutor: the file of hidden and corrected questions has a fault, so every question is "
                "asked as it was shipped."
            )
            st.page_link(PAGE, label="See the fault under Questions", icon=":material/build:")
        return
    faults = "\n".join(f"- {plain(f'Line {found.line}: {found.message}')}" for found in reading.findings)
    path = plain(str(store.overlay_path()))
    if reading.is_broken:
        st.error(
            f"**Nothing is hidden or corrected at the moment:** the file {path} has faults, so every question is "
            f"asked as it was shipped.\n\n{faults}\n\nMend the file, or give it another name to begin anew. "
            "It is read again at the next step."
        )
    else:
        st.warning(f"In {path}:\n\n{faults}")
