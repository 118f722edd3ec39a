"""Practice: choose what, answer, see why, go on. Leave at any time and come back to where you were."""

import streamlit as st

from models import save_settings, select_attempts
from quiz.questions import Verdict
from quiz.reports import DISCLAIMER
from quiz.sessions import ALL_BASES, LONGEST, SHORTEST, TEST_BASES, Kind, PracticePlan, Sureness
from quiz.wording import count, day_and_time, sentence
from ui import (
    clock,
    comfort,
    drafted,
    feedback,
    keys,
    practising,
    question_card,
    session,
    store,
    wording_shown,
)
from ui.components import keys_and_focus, read_aloud, voice
from ui.learning import learning_of, practises, what_next
from ui.reporting import report_control
from ui.shell import fragment, guarded, show_fault
from ui.text import plain

KINDS = (Kind.PRACTICE, Kind.CHECK, Kind.REVIEW)


def set_up(learner, unit) -> None:
    """Let the learner go on with what was left, or choose what to practise."""
    st.title("Practise", anchor=False)
    session.choose_unit(learner, unit, "practice")
    drafted.label(unit.key)
    with store.database().read() as db:
        left = select_attempts(
            session=db, learner=learner.id, unit=unit.key, kinds=KINDS, finished=False, limit=3
        )
    if left:
        last = left[0]
        with st.container(key="hero-left", gap="xsmall"):
            st.markdown(f"You left this on {day_and_time(last.last_at)}, with {how_far(last)}.")
            resume(last, f"Continue: {last.title}", "primary")
        if left[1:]:
            with st.expander("Earlier sessions that are not finished"):
                for attempt in left[1:]:
                    label = f"Continue: {attempt.title} ({how_far(attempt)}, {day_and_time(attempt.last_at)})"
                    resume(attempt, label, "secondary")
        st.header("Or start something new", anchor=False)
    scope = st.radio(
        "What to practise", ["The whole unit", "One outcome", "One criterion"], key="scope", horizontal=True
    )
    codes, title = chosen(unit, scope)
    number = st.container()
    endless, mixed, today = more_choices(learner, len(codes) == 1)
    with number:
        size = None if endless else st.slider("How many questions", SHORTEST, LONGEST, 10, key="size")
    if st.button("Start practising", type="secondary" if left else "primary", key="start-practice"):
        plan = PracticePlan(unit.key, codes, size, mixed, ALL_BASES if today else TEST_BASES)
        open_session(practising.start(learner.id, unit, plan, title))
    st.caption("Not sure where to begin? The starting check asks one question about each criterion.")
    if st.button(f"Starting check of {len(unit.criteria)} questions", key="starting-check"):
        plan = practising.check_plan(unit)
        open_session(practising.start(learner.id, unit, plan, "Starting check", Kind.CHECK))


def how_far(attempt) -> str:
    """Return how much of a session is answered; an endless one has no size."""
    return (
        f"{attempt.answered} of {attempt.size} answered"
        if attempt.size
        else count(attempt.answered, "answer")
    )


def resume(attempt, label, kind) -> None:
    """Show a button that goes on with what was left."""
    if st.button(plain(label), key=f"resume-{attempt.id.hex}", type=kind, width="stretch"):
        open_session(attempt.id)


def more_choices(learner, one_criterion: bool) -> tuple[bool, bool, bool]:
    """Show what few change, folded; return whether to go on without end, to mix, and to ask for today's law."""
    with st.expander("More choices"):
        endless = st.toggle("Endless: go on until I stop", key="endless")
        mixed = st.toggle("Mix the criteria", value=True, key="mixed", disabled=one_criterion)
        today = st.toggle(
            "Also ask for today's law where it differs from the unit",
            key="today",
            help="The test asks what the unit says. Every explanation gives today's rule as well.",
        )
        ask_sureness(learner)
    return endless, mixed, today


