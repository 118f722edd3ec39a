"""Portfolio: the criteria of each planned unit as a checklist, the evidence, and the sheets to hand in."""

import streamlit as st

from models import save_count, save_evidence_types, save_status, select_evidence_types, select_portfolio
from quiz.errors import EntryRefused, NotInBank
from quiz.portfolio import (
    Standing,
    Status,
    make_confirmation,
    make_types,
    place_name,
    tracked,
)
from quiz.reports import DISCLAIMER, portfolio_csv, portfolio_sheet
from quiz.reports.portfolio_xlsx import portfolio_xlsx
from quiz.wording import count, day, sentence
from ui import access, clock, portfolio_charts, session, store, wording_shown
from ui.components import print_button, whole_choices
from ui.evidence import show_evidence
from ui.pictures import picture
from ui.shell import guarded, show_fault
from ui.standings import portfolio_of, standings
from ui.text import cells, plain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(**query) -> None:
    """Go to another view of the portfolio."""
    st.switch_page("app_pages/portfolio.py", query_params=query)


def overview(learner, units, portfolio) -> None:
    """Show every unit with its four facts, all evidence, and the sheets of all units."""
    st.title("Portfolio", anchor=False)
    st.caption(DISCLAIMER)
    qualification = session.optional_qualification()
    if session.optional_plan(learner) is None:
        st.markdown(
            "You have no plan yet, so every unit is listed here. A plan keeps this page to the units you take."
        )
        if st.button("Make a plan", key="make-plan", type="primary"):
            st.switch_page("app_pages/plan.py")
    elif qualification is not None:
        st.caption(plain(qualification.title))
    shown = standings(learner, units, portfolio)
    for unit, standing in zip(units, shown, strict=True):
        if st.button(plain(unit_words(unit, standing)), key=f"open-{unit.key}", width="stretch"):
            show(unit=unit.key)
    unknown = [unit for unit in units if not unit.criteria]
    if unknown:
        st.caption(
            f"{count(len(unknown), 'unit')} {'is' if len(unknown) == 1 else 'are'} known here by title only, so evidence is kept "
            "for the unit as a whole. Your centre has the criteria."
        )
    if units:
        everything_side_by_side(shown)
        downloads([(session.unit_name(unit), unit) for unit in units], portfolio, learner, "all")
    all_items(portfolio)
    types()


def unit_words(unit, standing) -> str:
    """Return a unit with how much of its portfolio is there."""
    _, _, gathered, confirmed = standing.counts
    name = f"{session.number(unit.key)} {unit.title}"
    if not unit.criteria:
        state = "with evidence" if gathered else "nothing yet"
        return f"{name}: {'confirmed' if confirmed else state}"
    drafts = sum(row.drafts for row in standing.criteria)
    if not drafts and all(
        row.status.standing is Standing.NOTHING and not row.items for row in standing.criteria
    ):
        return f"{name}: {count(len(unit.criteria), 'criterion', 'criteria')}"
    more = f", {count(drafts, 'draft')}" if drafts else ""
    return f"{name}: {gathered} of {len(unit.criteria)} with evidence{more}, {confirmed} confirmed"


def everything_side_by_side(every) -> None:
    """Show practice and portfolio of all units side by side, as a picture and as a table."""
    shown = [standing for standing in every if any(standing.counts)]
    if not shown:
        st.markdown("Nothing has been practised or gathered yet. Open a unit to begin.")
        return
    names = [session.number(standing.unit.key) for standing in shown]
    with st.expander("Practice and portfolio side by side", expanded=True):
        picture(portfolio_charts.plan_side_by_side(shown, names, sum(len(one.criteria) for one in every)))
        st.caption(
            "Practised and likely secure come from quiz practice; evidence and confirmations from what you entered. "
            "The two are never added together. Units with nothing yet are left out."
        )
        st.dataframe(
            [
                {
                    "Unit": name,
                    **{
                        sentence(fact): f"{number} of {len(standing.criteria)}"
                        for fact, number in zip(portfolio_charts.FOUR, standing.counts, strict=True)
                    },
                }
                for name, standing in zip(names, shown, strict=True)
            ],
            hide_index=True,
            width="stretch",
        )


