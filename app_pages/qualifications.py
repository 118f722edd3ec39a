"""Qualifications: all of them, their units and criteria, found by number, reference, title or word."""

from collections import Counter

import streamlit as st

from quiz.errors import NotInBank
from quiz.sessions import PracticePlan
from quiz.syllabus import OutcomeKind, search
from quiz.wording import count, day_of, listed_words, sentence, unknown
from ui import keys, practising, session, store, unit_criteria
from ui.text import plain

MOST_FOUND = 40
DECIDED = {
    "annexe-c": "Annexe C of Pearson's certificate ties the two units together; which criteria match was decided by Headset's editors",
    "headset": "decided by Headset's editors alone",
}


def figures(unit) -> str:
    """Return a unit's reference, level, credits and hours; what no document states is said to be unknown."""
    if unit.level is None:
        return f"{unit.key} · level, credits and hours are not known"
    return f"{unit.key} · level {unit.level} · {count(unit.credit, 'credit')} · {unit.glh} guided hours"


def everything() -> None:
    """Show the search and every qualification."""
    pack = store.bank().pack
    st.title("Qualifications", anchor=False)
    sought = st.text_input(
        "Find a qualification, unit or criterion",
        key="catalogue-search",
        placeholder="A number, a reference, a title or a word",
    )
    if sought.strip():
        results(sought)
        return
    st.markdown(f"Eight qualifications and {count(len(pack.outlines), 'unit')}, from five documents.")
    for qualification in pack.qualifications.values():
        if st.button(
            f"**{plain(qualification.title)}** · {plain(qualification.line)}",
            key=f"open-{qualification.key}",
            width="stretch",
        ):
            show(qualification=qualification.key)


def results(sought) -> None:
    """List what was found, units found by a criterion with that criterion."""
    hits = search(store.bank().pack, sought)
    if not hits.qualifications and not hits.units:
        st.markdown("Nothing is called that. Try fewer letters, or a unit's number.")
        return
    found = [
        count(len(hits.qualifications), "qualification") if hits.qualifications else "",
        count(len(hits.units), "unit") if hits.units else "",
    ]
    st.caption(f"{listed_words([part for part in found if part])} found.")
    for qualification in hits.qualifications:
        if st.button(plain(qualification.title), key=f"open-{qualification.key}", width="stretch"):
            show(qualification=qualification.key)
    for unit, criteria in hits.units[:MOST_FOUND]:
        if st.button(plain(f"{unit_line(unit)} ({unit.key})"), key=f"open-{unit.key}", width="stretch"):
            show(unit=unit.key)
        if criteria:
            st.caption("; ".join(plain(f"{c.ref.code} {c.title}") for c in criteria[:3]))
    if len(hits.units) > MOST_FOUND:
        st.caption(f"The first {MOST_FOUND} are shown. Type more to find fewer.")


def unit_line(unit, qualification=None) -> str:
    """Return a unit's number where it has one, and its title."""
    pack = store.bank().pack
    number = pack.number(unit.key, qualification.key) if qualification else session.number(unit.key)
    return unit.title if number == unit.key else f"{number} {unit.title}"


def show(**query) -> None:
    """Go to a qualification or a unit."""
    st.switch_page("app_pages/qualifications.py", query_params=query)


def back(label, **query) -> None:
    """Show the way up."""
    if st.button(label, key="up", icon=":material/arrow_back:", type="tertiary"):
        show(**query)


def slips(name) -> None:
    """Show what the documents print otherwise, and how it is read here."""
    found = store.bank().pack.slips_about(name)
    if not found:
        return
    st.header("As printed, and as read here", anchor=False)
    for slip in found:
        codes = [place.rpartition(" ")[2] for place in slip.criteria if place.rpartition(" ")[0] == name]
        places = [code if "." in code else f"outcome {code}" for code in codes]
        where = f"**{sentence(listed_words(places))}:** " if places else ""
        st.markdown(f"- {where}{plain(slip.about)} *Read here as:* {plain(slip.read_as)}")


