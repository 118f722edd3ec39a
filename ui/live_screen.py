"""What the classroom screen adds in a live lesson: how to join, who has answered, how the answers fell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from secrets import SystemRandom
from typing import Final
from uuid import UUID

import segno
import streamlit as st

from models import (
    GroupLesson,
    LiveLesson,
    StorageError,
    count_live_answers,
    end_live,
    free_nickname,
    open_live,
    remove_participant,
    save_place,
    select_group_lessons,
    select_live_answers,
    select_optional_lesson,
    select_participants,
)
from quiz.classes import Group
from quiz.errors import QuizError
from quiz.questions import MultipleResponse, Question, SingleChoice
from quiz.sessions import (
    CriterionSplit,
    Lesson,
    LiveAnswer,
    LiveStage,
    Participant,
    Step,
    class_by_criterion,
    device_split,
    hands_split,
)
from quiz.wording import count, day_and_time
from ui import access, clock, lesson_screen, store
from ui.components import listen
from ui.lesson_screen import Fell
from ui.news import NEWS, answers_of, place_of
from ui.shell import fragment, guarded, show_fault
from ui.text import plain

LEAST_GAP: Final = 0.8
"""Seconds between two drawings of the count, so that sixty answers at once are not sixty drawings."""
OWN_DRAWING: Final = 0.3
"""Seconds in which the drawing that the screen has just made reaches its browser."""
NEWEST: Final = 10
"""How many of a group's lessons are told in full."""

_TO_TELL: Final = "live-to-tell"
"""The session-state key of a lesson whose devices have still to hear of what was stored."""

STYLE: Final = """
.join { display: flex; flex-wrap: wrap; gap: 4vw; align-items: center; padding: 1vh 0; }
.join img { width: min(50vh, 36vw, 34rem); min-width: 12rem; height: auto; border-radius: 0.5rem; }
.join p { margin: 0; font-size: clamp(1.2rem, 2vw, 2.2rem); }
.join .address { font-size: clamp(1.5rem, 3.2vw, 3.6rem); font-weight: 700; overflow-wrap: anywhere; margin-bottom: 0.6em; }
.join .code { font-size: clamp(3rem, 9vw, 10rem); font-weight: 800; line-height: 1.05; white-space: nowrap; letter-spacing: 0.06em; font-variant-numeric: tabular-nums; }
.join .code span + span, .joining .code span + span { margin-left: 0.3em; }
.joining { display: flex; flex-wrap: wrap; gap: 0.2rem 2.2rem; align-items: baseline; margin: 0; font-size: clamp(1rem, 1.6vw, 1.7rem); }
.joining .code { margin-left: 0.4em; font-weight: 800; letter-spacing: 0.08em; white-space: nowrap; }
.joining .count { font-weight: 700; }
.joining .meter { align-self: center; flex: 1 1 8rem; max-width: 24rem; height: 0.7em; border: 2px solid currentColor; border-radius: 1em; overflow: hidden; }
.joining .meter i { display: block; height: 100%; background: var(--headset-mark); }
[data-testid="stPopoverBody"]:has(.join) { width: min(92vw, 54rem); max-width: none; }
[data-testid="stPopoverBody"] .join { gap: 1rem 2rem; }
[data-testid="stPopoverBody"] .join img { width: 16rem; }
[data-testid="stPopoverBody"] .join p { font-size: 1.1rem; }
[data-testid="stPopoverBody"] .join .address { font-size: 1.5rem; }
[data-testid="stPopoverBody"] .join .code { font-size: 3.6rem; }
[class*="st-key-names"] [data-testid="stButtonGroup"] button { height: auto; padding: 0.2rem 0.9rem; color: inherit !important; }
[class*="st-key-names"] [data-testid="stButtonGroup"] button p { font-size: clamp(1.1rem, 1.6vw, 1.7rem); color: inherit; }
ol.again { display: grid; gap: 0.6rem; margin: 0; padding: 0; list-style: none; font-size: clamp(1.2rem, 2vw, 2.2rem); }
ol.again li { margin: 0; padding: 0.3em 0.6em; border-left: 0.3em solid var(--headset-wrong); background: var(--headset-panel); }
ol.again b { white-space: nowrap; margin-left: 0.5em; }
"""

SUMMARY_STYLE: Final = """
.block-container { max-width: min(94vw, 1200px) !important; }
.st-key-by-criterion table { font-size: clamp(1rem, 1.4vw, 1.5rem); }
"""
CLASS_COMMAND: Final = ".venv/bin/python -m ui.server"
CLASS_MODE_NEEDED: Final = (
    "Learners answer on their phones in class mode: stop Headset and start it again with "
    f"`{CLASS_COMMAND}` (on Windows `{CLASS_COMMAND.replace('.venv/bin/', '.venv/Scripts/')}`)."
)


