"""Questions: which of them to mend, from learners' reports and from how answers fell."""

import streamlit as st

from models import select_asked, select_learners, select_marked_answers, select_reports, settle_report
from quiz.errors import NotInBank
from quiz.sessions import Kind
from quiz.statistics import ENOUGH_ANSWERS, Standing, paper_statistics, question_statistics, ranked
from quiz.wording import count, day_and_time, sentence, unknown
from ui import clock, feedback, overlay, session, store
from ui.components import whole_choices
from ui.correction_form import correction_form, show_warnings
from ui.text import cells, plain

MOST_SHOWN = 30


@st.cache_data(show_spinner="Working out the statistics…", ttl=60)
def worked_out(path, unit):
    """Return the questions of a unit, those that look wrong first, and its papers; at most a minute old.

    Answers of the demo class are shown only where there are no others, and the last value says so.
    """
    with store.database().read() as db:
        learners = select_learners(session=db)
        real = [learner.id for learner in learners if not learner.demo]
        answers, demo = select_marked_answers(db, unit, real), False
        if not answers:
            made_up = [learner.id for learner in learners if learner.demo]
            answers, demo = select_marked_answers(db, unit, made_up), bool(made_up)
        asked = select_asked(db, unit, {answer.learner for answer in answers})
    tests = [answer for answer in answers if answer.kind is Kind.TEST]
    return ranked(question_statistics(answers)), paper_statistics(tests, asked), len(answers), demo


def show(**query) -> None:
    """Go to another view of this page."""
    st.switch_page("app_pages/questions.py", query_params=query)


def stem_of(family) -> str:
    """Return the stem of a family as the bank asks it now, or would if it were not hidden."""
    bank = store.bank().with_hidden
    return bank.question(family, 0).stem if family in bank else "(no longer in the content)"


def figure(value, interval) -> str:
    """Return a figure in per cent with its range, or nothing where it cannot be told."""
    if value is None:
        return ""
    return f"{value:.0f}" + (f" ({interval[0]:.0f} to {interval[1]:.0f})" if interval else "")


def reports() -> None:
    """List what learners reported, with the question as it was shown, to be settled."""
    with store.database().read() as db:
        waiting = select_reports(session=db)
    st.header("Reported by learners", anchor=False)
    if not waiting:
        st.markdown("No report is waiting.")
    for report in waiting:
        head = f"{session.number(report.ref.unit)} {report.ref.code}: {report.reason}. {report.question.stem}"
        with st.expander(plain(head)):
            st.caption(f"Reported on {day_and_time(report.reported_at)}. {plain(report.question.head.id)}")
            if report.text:
                st.markdown(f"“{plain(report.text)}”")
            feedback.explain_all(report.question, None)
            overlay.controls(report.family, report.id.hex)
            note = st.text_input("What was done about it", key=f"note-{report.id.hex}", max_chars=300)
            if st.button("Settle this report", key=f"settle-{report.id.hex}"):
                with store.database().write() as db:
                    settle_report(session=db, report_id=report.id, note=note, now=clock.now())
                st.rerun()


def unit_view(unit) -> None:
    """Show a unit's questions, those worth a look first, and its papers."""
    questions, papers, answers, demo = worked_out(str(store.database().path), unit.key)
    st.header(plain(session.unit_name(unit)), anchor=False)
    if not questions:
        st.markdown("No question of this unit has been answered yet.")
        return
    if demo:
        st.info(
            "These are the answers of the demo class: all of it is made up. Real answers are never mixed with it."
        )
    look = [one for one in questions if one.standing is Standing.LOOK]
    known = [one for one in questions if one.standing is not Standing.NOT_ENOUGH]
    st.markdown(
        f"{count(answers, 'answer')} to {count(len(questions), 'question')}. {count(len(known), 'has', 'have')} the {ENOUGH_ANSWERS} answers "
        f"from different learners below which nothing is said; **{count(len(look), 'of them is', 'of them are')} worth a look.**"
    )
    for one in look[:MOST_SHOWN]:
        stats = one.statistics
        label = f"{overlay.marked(stats.ref.code, stats.family)}: {stem_of(stats.family)}"
        if st.button(plain(label), key=f"open-{stats.family}", width="stretch"):
            show(unit=unit.key, question=stats.family)
        st.caption(plain(" ".join(sentence(reason.text) for reason in one.reasons)))
    with st.expander("All questions in figures", expanded=not look):
        st.dataframe(
            cells(
                [
                    {
                        "Criterion": one.statistics.ref.code,
                        "Question": stem_of(one.statistics.family),
                        "Answers": one.statistics.answers,
                        "Facility, %": figure(one.statistics.facility, one.statistics.facility_interval),
                        "Discrimination, %": figure(
                            one.statistics.discrimination, one.statistics.discrimination_interval
                        ),
                        "Median seconds": round(one.statistics.seconds.median)
                        if one.statistics.seconds
                        else None,
                        "Standing": overlay.marked(sentence(one.standing), one.statistics.family),
                    }
                    for one in questions
                ]
            ),
            hide_index=True,
            width="stretch",
        )
    sat(papers)
    st.caption(
        "Facility: the mean mark. Discrimination: whether those who do well elsewhere do well here (corrected item-total "
        "correlation, as Moodle defines it). Only a learner's first answer to a question enters. In brackets the range it lies "
        "in nine times out of ten."
    )


