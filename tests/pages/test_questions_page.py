"""Learners report questions; the Questions page shows reports and statistics."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import errors, give, go, practise, rows, shown_question, titles

from models import create_attempt, create_learner, save_finish, save_response
from quiz.questions import SingleChoiceResponse, right_response
from quiz.sessions import (
    Attempt,
    Correction,
    Item,
    Kind,
    Overlay,
    answer,
    finish,
    overlay_text,
    read_overlay,
    write_overlay,
)
from quiz.syllabus import CriterionRef
from quiz.syllabus.written import WrittenMultipleResponse, WrittenSorting
from ui import clock, store

UNIT = "L/601/7638"


def said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.success, *app.error, *app.caption)
    return " ".join(block.value for block in blocks).replace("\\", "")


def many_answers(family: str, learners: int, right: int) -> None:
    """Let that many learners answer a question of the family and three others, so many of them rightly."""
    bank, start = store.bank(), datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    others = [
        entry.family
        for c in bank.pack.select_unit("203").criteria[:3]
        for entry in bank.written(c.ref, today=start.date())[:1]
    ]
    with store.database().write() as db:
        for number in range(learners):
            learner = create_learner(session=db, name=f"Learner {number}", now=start)
            questions = [bank.question(name, number) for name in (family, *others)]
            attempt = Attempt(
                id=uuid4(), learner=learner.id, unit="L/601/7638", kind=Kind.PRACTICE, title="Practice",
                started_at=start, items=tuple(map(Item, questions)), size=len(questions),
            )  # fmt: skip
            create_attempt(session=db, attempt=attempt, plan="{}", seed=1, content_version="x")
            for position, question in enumerate(questions):
                now = start + timedelta(minutes=position + 1)
                response = right_response(question)
                if position == 0 and number >= right:
                    wrong = min((o for o in question.options if not o.right), key=lambda o: o.key)
                    response = SingleChoiceResponse(chosen=wrong.key)
                attempt = answer(attempt, position, response, now, 20.0)
                save_response(
                    session=db, attempt=attempt, position=position, response=response, now=now,
                    submit_id=uuid4(), seconds=20.0,
                )  # fmt: skip
            save_finish(session=db, attempt=finish(attempt, start + timedelta(hours=1)))


def single_choice() -> str:
    bank = store.bank()
    unit = bank.pack.select_unit("203")
    today = datetime(2026, 11, 2, tzinfo=UTC).date()
    return next(
        entry.family
        for criterion in unit.criteria[5:]
        for entry in bank.written(criterion.ref, today=today)
        if entry.entry.type == "single_choice"
    )


def test_a_question_just_answered_is_reported_and_reaches_the_page_as_it_was_shown(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    open_report(app)
    app.text_area(key="report-text").set_value("Two of these are right.")
    app.button(key="report-send").click().run()
    assert "Thank you. Your report is stored." in said(app)
    assert rows("SELECT reason, text FROM question_report") == [
        ("the answer is wrong", "Two of these are right.")
    ]
    go(app, "questions")
    assert "“Two of these are right.”" in said(app)
    report = str(rows("SELECT id FROM question_report")[0][0])
    app.text_input(key=f"note-{report}").set_value("Reworded")
    app.button(key=f"settle-{report}").click().run()
    assert "No report is waiting." in said(app)
    assert rows("SELECT settled_note FROM question_report") == [("Reworded",)]


def test_something_else_needs_a_few_words(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    open_report(app)
    app.radio(key="report-reason").set_value("something else")
    app.button(key="report-send").click().run()
    assert "Say in a few words what is wrong with the question." in said(app)
    assert rows("SELECT count(*) FROM question_report") == [(0,)]


def test_the_page_is_useful_before_anybody_has_answered(app: AppTest) -> None:
    go(app, "questions")
    assert titles(app) == ["Questions"]
    assert "No report is waiting." in said(app)
    assert "No question of this unit has been answered yet." in said(app)


def test_below_thirty_answers_nothing_is_said_against_a_question(app: AppTest) -> None:
    many_answers(single_choice(), learners=29, right=3)
    go(app, "questions", unit="203")
    assert "0 of them are worth a look" in said(app)


def test_a_question_that_few_get_right_comes_first_and_shows_how_its_options_fell(app: AppTest) -> None:
    family = single_choice()
    many_answers(family, learners=40, right=6)
    go(app, "questions", unit="203")
    first = next(str(button.key) for button in app.button if str(button.key).startswith("open-"))
    assert first == f"open-{family}"
    go(app, "questions", unit="203", question=family)
    assert [metric.value for metric in app.metric][:2] == ["40", "15"]
    table = app.table[0].value
    assert "6 of 40 (15%)" in table["Taken"].tolist()
    assert "34 of 40 (85%)" in table["Taken"].tolist()


def test_an_unknown_question_is_said_plainly(app: AppTest) -> None:
    go(app, "questions", unit="203", question="nonsense")
    assert "Nobody has answered the question “nonsense” yet." in said(app)


def overlay_now() -> Overlay:
    return read_overlay(store.overlay_path(), store.content().shipped).overlay


def leave_two_to_practise(code: str) -> tuple[str, str]:
    """Hide all that practice draws of a criterion but two written questions, and return those."""
    bank, ref = store.bank(), CriterionRef(UNIT, code)
    today = datetime(2026, 11, 22, tzinfo=UTC).date()
    drawn = [
        entry.family
        for entry in bank.written(ref, today=today)
        if entry.entry.use == "practice" and entry.entry.basis != "today"
    ]
    generated = [family.id for family in bank.generated(ref, today=today)]
    write_overlay(store.overlay_path(), Overlay(frozenset({*drawn[2:], *generated})))
    return drawn[0], drawn[1]


def open_report(app: AppTest) -> None:
    """Open the form for a report of the first question, which is made when it is opened."""
    app.session_state["report-open"] = True
    app.run()


@pytest.fixture(autouse=True)
def seconds_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let six seconds pass between any two looks at the clock: nothing here is a double click."""
    start, looks = datetime(2026, 11, 2, 9, tzinfo=UTC), count()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=6 * next(looks)))


