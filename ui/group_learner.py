"""One learner of a group as the tutor sees them: estimates, tests, own words and evidence, to be commented on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

import streamlit as st

from models import (
    delete_comment,
    save_comment,
    select_comments,
    select_facility,
    select_own_words,
    select_portfolio,
    select_sums,
    select_tests,
)
from quiz.classes import About, Comment, Group, Member
from quiz.errors import EntryRefused
from quiz.portfolio import Portfolio
from quiz.progress import roll_up
from quiz.progress.ledger import Ledger
from quiz.reports import DISCLAIMER
from quiz.sessions import score_marks
from quiz.syllabus import CriterionRef, Unit, UnitOutline
from quiz.wording import count, day, day_and_time
from ui import charts, clock, progress_charts, session, store
from ui.group_parts import NO_TEST, called, choose_unit, outlines_of, settle, show, unit_in_address
from ui.pictures import picture
from ui.shell import guarded
from ui.text import plain
from ui.tutor_notes import paragraphs


def show_learner(group: Group, member: Member) -> None:
    """Show one learner's progress and entries in a unit, to be read and commented on."""
    if st.button("The group", key="up", icon=":material/arrow_back:", type="tertiary"):
        show(group=str(group.id))
    st.title(plain(called(group, member)), anchor=False)
    st.caption(
        plain(f"{group.title}. As their tutor sees it: nothing here changes what the learner entered.")
    )
    settle(group)
    pack = store.bank().pack
    with store.database().read() as db:
        sums = select_sums(session=db, learner=member.id)
        portfolio = select_portfolio(session=db, learner=member.id)
    listed = outlines_of(group)
    units = {unit.key: unit for unit in listed}
    units |= {unit.key: pack.outlines[unit.key] for unit in session.taught_for(listed)}
    if not units:
        st.markdown("This group has no units. Choose some under Settings.")
        return
    first = next((units[key] for key in units if key in sums.units), next(iter(units.values())))
    outline = unit_in_address(units, first)
    choose_unit(group, units, outline)
    with store.database().read() as db:
        comments = select_comments(session=db, learner=member.id, unit=outline.key)
    taught = pack.units.get(outline.key)
    st.caption(DISCLAIMER)
    if taught is None:
        st.markdown(
            "Headset has no questions of its own for this unit; what is in the portfolio stands below."
        )
    else:
        _practice(group, taught, sums)
        _tests(member, taught)
        _own_words(group, member, taught, comments)
    _items(group, member, outline, portfolio, comments)
    st.caption("A comment confirms nothing: what counts is the assessor's own record.")


def _practice(group: Group, unit: Unit, sums: Ledger) -> None:
    """Show the learner's estimates in a unit."""
    latest = sums.latest_in(unit.key)
    if latest is None:
        st.markdown("Nothing has been answered in this unit yet.")
        return
    with store.database().read() as db:
        facility = select_facility(session=db, demo=group.demo)
    found = sums.mastery([criterion.ref for criterion in unit.criteria], facility)
    answers = sum(entry.answers for entry in found)
    st.markdown(f"{count(answers, 'answer')}, the latest on {day_and_time(latest)}.")
    picture(
        charts.criterion_heatmap(roll_up(unit, found)),
        charts.HEATMAP_NOTE,
    )


def _tests(member: Member, unit: Unit) -> None:
    """Show the learner's finished tests of a unit."""
    with store.database().read() as db:
        sat = select_tests(session=db, learner=member.id, unit=unit.key)
    st.header("Tests", anchor=False)
    if not sat:
        st.markdown(NO_TEST)
    hurdle = unit.blueprint.hurdle
    results = [(test.finished_at, score_marks(test.marks, hurdle)) for test in sat]
    picture(progress_charts.tests_by_outcome(results), head=st.subheader)


