"""Progress: all units, one unit, one criterion and its answers; pictures, tables, files to take away."""

import re
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from models import (
    ImportRefused,
    export_log,
    gather,
    import_file,
    import_words,
    select_answers,
    select_attempt,
    select_attempts,
    select_days,
    select_sure_but_wrong,
    select_tests,
)
from quiz.errors import NotInBank
from quiz.progress import (
    ENOUGH_ANSWERS,
    State,
    losses,
    lost_marks,
    roll_up_qualification,
)
from quiz.progress.ledger import Ledger
from quiz.progress.readiness import readiness_today
from quiz.progress.sureness import calibrated
from quiz.questions import Verdict
from quiz.reports import DISCLAIMER, progress_csv, tests_csv
from quiz.reports.summary_csv import summary_csv
from quiz.reports.summary_json import summary_json
from quiz.reports.summary_xlsx import summary_xlsx
from quiz.reports.xapi import summary_xapi
from quiz.sessions import Kind, score_marks
from quiz.wording import count, day_and_time, listed_words, number_word, pass_needs, sentence
from ui import access, charts, clock, drafted, feedback, keys, progress_charts, session, store, wording_shown
from ui.learning import learning_of, outcome_words, show_steps, steps_for
from ui.pictures import picture
from ui.shell import guarded
from ui.text import plain

NOTHING_YET = f"Nothing has been answered yet. {sentence(number_word(ENOUGH_ANSWERS))} questions on one criterion give a first estimate."
SIGNS = {
    Verdict.RIGHT: ":material/check_circle:",
    Verdict.PARTIAL: ":material/adjust:",
    Verdict.WRONG: ":material/cancel:",
}  # those of the feedback, beside the same in words
MOST_TESTS, MOST_SESSIONS, ANSWERS, WEEKS = 50, 20, 10, 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(**query) -> None:
    """Go to another view of progress."""
    st.switch_page("app_pages/progress.py", query_params=query)


def overview(learner, known) -> None:
    """Show all units at a glance, what to do next, and the files to take away."""
    st.title("Progress", anchor=False)
    if notice := st.session_state.pop(keys.NOTICE, None):
        st.success(plain(f"{notice} Choose “Switch learner” on Home to see another learner's."))
    st.caption(DISCLAIMER)
    if not known.answers:
        st.markdown(NOTHING_YET)
        if st.button("Practise", type="primary", key="first-practice"):
            st.switch_page("app_pages/practice.py")
    else:
        totals(learner, known)
        steps = steps_for(known)
        if steps:
            st.header("What next", anchor=False)
            show_steps(learner, steps[:3], "next")
    unit_list(known)
    if known.answers:
        units = [(session.number(unit.key), known.rolled_up(unit)) for unit in known.practised]
        picture(
            progress_charts.plan_heatmap(units),
            f"Each row is an outcome. {charts.HEATMAP_NOTE}",
        )
        today = clock.today()
        first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
        with store.database().read() as db:
            days = select_days(session=db, learner=learner.id, first=first, last=today)
            wrong = select_sure_but_wrong(session=db, learner=learner.id)
        picture(progress_charts.days_practised(Ledger(days=days).days_practised(first, today)))
        picture(progress_charts.sureness_calibration(calibrated(known.sums.totals.said, wrong)))
    summaries(learner, known)


def totals(learner, known) -> None:
    """Show the sums over the taught units of the plan and those practised beside it, as in the summary."""
    chosen = session.optional_qualification() is not None
    planned = {unit.key for unit in session.planned_units(learner)} if chosen else set()
    units = [unit for unit in known.units if unit.key in planned]
    units += [unit for unit in known.practised if unit not in units]
    whole = roll_up_qualification(known.rolled_up(unit) for unit in units)
    columns = st.columns(3)
    columns[0].metric("Answers", f"{known.answers:,}", border=True)
    columns[1].metric("Likely secure", f"{whole.count(State.SECURE)} of {len(whole.criteria)}", border=True)
    columns[2].metric("Slipping", str(whole.count(State.SLIPPING)), border=True)
    behind = whole.furthest_behind
    if behind is None or len(whole.units) == 1:
        return
    said = f"Most to gain: Unit {session.number(behind.unit)}, outcome {behind.weakest.number}, {behind.weakest.label}."
    if whole.not_started:
        said += f" Not started: {len(whole.not_started)} of {count(len(whole.units), 'unit')}."
    st.caption(plain(said))


