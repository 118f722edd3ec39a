"""What a tutor has set and said, as its learner sees it: open tasks and comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

import streamlit as st

from models import Learner, TaskFor, select_comments, select_evidence, select_tasks_for
from quiz.classes import About, Comment, TaskDone, did_task
from quiz.progress import QuizEvidence
from quiz.sessions import LONGEST, PracticePlan
from quiz.syllabus import CriterionRef
from quiz.wording import count, day
from ui import clock, practising, session, store
from ui.text import plain

_NEW_DAYS = 14
"""For so many days Home names a comment."""


def open_tasks(learner: Learner) -> list[tuple[TaskFor, TaskDone]]:
    """Return the tasks set for the learner that are not done, overdue ones included, with what is done of them."""
    with store.database().read() as db:
        tasks = select_tasks_for(session=db, learner=learner.id)
        # What a task counts begins on the day on which it was set.
        begun = {
            unit: min(e.task.begins for e in tasks if e.task.unit == unit)
            for unit in {e.task.unit for e in tasks}
        }
        evidence: dict[str, list[QuizEvidence]] = {
            unit: select_evidence(session=db, learner=learner.id, unit=unit, since=since)
            for unit, since in begun.items()
        }
    found = [(entry, did_task(entry.task, evidence[entry.task.unit], clock.today())) for entry in tasks]
    return [(entry, done) for entry, done in found if done.left]


def show_tasks(learner: Learner) -> None:
    """Show the learner's open tasks with a way to do them, and what the tutor commented lately; else nothing."""
    tasks = open_tasks(learner)
    with store.database().read() as db:
        since = clock.now() - timedelta(days=_NEW_DAYS)
        comments = select_comments(session=db, learner=learner.id, since=since)
    if not tasks and not comments:
        return
    st.header("From your tutor", anchor=False)
    if tasks:
        st.caption("Practice, review and tests on a task's criteria count towards it, on the first try.")
    for entry, done in tasks:
        _show_task(learner, entry, done)
    for about, ref in dict.fromkeys((comment.about, comment.ref) for comment in comments):
        _link(about, ref)


def comments_for(learner: Learner, ref: CriterionRef) -> tuple[Comment, ...]:
    """Return the tutor's comments on the learner's own-words answer to a criterion, the newest first."""
    return tuple(
        comment for comment in _comments(learner, ref.unit) if comment.item is None and comment.ref == ref
    )


def comments_on_item(learner: Learner, item: UUID) -> tuple[Comment, ...]:
    """Return the tutor's comments on a piece of the learner's evidence, whatever criterion it serves, newest first."""
    return tuple(comment for comment in _comments(learner, None) if comment.item == item)


def show_comments(comments: Sequence[Comment]) -> None:
    """Show comments to the learner they were made to; nothing where there are none."""
    for comment in comments:
        with st.container(border=True, key=f"comment-{comment.id.hex}"):
            st.caption(f"Your tutor, {day(comment.made_at)}")
            st.markdown(paragraphs(comment.text))
    if comments:
        st.caption("A comment is advice. What an assessor confirms stands in the assessor's own record.")


def paragraphs(text: str) -> str:
    """Return text as Markdown that shows it letter by letter, each line a paragraph."""
    return "\n\n".join(plain(line) for line in text.splitlines() if line.strip())


def task_words(done: TaskDone) -> str:
    """Return how far a learner is with a task, as in “12 of 20, begun”."""
    return f"{done.answered} of {done.questions}, {done.state.value}"


def _comments(learner: Learner, unit: str | None) -> Iterable[Comment]:
    with store.database().read() as db:
        return select_comments(session=db, learner=learner.id, unit=unit)


def _show_task(learner: Learner, entry: TaskFor, done: TaskDone) -> None:
    task = entry.task
    unit = store.bank().pack.units.get(task.unit)
    codes = tuple(code for code in task.codes if unit is not None and code in unit.by_code)
    with st.container(key=f"task-{task.id.hex}", gap="xsmall"):
        so_far = f"{done.answered} of {count(done.questions, 'question')} answered"
        asked = so_far if done.answered else count(done.questions, "question")
        st.markdown(f"**{plain(task.title)}** · {asked}, by {day(task.due)}")
        criteria = f"unit {session.number(task.unit)}: {', '.join(task.codes)}"
        st.caption(plain(f"{entry.group.title}; {criteria}"))
        if unit is None or not codes:
            st.markdown("Its criteria are no longer in the content; tell your tutor.")
        elif st.button(plain(f"Practise for “{task.title}”"), key=f"do-task-{task.id.hex}"):
            plan = PracticePlan(unit.key, codes, min(done.left, LONGEST))
            attempt = practising.start(learner.id, unit, plan, task.title)
            st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt)})


def _link(about: About, ref: CriterionRef) -> None:
    own = about is About.OWN_WORDS
    what = "your own-words answer to" if own else "your evidence for"
    label = f"A comment on {what} {session.number(ref.unit)}, {ref.code}"
    if st.button(plain(label), key=f"read-{about.value}-{ref}", icon=":material/comment:", width="stretch"):
        st.switch_page(
            "app_pages/study.py" if own else "app_pages/portfolio.py",
            query_params={"unit": ref.unit, "criterion": ref.code},
        )