def downloads(named, portfolio, learner, what) -> None:
    """Offer the sheets as XLSX, as CSV and for print."""
    st.header("Sheets to hand in", anchor=False)
    st.caption(
        "Criterion, evidence type, portfolio reference and date, with lines to sign. Criteria stand in the official "
        "wording where your tutor has attached it, else by our label; the wording is then in the specification."
    )
    wording = wording_shown.of_units([unit for _, unit in named])
    with st.container(horizontal=True):
        st.download_button(
            "Download as XLSX",
            lambda: portfolio_xlsx(named, portfolio, learner.label, wording),
            file_name=f"headset-portfolio-{what}.xlsx",
            mime=XLSX,
            key="portfolio-xlsx",
            on_click="ignore",
        )
        st.download_button(
            "Download as CSV",
            lambda: portfolio_csv(named, portfolio, learner.label, wording),
            file_name=f"headset-portfolio-{what}.csv",
            mime="text/csv",
            key="portfolio-csv",
            on_click="ignore",
        )
        print_button(
            key="print-portfolio",
            html=portfolio_sheet(named, portfolio, learner.label, wording),
            label="Print all sheets" if what == "all" else "Print this sheet",
        )


def all_items(portfolio) -> None:
    """List every piece of evidence with the criteria it serves."""
    st.header("All evidence", anchor=False)
    if not portfolio.items:
        st.markdown("No evidence yet. Open a unit, then a criterion, and add the first piece.")
        return
    st.dataframe(
        cells(
            [
                {
                    "Title": item.title + (" (draft)" if item.draft else ""),
                    "Type": item.type,
                    "Reference": item.reference,
                    "Kept": item.kept_where,
                    "Date": day(item.dated) if item.dated else "",
                    "Serves": ", ".join(f"{session.number(ref.unit)} {place_name(ref)}" for ref in item.refs),
                }
                for item in portfolio.items
            ]
        ),
        hide_index=True,
        width="stretch",
    )


def types() -> None:
    """Let the list of evidence types be changed; it counts for everybody on this machine."""
    if not access.role().trusted:
        return
    with st.expander("Types of evidence"):
        st.markdown(
            "These are the types that the NVQ sheets use. Change them to those of your centre; the list counts for "
            "everybody on this computer. One a line: the code, a colon, its meaning."
        )
        with store.database().read() as db:
            known = select_evidence_types(session=db)
        text = st.text_area(
            "Types",
            value="\n".join(f"{entry.code}: {entry.meaning}" for entry in known),
            height=300,
            key="evidence-types",
        )
        if st.button("Save types", key="save-types"):
            rows = [tuple(line.partition(":")[::2]) for line in text.splitlines() if line.strip()]
            try:
                with store.database().write() as db:
                    save_evidence_types(session=db, types=make_types(rows))
            except EntryRefused as error:
                st.error(plain(str(error)))
            else:
                st.success("Saved.")


@guarded
def set_standing(learner_id, ref, key) -> None:
    """Store where a criterion stands, as chosen in its row.

    Raises:
        EntryRefused: the browser sent what is not in the list (a confirmation has a form of its own), or
            “nothing yet” for what has evidence by now.
    """
    chosen = st.session_state[key]
    with store.database().write() as db:
        choices = select_portfolio(session=db, learner=learner_id).choices(ref)
        if chosen == Standing.NOTHING and chosen not in choices:
            raise EntryRefused(
                f"There is evidence for {place_name(ref)}, so it is gathering at least. Nothing was changed."
            )
        if chosen not in choices:
            raise EntryRefused("Choose where the criterion stands in its list. Nothing was changed.")
        save_status(
            session=db,
            learner=learner_id,
            ref=ref,
            status=Status(Standing(chosen)),
            now=clock.now(),
        )


