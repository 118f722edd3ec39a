"""Study: a unit's outcomes and criteria; one criterion's note, words and own-words task."""

import streamlit as st

from models import save_item, save_own_words, save_settings, select_optional_own_words
from quiz.errors import NotInBank
from quiz.portfolio import LONGEST_NOTE, own_words_draft
from quiz.reports import note_sheet
from quiz.sessions import PracticePlan
from quiz.wording import count, day_and_time, day_of, sentence
from ui import clock, drafted, glance, practising, session, store, wording_shown
from ui.components import keep_typing, print_button, read_aloud, voice
from ui.learning import learning_of
from ui.shell import guarded
from ui.standings import portfolio_of
from ui.text import note, plain
from ui.tutor_notes import comments_for, show_comments


def contents(learner, unit) -> None:
    """List the unit's outcomes and criteria."""
    st.title("Study", anchor=False)
    session.choose_unit(learner, unit, "study")
    drafted.label(unit.key)
    st.markdown(unit.entry.why)
    known = learning_of(learner)
    if known.by_unit.get(unit.key):
        st.html(glance.strip(known.rolled_up(unit)))
    for outcome in unit.outcomes:
        st.header(f"{outcome.number} {plain(sentence(outcome.label))}", anchor=False)
        for criterion in unit.of_outcome(outcome.number):
            open_button(criterion, f"{criterion.ref.code} {criterion.title}")
            wording_shown.show(criterion.ref)
    further_reading(unit)


def further_reading(unit) -> None:
    """List what the unit's document names for further reading, with what is known to be gone."""
    if not unit.entry.reading:
        return
    with st.expander("Further reading"):
        st.markdown(
            "What the specification lists. Much of it is old; ask your centre or library what is current."
        )
        st.markdown("\n".join(f"- {reference(entry)}" for entry in unit.entry.reading))


def reference(entry) -> str:
    """Return a reference as a line: author, title, publisher, year, ISBN, address, and what became of it."""
    made = ", ".join(str(part) for part in (entry.publisher, entry.year) if part)
    parts = [
        f"{plain(entry.author)}: " if entry.author else "",
        f"*{plain(entry.title)}*",
        f" ({plain(made)})" if made else "",
        f", ISBN {plain(entry.isbn)}" if entry.isbn else "",
        f", {plain(entry.url)}" if entry.url else "",
        ". **No longer exists.**" if entry.gone else ".",
        f" {plain(sentence(entry.note).removesuffix('.'))}." if entry.note else "",
    ]
    return "".join(parts)


def open_button(criterion, label, **how) -> None:
    """Show a button that opens a criterion."""
    if st.button(plain(label), key=f"open-{criterion.ref}", width="stretch", **how):
        show(criterion)


def show(criterion) -> None:
    """Go to a criterion's page."""
    st.switch_page(
        "app_pages/study.py", query_params={"unit": criterion.ref.unit, "criterion": criterion.ref.code}
    )


def criterion_page(unit, learner, criterion) -> None:
    """Show all there is to study for a criterion."""
    way_round(unit, criterion)
    st.title(f"{criterion.ref.code} {plain(criterion.title)}", anchor=False)
    st.caption(plain(session.unit_name(unit)))
    drafted.label(unit.key)
    wording_shown.show(criterion.ref)
    with st.container(horizontal=True):
        read_aloud(criterion.entry.note.replace("*", ""))
        print_button(
            key="print-note", html=note_sheet(criterion, session.unit_name(unit)), label="Print this note"
        )
    voice()
    st.markdown(note(criterion.entry.note))
    asked = bool(store.bank().families_of(criterion.ref))  # a draft can have criteria that nothing asks about
    if asked and st.button("Practise this", key="practise-this", type="primary"):
        plan = PracticePlan(unit.key, (criterion.ref.code,), 10)
        attempt = practising.start(learner.id, unit, plan, f"Criterion {criterion.ref.code}")
        st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt)})
    as_printed(criterion)
    words(criterion)
    law_today(criterion)
    own_words(learner, criterion)
    neighbours(unit, criterion)