def practised(app: AppTest, code: str) -> set[str]:
    """Return the families of five questions on a criterion, as a learner is given them."""
    practise(app, code)
    return {shown_question(app, position).head.family for position in range(5)}


def correct(app: AppTest, question: str, **texts: str) -> AppTest:
    """Fill the form that corrects a question, by the last parts of its fields' keys, and send it."""
    go(app, "questions", unit=UNIT, question=question)
    app.button(key="correct-one").click().run()
    assert titles(app) == ["Correct this question"]
    fields = {str(area.key).split("-", 2)[2]: area for area in app.text_area}
    for name, text in texts.items():
        fields[name.replace("_", "-")].set_value(text)
    return send(app)


def send(app: AppTest) -> AppTest:
    return next(b for b in app.button if str(b.key).endswith("-save")).click().run()


def written_of(kind: type) -> str:
    return next(
        q.id for c in store.bank().pack.units[UNIT].criteria for q in c.entry.questions if isinstance(q, kind)
    )


def test_a_question_hidden_on_the_page_is_drawn_for_nobody_from_then_on_until_it_is_shown_again(
    app: AppTest, open_app: Callable[[], AppTest]
) -> None:
    hidden, other = leave_two_to_practise("4.1")
    learner = open_app()
    assert practised(learner, "4.1") == {hidden, other}
    go(app, "questions", unit=UNIT, question=hidden)
    app.button(key="hide-one").click().run()
    assert "Hidden. Nobody is asked it from now on" in said(app)
    assert "This question is hidden here." in said(app)
    assert hidden in overlay_now().hidden
    assert practised(learner, "4.1") == {other}
    app.button(key="show-one").click().run()
    assert "Learners can be asked this question again." in said(app)
    assert practised(learner, "4.1") == {hidden, other}