def unit_list(known) -> None:
    """List the units, each with how it stands; a unit is as ready as its weakest outcome."""
    st.header("Units", anchor=False)
    for unit in {unit.key: unit for unit in (*known.units, *known.practised)}.values():
        progress = known.rolled_up(unit)
        facts = (
            f"{progress.count(State.SECURE)} of {len(unit.criteria)} likely secure"
            if unit.key in known.by_unit
            else count(len(unit.criteria), "criterion", "criteria")
        )
        label = f"{session.number(unit.key)} {unit.title}: {facts}"
        if st.button(plain(label), key=f"open-{unit.key}", width="stretch"):
            show(unit=unit.key)
        if unit.key in known.by_unit:
            st.caption(plain(sentence(outcome_words(progress)) + "."))


def summaries(learner, known) -> None:
    """Offer the progress summary in every format, and take one in from another computer."""
    st.header("A summary to take away", anchor=False)
    st.markdown(
        "For a review meeting, your tutor or yourself: what was practised, how each criterion stands, tests, and your portfolio beside it."
    )
    pack = store.bank().pack
    finished_only = not access.role().trusted  # the log tells the keys of a test that is being sat

    def made():
        with store.database().read() as db:
            return gather(db, pack, learner.id, clock.now(), readiness_today)

    def as_json():
        with store.database().read() as db:
            log = export_log(db, learner.id, finished_only=finished_only)
            return summary_json(gather(db, pack, learner.id, clock.now(), readiness_today), log)

    def as_pdf():
        from quiz.reports.summary_pdf import summary_pdf  # its library is large, and few pages need it

        return summary_pdf(made())

    formats = (
        ("PDF", "pdf", "application/pdf", as_pdf),
        ("XLSX", "xlsx", XLSX, lambda: summary_xlsx(made())),
        ("CSV", "csv", "text/csv", lambda: summary_csv(made())),
        ("JSON", "json", "application/json", as_json),
        ("xAPI", "xapi.json", "application/json", lambda: summary_xapi(made())),
    )
    with st.container(horizontal=True):
        for name, ending, mime, data in formats:
            st.download_button(
                f"Download {name}", data, file_name=f"headset-{file_part(learner)}.{ending}", mime=mime,
                key=f"summary-{name.lower()}", on_click="ignore",
                type="primary" if name == "PDF" and known.answers else "secondary",
            )  # fmt: skip
    st.caption(
        f"JSON holds everything{', but sessions that are not finished,' if finished_only else ''} and can be taken in on "
        "another computer. xAPI is for learning record stores."
    )
    if not access.role().trusted:  # what is taken in may be anybody's
        return
    with st.expander("Take in progress from another computer"):
        given = st.file_uploader("A JSON file that Headset made", type=["json"], key="import-file")
        if given is not None and st.button("Take it in", key="import-it"):
            try:
                with store.database().write() as db:
                    results = import_file(session=db, data=given.getvalue(), now=clock.now())
            except ImportRefused as error:
                st.error(plain(str(error)))
            else:
                st.session_state[keys.NOTICE] = " ".join(map(import_words, results))
                st.rerun()


def file_part(learner) -> str:
    """Return a learner's name and today's date in a form that every system takes as a file's name."""
    name = "-".join(re.findall(r"[a-z0-9]+", learner.label.casefold())) or "learner"
    return f"{name}-{clock.today():%Y-%m-%d}"


def unit_page(learner, known, unit) -> None:
    """Show how one unit stands, from outcomes to criteria."""
    if st.button("All units", key="all-units", icon=":material/arrow_back:", type="tertiary"):
        show()
    st.title(plain(session.unit_name(unit)), anchor=False)
    session.choose_unit(learner, unit, "progress")
    drafted.label(unit.key)
    st.caption(DISCLAIMER)
    shown, progress = known.progress(unit), known.rolled_up(unit)
    if unit.key not in known.by_unit:
        st.markdown(NOTHING_YET)
        if st.button("Practise", type="primary", key="first-practice"):
            st.switch_page("app_pages/practice.py", query_params={"unit": unit.key})
    else:
        st.markdown(f"{count(shown.answers, 'answer')} so far, by {plain(learner.label)}.")
        unit_totals(unit, progress)
    picture(
        charts.criterion_heatmap(progress),
        charts.HEATMAP_NOTE,
    )
    criterion_list(unit, progress)
    if unit.key in known.by_unit:
        with st.expander("Each estimate with its range"):
            titles = {criterion.ref: criterion.title for criterion in unit.criteria}
            picture(
                progress_charts.mastery_intervals(shown.mastery, titles),
                "The estimate is the chance of a right answer at the first try, with the range it lies in nine times out of ten. "
                f"Below {ENOUGH_ANSWERS} answers nothing is estimated. Likely secure asks for eight answers on two days or more.",
                nested=True,
                head=st.subheader,
            )
        picture(charts.criteria_over_time(shown.timeline, len(unit.criteria)) if shown.timeline else None)
        if not unit.drafted:  # it has no paper to be ready for
            ready(known, unit)
        marks_lost(learner, unit)
    number, now = session.number(unit.key), clock.now()
    st.download_button(
        "Download this unit (CSV)",
        lambda: progress_csv(unit, number, progress, learner.label, now),
        file_name=f"headset-unit-{number.replace('/', '')}-progress.csv",
        mime="text/csv",
        key="progress-csv",
        on_click="ignore",
    )
    if not unit.drafted:
        tests(learner, unit, number)