def as_printed(criterion) -> None:
    """Show what the specification prints oddly about this criterion, and how it is read here."""
    name = f"{criterion.ref.unit} {criterion.ref.code}"
    for slip in store.bank().pack.slips:
        if name in slip.criteria:
            st.caption(f"As printed: {plain(slip.about)} Read here as: {plain(slip.read_as)}")


def words(criterion) -> None:
    """Show the words to know."""
    if not criterion.entry.terms:
        return
    st.header("Words to know", anchor=False)
    st.markdown("\n".join(f"- **{plain(word.term)}**: {plain(word.means)}" for word in criterion.entry.terms))
    known = {word.term.casefold() for word in criterion.entry.terms}
    met = store.bank().pack.glossary.in_texts([criterion.entry.note], criterion.ref.unit)
    others = [word for word in met if word.term.casefold() not in known]
    if others:
        with st.expander("Other words in this note"):
            st.markdown("\n".join(f"- **{plain(word.term)}**: {plain(word.means)}" for word in others))
    st.page_link("app_pages/glossary.py", label="All words in the glossary", icon=":material/dictionary:")


def law_today(criterion) -> None:
    """Show the dated facts of law, folded, and what changed where a date has passed."""
    if not criterion.entry.law:
        return
    status = {"in_force": "In force", "due": "Due, not yet checked as in force", "replaced": "Replaced"}
    with st.expander(f"The law today ({count(len(criterion.entry.law), 'point')})"):
        for fact in criterion.entry.law:
            over = fact.status != "replaced" and not fact.holds_on(clock.today()) and fact.changed
            st.markdown(
                f"- **{plain(sentence(fact.about))}** ({status[fact.status]}; checked on {day_of(fact.checked_on)}): "
                f"{plain(fact.changed if over else fact.today)}"
            )


def own_words(learner, criterion) -> None:
    """Show the own-words task; its points and model answer come after writing."""
    task = criterion.entry.own_words
    with store.database().read() as db:
        saved = select_optional_own_words(session=db, learner=learner.id, ref=criterion.ref)
    st.header("In your own words", anchor=False)
    st.markdown(plain(task.prompt))
    st.caption(plain(task.demands))
    key = f"own-words-{criterion.ref}"
    held = unchecked(learner, criterion.ref) or (saved.text if saved else "")
    if key not in st.session_state:
        st.session_state[key] = held
    with st.container(key="own-words-box"):
        st.text_area(
            "Your answer", height=180, max_chars=LONGEST_NOTE, key=key, on_change=keep_typed,
            args=(learner.id, criterion.ref, key),
        )  # fmt: skip
    keep_typing(place="own-words-box", name=f"{learner.id.hex}-{criterion.ref}", held=held)
    st.caption("What you type is kept, also if you leave. “Save and check” makes it your answer.")
    if st.button("Save and check", key="save-own-words"):
        save(learner, criterion, key)
    if saved is None:
        return
    st.caption(f"Saved on {day_and_time(saved.saved_at)}. Earlier versions are kept.")
    st.markdown("**Points to check.** Tick those that your answer makes.")
    for place, point in enumerate(task.checklist):
        st.checkbox(
            plain(sentence(point)),
            value=place in saved.points,
            key=f"{key}-{place}",
            on_change=tick,
            args=(learner, criterion, key),
        )
    show_comments(comments_for(learner, criterion.ref))
    to_portfolio(learner, criterion, saved.text)
    with st.expander("A model answer"):
        st.markdown(note(task.model_answer))
        st.caption(
            "Yours will differ: it is about your own workplace. This is practice and no part of an assessment."
        )


def unchecked_key(ref) -> str:
    """Return the setting that holds what was typed for a criterion and has not been saved as the answer."""
    return f"typed-{ref}"


def unchecked(learner, ref) -> str:
    """Return what was typed and has not been saved as the answer, or nothing."""
    kept = learner.settings.get(unchecked_key(ref))
    return kept[:LONGEST_NOTE] if isinstance(kept, str) else ""