# --- Moves: stored first, then shown here, then told


@guarded
def go(lesson: UUID, position: int, step: Step | int) -> None:
    """Show another step or question on the screen and every device."""
    with store.database().write() as session:
        save_place(session=session, lesson=lesson, position=position, step=Step(step))
    st.session_state[_TO_TELL] = lesson


def reopen(lesson: UUID, group: UUID | None) -> None:
    """Let learners join a lesson, for the first time or again."""
    with store.database().write() as session:
        open_live(session=session, lesson=lesson, group=group, random=SystemRandom(), now=clock.now())
    st.session_state[_TO_TELL] = lesson


def end(lesson: UUID) -> None:
    """End a live lesson: devices show how each did, and those who said so find it in their own practice."""
    version = store.bank().pack.version
    with store.database().write() as session:
        end_live(session=session, lesson=lesson, content_version=version, now=clock.now())
    st.session_state[_TO_TELL] = lesson


@contextmanager
def telling(lesson: UUID) -> Iterator[Callable[[], int]]:
    """Tell the devices of this page's last move once the page has been drawn, or when drawing it is broken off.

    Sixty devices that are told first keep the screen itself waiting for a second. The function that this yields tells
    at once and returns how much that raises the number of the news about the screen.
    """
    moved = [] if st.session_state.pop(_TO_TELL, None) is None else [place_of(lesson)]

    def tell() -> int:
        told = len(moved)
        while moved:
            NEWS.tell(moved.pop())
        return told

    try:
        yield tell
    finally:
        tell()


@guarded
def _remove(lesson: UUID, participant: UUID) -> None:
    with store.database().write() as session:
        remove_participant(session=session, lesson=lesson, participant=participant)
    _told_all(lesson)


@guarded
def _free(lesson: UUID, participant: UUID) -> None:
    with store.database().write() as session:
        free_nickname(session=session, lesson=lesson, participant=participant)
    _told_all(lesson)


def _told_all(lesson: UUID) -> None:
    """Tell the device that is out, which only hears of the place, and the screen."""
    NEWS.tell(answers_of(lesson))
    NEWS.tell(place_of(lesson))


# --- Joining


def how_to_join(code: str) -> None:
    """Show the address and the code in large type, and the two as a picture for a phone's camera."""
    if not access.address():
        st.markdown(CLASS_MODE_NEEDED)
        return
    # As a picture's address: Streamlit takes inline SVG out of the HTML it is given.
    code_of = segno.make(f"{access.address()}/j/{code}", error="m", micro=False)
    picture = code_of.svg_data_uri(scale=8, border=3, dark="#000000", light="#FFFFFF")
    said = f"QR code: opens {_typed()} with the code {code}"
    st.html(
        f"<div class='join'><img src=\"{picture}\" alt='{escape(said)}'>"
        f"<div><p>On a phone or computer, open</p><p class='address'>{escape(_typed())}</p>"
        f"<p>and type the code</p><p class='code'>{_parted(code)}</p></div></div>"
    )


def _typed() -> str:
    """Return the address as it is typed: browsers add http:// themselves."""
    return f"{access.address().removeprefix('http://')}/join"


def _parted(code: str) -> str:
    """Return the code in two halves, which are read and typed more easily than one long word."""
    half = len(code) // 2
    return f"<span>{escape(code[:half])}</span><span>{escape(code[half:])}</span>"


@fragment
def lobby(lesson: UUID) -> None:
    """Show who has joined, drawn again as they come."""
    since = NEWS.number(answers_of(lesson))
    try:
        with store.database().read() as session:
            joined = select_participants(session=session, lesson=lesson)
        show_fault()
        number = f"{len(joined)} {'has' if len(joined) == 1 else 'have'} joined"
        st.header(number if joined else "Nobody has joined yet", anchor=False)
        _names(lesson, joined)
    except (StorageError, QuizError) as error:
        st.error(plain(str(error)))
    _listen_to_answers(lesson, since)


@fragment
def bar(lesson: UUID, code: str, position: int, step: Step) -> None:
    """Show the code and how many have answered, drawn again as they answer."""
    since = NEWS.number(answers_of(lesson))
    try:
        with store.database().read() as session:
            joined = select_participants(session=session, lesson=lesson)
            answered = count_live_answers(session=session, lesson=lesson, position=position)
        show_fault()
        with st.container(horizontal=True, vertical_alignment="center", key="live-bar"):
            st.html(_bar_html(code, len(joined), answered, step))
            with st.popover("Joining and names", key="joining", on_change="rerun") as names:
                # Only while it stands open: a picture and sixty names are much to send at every answer.
                if names.open:
                    how_to_join(code)
                    _names(lesson, joined)
    except (StorageError, QuizError) as error:
        st.error(plain(str(error)))
    _listen_to_answers(lesson, since)


