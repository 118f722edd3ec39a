"""The form that corrects a written question: its present wording, part by part, to be worded anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from quiz.sessions import correct
from quiz.syllabus import WrittenQuestion
from quiz.syllabus.source import Source
from quiz.syllabus.written import (
    WrittenMatching,
    WrittenMultipleResponse,
    WrittenOrdering,
    WrittenSingleChoice,
    WrittenSorting,
)
from quiz.wording import without_controls
from ui import clock, overlay, store
from ui.text import plain

_LONGEST: Final = 1000


def correction_form(question: str) -> None:
    """Show the form for a written question; what is sent is checked, stored and in force at once."""
    entry = store.bank().optional_written(question)
    if entry is None:
        return
    stated = entry.entry
    # Another wording, as after an undo, is another form: fields keep what was typed under their key.
    key = f"correction-{hashlib.blake2b(stated.model_dump_json().encode(), digest_size=5).hexdigest()}"
    st.markdown(
        "The new wording holds for every learner of this computer, from the next question that is drawn. Answers "
        "already given keep their marks. The “why” of a part is what a learner reads about it after answering. Words in braces, such as {customer}, are filled in anew each time."
    )
    with st.form(key, border=False):
        wanted = {"stem": _text("Question", stated.stem, f"{key}-stem"), **_parts(stated, key)}
        with st.container(horizontal=True):
            sent = st.form_submit_button("Check and save", type="primary", key=f"{key}-save")
            left = st.form_submit_button("Cancel", key=f"{key}-cancel")
    if left:
        overlay.open_question(question)
    if sent:
        _save(stated, wanted)


def show_warnings(question: str) -> None:
    """Show what the linter's rules say against a question as it is corrected; nothing where it is not."""
    bank = store.bank()
    entry = bank.optional_written(question)
    if entry is None or question not in bank.overlay.corrections:
        return
    from quiz.authoring.overlay_rules import correction_findings  # slow to import

    found = dict.fromkeys(f.message for f in correction_findings(entry, bank, Source("", None, {})))
    if found:
        listed = "\n".join(f"- {plain(message)}" for message in found)
        st.warning(f"The correction holds. What an author would be told about it:\n\n{listed}")


def _save(stated: WrittenQuestion, wanted: dict[str, Any]) -> None:
    try:
        question = type(stated).model_validate({**stated.model_dump(by_alias=True), **wanted})
    except ValidationError as error:
        st.error(f"{_named(error)} has a field without words. Every text and every explanation needs some.")
        return
    if isinstance(stated, WrittenSorting) and len(wanted["classes"]) < len(stated.classes):
        st.error("Two headings have the same name. Give each its own.")
        return
    today = clock.today()
    hidden = stated.id in store.bank().overlay.hidden
    done = (
        "Saved. The question stays hidden until you show it again."
        if hidden
        else "Saved. Whoever is asked this question from now on gets the new wording."
    )
    if overlay.change(stated.id, lambda bank: correct(bank, stated.id, question, today=today), done):
        overlay.open_question(stated.id)
    overlay.say(stated.id)


def _named(error: ValidationError) -> str:
    """Return which part of the form the first fault is in, as the form calls it."""
    field, *rest = error.errors()[0]["loc"]
    name = {"options": "Option", "pairs": "Pair", "steps": "Step", "cases": "Line", "classes": "A heading"}
    number = f" {rest[0] + 1}" if rest and isinstance(rest[0], int) else ""
    return f"{name.get(str(field), 'The question')}{number}"


def _parts(stated: WrittenQuestion, key: str) -> dict[str, Any]:
    """Show the fields of a question's parts and return what stands in them, as the content states it."""
    if isinstance(stated, WrittenSingleChoice | WrittenMultipleResponse):
        return {"options": _options(stated, key)}
    if isinstance(stated, WrittenMatching):
        pairs = _each(
            stated.pairs, "Pair", key, {"left": "Left side", "right": "Right side that belongs to it"}
        )
        return {"pairs": pairs}
    if isinstance(stated, WrittenOrdering):
        return {"steps": _each(stated.steps, "Step", key, {"text": "Step"})}
    return _sorting(stated, key)


def _options(stated: WrittenSingleChoice | WrittenMultipleResponse, key: str) -> list[dict[str, Any]]:
    single = isinstance(stated, WrittenSingleChoice)
    places = range(len(stated.options))
    right = {place for place in places if stated.options[place].right}

    def tick(place: int) -> dict[str, Any]:
        ticked = st.checkbox(f"Option {place + 1} is right", place in right, key=f"{key}-right-{place}")
        return {"right": ticked}

    options = _each(stated.options, "Option", key, {"text": "Option"}, None if single else tick)
    if single:
        chosen = st.radio(
            "Which option is right?",
            places,
            index=min(right),
            format_func=lambda place: f"Option {place + 1}" + (" (until now)" if place in right else ""),
            horizontal=True,
            key=f"{key}-right",
        )
        options = [{**option, "right": place == chosen} for place, option in enumerate(options)]
    return options


def _sorting(stated: WrittenSorting, key: str) -> dict[str, Any]:
    names = list(stated.classes)
    renamed: list[str] = []
    classes: dict[str, str] = {}
    for place, (name, meaning) in enumerate(stated.classes.items()):
        with st.container(border=True):
            renamed.append(_text(f"Heading {place + 1}", name, f"{key}-class-{place}"))
            classes[renamed[-1]] = _text(
                f"What belongs under heading {place + 1}", meaning, f"{key}-meaning-{place}"
            )

    def under(place: int) -> dict[str, Any]:
        chosen = st.selectbox(
            f"Line {place + 1} belongs under",
            range(len(names)),
            index=names.index(stated.cases[place].class_),
            format_func=lambda at: names[at],
            key=f"{key}-under-{place}",
        )
        return {"class": renamed[chosen]}

    return {"classes": classes, "cases": _each(stated.cases, "Line", key, {"text": "Line"}, under)}


def _each(
    parts: tuple[Any, ...],
    name: str,
    key: str,
    texts: dict[str, str],
    more: Callable[[int], dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Show a box for each part with its texts, its explanation and what else it has."""
    found = []
    for place, part in enumerate(parts):
        with st.container(border=True):
            stated = part.model_dump(by_alias=True)
            for field, label in texts.items():
                shown = f"{name} {place + 1}" if label == name else f"{name} {place + 1}: {label.lower()}"
                stated[field] = _text(shown, stated[field], f"{key}-{field}-{place}")
            stated["why"] = _text(f"{name} {place + 1}: why", stated["why"], f"{key}-why-{place}")
            found.append({**stated, **(more(place) if more else {})})
    return found


def _text(label: str, value: str, key: str) -> str:
    typed = st.text_area(label, value, key=key, height="content", max_chars=_LONGEST)
    # Sent over several lines, it is still one text: questions have no lines of their own.
    return " ".join(without_controls(typed).split())