def ask_sureness(learner) -> None:
    """Let the learner switch on the question how sure they are."""
    st.toggle(
        "Ask me how sure I am",
        value=bool(learner.settings.get("ask_sure", False)),
        key="ask-sure",
        on_change=set_sureness,
        args=(learner.id,),
        help="Before each answer you say: a guess, think so, or sure. Progress then shows how well you judge yourself, "
        "and what you were sure of and got wrong comes first in review.",
    )


@guarded
def set_sureness(learner_id) -> None:
    """Store whether the learner is asked how sure they are."""
    with store.database().write() as db:
        save_settings(session=db, learner_id=learner_id, settings={"ask_sure": st.session_state["ask-sure"]})


def chosen(unit, scope) -> tuple[tuple[str, ...], str]:
    """Return the codes of the criteria chosen and a title for the session."""
    if scope == "One outcome":
        outcome = st.selectbox(
            "Outcome", unit.outcomes, format_func=lambda o: f"{o.number} {sentence(o.label)}", key="outcome"
        )
        return tuple(c.ref.code for c in unit.of_outcome(outcome.number)), f"Outcome {outcome.number}"
    if scope == "One criterion":
        criterion = st.selectbox(
            "Criterion", unit.criteria, format_func=lambda c: f"{c.ref.code} {c.title}", key="criterion"
        )
        return (criterion.ref.code,), f"Criterion {criterion.ref.code}"
    return tuple(c.ref.code for c in unit.criteria), f"Unit {session.number(unit.key)}"


def open_session(attempt_id) -> None:
    """Go to a session."""
    st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt_id)})


def question_page(learner, unit, attempt) -> None:
    """Show the question at hand: the answering widgets, or what came of the answer."""
    item, position = attempt.item, attempt.position
    tries = len(item.given)
    step = f"{attempt.id.hex[:8]}-{position}-{tries}"
    question_card.stem(item.question, attempt.title, position + 1, attempt.size, step)
    retry = st.session_state.get(keys.RETRY) == keys.one_try(attempt.id, position, tries)
    if tries == 0 or (retry and not item.settled):
        answering(learner, attempt, item, position, tries)
    else:
        outcome(learner, attempt, item, position, tries)


def answering(learner, attempt, item, position, tries) -> None:
    """Show the widgets and the button that checks the answer."""
    this = keys.one_try(attempt.id, position, tries)
    before, lane, _ = st.session_state.get(keys.SHOWN, (None, 0, None))
    if before != this:
        lane += 1
        st.session_state[keys.SHOWN] = (this, lane, clock.now())
    key = keys.answer_key(lane)
    question_card.ask(item.question, key)
    if tries == 0 and learner.settings.get("ask_sure", False):
        st.radio(
            "How sure are you?",
            [entry.value for entry in Sureness],
            format_func=sentence,
            index=None,
            horizontal=True,
            key=keys.sure_key(key),
            on_change="ignore",
        )
    with st.container(horizontal=True):
        st.button(
            "Check answer",
            type="primary",
            key="check",
            on_click=check,
            args=(attempt.id, position, tries, key, item.question),
        )
        read_aloud(question_card.spoken(item.question))
    show_fault()


@guarded
def check(attempt_id, position, tries, key, question) -> None:
    """Store the answer as the widgets hold it."""
    of, _, shown = st.session_state.get(keys.SHOWN, (None, 0, None))
    this = keys.one_try(attempt_id, position, tries)
    seconds = (clock.now() - shown).total_seconds() if of == this else -1.0
    sure = st.session_state.get(keys.sure_key(key))
    session.stands(
        practising.submit(
            attempt_id,
            position,
            tries,
            question_card.held(question, key),
            seconds=seconds
            if seconds >= 0
            else None,  # not known either where the clock was set back meanwhile
            sure=Sureness(sure) if sure else None,
        )
    )