def _bar_html(code: str, joined: int, answered: int, step: Step) -> str:
    if step < Step.OPTIONS:
        told, meter = f"{joined} {'is' if joined == 1 else 'are'} in", ""
    else:
        told = f"{answered} of {joined} {'has' if joined == 1 else 'have'} answered"
        width = 100 * answered / joined if joined else 0
        meter = f"<span class='meter' aria-hidden='true'><i style='width:{width:.0f}%'></i></span>"
    where = escape(_typed()) if access.address() else ""
    return (
        f"<p class='joining'><span>{where} <span class='code'>{_parted(code)}</span></span>"
        f"<span class='count'>{told}</span>{meter}</p>"
    )


def _listen_to_answers(lesson: UUID, since: int) -> None:
    if access.class_mode():
        listen(key="listen-answers", lesson=lesson, topic="answers", since=since, gap=LEAST_GAP)


def listen_to_place(lesson: UUID, since: int) -> None:
    """Draw the page again when the lesson goes on elsewhere: a tutor may lead it from a second device."""
    if access.class_mode():
        listen(key="listen-place", lesson=lesson, topic="place", since=since, delay=OWN_DRAWING)


def _names(lesson: UUID, joined: Sequence[Participant]) -> None:
    """Show the names; a click on one asks what to do about it."""
    if not joined:
        return
    by_id = {str(entry.id): entry for entry in joined}
    chosen = st.pills(
        "Names of those who joined (choose one to take it out or let it in again)",
        list(by_id),
        format_func=lambda key: _named(by_id[key]),
        key=f"names-{lesson.hex[:8]}",
    )
    if chosen is None or chosen not in by_id:
        return
    entry = by_id[chosen]
    name = plain(entry.nickname)
    with st.container(border=True, key="about-name"):
        st.markdown(
            f"**{name}.** Let the name in again on another device? The device it is on now is out, and what was "
            f"answered stays. Or remove {name} with all answers given in this lesson?"
        )
        with st.container(horizontal=True):
            args = (lesson, entry.id)
            st.button(
                "Let in again on another device",
                key="free-name",
                on_click=_free,
                args=args,
                disabled=not entry.connected,
            )
            st.button(f"Remove {name}", key="remove-name", on_click=_remove, args=args)


def _named(entry: Participant) -> str:
    return plain(entry.nickname) + ("" if entry.connected else " (may come in again)")


# --- How the answers fell


def answers_at(lesson: UUID, position: int) -> list[LiveAnswer]:
    """Return what devices answered at a position."""
    with store.database().read() as session:
        return select_live_answers(session=session, lesson=lesson, position=position)


def fell(question: Question, answers: Sequence[LiveAnswer], hands: Mapping[str, int]) -> dict[str, Fell]:
    """Return how often each option was chosen, on devices and by hands; {} without options or answers.

    Whoever answers a question with several right options chooses that many, so hands stand for fewer people.
    """
    if not isinstance(question, SingleChoice | MultipleResponse):
        return {}
    found = device_split(question, [entry.response for entry in answers], hands)
    raised = sum(hands_split(question, hands).counts.values())
    each = question.choose if isinstance(question, MultipleResponse) else 1
    people = max(len(answers) + round(raised / each), *found.counts.values())
    return lesson_screen.fell_over(found, people) if found.total else {}


def worth(question: Question, answers: Sequence[LiveAnswer]) -> None:
    """Show how many answers to a question without options were right, partly right and not yet right."""
    if not answers or isinstance(question, SingleChoice | MultipleResponse):
        return
    right = sum(entry.fraction >= 1 for entry in answers)
    wrong = sum(entry.fraction <= 0 for entry in answers)
    lesson_screen.worth_bars(right, len(answers) - right - wrong, wrong)


# --- Afterwards


def class_rows(lesson: Lesson) -> list[CriterionSplit]:
    """Return how the class did on each criterion, by devices and hands together, the weakest first."""
    with store.database().read() as session:
        answers = select_live_answers(session=session, lesson=lesson.id)
    return class_by_criterion(lesson.questions, answers, lesson.counts)


def criterion_name(unit_key: str, row: CriterionSplit) -> str:
    """Return a criterion's code with its title, where the content still holds it."""
    unit = store.bank().pack.units.get(unit_key)
    known = unit.by_code.get(row.ref.code) if unit is not None else None
    return f"{row.ref.code} {known.title}" if known is not None else row.ref.code