def qualification_page(qualification) -> None:
    """Show one qualification: its facts, its groups with their rules, its units."""
    pack = store.bank().pack
    back("All qualifications")
    st.title(plain(qualification.title), anchor=False)
    number = f"number {qualification.number}" if qualification.number else "number not known"
    level = f"level {qualification.level}"
    if qualification.scqf_level:
        level += f" (SCQF level {qualification.scqf_level})"
    st.caption(plain(f"{qualification.body} · {number} · {level}"))
    st.markdown(f"**{qualification.registered_until}.** {plain(qualification.dates_note)}")
    learner = session.optional_learner()
    if learner is not None and st.button("Plan this qualification", key="plan-this", type="primary"):
        st.switch_page("app_pages/plan.py", query_params={"qualification": qualification.key})
    columns = st.columns(3)
    unknown = "not known"
    columns[0].metric("Credits needed", qualification.min_credit or unknown, border=True)
    hours = qualification.glh or unknown
    if qualification.glh_max:
        hours = f"{qualification.glh}–{qualification.glh_max}"
    columns[1].metric("Guided learning hours", hours, border=True)
    columns[2].metric("Total qualification time", qualification.tqt or "not stated", border=True)
    dates = [f"{plain(sentence(entry.what))}: {day_of(entry.on)}." for entry in qualification.dates]
    facts = [plain(fact) for fact in qualification.facts]
    st.markdown("\n".join(f"- {line}" for line in (*dates, *facts)))
    for group in qualification.groups:
        if not group.units and not rule_words(group.rule):
            continue
        st.header(plain(sentence(group.title)), anchor=False)
        words = rule_words(group.rule)
        if words:
            st.caption(plain(words))
        for key in group.units:
            unit = pack.outlines[key]
            facts = [] if unit.level is None else [f"level {unit.level}", count(unit.credit, "credit")]
            extra = f" ({', '.join([key, *facts])})"
            label = f"{unit_line(unit, qualification)}{extra}"
            if st.button(plain(label), key=f"open-{key}", width="stretch"):
                show(unit=key)
    slips(qualification.key)


def rule_words(rule) -> str:
    """Return a group's rule in words."""
    parts = []
    for noun, least, most in (
        ("unit", rule.min_units, rule.max_units),
        ("credit", rule.min_credits, rule.max_credits),
    ):
        if least is not None and least == most:
            parts.append(f"exactly {count(least, noun)}")
        else:
            parts += [f"at least {count(least, noun)}"] if least else []
            parts += [f"at most {count(most, noun)}, read strictly"] if most is not None else []
    return sentence(", ".join(parts)) + "." if parts else ""


def unit_page(unit) -> None:
    """Show one unit: where it belongs, its criteria, and what there is to practise for it."""
    pack = store.bank().pack
    back("All qualifications")
    st.title(plain(unit_line(unit)), anchor=False)
    st.caption(plain(figures(unit)))
    for qualification in pack.places(unit.key):
        number = qualification.numbers.get(unit.key)
        groups = [group.title for group in qualification.printed_groups if unit.key in group.units]
        as_number = f"as number {number}, " if number and number != unit.key else ""
        label = f"{qualification.title}: {as_number}{listed_words(groups)}"
        if st.button(plain(label), key=f"open-{qualification.key}", width="stretch"):
            show(qualification=qualification.key)
    if unit.no_place:
        printed = f" It is printed as unit {listed_words(unit.printed_as)}." if unit.printed_as else ""
        st.info(plain(unit.no_place + printed))
    same_standard(unit)
    ways_on(unit)
    criteria(unit)
    slips(unit.key)


def same_standard(unit) -> None:
    """Show the units that rest on the same standard, and how sure that is."""
    pack = store.bank().pack
    for pair in pack.same_as(unit.key):
        other = pack.outlines[pair.same_as if pair.unit == unit.key else pair.unit]
        head = (
            "Perhaps related to the unit below; whether the standard is the same is not known"
            if pair.confidence == "low"
            else "Rests on the same standard as the unit below, as far as Headset's editors can tell"
        )
        st.markdown(f"{head} (confidence: **{pair.confidence}**; {plain(pair.reason)}).")
        if st.button(
            plain(f"{unit_line(other)} ({other.key})"), key=f"open-same-{other.key}", width="stretch"
        ):
            show(unit=other.key)


