"""The score report of a test: result, outcomes, what would have changed it, every question explained."""

import streamlit as st

from quiz.questions import Verdict
from quiz.reports import DISCLAIMER, paper_sheet
from quiz.sessions import Finish, Kind, PracticePlan, score, verdict
from quiz.wording import count, day_and_time, pass_needs, sentence
from ui import feedback, practising, session, wording_shown
from ui.components import keys_and_focus, print_button
from ui.learning import leads_to_test, learning_of, practises, what_next
from ui.reporting import report_control
from ui.text import plain

WORDS = {Verdict.RIGHT: "right", Verdict.WRONG: "wrong", Verdict.UNANSWERED: "not answered"}


def result(unit, attempt, report) -> None:
    """Show whether it was passed, and by how much."""
    kind = "practice test" if unit.entry.assessment == "onscreen_test" else "practice paper"
    with st.container(key=f"heading-result-{attempt.id.hex[:8]}"):
        st.title("Passed" if report.passed else f"Your {kind}", anchor=False)
    st.caption(
        f"{sentence(kind)}, finished on {day_and_time(attempt.finished_at)}"
        + (", when the time ran out." if attempt.finish is Finish.TIME else ".")
    )
    passed = sum(outcome.passed for outcome in report.outcomes)
    left, right = st.columns(2)
    left.metric("Right answers", f"{report.right} of {report.total}", border=True)
    right.metric("Outcomes passed", f"{passed} of {len(report.outcomes)}", border=True)
    needed = f"{pass_needs(report.pass_mark, report.total)}."
    st.markdown(needed if report.passed else f"Not passed this time. {needed}")
    st.caption(DISCLAIMER)


def what_would_have_changed(report) -> None:
    """Say what stood between this result and a pass."""
    if report.passed:
        return
    st.header("What would have changed the result", anchor=False)
    lines = []
    for outcome in report.failed_outcomes:
        missing = outcome.needed - outcome.shown
        codes = ", ".join(criterion.ref.code for criterion in outcome.missed)
        lines.append(
            f"- Outcome {outcome.number}: {count(missing, 'more criterion', 'more criteria')} shown, from {codes}."
        )
    if report.marks_short:
        lines.append(
            f"- {count(report.marks_short, 'more right answer')} in all: {report.pass_mark} are needed."
        )
    st.markdown("\n".join(lines))


def practise_missed(learner, unit, missed) -> None:
    """Offer practice of the criteria that were missed."""
    if st.button("Practise what I missed", key="practise-missed"):
        plan = PracticePlan(unit.key, missed, practising.size_for(missed))
        started = practising.start(learner.id, unit, plan, "What I missed in the test")
        st.switch_page("app_pages/practice.py", query_params={"attempt": str(started)})


def ways_on(learner, unit, attempt, steps) -> None:
    """Offer another test, unless a step shown leads to one, and the paper to print."""
    with st.container(horizontal=True):
        another = not leads_to_test(learner, steps, unit)
        if another and st.button("Another test", key="another-test"):
            st.switch_page("app_pages/test.py", query_params={"unit": unit.key})
        title = f"{unit.blueprint.name}: {session.unit_name(unit)}"
        sheet = paper_sheet(title, unit.blueprint.label, [item.question for item in attempt.items])
        print_button(key="print-sat", html=sheet, label="Print this paper")


def by_outcome(unit, report) -> None:
    """Show the score report by outcome and by criterion."""
    st.header("Score report", anchor=False)
    labels = {outcome.number: outcome.label for outcome in unit.outcomes}
    st.table(
        [
            {
                "Outcome": plain(f"{o.number} {sentence(labels.get(o.number, ''))}"),
                "Result": "passed" if o.passed else "not passed",
                "Criteria shown": f"{o.shown} of {len(o.criteria)}, needs {o.needed}",
                "Marks": f"{o.earned:g} of {o.available}",
            }
            for o in report.outcomes
        ],
        border="horizontal",
        hide_index=True,
    )
    with st.expander("By criterion"):
        st.table(
            [
                {
                    "Criterion": plain(
                        f"{c.ref.code} {unit.by_code[c.ref.code].title if c.ref.code in unit.by_code else ''}"
                    ),
                    "Shown": "yes" if c.shown else "no",
                    "Marks": f"{c.earned:g} of {c.available}",
                }
                for o in report.outcomes
                for c in o.criteria
            ],
            border="horizontal",
            hide_index=True,
        )


def questions(unit, attempt) -> None:
    """Show every question with the explanation of each option."""
    st.header("Every question", anchor=False)
    which = st.segmented_control("Show", ["Missed", "All"], default="Missed", required=True, key="which")
    shown = [
        (n, item)
        for n, item in enumerate(attempt.items, 1)
        if which == "All" or verdict(item) is not Verdict.RIGHT
    ]
    if not shown:
        st.markdown("Nothing was missed.")
    for number, item in shown:
        head = item.question.head
        with st.container(border=True):
            st.markdown(f"**{number}. {plain(item.question.stem)}**")
            st.caption(f"Criterion {head.criterion}: {WORDS.get(verdict(item), verdict(item))}")
            wording_shown.show(head.ref)
            feedback.explain_all(item.question, item.latest.response if item.latest else None)
            if head.criterion in unit.by_code:
                st.page_link(
                    "app_pages/study.py", label=f"Read the note on {head.criterion}", icon=":material/menu_book:",
                    query_params={"unit": unit.key, "criterion": head.criterion},
                )  # fmt: skip


def report_one(learner, attempt) -> None:
    """Let the learner report any question of the test."""
    number = st.selectbox(
        "Something wrong with a question? Choose its number",
        list(range(1, len(attempt.items) + 1)),
        key="report-number",
    )
    report_control(learner.id, attempt.id, number - 1, key=f"report-{number}")


def page() -> None:
    learner, stored = session.learner_and_attempt(Kind.TEST)
    if stored is None:
        st.switch_page("app_pages/test.py")
    attempt, unit = stored.attempt, session.unit_of(stored.attempt)
    if not attempt.finished:
        st.switch_page("app_pages/test.py", query_params={"attempt": str(attempt.id)})
    report = score(attempt, unit.blueprint.hurdle)
    result(unit, attempt, report)
    what_would_have_changed(report)
    again = st.container()  # it belongs to the result, and is left out where a step is the same
    steps = what_next(learning_of(learner), "next")
    missed = tuple(code for code in report.missed_codes if code in unit.by_code)
    if missed and not practises(steps, unit, missed):
        with again:
            practise_missed(learner, unit, missed)
    by_outcome(unit, report)
    ways_on(learner, unit, attempt, steps)
    questions(unit, attempt)
    report_one(learner, attempt)
    keys_and_focus(letters=False)


page()
