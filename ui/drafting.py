"""Drafts on the Import page: drafting units of a document that was read, and what is left to do on drafts."""

from __future__ import annotations

from datetime import date

import streamlit as st

from quiz.authoring.draft_list import DraftWork, draft_work, work_json
from quiz.authoring.importing import (
    Done,
    Drafting,
    Specification,
    draft_pack,
    put_aside,
    touch_drafts,
    write_drafts,
)
from quiz.errors import ImportRefused
from quiz.wording import count, listed_words, sentence
from ui import clock, store
from ui.shell import guarded
from ui.text import plain

SAID = "drafts-said"
_MOST_NAMED = 6
_kept: tuple[object, date, tuple[DraftWork, ...]] | None = None


def offer(reading: str, name: str, specification: Specification) -> None:
    """Offer to draft the units of a document for which there is no content, and say of the others why not."""
    st.header("Draft a study pack", anchor=False)
    drafting = _drafted(reading, name, specification)
    if drafting.units:
        st.markdown(
            "For a unit that Headset has no content for, notes and questions can be drafted from the topics that the document "
            "lists. **A draft is for you to finish.** Learners see it at once, marked as drafted and not reviewed, with "
            "practice and no test."
        )
        names = {
            unit.key: f"{unit.name}, {unit.key}: {count(unit.blocks, 'block')}" for unit in drafting.units
        }
        chosen = st.multiselect(
            "Units to draft",
            list(names),
            default=list(names),
            format_func=names.__getitem__,
            placeholder="Choose units",
            key=f"draft-units-{reading}",
        )
        again = st.checkbox(
            "Draft anew what I have edited; my edited draft is put aside", key=f"draft-again-{reading}"
        )
        st.button(
            f"Draft {count(len(chosen), 'unit')}",
            key="draft-spec",
            type="primary",
            disabled=not chosen,
            on_click=_write,
            args=(drafting, tuple(chosen), again),
        )
    else:
        st.markdown("There is no unit here that can be drafted.")
    reasons: dict[str, list[str]] = {}
    for other in drafting.others:
        reasons.setdefault(other.why, []).append(other.name)
    for why, units in reasons.items():
        shown = [*units[:_MOST_NAMED], *([f"{len(units) - _MOST_NAMED} more"] if units[_MOST_NAMED:] else [])]
        st.caption(plain(f"Not drafted: {listed_words(shown)}. {why[:1].upper()}{why[1:]}."))


def drafts() -> None:
    """List the drafts on this computer with what is left to do on each; nothing where there are none."""
    for good, text in st.session_state.pop(SAID, ()):
        (st.success if good else st.warning)(plain(text))
    work = _work()
    if not work:
        return
    st.header("Drafts on this computer", anchor=False)
    st.markdown(
        plain(f"They are files in {store.drafts_path()}, to be edited with any text editor.")
        + " Headset reads them when it starts, and again when you say that you have edited them."
    )
    with st.container(horizontal=True):
        st.button("Read the drafts again", key="read-drafts", on_click=_read_again)
        st.download_button(
            "Save what is left to do as JSON",
            lambda: work_json(work),
            file_name="drafts.json",
            mime="application/json",
            key="drafts-json",
            on_click="ignore",
        )
    for one in work:
        _draft(one)


def _draft(one: DraftWork) -> None:
    """Show a draft: whether it is used, and what is left to do, file by file and line by line."""
    left = count(len(one.findings), "thing") + " to do"
    name = f"{one.unit} {one.title}" if one.used else f"{one.folder}: not used"
    with st.expander(plain(f"{name}: {left}"), key=f"draft-{one.folder}"):
        if one.used:
            st.markdown(
                f"In use: {count(one.blocks, 'knowledge block')}, from which {count(one.questions, 'different question')} can be made."
            )
        else:
            st.error(
                "**This draft is left out** until its faults are mended. Nothing else is touched by them."
            )
        for file, findings in one.by_file:
            st.markdown(f"**{plain(file)}**")
            st.markdown("\n".join(f"- Line {f.line}: {plain(sentence(f.message))}" for f in findings))
        st.button(
            "Put this draft aside",
            key=f"aside-{one.folder}",
            on_click=_put_aside,
            args=(one.folder,),
            help="Learners are not asked its questions any more. Its files are kept, and answers stay.",
        )


def _drafted(reading: str, name: str, specification: Specification) -> Drafting:
    """Return the draft of what was read, made once for each reading in this session."""
    key = "drafting"
    held = st.session_state.get(key)
    if held is None or held[0] != reading:
        taught = store.content().shipped.pack.units
        held = (reading, draft_pack(specification, taught, name))
        st.session_state[key] = held
    found: Drafting = held[1]
    return found


def _work() -> tuple[DraftWork, ...]:
    """Return what is left to do, looked for again only where the drafts were read again or the day is another."""
    global _kept  # one folder, shared by all sessions as the content is
    found, today = store.drafted(), clock.today()
    kept = _kept
    if kept is None or kept[0] is not found or kept[1] != today:
        kept = (found, today, draft_work(found.reading, store.drafts_path(), today))
        _kept = kept
    return kept[2]


@guarded
def _write(drafting: Drafting, chosen: tuple[str, ...], again: bool) -> None:
    units = [unit for unit in drafting.units if unit.key in chosen]
    written = write_drafts(store.drafts_path().parent, units, again=again)
    said: list[tuple[bool, str]] = []
    for done in Done:
        mine = [one for one in written if one.done is done]
        if mine:
            keys = listed_words([one.key for one in mine])
            places = listed_words([one.aside for one in mine if one.aside])
            more = f" What you had edited lies in {places}." if places else ""
            if done is Done.HELD_BACK:
                more = " Tick “Draft anew what I have edited” to put it aside and draft it again."
            said.append((done is not Done.HELD_BACK, f"{keys}: {done.value}.{more}"))
    st.session_state[SAID] = said


@guarded
def _read_again() -> None:
    touch_drafts(store.drafts_path().parent)
    left_out = store.drafted().reading.left_out
    said = "Read again. " + (
        f"Left out for their faults: {listed_words(left_out)}." if left_out else "All of them are in use."
    )
    st.session_state[SAID] = [(not left_out, said)]


@guarded
def _put_aside(folder: str) -> None:
    try:
        place = put_aside(store.drafts_path().parent, folder)
    except ImportRefused as error:
        st.session_state[SAID] = [(False, str(error))]
    else:
        st.session_state[SAID] = [(True, f"Put aside. The files lie in {place}.")]
