"""Progress: every criterion's answers and estimate, a picture of them, test history, downloads."""

import streamlit as st

from models import select_attempt, select_attempts, select_evidence, select_facility
from quiz.progress import ENOUGH_ANSWERS, State, estimate, roll_up
from quiz.reports import DISCLAIMER, progress_csv, tests_csv
from quiz.sessions import Kind, score
from quiz.wording import count, day_and_time, sentence
from ui import charts, clock, session, store
from ui.text import plain

MOST_TESTS = 50


def overview(unit, progress) -> None:
    """Show how many criteria are in each state."""
    columns = st.columns(3)
    known = len(unit.criteria) - progress.count(State.NOT_STARTED) - progress.count(State.NOT_ENOUGH)
    columns[0].metric("Criteria with an estimate", f"{known} of {len(unit.criteria)}", border=True)
    columns[1].metric("Likely secure", str(progress.count(State.SECURE)), border=True)
    columns[2].metric("Slipping", str(progress.count(State.SLIPPING)), border=True)


def picture(drawn) -> None:
    """Show a chart with its title and its words."""
    st.subheader(plain(drawn.title), anchor=False)
    st.plotly_chart(drawn.figure, config={"displayModeBar": False}, alt=drawn.alt, width="stretch")


def table(unit, progress) -> None:
    """Show the same as a table, for whoever cannot see the picture."""
    rows = []
    for mastery in progress.criteria:
        criterion = unit.by_code[mastery.ref.code]
        known = mastery.state not in {State.NOT_STARTED, State.NOT_ENOUGH}
        rows.append(
            {
                "Criterion": f"{mastery.ref.code} {criterion.title}",
                "Estimate": f"{mastery.mean:.0%} ({mastery.low:.0%} to {mastery.high:.0%})" if known else "",
                "State": sentence(mastery.state),
                "Answers": mastery.answers,
                "Last practised": day_and_time(mastery.last) if mastery.last else "",
            }
        )
    with st.expander("The same as a table", expanded=True):
        st.dataframe(
            rows,
            hide_index=True,
            width="stretch",
            column_config={"Criterion": st.column_config.TextColumn(width=250)},
        )
    st.caption(
        "The estimate is the chance of a right answer at the first try, with the range it lies in nine times out of ten. "
        f"Below {ENOUGH_ANSWERS} answers nothing is estimated. Likely secure asks for eight answers on two days or more."
    )


def tests(learner, unit, number) -> None:
    """Show every test with its outcomes, and what was left unfinished."""
    st.subheader("Tests", anchor=False)
    with store.database().read() as db:
        done = select_attempts(
            session=db, learner=learner.id, unit=unit.key, kinds=[Kind.TEST], finished=True, limit=MOST_TESTS
        )
        attempts = [select_attempt(session=db, attempt_id=entry.id).attempt for entry in done]
    results = [(attempt, score(attempt, unit.blueprint.hurdle)) for attempt in attempts]
    if not results:
        st.markdown("No test has been finished yet.")
        return
    st.dataframe(
        [
            {
                "Finished": day_and_time(attempt.finished_at),
                "Result": "passed" if report.passed else "not passed",
                "Right": f"{report.right} of {report.total}",
                **{f"Outcome {o.number}": f"{o.shown} of {len(o.criteria)}" for o in report.outcomes},
            }
            for attempt, report in results
        ],
        hide_index=True,
        width="stretch",
    )
    for attempt, report in results[:5]:
        label = f"Score report of {day_and_time(attempt.finished_at)}: {report.right} of {report.total} right"
        if st.button(plain(label), key=f"report-{attempt.id.hex}", width="stretch"):
            st.switch_page("app_pages/report.py", query_params={"attempt": str(attempt.id)})
    st.download_button(
        "Download test results (CSV)",
        tests_csv(unit, number, results, learner.name, clock.now()),
        file_name=f"headset-unit-{number}-tests.csv",
        mime="text/csv",
        key="tests-csv",
        on_click="ignore",
    )


def page() -> None:
    learner, unit = session.require_learner(), session.unit()
    number = session.number(unit.key)
    st.title("Progress", anchor=False)
    session.choose_unit(learner, unit, "progress")
    st.info(DISCLAIMER)
    with store.database().read() as db:
        evidence = select_evidence(session=db, learner=learner.id, unit=unit.key)
        facility = select_facility(session=db, unit=unit.key)
    shown = estimate(evidence, [c.ref for c in unit.criteria], facility)
    progress = roll_up(unit, shown.mastery)
    if not evidence:
        st.markdown("Nothing has been answered yet. Five questions on one criterion give a first estimate.")
        if st.button("Practise", type="primary", key="first-practice"):
            st.switch_page("app_pages/practice.py", query_params={"unit": unit.key})
    else:
        st.markdown(f"{count(shown.answers, 'answer')} so far, by {plain(learner.name)}.")
        overview(unit, progress)
    picture(charts.criterion_heatmap(progress))
    st.caption(
        f"Each cell is a criterion. “2 of {ENOUGH_ANSWERS}” means two of the {ENOUGH_ANSWERS} answers that an estimate needs."
    )
    table(unit, progress)
    if shown.timeline:
        over_time = charts.criteria_over_time(shown.timeline, len(unit.criteria))
        picture(over_time)
        with st.expander("The same as a table"):
            st.dataframe(
                [
                    {
                        "Day": f"{p.day:%d/%m/%Y}",
                        "Answers so far": p.answers,
                        **{sentence(s): p.states[s] for s in State},
                    }
                    for p in shown.timeline
                ],
                hide_index=True,
                width="stretch",
            )
    st.download_button(
        "Download progress (CSV)",
        progress_csv(unit, number, progress, learner.name, clock.now()),
        file_name=f"headset-unit-{number}-progress.csv",
        mime="text/csv",
        key="progress-csv",
        on_click="ignore",
    )
    tests(learner, unit, number)


page()