def _own_words(group: Group, member: Member, unit: Unit, comments: Sequence[Comment]) -> None:
    """Show the learner's own-words answers in a unit, each to be commented on."""
    st.header("Answers in their own words", anchor=False)
    with store.database().read() as db:
        answers = select_own_words(session=db, learner=member.id, unit=unit.key)
    answers = {ref: answer for ref, answer in answers.items() if ref.code in unit.by_code}
    if not answers:
        st.markdown("No own-words answer in this unit yet.")
    for ref, answer in answers.items():
        criterion = unit.by_code[ref.code]
        mine = [comment for comment in comments if comment.about is About.OWN_WORDS and comment.ref == ref]
        label = f"{ref.code} {criterion.title} ({count(len(mine), 'comment')})"
        with st.expander(plain(label), key=f"own-words-{ref}"):
            st.caption(plain(criterion.entry.own_words.prompt))
            st.markdown(paragraphs(answer.text))
            ticked, of = len(answer.points), len(criterion.entry.own_words.checklist)
            st.caption(
                f"Saved on {day_and_time(answer.saved_at)}; the learner ticked {ticked} of {of} points."
            )
            _remarks(mine)
            _comment_form(group, member, ref, None, f"the answer to {ref.code}")


def _items(
    group: Group, member: Member, unit: UnitOutline, portfolio: Portfolio, comments: Sequence[Comment]
) -> None:
    """Show the learner's evidence for a unit, each piece to be commented on."""
    st.header("Portfolio", anchor=False)
    found = [item for item in portfolio.items if any(ref.unit == unit.key for ref in item.refs)]
    if not found:
        st.markdown("No evidence for this unit yet.")
    for item in found:
        served = [ref for ref in item.refs if ref.unit == unit.key]
        mine = [comment for comment in comments if comment.item == item.id]
        draft = " (draft)" if item.draft else ""
        codes = ", ".join(ref.code for ref in served)
        label = f"{item.type}: {item.title}{draft}, for {codes} ({count(len(mine), 'comment')})"
        with st.expander(plain(label), key=f"item-{item.id.hex}"):
            facts = [
                f"Reference {item.reference}" if item.reference else "",
                f"kept: {item.kept_where}" if item.kept_where else "",
                day(item.dated) if item.dated else "",
            ]
            st.caption(
                plain("; ".join(fact for fact in facts if fact) or "No reference, place or date is given.")
            )
            st.markdown(paragraphs(item.note) or "There is no note with it.")
            _remarks(mine)
            _comment_form(group, member, served[0], item.id, f"“{item.title}”")
    here = {item.id for item in portfolio.items}
    gone = [comment for comment in comments if comment.item is not None and comment.item not in here]
    if gone:
        with st.expander(f"Comments on evidence that the learner has removed ({len(gone)})"):
            _remarks(gone)


def _remarks(comments: Iterable[Comment]) -> None:
    """Show comments to the tutor, each with the way to remove it."""
    for comment in comments:
        with st.container(border=True, key=f"remark-{comment.id.hex}"):
            st.caption(f"Comment of {day_and_time(comment.made_at)}")
            st.markdown(paragraphs(comment.text))
            with st.popover(f"Remove the comment of {day_and_time(comment.made_at)}"):
                st.markdown("It is removed for good; the learner no longer sees it.")
                st.button(
                    "Remove this comment", key=f"remove-comment-{comment.id.hex}", type="primary",
                    on_click=_remove_comment, args=(comment.id,),
                )  # fmt: skip


@guarded
def _remove_comment(comment_id: UUID) -> None:
    """Remove a comment."""
    with store.database().write() as db:
        delete_comment(session=db, comment_id=comment_id)


def _comment_form(group: Group, member: Member, ref: CriterionRef, item: UUID | None, about: str) -> None:
    """Show the form of a comment on an own-words answer or, where an item is named, on that piece."""
    key = f"{member.id.hex}-{item.hex if item else ref}"
    with st.form(f"comment-{key}", border=False, clear_on_submit=False):
        text = st.text_area(plain(f"Your comment on {about}"), key=f"comment-text-{key}")
        sent = st.form_submit_button(plain(f"Comment on {about}"), key=f"comment-save-{key}")
    if not sent:
        return
    try:
        with store.database().write() as db:
            save_comment(
                session=db, comment_id=st.session_state.setdefault(f"id-comment-{key}", uuid4()), group_id=group.id,
                learner=member.id, ref=ref, text=text, now=clock.now(), item=item,
            )  # fmt: skip
    except EntryRefused as error:
        st.error(plain(str(error)))
        return
    for name in (f"id-comment-{key}", f"comment-text-{key}"):
        st.session_state.pop(name, None)
    st.rerun()
