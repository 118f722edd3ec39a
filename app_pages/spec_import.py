"""Import: read an awarding body's document; attach its wording to units we have, draft those we have not."""

import streamlit as st

from quiz.authoring.importing import (
    LIMITS,
    NOTHING_TO_ATTACH,
    ImportRefused,
    differences,
    fit,
    read_lines,
    read_specification,
    specification_json,
)
from quiz.syllabus import attach_official, detach_official
from quiz.wording import count, listed_words
from ui import drafting, keys, session, store, wording_shown
from ui.components import whole_choices
from ui.shell import show_fault
from ui.text import cells, plain

LEAVE_OUT = "Leave it out"
SAID = "spec-import-said"


def upload() -> None:
    """Take a document and read it; what is read replaces what was read before, a refusal leaves nothing."""
    st.markdown(
        "Headset reads the specification of an awarding body, shows its wording beside Headset's own labels, and drafts "
        "a study pack for units that it has no content for. "
        "**The document and its wording stay on this computer.** They are kept in your data folder, are sent nowhere, and never "
        "become part of Headset's own content."
    )
    given = st.file_uploader(
        "The specification: PDF, plain text or Markdown",
        type=["pdf", "txt", "text", "md", "markdown"],
        max_upload_size=LIMITS.file_bytes // 1_000_000,
        key="spec-file",
    )
    if given is None or not st.button("Read the document", key="read-spec", type="primary"):
        return
    st.session_state.pop(keys.SPECIFICATION, None)
    bar = st.progress(0.0, "Opening the document…")

    def pages(done, every) -> None:
        bar.progress(min(0.7, 0.7 * done / max(every, 1)), f"Reading page {done} of {every}…")

    def units(done, every) -> None:
        bar.progress(min(1.0, 0.7 + 0.3 * done / max(every, 1)), f"Reading unit {done} of {every}…")

    try:
        lines = read_lines(given.getvalue(), given.name, progress=pages)
        specification = read_specification(lines, progress=units)
    except ImportRefused as error:
        st.error(plain(str(error)))
        st.caption("Nothing was imported.")
    else:
        st.session_state[keys.SPECIFICATION] = (given.file_id, given.name, specification, "\n".join(lines))
    bar.empty()


def found(name, specification, fitting, text) -> None:
    """Say what was found, unit by unit, and offer it as JSON, with the text whose lines are counted."""
    units = specification.units
    outcomes = sum(len(unit.outcomes) for unit in units)
    st.header("What was found", anchor=False)
    st.markdown(
        f"In {plain(name)}: **{count(len(units), 'unit')}, {count(outcomes, 'outcome')} and "
        f"{count(specification.criteria_count, 'criterion', 'criteria')}**. "
        f"Headset has {count(len(fitting.units), 'unit')} of them."
    )
    reasons = {id(unit): why for unit, why in fitting.others}
    st.dataframe(
        cells(
            [
                {
                    "Unit": unit.number or "",
                    "Reference": unit.key or "not read",
                    "Outcomes": len(unit.outcomes),
                    "Criteria": len(unit.criteria),
                    "Topics": sum(len(part.topics) for part in unit.content),
                    "In Headset": reasons.get(id(unit), "yes"),
                    "Title": unit.title,
                }
                for unit in units
            ]
        ),
        hide_index=True,
        width="stretch",
    )
    with st.container(horizontal=True):
        st.download_button(
            "Save the reading as JSON",
            lambda: specification_json(specification),
            file_name="specification.json",
            mime="application/json",
            key="spec-json",
            on_click="ignore",
        )
        st.download_button(
            "Save the text that lines are counted in",
            text,
            file_name="text.txt",
            mime="text/plain",
            key="spec-text",
            on_click="ignore",
        )


def unsure(reading, specification, fitting) -> dict[str, dict[str, str]]:
    """Let every criterion in doubt be settled, and return what was chosen, by unit and code."""
    st.header("What is unsure", anchor=False)
    to_settle = [one for one in fitting.units if one.open]
    if not specification.unsure and not to_settle:
        st.markdown("Nothing: all of it was read surely.")
        return {}
    chosen: dict[str, dict[str, str]] = {}
    if to_settle:
        places = sum(len(one.open) for one in to_settle)
        st.markdown(
            f"{count(places, 'criterion', 'criteria')} to settle. Hold each against the document and choose its wording; "
            "what you do not settle is left out, and Headset's own label stands alone there."
        )
    for one in to_settle:
        with st.expander(plain(f"{one.unit.name} {one.outline.title}: {len(one.open)} to settle")):
            for criterion in one.open:
                why = "; ".join(criterion.why) or "it was not read surely"
                readings = " / ".join(f"“{text}”" for text in criterion.candidates)
                st.markdown(
                    f"**{criterion.code}** (line {criterion.line}): {plain(f'{why}. Read as {readings}')}"
                )
                taken = st.selectbox(
                    f"Wording of {criterion.code} in {one.key}",
                    [None, *criterion.candidates],
                    format_func=lambda text: LEAVE_OUT if text is None else text,
                    key=f"settle-{reading}-{one.key}-{criterion.code}",
                    label_visibility="collapsed",
                )
                if taken is not None:
                    chosen.setdefault(one.key, {})[criterion.code] = taken
    if specification.unsure:
        with st.expander(f"Every doubt, by line ({len(specification.unsure)})"):
            st.dataframe(
                cells(
                    [
                        {
                            "Line": doubt.line,
                            "What is in doubt": doubt.what,
                            "Readings": " | ".join(doubt.candidates),
                        }
                        for doubt in specification.unsure
                    ]
                ),
                hide_index=True,
                width="stretch",
            )
    return chosen