def outcome(learner, attempt, item, position, tries) -> None:
    """Show what came of the answer, and why."""
    latest = item.latest
    verdict, show_all = latest.mark.verdict, item.settled
    step = f"{attempt.id.hex[:8]}-{position}-{tries}-{int(show_all)}"
    # The style adds a sign of the verdict that is not read aloud.
    with st.container(key=f"feedback-{verdict.value}-{step}"):
        st.subheader(feedback.heading(latest.mark), anchor=False)
        if verdict is Verdict.PARTIAL:
            st.markdown(f"You earned {round(latest.mark.fraction * 100)}% of the mark.")
        if show_all:
            feedback.explain_all(item.question, latest.response)
        else:
            feedback.explain_chosen(item.question, latest.response)
    with st.container(horizontal=True):
        if show_all:
            last = attempt.size is not None and position + 1 >= attempt.size
            st.button(
                "See how it went" if last else "Next",
                type="primary",
                key="next",
                on_click=go_on,
                args=(attempt.id, position),
            )
        else:
            st.button(
                "Try again",
                type="primary",
                key="next",
                on_click=retry_now,
                args=(attempt.id, position, tries),
            )
            st.button("Show the answer", key="show", on_click=show_answer, args=(attempt.id, position))
        read_aloud(question_card.spoken(item.question))
    show_fault()
    criterion = store.bank().pack.optional_criterion(item.question.head.ref)
    if criterion is not None:
        name = (
            f"Unit {session.number(criterion.ref.unit)}, criterion"
            if attempt.kind is Kind.REVIEW
            else "Criterion"
        )
        st.caption(f"{name} {criterion.ref.code}: {plain(criterion.title)}")
        wording_shown.show(criterion.ref)
        st.page_link(
            "app_pages/study.py", label=f"Read the note on {criterion.ref.code}", icon=":material/menu_book:",
            query_params={"unit": criterion.ref.unit, "criterion": criterion.ref.code},
        )  # fmt: skip
        words_met(item.question)
    report_control(learner.id, attempt.id, position, key="report")
    family = item.question.head.family
    if family not in store.bank():
        why = "is not asked here any more" if store.bank().knows(family) else "has since left the content"
        st.caption(f"This question {why}. Your answer to it still counts.")


def words_met(question) -> None:
    """Show the words that stand in the question and that its unit teaches."""
    found = store.bank().pack.glossary.in_texts(question_card.texts(question), question.head.unit)
    if found:
        # What stands in it is made when it is opened: most are not.
        with st.expander("Words in this question", key="words", on_change="rerun") as words:
            if not words.open:
                return
            st.markdown("\n".join(f"- **{plain(word.term)}**: {plain(word.means)}" for word in found))
            st.page_link(
                "app_pages/glossary.py", label="All words in the glossary", icon=":material/dictionary:"
            )


@guarded
def retry_now(attempt_id, position, tries) -> None:
    """Ask the question again."""
    st.session_state[keys.RETRY] = keys.one_try(attempt_id, position, tries)


@guarded
def show_answer(attempt_id, position) -> None:
    """Show the answer."""
    session.stands(practising.reveal(attempt_id, position))


@guarded
def go_on(attempt_id, position) -> None:
    """Go to the next question, or to the end."""
    session.stands(practising.go_on(attempt_id, position))


@guarded
def end(attempt_id) -> None:
    """End the session."""
    practising.end(attempt_id)


def leave() -> None:
    """Go back to Home; everything is stored."""
    st.session_state[keys.NOTICE] = "leave"