def unit_view(learner, unit, portfolio) -> None:
    """Show a unit's criteria as a checklist, the picture of both sides, and its sheet."""
    if st.button("All units", key="all-units", icon=":material/arrow_back:", type="tertiary"):
        show()
    st.title(plain(f"Portfolio: {session.unit_name(unit)}"), anchor=False)
    if not unit.criteria:
        st.markdown(
            "The documents at hand list this unit by its title only, so its criteria are not here. Evidence is kept for the unit "
            "as a whole; your centre has the criteria."
        )
    for outcome in tracked(unit):
        head = f"{outcome.number} {sentence(outcome.label)}" if unit.outcomes else sentence(outcome.label)
        st.header(plain(head), anchor=False)
        for criterion in outcome.criteria:
            row(learner, criterion, portfolio)
    standing = standings(learner, [unit], portfolio)[0]
    picture(portfolio_charts.unit_side_by_side(standing, f"Unit {session.number(unit.key)}"))
    st.caption(
        "A filled mark means yes. The left half comes from quiz practice, the right half from your portfolio; neither stands for the other."
    )
    with st.expander("The same as a table"):
        st.dataframe(
            [
                {
                    "Criterion": f"{sentence(place_name(entry.criterion.ref))} {entry.criterion.title}",
                    "Answers": str(entry.answers) if entry.taught else "no questions here",
                    **{
                        sentence(name): "yes" if fact else "no"
                        for name, fact in zip(
                            portfolio_charts.FOUR, portfolio_charts.facts(entry), strict=True
                        )
                    },
                }
                for entry in standing.criteria
            ],
            hide_index=True,
            width="stretch",
        )
    downloads(
        [(session.unit_name(unit), unit)], portfolio, learner, unit.key.replace("/", "").replace(" ", "")
    )


def row(learner, criterion, portfolio) -> None:
    """Show a criterion's standing in a line, and folded below it the way to change it and to its evidence."""
    ref, status = criterion.ref, portfolio.status(criterion.ref)
    items = portfolio.items_for(ref)
    confirmed = status.standing is Standing.CONFIRMED
    words = f"✓ {status.standing.value}" if confirmed else status.standing.value
    pieces = f", {count(len(items), 'piece')}" if items else ""
    name = f"**{sentence(place_name(ref))}** {plain(criterion.title)} · {plain(words)}{pieces}"
    with st.expander(name, key=f"row-{ref.code.replace('.', '-')}"):
        wording_shown.show(ref)
        if asked := least_words(ref, portfolio):
            st.caption(plain(asked))
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        if confirmed:
            left.markdown(plain(sentence(status.words)))
        else:
            key = f"standing-{ref}"
            st.session_state[key] = status.standing.value
            left.selectbox(
                f"Status of {place_name(ref)}",
                [standing.value for standing in portfolio.choices(ref)],
                format_func=sentence,
                key=key,
                label_visibility="collapsed",
                on_change=set_standing,
                args=(learner.id, ref, key),
            )
        label = f"Evidence for {place_name(ref)} ({len(items)})"
        if right.button(label, key=f"evidence-{ref.code}", width="stretch"):
            show(unit=ref.unit, criterion=ref.code)


def least_words(ref, portfolio) -> str:
    """Return how much of the least evidence is counted, or nothing where no least is asked for."""
    unit = store.bank().pack.units.get(ref.unit)
    asked = [m for m in unit.entry.minimum_evidence if m.criterion == ref.code] if unit else []
    return "; ".join(
        f"{min(portfolio.counts.get((ref, name), 0), least)} of {least} {name}"
        for entry in asked
        for name, least in entry.counts.items()
    )


def criterion_view(learner, unit, criterion, portfolio) -> None:
    """Show a criterion's evidence, what is asked for at least, and the assessor's confirmation."""
    ref = criterion.ref
    if st.button("The unit's checklist", key="up", icon=":material/arrow_back:", type="tertiary"):
        show(unit=unit.key)
    st.title(plain(f"{sentence(place_name(ref))} {criterion.title}"), anchor=False)
    where = "" if wording_shown.official(ref) else " Our label; wording: see specification."
    st.caption(plain(f"{session.unit_name(unit)}.{where}"))
    wording_shown.show(ref)
    show_fault()
    st.markdown(f"**Status:** {plain(portfolio.status(ref).words)}.")
    ways_to_learn(ref)
    minimum(learner, ref, portfolio)
    show_evidence(learner, criterion, portfolio)
    confirmation(learner, ref, portfolio)