@guarded
def keep_typed(learner_id, ref, key) -> None:
    """Store the text as it stands, beside the answer: its points come with “Save and check”."""
    text = st.session_state[key][:LONGEST_NOTE]
    with store.database().write() as db:
        saved = select_optional_own_words(session=db, learner=learner_id, ref=ref)
        news = bool(text.strip()) and (saved is None or text.strip() != saved.text)
        save_settings(
            session=db, learner_id=learner_id, settings={unchecked_key(ref): text if news else None}
        )


def to_portfolio(learner, criterion, text) -> None:
    """Offer the answer as a draft of portfolio evidence, once; what became of it is left alone."""
    draft = own_words_draft(learner.id, criterion.ref, criterion.title, text, clock.today())
    if any(item.id == draft.id for item in portfolio_of(learner).items):
        st.caption("Your answer is in your portfolio. Change it there, and make it about your own workplace.")
    elif st.button("Add to my portfolio as a draft", key="draft-own-words"):
        with store.database().write() as db:
            save_item(session=db, learner=learner.id, item=draft, now=clock.now())
        st.rerun()


def save(learner, criterion, key) -> None:
    """Store the answer as it stands."""
    text = st.session_state[key].strip()
    if not text:
        st.warning("Write a sentence or two first.")
        return
    with store.database().write() as db:
        save_own_words(
            session=db,
            learner=learner.id,
            ref=criterion.ref,
            text=text,
            points=points(criterion, key),
            now=clock.now(),
        )
        save_settings(session=db, learner_id=learner.id, settings={unchecked_key(criterion.ref): None})
    st.rerun()


@guarded
def tick(learner, criterion, key) -> None:
    """Store the points ticked."""
    with store.database().write() as db:
        saved = select_optional_own_words(session=db, learner=learner.id, ref=criterion.ref)
        text = st.session_state[key].strip() or (saved.text if saved else "")
        save_own_words(
            session=db,
            learner=learner.id,
            ref=criterion.ref,
            text=text,
            points=points(criterion, key),
            now=clock.now(),
        )
        save_settings(session=db, learner_id=learner.id, settings={unchecked_key(criterion.ref): None})


def points(criterion, key) -> list[int]:
    """Return the places of the points ticked."""
    return [p for p in range(len(criterion.entry.own_words.checklist)) if st.session_state.get(f"{key}-{p}")]


def beside(unit, criterion) -> list[tuple[object, str, str]]:
    """Return the criteria before and after, where there are any, each with its words and its sign."""
    place = unit.criteria.index(criterion)
    found = []
    if place > 0:
        found.append((unit.criteria[place - 1], "Back to", ":material/arrow_back:"))
    if place + 1 < len(unit.criteria):
        found.append((unit.criteria[place + 1], "On to", ":material/arrow_forward:"))
    return found


def way_round(unit, criterion) -> None:
    """Lead to the list and to the criteria before and after, in one line above the note."""
    with st.container(horizontal=True, key="way-round"):
        if st.button("All criteria", key="all-criteria", icon=":material/list:", type="tertiary"):
            st.switch_page("app_pages/study.py", query_params={"unit": unit.key})
        for other, words, icon in beside(unit, criterion):
            label = f"{words} {other.ref.code}"
            if st.button(label, key=f"to-{other.ref}", icon=icon, type="tertiary"):
                show(other)


def neighbours(unit, criterion) -> None:
    """Show the criteria before and after below the note, by their titles."""
    for other, words, icon in beside(unit, criterion):
        open_button(other, f"{words} {other.ref.code} {other.title}", icon=icon)


def page() -> None:
    learner = session.require_learner()
    unit = session.unit()
    code = st.query_params.get("criterion")
    if code is None:
        contents(learner, unit)
        return
    criterion = unit.by_code.get(code)
    if criterion is None:
        raise NotInBank(f"Unit {unit.key} has no criterion “{code}”. Choose one under Study.")
    criterion_page(unit, learner, criterion)


page()