def sat(papers) -> None:
    """Show how consistent each paper is that several learners sat."""
    several = [paper for paper in papers if paper.learners > 1]
    if not several:
        return
    st.dataframe(
        [
            {
                "Paper": f"{len(paper.families)} questions",
                "Learners": paper.learners,
                "Mean, %": round(paper.mean),
                "KR-20": None if paper.kr20 is None else round(paper.kr20, 2),
                "Internal consistency, %": figure(paper.consistency, paper.consistency_interval),
            }
            for paper in several
        ],
        hide_index=True,
        width="stretch",
    )


def question_view(unit, family) -> None:
    """Show one question with what can be done about it and how its options fell; or correct it."""
    bank = store.bank().with_hidden
    if st.query_params.get("correct") and bank.optional_written(family) is not None:
        correct_view(unit, family)
        return
    if st.button("All questions", key="all-questions", icon=":material/arrow_back:", type="tertiary"):
        show(unit=unit.key)
    questions, _, _, _ = worked_out(str(store.database().path), unit.key)
    one = next((entry for entry in questions if entry.statistics.family == family), None)
    if one is None and family not in bank:
        raise NotInBank(f"Nobody has answered the question “{family}” yet. Choose one under Questions.")
    st.title(plain(stem_of(family)), anchor=False)
    code = one.statistics.ref.code if one else bank.criterion_of(family).ref.code
    st.caption(plain(f"{session.unit_name(unit)}, criterion {code}. {family}"))
    overlay.notice()
    overlay.controls(family, "one")
    show_warnings(family)
    if one is None:
        st.markdown("Nobody has answered this question yet.")
    else:
        figures(one)
        overlay.figures_note(family)
    if family in bank:
        st.header("As it is asked", anchor=False)
        feedback.explain_all(bank.question(family, 0), None)


def correct_view(unit, family) -> None:
    """Let a written question be worded anew."""
    if st.button("Back to the question", key="to-question", icon=":material/arrow_back:", type="tertiary"):
        show(unit=unit.key, question=family)
    st.title("Correct this question", anchor=False)
    code = store.bank().criterion_of(family).ref.code
    st.caption(plain(f"{session.unit_name(unit)}, criterion {code}. {family}"))
    overlay.notice()
    correction_form(family)


def figures(one) -> None:
    """Show a question's figures and how its options fell."""
    stats = one.statistics
    st.markdown(f"**{sentence(one.standing)}.** " + plain(" ".join(sentence(r.text) for r in one.reasons)))
    columns = st.columns(3)
    columns[0].metric("Answers", f"{stats.answers:,}", border=True)
    columns[1].metric("Facility, %", f"{stats.facility:.0f}", border=True)
    told = "–" if stats.discrimination is None else f"{stats.discrimination:.0f}"
    columns[2].metric("Discrimination, %", told, border=True)
    if stats.options:
        st.table(
            [
                {
                    "Option": plain(option.text) + (" **(right)**" if option.right else ""),
                    "Taken": f"{option.taken:,} of {option.shown:,} ({option.share:.0f}%)",
                    "Strongest third": _third(option.strongest_taken, option.strongest),
                    "Weakest third": _third(option.weakest_taken, option.weakest),
                }
                for option in stats.options
            ],
            border="horizontal",
            hide_index=True,
        )


def _third(taken, of) -> str:
    return f"{taken:,} of {of:,}" if of else ""


def page() -> None:
    session.optional_learner()
    whole_choices()
    pack = store.bank().pack
    named, family = st.query_params.get("unit"), st.query_params.get("question")
    unit = pack.optional_unit(named) if named else None
    if named and unit is None:
        raise NotInBank(unknown("unit", named, "Choose one under Questions."))
    if unit is not None and family:
        question_view(overlay.unit_of(family) or unit, family)
        return
    st.title("Questions", anchor=False)
    st.markdown(
        "Which of our questions to mend: what learners reported, and what the answers on this computer say. "
        "A question can be hidden from the class at once, or corrected here."
    )
    overlay.notice()
    reports()
    overlay.listing()
    keys = sorted(pack.units, key=session.number)
    chosen = st.selectbox(
        "Unit",
        keys,
        index=keys.index(unit.key) if unit else 0,
        format_func=lambda key: session.unit_name(pack.units[key]),
        key="statistics-unit",
    )
    overlay.finder(pack.units[chosen])
    unit_view(pack.units[chosen])


page()