def ways_to_learn(ref) -> None:
    """Link to the notes that teach the criterion."""
    pack = store.bank().pack
    for link in pack.teaching(ref):
        taught = pack.optional_criterion(link.ref)
        if taught is not None:
            st.page_link(
                "app_pages/study.py",
                label=plain(f"Study {session.number(link.ref.unit)}, {link.ref.code}: {taught.title}"),
                query_params={"unit": link.ref.unit, "criterion": link.ref.code},
                icon=":material/menu_book:",
            )


@guarded
def set_count(learner_id, ref, name, key) -> None:
    """Store how many of a requirement are gathered."""
    with store.database().write() as db:
        save_count(session=db, learner=learner_id, ref=ref, name=name, count=int(st.session_state[key]))


def minimum(learner, ref, portfolio) -> None:
    """Show the least that the unit's specification asks for, to be counted off."""
    unit = store.bank().pack.units.get(ref.unit)
    asked = [m for m in unit.entry.minimum_evidence if m.criterion == ref.code] if unit else []
    for entry in asked:
        st.header("The least to gather", anchor=False)
        done = sum(portfolio.counts.get((ref, name), 0) >= least for name, least in entry.counts.items())
        st.markdown(
            f"{plain(sentence(entry.asks))}. **{done} of {count(len(entry.counts), 'number')} reached.**"
        )
        for place, (name, least) in enumerate(entry.counts.items()):
            key = f"count-{ref}-{place}"
            st.session_state[key] = portfolio.counts.get((ref, name), 0)
            st.number_input(
                plain(f"{sentence(name)} (at least {least})"),
                min_value=0,
                max_value=99,
                key=key,
                on_change=set_count,
                args=(learner.id, ref, name, key),
            )


def confirmation(learner, ref, portfolio) -> None:
    """Let what an assessor has confirmed be entered, or taken back."""
    st.header("The assessor's confirmation", anchor=False)
    status = portfolio.status(ref)
    if status.standing is Standing.CONFIRMED:
        st.markdown(f"Entered as {plain(status.words)}.")
        if st.button("Take this confirmation back", key="take-back"):
            with store.database().write() as db:
                save_status(
                    session=db, learner=learner.id, ref=ref, status=Status(Standing.READY), now=clock.now()
                )
            st.rerun()
        return
    st.markdown(
        "Enter it only when your assessor has said so. Headset never does, and your entry is a note of yours: what counts is "
        "the assessor's own record."
    )
    with st.form("confirmation", border=False, clear_on_submit=False):
        name = st.text_input("Name of the assessor", max_chars=100, key="assessor")
        on = st.date_input("Date of the confirmation", value=None, format="DD/MM/YYYY", key="confirmed-on")
        entered = st.form_submit_button("Enter the confirmation", key="confirm")
    if not entered:
        return
    try:
        made = make_confirmation(name, on, clock.today())
    except EntryRefused as error:
        st.error(plain(str(error)))
        return
    with store.database().write() as db:
        save_status(session=db, learner=learner.id, ref=ref, status=made, now=clock.now())
    st.rerun()


def page() -> None:
    learner = session.require_learner()
    whole_choices()
    pack, portfolio = store.bank().pack, portfolio_of(learner)
    named, code = st.query_params.get("unit"), st.query_params.get("criterion")
    if named is None:
        overview(learner, session.planned_units(learner), portfolio)
        return
    unit = pack.optional_outline(named)
    if unit is None:
        raise NotInBank(f"There is no unit “{named}” in the catalogue. Choose one under Portfolio.")
    if code is None:
        unit_view(learner, unit, portfolio)
        return
    criterion = next((c for o in tracked(unit) for c in o.criteria if c.ref.code == code), None)
    if criterion is None:
        raise NotInBank(f"Unit {unit.key} has no criterion “{code}”. Choose one under Portfolio.")
    criterion_view(learner, unit, criterion, portfolio)


page()