def summary_page(learner, unit, attempt) -> None:
    """Show how the session went, what to do next, and the session by criterion."""
    with st.container(key=f"heading-went-{attempt.id.hex[:8]}"):
        st.title("How it went", anchor=False)
    st.markdown(f"**{plain(attempt.title)}**")
    firsts = [item for item in attempt.items if item.first is not None]
    right = sum(item.first.mark.verdict is Verdict.RIGHT for item in firsts)
    if not firsts:
        st.info("No question was answered in this session.")
    else:
        best = f"{right} right on the first try" if right else "none right on the first try yet"
        st.markdown(f"You answered {count(len(firsts), 'question')}, {best}.")
    if attempt.kind is Kind.REVIEW and any(item.first.mark.fraction < 1 for item in firsts):
        st.markdown("What was not fully right comes back soon, in another form where there is one.")
    again = st.container()  # it belongs to the result, and is left out where a step is the same
    steps = what_next(learning_of(learner), "next")
    missed = practising.missed_codes(attempt) if attempt.kind is not Kind.REVIEW else ()
    if missed and not practises(steps, unit, missed):
        with again:
            practise_missed(learner, unit, missed)
    if firsts:
        st.header("By criterion", anchor=False)
        st.table(by_criterion(unit, firsts), border="horizontal", hide_index=True)
    ways_on(unit, attempt.kind)
    keys_and_focus(letters=False)
    st.caption(DISCLAIMER)


def practise_missed(learner, unit, missed) -> None:
    """Offer practice of the criteria that were missed."""
    if st.button("Practise what I missed", key="practise-missed"):
        plan = PracticePlan(unit.key, missed, practising.size_for(missed))
        open_session(practising.start(learner.id, unit, plan, "What I missed"))


def ways_on(unit, kind) -> None:
    """Show the pages that a finished session leads to."""
    with st.container(horizontal=True):
        if kind is Kind.REVIEW:
            if st.button("See the review plan", key="see-review"):
                st.switch_page("app_pages/review.py")
        elif st.button("Choose other practice", key="other-practice"):
            st.switch_page("app_pages/practice.py", query_params={"unit": unit.key})
        if st.button("See progress", key="see-progress"):
            query = {} if kind is Kind.REVIEW else {"unit": unit.key}
            st.switch_page("app_pages/progress.py", query_params=query)


def by_criterion(unit, items) -> list[dict[str, object]]:
    """Return one row a criterion: questions and how many were right at once."""
    pack = store.bank().pack
    rows: dict[object, list[bool]] = {}
    for item in items:
        rows.setdefault(item.question.head.ref, []).append(item.first.mark.verdict is Verdict.RIGHT)
    several = len({ref.unit for ref in rows}) > 1
    found = sorted(rows, key=lambda ref: (ref.unit != unit.key, ref.sort_key))
    return [
        {
            "Criterion": plain(
                (f"{session.number(ref.unit)}, " if several else "") + f"{ref.code} {known.title}"
            ),
            "Questions": len(rows[ref]),
            "Right at once": sum(rows[ref]),
        }
        for ref in found
        if (known := pack.optional_criterion(ref)) is not None
    ]


@fragment
def asking(at_hand) -> None:
    """Show the question at hand, and draw it again by itself at every step: the page round it stays.

    `at_hand` holds the learner and the attempt as the page has just read them; later they are read anew.
    """
    learner, stored = at_hand.pop() if at_hand else session.learner_and_attempt(*KINDS)
    if st.session_state.pop(keys.NOTICE, None) == "leave":
        st.switch_page("app_pages/home.py")
    if stored is None or stored.attempt.finished:
        st.rerun()
    question_page(learner, session.unit_of(stored.attempt), stored.attempt)


def page() -> None:
    learner, stored = session.learner_and_attempt(*KINDS)
    if stored is None:
        set_up(learner, session.unit())
    elif stored.attempt.finished:
        summary_page(learner, session.unit_of(stored.attempt), stored.attempt)
    else:
        asking([(learner, stored)])
        # Outside the part that is drawn at every step: these two stay as they are.
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Leave for now",
                key="leave",
                type="tertiary",
                on_click=leave,
                help="You come back to this question.",
            )
            st.button("End this session", key="end", type="tertiary", on_click=end, args=(stored.attempt.id,))
        keys_and_focus(letters=comfort.letters())
        voice()


page()
