"""The evidence for one criterion of a portfolio: what is there, to be changed or removed, and what is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import streamlit as st

from models import (
    Learner,
    delete_item,
    save_item,
    select_evidence_types,
    select_optional_own_words,
)
from quiz.errors import EntryRefused
from quiz.portfolio import EvidenceItem, Portfolio, Standing, make_item, own_words_draft, place_name, tracked
from quiz.syllabus import CriterionOutline, CriterionRef
from quiz.wording import day
from ui import clock, session, store
from ui.text import plain
from ui.tutor_notes import comments_on_item, show_comments

_FIELDS = ("title", "type", "reference", "kept", "date", "note", "serves", "draft")


def show_evidence(learner: Learner, criterion: CriterionOutline, portfolio: Portfolio) -> None:
    """Show every piece that serves a criterion, and the ways to come by another."""
    ref = criterion.ref
    st.header("Evidence", anchor=False)
    items = portfolio.items_for(ref)
    if not items:
        st.markdown("No evidence yet.")
    for item in items:
        _piece(learner, item, ref, portfolio)
    _from_own_words(learner, criterion, portfolio)
    others = [item for item in portfolio.items if ref not in item.refs]
    if others:
        _attach(learner, ref, others)
    with st.expander("Add a piece of evidence", expanded=not items):
        _edit(learner, ref, None)


def _piece(learner: Learner, item: EvidenceItem, ref: CriterionRef, portfolio: Portfolio) -> None:
    """Show a piece of evidence, to be changed or removed."""
    draft = " (draft)" if item.draft else ""
    dated = f", {day(item.dated)}" if item.dated else ""
    with st.expander(plain(f"{item.type}: {item.title}{draft}{dated}")):
        show_comments(comments_on_item(learner, item.id))
        _edit(learner, ref, item)
        with st.popover("Remove this piece"):
            st.markdown(
                f"It is removed for good, for every criterion it serves: {plain(_listed(item.refs))}."
            )
            confirmed = [r for r in item.refs if portfolio.status(r).standing is Standing.CONFIRMED]
            if confirmed:
                st.markdown(f"{plain(_listed(confirmed))} is entered as confirmed; that entry stays.")
            if st.button("Remove it", key=f"remove-{item.id.hex}", type="primary"):
                with store.database().write() as db:
                    delete_item(session=db, learner=learner.id, item_id=item.id)
                st.rerun()


def _listed(refs: Sequence[CriterionRef]) -> str:
    return ", ".join(f"{session.number(ref.unit)} {place_name(ref)}" for ref in refs)


def _edit(learner: Learner, ref: CriterionRef, item: EvidenceItem | None) -> None:
    """Show the form of a piece of evidence, new or known, and store what is sent with it."""
    key = item.id.hex if item else _new_key(ref)
    entered = _form(key, ref, item, _criteria(learner, ref, item))
    if entered is None:
        return
    try:
        made = make_item(item.id if item else _new_id(key), **entered)
    except EntryRefused as error:
        st.error(plain(str(error)))
        return
    with store.database().write() as db:
        save_item(session=db, learner=learner.id, item=made, now=clock.now())
    if item is None:
        st.session_state[f"entered-{ref}"] = st.session_state.get(f"entered-{ref}", 0) + 1
    for name in _FIELDS:
        st.session_state.pop(f"{name}-{key}", None)
    st.rerun()


def _criteria(learner: Learner, ref: CriterionRef, item: EvidenceItem | None) -> dict[CriterionRef, str]:
    """Return the titles of the criteria that a piece may serve: those of the plan, and where it is already."""
    outlines = store.bank().pack.outlines
    units = {unit.key: unit for unit in session.planned_units(learner)}
    for named in (ref, *(item.refs if item else ())):
        if named.unit in outlines:
            units.setdefault(named.unit, outlines[named.unit])
    return {
        criterion.ref: criterion.title
        for unit in units.values()
        for outcome in tracked(unit)
        for criterion in outcome.criteria
    }


def _form(
    key: str, ref: CriterionRef, item: EvidenceItem | None, titles: dict[CriterionRef, str]
) -> dict[str, Any] | None:
    """Show the fields of a piece; return what `make_item` takes once they are sent."""
    with store.database().read() as db:
        meanings = {entry.code: entry.meaning for entry in select_evidence_types(session=db)}
    codes = list(meanings) if item is None or item.type in meanings else [*meanings, item.type]
    with st.form(f"item-{key}", border=False, clear_on_submit=False):
        title = st.text_input("Title", value=item.title if item else "", max_chars=200, key=f"title-{key}")
        left, right = st.columns(2)
        code = left.selectbox(
            "Type",
            codes,
            index=codes.index(item.type) if item else None,
            placeholder="Choose a type",
            format_func=lambda code: f"{code}: {meanings[code]}" if code in meanings else code,
            key=f"type-{key}",
        )
        reference = right.text_input(
            "Portfolio reference", value=item.reference if item else "", max_chars=200, key=f"reference-{key}",
            help="The number or letter under which it stands in your portfolio.",
        )  # fmt: skip
        kept = left.text_input(
            "Where it is kept", value=item.kept_where if item else "", max_chars=200, key=f"kept-{key}"
        )
        dated = right.date_input(
            "Date", value=item.dated if item else None, format="DD/MM/YYYY", key=f"date-{key}"
        )
        note = st.text_area("Note", value=item.note if item else "", key=f"note-{key}")
        serves = st.multiselect(
            "Criteria it serves",
            list(titles),
            default=[r for r in item.refs if r in titles] if item else [ref],
            format_func=lambda r: f"{session.number(r.unit)}, {place_name(r)} {titles[r]}",
            placeholder="Choose criteria",
            key=f"serves-{key}",
        )
        draft = st.checkbox("This is a draft", value=item.draft if item else False, key=f"draft-{key}")
        sent = st.form_submit_button("Save changes" if item else "Add it", type="primary", key=f"save-{key}")
    if not sent:
        return None
    return {
        "title": title, "type_code": code if code in codes else "", "reference": reference, "kept_where": kept,
        "dated": dated, "note": note, "refs": [r for r in serves if r in titles], "draft": draft,
    }  # fmt: skip


def _new_key(ref: CriterionRef) -> str:
    """Return what names the widgets of a piece being entered: others for each, so that no late click enters one twice."""
    return f"new-{ref}-{st.session_state.get(f'entered-{ref}', 0)}"


def _new_id(key: str) -> UUID:
    """Return the id of a piece being entered: a click that runs beside the first one stores the same piece."""
    made: UUID = st.session_state.setdefault(f"id-{key}", uuid4())
    return made


def _from_own_words(learner: Learner, criterion: CriterionOutline, portfolio: Portfolio) -> None:
    """Offer the learner's own-words answer as a draft."""
    with store.database().read() as db:
        saved = select_optional_own_words(session=db, learner=learner.id, ref=criterion.ref)
    if saved is None:
        return
    draft = own_words_draft(learner.id, criterion.ref, criterion.title, saved.text, clock.today())
    if any(item.id == draft.id for item in portfolio.items):
        return
    if st.button("Add my own-words answer as a draft", key="own-words-draft"):
        with store.database().write() as db:
            save_item(session=db, learner=learner.id, item=draft, now=clock.now())
        st.rerun()


def _attach(learner: Learner, ref: CriterionRef, others: Sequence[EvidenceItem]) -> None:
    """Let a piece that is already there serve this criterion as well."""
    with st.expander("Use a piece that is already there"):
        chosen = st.selectbox(
            "Piece of evidence", others, format_func=lambda item: f"{item.type}: {item.title}", key="attach"
        )
        if st.button("Let it serve this criterion too", key=f"attach-{chosen.id.hex}"):
            refs = sorted({*chosen.refs, ref}, key=lambda one: one.sort_key)
            made = replace(chosen, refs=tuple(refs))
            with store.database().write() as db:
                save_item(session=db, learner=learner.id, item=made, now=clock.now())
            st.rerun()
