"""What a device shows in a live lesson, and how its answers are stored.

Sixty devices draw this page at the same moment, whenever the screen uncovers something. So it is a few
elements only, the questions are kept in memory, and a drawing reads the database three times: which
device this is, which lesson it is in, and how that stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import ascii_uppercase
from typing import Any, Final
from uuid import UUID

import streamlit as st

from models import (
    Device,
    LiveLesson,
    save_keeps,
    save_live_answer,
    select_live_answers,
    select_optional_current,
    select_optional_learner,
    select_optional_lesson,
    select_optional_live,
    select_optional_participant,
)
from quiz.errors import MoveRefused, NotInBank
from quiz.questions import MultipleResponse, Question, Response, SingleChoice, mark
from quiz.sessions import (
    Lesson,
    LiveAnswer,
    LiveStage,
    Participant,
    PracticePlan,
    Step,
    chosen_keys,
    class_by_criterion,
)
from quiz.wording import count, gone, listed_words
from ui import clock, comfort, feedback, practising, question_card, store
from ui.components import keys_and_focus, listen
from ui.news import NEWS, answers_of, place_of
from ui.shell import guarded
from ui.text import note, plain

WAS_IN: Final = "live-was-in"
"""The session-state key of the lesson that this device was seen in last."""

STYLE: Final = """
[data-testid="stHeader"], [data-testid="stSidebar"], .st-key-who { display: none; }
.block-container { padding-top: 1rem; padding-bottom: 4rem; }
.st-key-reading-panel { position: static; margin-left: auto; }
[class*="st-key-question-"] h2 { font-size: 1.35rem; }
.st-key-you h1 { font-size: 1.7rem; }
[class*="st-key-choices-"] [data-testid="stElementContainer"], [class*="st-key-choices-"] [data-testid="stRadio"], [class*="st-key-choices-"] [role="radiogroup"] { width: 100% !important; }
[class*="st-key-choices-"] [role="radiogroup"] { gap: 0.6rem; } [class*="st-key-choices-"] [role="radiogroup"] > div { width: 100%; }
[class*="st-key-choices-"] [data-testid="stCheckbox"] { padding-bottom: 0.6rem; }
[class*="st-key-choices-"] label:has(input) { width: 100%; min-height: 3.5rem; margin: 0; padding: 0.6rem 0.9rem; align-items: center; border: 2px solid var(--headset-line); border-radius: 0.6rem; }
[class*="st-key-choices-"] label:has(input:checked) { border-color: var(--headset-accent); background: var(--headset-panel); box-shadow: inset 0.35rem 0 0 var(--headset-accent); }
ul.explained .part { display: block; } ul.explained .label { margin: 0.2rem 0.4rem 0 0; }
p.sent { margin: 0; padding: 0.6rem 0.9rem; font-weight: 700; border-left: 6px solid var(--headset-mark); background: var(--headset-panel); }
p.look { font-size: 1.15rem; margin: 0; }
ul.tally { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
ul.tally li { margin: 0; padding-bottom: 0.5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
ul.tally b { display: block; }
"""


@dataclass(frozen=True)
class Place:
    """Where a device is: its lesson, who it is there, and what it answered."""

    device: UUID
    lesson: Lesson
    live: LiveLesson
    participant: Participant
    answers: tuple[LiveAnswer, ...]
    """At the position on the screen; all of them once the lesson has ended."""
    since: int
    """The number of the news about the screen before anything was read."""

    @property
    def question(self) -> Question:
        """Return the question on the screen."""
        return self.lesson.questions[self.live.place.position]

    @property
    def response(self) -> Response | None:
        """Return what was answered to the question on the screen, or None."""
        return self.answers[0].response if self.answers else None


@st.cache_resource(max_entries=64, show_spinner=False)
def lesson_asked(lesson_id: UUID) -> Lesson:
    """Return a lesson with its questions, which never change; the hands counted may be old.

    Raises:
        NotInBank: it is not on this machine.
    """
    with store.database().read() as session:
        lesson = select_optional_lesson(session=session, lesson_id=lesson_id)
    if lesson is None:
        raise NotInBank(gone("lesson", "Ask your tutor for a new code."))
    return lesson


def optional_place(device: Device) -> Place | None:
    """Return where a device is in the lesson that it joined last, or None where it is in none."""
    with store.database().read() as session:
        current = select_optional_current(session=session, device=device.id)
    if current is None:
        return None
    since = NEWS.number(place_of(current))
    with store.database().read() as session:
        live = select_optional_live(session=session, lesson=current)
        participant = select_optional_participant(session=session, lesson=current, device=device.id)
        if live is None or participant is None:
            return None
        answers = select_live_answers(
            session=session,
            lesson=current,
            position=None if live.place.stage is LiveStage.ENDED else live.place.position,
            participant=participant.id,
        )
    return Place(device.id, lesson_asked(current), live, participant, tuple(answers), since)


def join_link(label: str) -> str:
    """Return a link to the page where a code is typed, in the form of a button."""
    look = (
        "display:block; padding:0.55rem 0.75rem; border:1px solid var(--headset-line); "
        "border-radius:0.5rem; text-align:center; color:inherit"
    )
    return f"<a href='/join' target='_self' style='{look}'>{escape(label)}</a>"


def is_stale(place: Place) -> bool:
    """Return whether a device that was just taken out of a lesson has only an older one left, which is over."""
    before = st.session_state.get(WAS_IN)
    return before is not None and before != place.lesson.id and place.live.place.stage is LiveStage.ENDED


def show(place: Place) -> None:
    """Show what belongs on the device now, and draw it again whenever the screen goes on."""
    st.html(f"<style>{STYLE}</style>")
    st.session_state[WAS_IN] = place.lesson.id
    if place.live.place.stage is LiveStage.WAITING:
        _waiting(place)
    elif place.live.place.stage is LiveStage.ASKING:
        _asking(place)
    else:
        _ended(place)
    listen(key="listen-place", lesson=place.lesson.id, topic="place", since=place.since)


def _waiting(place: Place) -> None:
    with st.container(key="you"):
        st.title(plain(f"You are in as {place.participant.nickname}"), anchor=False)
    st.html("<p class='look'>Look at the screen. The first question appears here when your tutor begins.</p>")
    _keep_switch(place)


def _asking(place: Place) -> None:
    at, step = place.live.place.position, place.live.place.step
    name, questions = place.participant.nickname, len(place.lesson.questions)
    question_card.stem(place.question, name, at + 1, questions, f"{place.lesson.id.hex[:8]}-{at}-{int(step)}")
    if step >= Step.ANSWER:
        _uncovered(place)
    elif place.live.place.takes_answers:
        _answering(place)
    else:
        _looking(place)
    _keep_switch(place)
    keys_and_focus(letters=comfort.letters())


def _looking(place: Place) -> None:
    """Show that nothing is to be done, and why."""
    if place.live.place.position not in place.live.place.uncovered:
        st.html(
            "<p class='look'>Look at the screen. You answer here as soon as the answers appear there.</p>"
        )
        return
    given = said(place.question, place.response) if place.response is not None else ""
    own = f" You answered {given}." if given else ""
    st.html(f"<p class='look'>Look at the screen. The answer has been shown already.{own}</p>")


def _answering(place: Place) -> None:
    question, given = place.question, place.response
    key = f"live-{place.lesson.id.hex[:12]}-{place.live.place.position}"
    args = (place.lesson.id, place.device, place.live.place.position, key)
    if isinstance(question, SingleChoice):
        chosen = chosen_keys(given)[0] if given is not None and chosen_keys(given) else None
        question_card.ask_choice(question, key, chosen, send, args)
    else:
        if given is not None:
            question_card.restore(question, key, given)
        question_card.ask(question, key)
        st.button("Send my answer", key="check", type="primary", on_click=send, args=args, width="stretch")
    if given is not None:
        again = "" if isinstance(question, SingleChoice) else " and send it again"
        what = said(question, given)
        st.html(
            f"<p class='sent' role='status'>Sent{f': {what}' if what else ''}. "
            f"You can change it{again} until the answer is shown.</p>"
        )


@guarded
def send(lesson_id: UUID, device: UUID, position: int, key: str) -> None:
    """Store what the widgets hold as the answer, in place of the one before, and tell the screen.

    Raises:
        MoveRefused: the screen has gone on, nothing was chosen, or the device is out; what was sent before stays.
    """
    response = question_card.held(lesson_asked(lesson_id).questions[position], key)
    with store.database().write() as session:
        mine = _mine(session, lesson_id, device)
        save_live_answer(
            session=session, participant=mine, position=position, response=response, now=clock.now()
        )
    NEWS.tell(answers_of(lesson_id))


def said(question: Question, response: Response) -> str:
    """Return the letters of the options chosen, as in “A and C”; nothing for questions without options."""
    if not isinstance(question, SingleChoice | MultipleResponse):
        return ""
    letters = dict(zip((option.key for option in question.options), ascii_uppercase, strict=False))
    return listed_words(sorted(letters[key] for key in chosen_keys(response) if key in letters))


def _uncovered(place: Place) -> None:
    question, given, step = place.question, place.response, place.live.place.step
    st.subheader(
        feedback.heading(mark(question, given)) if given is not None else "You did not answer this one",
        anchor=False,
    )
    feedback.explain_own(question, given, why=step >= Step.WHY)
    if step < Step.NOTE:
        return
    criterion = store.bank().pack.optional_criterion(question.head.ref)
    if criterion is not None:
        st.subheader(plain(f"{criterion.ref.code} {criterion.title}"), anchor=False)
        st.markdown(note(criterion.entry.note))


def _mine(session: Any, lesson: UUID, device: UUID) -> UUID:
    """Return the participant whose device this still is: a tab may be older than the news that it is out.

    Raises:
        MoveRefused: it is nobody's in this lesson.
    """
    mine = select_optional_participant(session=session, lesson=lesson, device=device)
    if mine is None:
        raise MoveRefused("This device is not in the lesson any more. Nothing was changed.")
    return mine.id


def _keep_switch(place: Place) -> None:
    """Let somebody with a profile say whether their answers are also kept there."""
    participant = place.participant
    if participant.learner is None:
        return
    st.toggle(
        "Also keep my answers in my own practice",
        value=participant.keeps,
        key="keeps",
        on_change=_keep,
        args=(place.lesson.id, place.device),
    )


@guarded
def _keep(lesson: UUID, device: UUID) -> None:
    with store.database().write() as session:
        mine = _mine(session, lesson, device)
        save_keeps(session=session, participant=mine, keeps=bool(st.session_state["keeps"]))


def _ended(place: Place) -> None:
    with st.container(key=f"question-{place.lesson.id.hex[:8]}-ended"):
        st.title(plain(f"{place.participant.nickname}: {place.lesson.title}"), anchor=False)
        st.header("How it went", anchor=False)
    answers, questions = place.answers, place.lesson.questions
    right = sum(entry.fraction >= 1 for entry in answers)
    if answers:
        answered = f"You answered {len(answers)} of {count(len(questions), 'question')}"
        st.markdown(f"{answered}, **{right or 'none'} of them right**.")
        st.html(f"<ul class='tally'>{''.join(_tally(place.lesson, answers))}</ul>")
    else:
        st.markdown("The lesson has ended, and you answered no question in it.")
    if place.participant.learner is not None:
        _own_practice(place, place.participant.learner)
    st.html(join_link("Join another lesson"))
    keys_and_focus(letters=False)


def _tally(lesson: Lesson, answers: Sequence[LiveAnswer]) -> list[str]:
    """Return one item a criterion, the weakest first: how many answers were right, and partly."""
    items = []
    for row in class_by_criterion(lesson.questions, answers, {}):
        mine = [entry for entry in answers if lesson.questions[entry.position].head.ref == row.ref]
        right = sum(entry.fraction >= 1 for entry in mine)
        partly = sum(0 < entry.fraction < 1 for entry in mine)
        found = store.bank().pack.optional_criterion(row.ref)
        title = f" {escape(found.title)}" if found is not None else ""
        some = f", {partly} partly" if partly else ""
        items.append(f"<li>{row.ref.code}{title}<b>{right} of {len(mine)} right{some}</b></li>")
    return items


def _own_practice(place: Place, learner: UUID) -> None:
    """Say whether the answers were kept, and offer practice of what was missed."""
    if place.answers:
        st.markdown(
            "Your answers are kept in your own practice."
            if place.participant.keeps
            else "Your answers were not kept in your own practice; they count for the class only."
        )
    missed = tuple(
        dict.fromkeys(
            place.lesson.questions[entry.position].head.criterion
            for entry in place.answers
            if entry.fraction < 1
        )
    )
    with store.database().read() as session:
        known = select_optional_learner(session=session, learner_id=learner)
    unit = store.bank().pack.units.get(place.lesson.unit)
    if known is None or unit is None:
        return
    here = tuple(code for code in missed if code in unit.by_code)
    if here and st.button("Practise what I missed", key="practise-missed", type="primary", width="stretch"):
        plan = PracticePlan(unit.key, here, practising.size_for(here))
        attempt = practising.start(learner, unit, plan, "What I missed")
        st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt)})
    if st.button("Go to my own pages", key="go-home", width="stretch"):
        st.switch_page("app_pages/home.py")