def test_a_corrected_question_is_asked_in_its_new_wording_and_as_shipped_after_an_undo(app: AppTest) -> None:
    family, _ = leave_two_to_practise("4.1")
    before = store.bank().optional_shipped(family).entry.stem
    correct(app, family, stem="Which of these is  the thing\nto do?")
    assert titles(app) == ["Which of these is the thing to do?"]
    assert "Saved. Whoever is asked this question from now on gets the new wording." in said(app)
    assert overlay_now().corrections == {family: Correction(stem="Which of these is the thing to do?")}
    practise(app, "4.1")
    asked = [shown_question(app, position) for position in range(5)]
    assert {q.stem for q in asked if q.head.family == family} == {"Which of these is the thing to do?"}
    go(app, "questions", unit=UNIT, question=family)
    app.button(key="undo-one").click().run()
    assert overlay_now().corrections == {}
    assert store.bank().optional_written(family).entry.stem == before


def test_an_answer_given_before_a_correction_is_still_shown_as_it_was_asked(app: AppTest) -> None:
    family, _ = leave_two_to_practise("4.1")
    practise(app, "4.1")
    attempt = str(app.query_params["attempt"])
    position = next(p for p in range(5) if shown_question(app, p).head.family == family)
    before = shown_question(app, position)
    correct(app, family, stem="Which of these is the thing to do?")
    app.query_params["attempt"] = attempt
    assert shown_question(app, position) == before


def test_another_option_can_be_made_the_right_one(app: AppTest) -> None:
    family = single_choice()
    options = store.bank().optional_shipped(family).entry.options
    wrong = next(place for place, option in enumerate(options) if not option.right)
    go(app, "questions", unit=UNIT, question=family, correct="yes")
    next(radio for radio in app.radio if str(radio.key).endswith("-right")).set_value(wrong)
    send(app)
    corrected = overlay_now().corrections[family].options
    assert [option.right for option in corrected] == [place == wrong for place in range(4)]
    assert [option.text for option in corrected] == [option.text for option in options]


def test_a_correction_without_an_answer_or_without_words_is_refused_and_what_was_typed_stays(
    app: AppTest,
) -> None:
    family = written_of(WrittenMultipleResponse)
    correct(app, family, text_1="")
    assert errors(app) == ["Option 2 has a field without words. Every text and every explanation needs some."]
    next(area for area in app.text_area if str(area.key).endswith("-text-1")).set_value("Something else")
    for box in app.checkbox:
        box.uncheck()
    send(app)
    assert "0 of its options have “right: true”" in errors(app)[0]
    typed = [area.value for area in app.text_area if str(area.key).endswith("-text-1")]
    assert typed == ["Something else"]
    assert overlay_now() == Overlay()


def test_a_heading_of_a_sorting_question_is_renamed_with_its_lines(app: AppTest) -> None:
    family = written_of(WrittenSorting)
    names = list(store.bank().optional_shipped(family).entry.classes)
    correct(app, family, class_0="Another heading")
    question = store.bank().optional_written(family).entry
    assert list(question.classes) == ["Another heading", *names[1:]]
    assert {case.class_ for case in question.cases} == {"Another heading", *names[1:]}
    correct(app, family, class_1="Another heading")
    assert errors(app) == ["Two headings have the same name. Give each its own."]


def test_what_an_author_would_be_told_is_said_beside_a_correction(app: AppTest) -> None:
    family = single_choice()
    correct(app, family, why_0="No.")
    warnings = " ".join(block.value for block in app.warning)
    assert "“No.” is no explanation; say why in a sentence." in warnings.replace("\\", "")
    assert family in overlay_now().corrections


def test_a_generated_question_can_be_hidden_with_its_family_and_not_corrected(app: AppTest) -> None:
    bank = store.bank()
    criterion = bank.pack.units[UNIT].by_code["4.1"]
    family = next(f for f in bank.families_of(criterion.ref) if bank.optional_written(f) is None)
    go(app, "questions", unit=UNIT, question=family)
    assert "correct-one" not in [button.key for button in app.button]
    assert "Hiding it hides every question made on the same pattern from the same facts" in said(app)
    app.button(key="hide-one").click().run()
    assert overlay_now().hidden == {family}