def unit_totals(unit, progress) -> None:
    """Show how many criteria of a unit are in each state."""
    columns = st.columns(3)
    known = len(unit.criteria) - progress.count(State.NOT_STARTED) - progress.count(State.NOT_ENOUGH)
    columns[0].metric("Criteria with an estimate", f"{known} of {len(unit.criteria)}", border=True)
    columns[1].metric("Likely secure", str(progress.count(State.SECURE)), border=True)
    columns[2].metric("Slipping", str(progress.count(State.SLIPPING)), border=True)


def criterion_list(unit, progress) -> None:
    """List the outcomes with how they stand, each holding its criteria, which lead to their answers."""
    st.header("Outcome by outcome", anchor=False)
    for outcome in progress.outcomes:
        estimated = len(outcome.criteria) - outcome.count(State.NOT_STARTED) - outcome.count(State.NOT_ENOUGH)
        facts = f"{outcome.count(State.SECURE)} of {len(outcome.criteria)} likely secure, {estimated} with an estimate"
        with st.expander(
            plain(f"{outcome.number} {sentence(outcome.label)}: {facts}"), key=f"row-{outcome.number}"
        ):
            for mastery in outcome.criteria:
                criterion = unit.by_code[mastery.ref.code]
                label = f"{mastery.ref.code} {criterion.title}: {standing(mastery)}"
                if st.button(plain(label), key=f"open-{mastery.ref}", width="stretch"):
                    show(unit=unit.key, criterion=mastery.ref.code)


def standing(mastery) -> str:
    """Return a criterion's state with its estimate and the answers behind it."""
    answers = count(mastery.answers, "answer")
    if mastery.state in {State.NOT_STARTED, State.NOT_ENOUGH}:
        return f"{mastery.state.value} ({answers})" if mastery.answers else mastery.state.value
    return f"{mastery.state.value}, {mastery.mean:.0%} ({mastery.low:.0%} to {mastery.high:.0%}), {answers}"


def ready(known, unit) -> None:
    """Show how ready the learner is for a fresh paper, by outcome, and what would lift it most."""
    found = known.readiness(unit)
    name = "the test" if unit.entry.assessment == "onscreen_test" else "a practice paper"
    st.header(f"Readiness for {name}", anchor=False)
    if found.chance is None:
        st.markdown(
            f"**Not enough answers yet:** {plain(found.waiting_words)} ({'outcome' if len(found.waiting) == 1 else 'outcomes'} {listed_words([str(number) for number in found.waiting])})."
        )
    else:
        st.markdown(
            f"The estimated chance of passing on a fresh paper today is **{found.chance:.0%}** "
            f"(between {found.low:.0%} and {found.high:.0%})."
        )
        st.caption(f"{pass_needs(unit.blueprint.hurdle.pass_mark, unit.blueprint.size)}.")
        lifts = [lift for lift in found.lifts[:3] if lift.gain >= 0.005]
        if lifts:
            best = "; ".join(
                f"{lift.ref.code} {unit.by_code[lift.ref.code].title} (+{count(round(lift.gain * 100), 'point')})"
                for lift in lifts
            )
            st.markdown(plain(f"What would lift it most, if it became secure: {best}."))
    picture(
        progress_charts.readiness_by_outcome(found),
        "How many criteria of each outcome you would show on a fresh paper. The rule that every outcome has to be passed is applied "
        "by analogy with the awarding body's other on-screen tests.",
        head=st.subheader,
    )