def ways_on(unit) -> None:
    """Show what can be practised for a unit: its own questions, or those of linked criteria."""
    learner = session.optional_learner()
    if learner is None:
        return
    pack = store.bank().pack
    with st.container(horizontal=True):
        if unit.taught:
            for label, page in (("Study", "study"), ("Practise", "practice"), ("Progress", "progress")):
                if st.button(label, key=f"go-{page}", type="primary" if page == "study" else "secondary"):
                    st.session_state[keys.UNIT] = unit.key
                    st.switch_page(f"app_pages/{page}.py", query_params={"unit": unit.key})
        if st.button("Portfolio", key="go-portfolio"):
            st.switch_page("app_pages/portfolio.py", query_params={"unit": unit.key})
    if unit.taught:
        return
    codes: dict[str, list[str]] = {}
    for criterion in unit.criteria:
        for link in pack.teaching(criterion.ref):
            known = codes.setdefault(link.ref.unit, [])
            if link.ref.code not in known:
                known.append(link.ref.code)
    if not codes:
        if unit.criteria:
            st.markdown("Headset has no notes or questions on the criteria of this unit.")
        return
    st.header("Practise for this unit", anchor=False)
    st.markdown("These criteria of other units teach what criteria of this one ask for.")
    for key, mine in sorted(codes.items(), key=lambda entry: -len(entry[1])):
        taught = pack.units[key]
        label = (
            f"Practise {count(len(mine), 'criterion', 'criteria')} of {session.number(key)} {taught.title}"
        )
        if st.button(plain(label), key=f"practise-{key.replace('/', '')}", width="stretch"):
            ordered = tuple(c.ref.code for c in taught.criteria if c.ref.code in mine)
            plan = PracticePlan(key, ordered, max(5, min(30, 2 * len(ordered))))
            attempt = practising.start(learner.id, taught, plan, f"For {unit_line(unit)}")
            st.switch_page("app_pages/practice.py", query_params={"attempt": str(attempt)})


def criteria(unit) -> None:
    """List the outcomes and criteria, each with the notes that teach it and who decided so."""
    if not unit.outcomes:
        st.markdown(
            "The documents at hand list this unit by its title only: its outcomes and criteria are not known here."
        )
        return
    st.header("Outcomes and criteria", anchor=False)
    kinds = Counter(outcome.kind for outcome in unit.outcomes)
    st.caption(
        f"{count(len(unit.criteria), 'criterion', 'criteria')}, labelled in our own words; the official wording stands in the "
        f"specification. {kinds_words(kinds)}"
    )
    unit_criteria.show(unit)
    used = {link.by for c in unit.criteria for link in store.bank().pack.teaching(c.ref)}
    if used and not unit.taught:
        for name in sorted(used):
            st.caption(f"“{unit_criteria.short(name)}” after a link: {DECIDED[name]}.")


def kinds_words(kinds) -> str:
    """Return how many outcomes are about doing and how many about knowing."""
    doing, knowing = kinds[OutcomeKind.COMPETENCE], kinds[OutcomeKind.KNOWLEDGE]
    if not doing:
        return f"{count(knowing, 'outcome').capitalize()}, about knowing."
    if not knowing:
        return f"{count(doing, 'outcome').capitalize()}, about doing."
    return f"{count(doing, 'outcome').capitalize()} about doing, {knowing} about knowing."


def page() -> None:
    pack = store.bank().pack
    session.optional_learner()
    named = st.query_params.get("unit")
    if named is not None:
        unit = pack.optional_outline(named)
        if unit is None:
            raise NotInBank(
                f"There is no unit “{named}” in the catalogue. Search for it under Qualifications."
            )
        unit_page(unit)
        return
    key = st.query_params.get("qualification")
    if key is None:
        everything()
        return
    if key not in pack.qualifications:
        raise NotInBank(unknown("qualification", key, "Choose one under Qualifications."))
    qualification_page(pack.qualifications[key])


page()