def differing(fitting) -> None:
    """List where the document and the catalogue differ."""
    st.header("Where the document and Headset differ", anchor=False)
    slips = store.content().shipped.pack.slips
    rows = [
        {
            "Unit": one.unit.number or difference.unit,
            "What": difference.what,
            "In the document": difference.document,
            "In Headset": difference.here,
            "Known slip, read as": difference.known or "no",
        }
        for one in fitting.units
        for difference in differences(one.unit, one.outline, slips)
    ]
    if rows:
        st.dataframe(cells(rows), hide_index=True, width="stretch")
    else:
        st.markdown("Nowhere: titles, levels, credits, hours, codes and commands are the same.")


def attaching(name, fitting, chosen) -> None:
    """Offer to attach the wording of all units that Headset has."""
    st.header("Attach", anchor=False)
    wordings = {one.key: one.wording(name, chosen.get(one.key)) for one in fitting.units}
    wordings = {key: wording for key, wording in wordings.items() if wording.criteria}
    if not wordings:
        st.markdown(NOTHING_TO_ATTACH)
        return
    ready = sum(len(wording.criteria) for wording in wordings.values())
    left = sum(len(one.outline.criteria) for one in fitting.units) - ready
    rest = f" {count(left, 'criterion', 'criteria')} of these units would be left out." if left else ""
    again = [key for key in wordings if key in wording_shown.attached().units]
    replaced = f" It replaces what is attached to {count(len(again), 'unit')} now." if again else ""
    st.markdown(f"{count(ready, 'criterion', 'criteria')} ready.{rest}{replaced}")
    if st.button(
        f"Attach the wording to {count(len(wordings), 'unit')} we have", key="attach-spec", type="primary"
    ):
        change(
            lambda: attach_official(wording_shown.path(), wordings),
            f"Attached to {count(len(wordings), 'unit')}, {count(ready, 'criterion', 'criteria')}. Study, practice, the "
            "catalogue and the portfolio show it from now on.",
        )


def change(step, done) -> None:
    """Change what is attached and say so, or say why it could not be changed."""
    try:
        step()
    except ImportRefused as error:
        st.error(plain(str(error)))
        return
    st.session_state[SAID] = done
    st.rerun()


def attached() -> None:
    """List the units that wording is attached to, each to be taken away again."""
    wording = wording_shown.attached()
    if wording.fault:
        st.error(plain(wording.fault))
        return
    if not wording.units:
        return
    st.header("Attached now", anchor=False)
    for key, unit in wording.units.items():
        outline = store.bank().pack.optional_outline(key)
        title = outline.title if outline is not None else "no longer in the catalogue"
        name = f"attached-{key.replace('/', '')}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=name):
            st.markdown(
                plain(
                    f"{key} {title}: {count(len(unit.criteria), 'criterion', 'criteria')}, from {unit.source}"
                ),
                width="stretch",
            )
            if st.button(f"Take away {key}", key=f"detach-{key}", type="tertiary"):
                take_away([key])
    if st.button("Take all of it away", key="detach-all"):
        take_away(list(wording.units))


def take_away(units) -> None:
    """Take wording away and say so."""
    gone = listed_words(units) if len(units) < 4 else count(len(units), "unit")
    change(lambda: detach_official(wording_shown.path(), units), f"Taken away from {gone}.")


def page() -> None:
    session.optional_learner()
    st.title("Import a specification", anchor=False)
    whole_choices()
    if said := st.session_state.pop(SAID, ""):
        st.success(plain(said))
    show_fault()
    upload()
    if read := st.session_state.get(keys.SPECIFICATION):
        reading, name, specification, text = read
        # A draft is made of such a document: what a document is held against is what we ship.
        fitting = fit(specification, store.content().shipped.pack.outlines)
        found(name, specification, fitting, text)
        chosen = unsure(reading, specification, fitting)
        differing(fitting)
        attaching(name, fitting, chosen)
        drafting.offer(reading, name, specification)
    attached()
    drafting.drafts()


page()