def marks_lost(learner, unit) -> None:
    """Show where marks are lost and the misunderstandings behind it."""
    with store.database().read() as db:
        listed = [
            entry
            for finished in (True, False)
            for entry in select_attempts(
                session=db, learner=learner.id, unit=unit.key, kinds=list(Kind), finished=finished, limit=MOST_SESSIONS,
            )
        ]  # fmt: skip
        newest = sorted(listed, key=lambda entry: entry.last_at, reverse=True)[:MOST_SESSIONS]
        stored = [select_attempt(session=db, attempt_id=entry.id).attempt for entry in newest]
    # A question that is still open keeps its answer to itself.
    attempts = [
        replace(one, items=tuple(item for item in one.items if one.finished or item.settled))
        for one in stored
    ]
    lost = [loss for loss in losses(attempts) if loss.ref.unit == unit.key and loss.lost > 0]
    if not lost:
        return
    marks = lost_marks(attempts)
    picture(
        progress_charts.lost_marks_bars(lost, marks), f"From your latest {count(len(newest), 'session')}."
    )
    mine = [mark for mark in marks if mark.ref.unit == unit.key and mark.why and mark.times > 1][:5]
    if mine:
        st.markdown("**What you chose more than once, and why it is wrong**")
        st.markdown(
            "\n".join(
                f"- {mark.ref.code}: “{plain(mark.text)}” ({count(mark.times, 'time')}). {plain(mark.why)}"
                for mark in mine
            )
        )


def criterion_page(learner, known, unit, criterion) -> None:
    """Show one criterion: how it stands, and the answers themselves."""
    if st.button("The unit's progress", key="up", icon=":material/arrow_back:", type="tertiary"):
        show(unit=unit.key)
    st.title(plain(f"{criterion.ref.code} {criterion.title}"), anchor=False)
    st.caption(plain(session.unit_name(unit)))
    drafted.label(unit.key)
    wording_shown.show(criterion.ref)
    mastery = next(entry for entry in known.mastery(unit) if entry.ref == criterion.ref)
    st.markdown(f"**{plain(sentence(standing(mastery)))}.**")
    st.page_link(
        "app_pages/study.py", label=f"Read the note on {criterion.ref.code}", icon=":material/menu_book:",
        query_params={"unit": unit.key, "criterion": criterion.ref.code},
    )  # fmt: skip
    wanted = st.session_state.setdefault(keys.answers_key(criterion.ref), ANSWERS)
    with store.database().read() as db:
        given = select_answers(session=db, learner=learner.id, ref=criterion.ref, limit=wanted + 1)
    st.header("Your answers", anchor=False)
    if not given:
        st.markdown("No answer yet.")
        return
    st.caption(
        "The first try at each question, and the standing answers of finished tests; the newest first."
    )
    older, given = len(given) > wanted, given[:wanted]
    for place, answer in enumerate(given):
        sure = f", {answer.sure.value}" if answer.sure else ""
        label = f"{day_and_time(answer.at)}: {answer.mark.verdict.value}{sure}. {answer.question.stem}"
        with st.expander(plain(label), key=f"row-answer-{place}", icon=SIGNS.get(answer.mark.verdict)):
            feedback.explain_all(answer.question, answer.response)
    if older:
        st.button("Show older answers", key="older-answers", on_click=show_older, args=(criterion.ref,))


@guarded
def show_older(ref) -> None:
    """Show more of a criterion's answers."""
    st.session_state[keys.answers_key(ref)] += ANSWERS


def tests(learner, unit, number) -> None:
    """Show every test with its outcomes."""
    st.header("Tests", anchor=False)
    with store.database().read() as db:
        sat = select_tests(session=db, learner=learner.id, unit=unit.key, limit=MOST_TESTS)
    now = clock.now()
    results = [(test.finished_at, score_marks(test.marks, unit.blueprint.hurdle)) for test in sat]
    if not results:
        st.markdown("No test has been finished yet.")
        return
    picture(progress_charts.tests_by_outcome(results), head=st.subheader)
    for test, (finished_at, report) in zip(sat[:5], results, strict=False):
        label = f"Score report of {day_and_time(finished_at)}: {report.right} of {report.total} right"
        if st.button(plain(label), key=f"report-{test.attempt.hex}", width="stretch"):
            st.switch_page("app_pages/report.py", query_params={"attempt": str(test.attempt)})
    st.download_button(
        "Download test results (CSV)",
        lambda: tests_csv(unit, number, results, learner.label, now),
        file_name=f"headset-unit-{number.replace('/', '')}-tests.csv",
        mime="text/csv",
        key="tests-csv",
        on_click="ignore",
    )


def page() -> None:
    learner = session.require_learner()
    known = learning_of(learner)
    if st.query_params.get("unit") is None:
        overview(learner, known)
        return
    unit = session.unit()
    code = st.query_params.get("criterion")
    if code is None:
        unit_page(learner, known, unit)
        return
    criterion = unit.by_code.get(code)
    if criterion is None:
        raise NotInBank(f"Unit {unit.key} has no criterion “{code}”. Choose one under Progress.")
    criterion_page(learner, known, unit, criterion)


page()