def test_hiding_is_refused_with_the_reason_when_no_paper_could_be_drawn(app: AppTest) -> None:
    bank, today = store.bank(), datetime(2026, 11, 22, tzinfo=UTC).date()
    criteria = [c.ref for c in bank.pack.units[UNIT].criteria if c.ref.code == "4.1"]
    fitting = [
        entry.family for ref in criteria for entry in bank.written(ref, today=today) if entry.fits_test
    ]
    reserved = [name for name in fitting if bank.optional_shipped(name).entry.use == "test"]
    kept = next(name for name in fitting if name not in reserved)
    write_overlay(store.overlay_path(), Overlay(frozenset(fitting) - {kept, *reserved}))
    go(app, "questions", unit=UNIT, question=kept)
    app.button(key="hide-one").click().run()
    assert f"“{kept}” cannot be hidden: a printed paper" in errors(app)[0]
    assert "no question fits a paper for criterion 4.1" in errors(app)[0]
    assert kept not in overlay_now().hidden


def test_what_is_hidden_and_corrected_is_listed_without_any_statistics(app: AppTest) -> None:
    family = single_choice()
    go(app, "questions")
    assert "Hidden and corrected here" not in [head.value for head in app.header]
    write_overlay(
        store.overlay_path(), Overlay(frozenset({family}), {family: Correction(stem="Which is it?")})
    )
    go(app, "questions")
    assert "Hidden and corrected here" in [head.value for head in app.header]
    button = app.button(key=f"open-overlay-{family}")
    code = family.split("-")[1]
    assert button.label.replace("\\", "") == f"203 {code}, hidden and corrected: Which is it?"
    button.click().run()
    assert titles(app) == ["Which is it?"]
    assert "Nobody has answered this question yet." in said(app)


def test_a_question_nobody_has_answered_is_found_by_its_words_or_its_number(app: AppTest) -> None:
    family = single_choice()
    go(app, "questions", unit="203")
    app.text_input(key=f"find-{UNIT}").set_value(family.lower()).run()
    app.button(key=f"open-found-{family}").click().run()
    assert family in said(app)
    go(app, "questions", unit="203")
    app.text_input(key=f"find-{UNIT}").set_value("xylophone").run()
    assert "No question of this unit has all of these words." in said(app)


def test_a_report_has_the_buttons_of_its_question(app: AppTest) -> None:
    practise(app, "4.1")
    give(app, 0, 0, right=True)
    family = shown_question(app, 0).head.family
    open_report(app)
    app.button(key="report-send").click().run()
    go(app, "questions")
    report = str(rows("SELECT id FROM question_report")[0][0])
    app.button(key=f"hide-{report}").click().run()
    assert overlay_now().hidden == {family}
    app.button(key=f"show-{report}").click().run()
    assert overlay_now().hidden == frozenset()


def test_with_a_broken_file_everything_is_asked_as_shipped_and_the_page_says_where_the_fault_is(
    app: AppTest,
) -> None:
    hidden, other = leave_two_to_practise("4.1")
    broken = overlay_text(overlay_now().hiding(hidden)) + "hiden: []\n"
    store.overlay_path().write_text(broken, encoding="utf-8")
    line = len(broken.splitlines())
    go(app, "questions", unit=UNIT, question=hidden)
    assert "Nothing is hidden or corrected at the moment" in errors(app)[0]
    assert f"Line {line}: “hiden” is not a key that is known here" in errors(app)[0]
    assert app.button(key="hide-one").disabled
    assert app.button(key="correct-one").disabled
    assert hidden in store.bank()
    store.overlay_path().write_text(broken.replace("hiden: []\n", ""), encoding="utf-8")
    assert practised(app, "4.1") == {other}
    assert store.overlay_path().read_text(encoding="utf-8") == broken.replace("hiden: []\n", "")


def test_home_says_in_brief_that_a_broken_file_does_not_hold(app: AppTest) -> None:
    store.overlay_path().write_text("hiden: []\n", encoding="utf-8")
    notice = AppTest.from_function(brief_notice).run()
    assert [block.value for block in notice.warning] == [
        "For the tutor: the file of hidden and corrected questions has a fault, so every question is asked as it was "
        "shipped."
    ]
    store.overlay_path().unlink()
    assert len(AppTest.from_function(brief_notice).run().warning) == 0


def brief_notice() -> None:
    from ui import overlay

    overlay.notice(brief=True)