def teach_again(lesson: Lesson, rows: Sequence[CriterionSplit]) -> None:
    """Say first what is worth teaching again, the weakest first."""
    again = [row for row in rows if row.teach_again]
    st.header("Worth teaching again" if again else "Nothing needs teaching again", anchor=False)
    if not again:
        st.markdown("Of every criterion that was asked, three answers in five or more were right.")
        return
    items = "".join(
        f"<li>{escape(criterion_name(lesson.unit, row))}<b>{row.right_share:.0%} right</b></li>"
        for row in again
    )
    st.html(f"<ol class='again'>{items}</ol>")


def details(lesson: Lesson) -> None:
    """Offer the answers by question and by learner; nobody is ranked."""
    with store.database().read() as session:
        joined = select_participants(session=session, lesson=lesson.id)
        answers = select_live_answers(session=session, lesson=lesson.id)
    with st.expander("By question"):
        st.table(
            [_question_row(lesson, number, answers) for number in range(len(lesson.questions))],
            border="horizontal",
            hide_index=True,
        )
    with st.expander("By learner (not for the screen)"):
        if not joined:
            st.markdown("Nobody joined.")
            return
        st.table(
            [_learner_row(entry, answers) for entry in sorted(joined, key=_alphabetical)],
            border="horizontal",
            hide_index=True,
        )
        kept = sum(entry.keeps for entry in joined)
        if kept:
            st.markdown(f"{count(kept, 'learner keeps', 'learners keep')} the answers in their own practice.")


def _alphabetical(entry: Participant) -> str:
    return entry.nickname.casefold()


def _question_row(lesson: Lesson, number: int, answers: Sequence[LiveAnswer]) -> dict[str, str]:
    question = lesson.questions[number]
    given = [entry for entry in answers if entry.position == number]
    right = sum(entry.fraction >= 1 for entry in given)
    hands = sum(lesson.counts.get(number, {}).values())
    return {
        "Question": plain(f"{number + 1}. {question.stem}"),
        "Criterion": question.head.criterion,
        "Answered": str(len(given)),
        "Right": f"{right} ({right / len(given):.0%})" if given else "",
        "Hands": str(hands) if hands else "",
    }


def _learner_row(entry: Participant, answers: Sequence[LiveAnswer]) -> dict[str, str]:
    given = [answer for answer in answers if answer.participant == entry.id]
    return {
        "Name": plain(entry.nickname),
        "Answered": str(len(given)),
        "Right": str(sum(answer.fraction >= 1 for answer in given)),
    }


# --- A group's results


def show_group_lessons(group: Group) -> None:
    """Show the live lessons of a group, the newest first: who took part, and the share right by criterion."""
    with store.database().read() as session:
        lessons = select_group_lessons(session=session, group=group.id)
    if not lessons:
        st.markdown(
            "No live lesson yet. Start one under Lesson, choose this group there, and its answers stand here."
        )
        return
    for entry in lessons[:NEWEST]:
        _group_lesson(entry)
    if len(lessons) > NEWEST:
        with st.expander(f"{count(len(lessons) - NEWEST, 'earlier lesson')}"):
            for entry in lessons[NEWEST:]:
                _open_button(entry)


def _group_lesson(entry: GroupLesson) -> None:
    with store.database().read() as session:
        lesson = select_optional_lesson(session=session, lesson_id=entry.live.lesson)
        answers = select_live_answers(session=session, lesson=entry.live.lesson)
    assert lesson is not None  # a live lesson goes with its lesson
    with st.container(border=True):
        _open_button(entry)
        rows = class_by_criterion(lesson.questions, answers, lesson.counts)
        if not rows:
            st.markdown("No answers yet.")
            return
        st.dataframe(criterion_rows(lesson, rows), hide_index=True, width="stretch")


def criterion_rows(lesson: Lesson, rows: Sequence[CriterionSplit]) -> list[dict[str, object]]:
    """Return one row a criterion, as a table shows it."""
    return [
        {
            "Criterion": criterion_name(lesson.unit, row),
            "Questions": row.questions,
            "Right": f"{row.right_share:.0%} of {row.answers}" + (", teach again" if row.teach_again else ""),
        }
        for row in rows
    ]


def _open_button(entry: GroupLesson) -> None:
    when = day_and_time(entry.live.opened_at)
    state = ", running now" if entry.live.place.stage is not LiveStage.ENDED else ""
    joined = f"{entry.participants} joined, {count(entry.answers, 'answer')}"
    label = f"{entry.title}, {when}: {joined}{state}"
    if st.button(plain(label), key=f"open-{entry.live.lesson.hex}", width="stretch"):
        st.switch_page(
            "app_pages/lesson.py", query_params={"lesson": str(entry.live.lesson), "view": "summary"}
        )


def is_running(live: LiveLesson | None) -> bool:
    """Return whether learners can join and answer now."""
    return live is not None and live.place.stage is not LiveStage.ENDED
