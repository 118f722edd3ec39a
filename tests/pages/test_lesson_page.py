"""What the lesson does on the classroom screen: uncover, cover, count hands, sum up."""

from streamlit.testing.v1 import AppTest
from test_pages import go, rows, titles

from quiz.questions import question_from_json
from ui import store


def keys_of(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def html(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def begin(app: AppTest, *codes: str, size: int = 2) -> AppTest:
    """Start a lesson on Unit 203 and stay on its page."""
    go(app, "lesson")
    app.selectbox(key="lesson-unit").set_value("L/601/7638").run()
    app.multiselect(key="lesson-codes-L/601/7638").set_value(list(codes)).run()
    app.slider(key="lesson-size").set_value(size)
    app.button(key="start-lesson").click().run()
    return go(app, "lesson", lesson=str(app.query_params["lesson"]))


def shown(position: int):
    content = rows(
        "SELECT q.content FROM lesson_question l JOIN shown_question q ON q.hash = l.question_hash "
        f"WHERE l.position = {position}"
    )
    return question_from_json(str(content[0][0]))


def test_a_lesson_is_stored_with_its_questions_and_shows_the_first_stem_alone(app: AppTest) -> None:
    begin(app, "1.2", size=3)
    assert rows("SELECT count(*) FROM lesson_question") == [(3,)]
    assert titles(app) == ["Unit 203: 1.2: question 1 of 3"]
    assert app.header[0].value.replace("\\", "") == shown(0).stem
    assert "<ol class='lesson" not in html(app)
    assert app.button(key="hide").disabled is True


def test_each_reveal_uncovers_one_step_more_and_hide_covers_it_again(app: AppTest) -> None:
    begin(app, "1.2")
    app.button(key="reveal").click().run()
    assert "<ol class='lesson" in html(app)
    assert "class=right" not in html(app)
    app.button(key="reveal").click().run()
    app.button(key="reveal").click().run()
    assert 'ul class="explained"' in html(app)
    app.button(key="reveal").click().run()
    criterion = store.bank().pack.units["L/601/7638"].by_code["1.2"]
    assert criterion.title in app.subheader[0].value.replace("\\", "")
    assert app.button(key="reveal").disabled is True
    app.button(key="hide").click().run()
    assert len(app.subheader) == 0


def test_the_address_keeps_the_place_over_a_reload(app: AppTest) -> None:
    begin(app, "1.2")
    lesson = str(app.query_params["lesson"])
    go(app, "lesson", lesson=lesson, at="1", step="1")
    assert titles(app) == ["Unit 203: 1.2: question 2 of 2"]
    go(app, "lesson", lesson=lesson, at="99", step="99")
    assert titles(app) == ["Unit 203: 1.2: question 2 of 2"]
    go(app, "lesson", lesson=lesson, at="x", step="-3")
    assert titles(app) == ["Unit 203: 1.2: question 1 of 2"]


def test_hands_are_counted_stored_and_summed_up_by_criterion(app: AppTest) -> None:
    begin(app, "1.2", "1.3", size=8)
    lesson = str(app.query_params["lesson"])
    at = next(n for n in range(8) if shown(n).type == "single_choice")
    question = shown(at)
    right = next(option for option in question.options if option.right)
    wrong = next(option for option in question.options if not option.right)
    go(app, "lesson", lesson=lesson, at=str(at), step="1")
    prefix = f"hands-{lesson.replace('-', '')[:8]}-{at}"
    app.number_input(key=f"{prefix}-{right.key}").set_value(3).run()
    app.number_input(key=f"{prefix}-{wrong.key}").set_value(9).run()
    assert "class='bars'" not in html(app)
    app.button(key="reveal").click().run()
    assert "3 of 12, 25%" in html(app)
    go(app, "lesson", lesson=lesson, view="summary")
    table = app.table[0].value
    assert table["Right"].tolist() == ["25% of 12, teach again"]
    assert [entry.value for entry in app.header] == ["Worth teaching again", "By criterion"]
    assert f"<li>{question.head.criterion} " in html(app)


def test_a_lesson_without_counts_says_so(app: AppTest) -> None:
    begin(app, "1.2")
    go(app, "lesson", lesson=str(app.query_params["lesson"]), view="summary")
    assert "No hands were counted" in app.markdown[1].value


def test_an_earlier_lesson_is_opened_and_removed_after_a_clear_question(app: AppTest) -> None:
    begin(app, "1.2")
    go(app, "lesson")
    lesson = str(rows("SELECT id FROM lesson")[0][0])
    assert f"open-{lesson}" in keys_of(app)
    app.button(key=f"remove-{lesson}").click().run()
    assert rows("SELECT count(*) FROM lesson") == [(0,)]
    assert rows("SELECT count(*) FROM lesson_question") == [(0,)]


def test_an_unknown_lesson_is_said_plainly(app: AppTest) -> None:
    go(app, "lesson", lesson="nonsense")
    assert "There is no such lesson" in app.error[0].value
    go(app, "lesson", lesson="00000000-0000-0000-0000-000000000001")
    assert "This lesson is not here any more" in app.error[0].value


def test_the_last_question_is_shown_before_the_summary(app: AppTest) -> None:
    begin(app, "1.2")
    app.button(key="next").click().run()
    assert titles(app) == ["Unit 203: 1.2: question 2 of 2"]
    app.button(key="finish").click().run()
    assert titles(app) == ["How it went"]
