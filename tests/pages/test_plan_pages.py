"""What Qualifications, Plan and Home do when a learner chooses a qualification and units."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

from streamlit.testing.v1 import AppTest

from quiz.syllabus import UnitWording, attach_official
from ui import store, wording_shown

OpenApp = Callable[[], AppTest]


def rows(statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store.database().path)) as connection:
        return connection.execute(statement).fetchall()


def go(app: AppTest, page: str, **query: str) -> AppTest:
    app.switch_page(f"app_pages/{page}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    blocks = (*app.markdown, *app.info, *app.success, *app.warning, *app.error, *app.caption)
    return " ".join(block.value for block in blocks).replace("\\", "")


def labels(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button]


def metrics(app: AppTest) -> list[str]:
    return [metric.value for metric in app.metric]


def work_towards(app: AppTest, key: str) -> AppTest:
    go(app, "plan")
    return app.button(key=f"open-{key}").click().run()


def box(app: AppTest, qualification: str, unit: str):
    return app.checkbox(key=f"unit-{qualification}-{unit}")


def test_before_a_qualification_is_chosen_home_asks_for_it_and_shows_all_taught_units(app: AppTest) -> None:
    assert "Which qualification are you working towards?" in said(app)
    assert sum(key.startswith("open-") for key in (str(b.key) for b in app.button)) == 10


def test_an_empty_plan_lists_the_eight_qualifications_and_one_click_takes_one_up(app: AppTest) -> None:
    go(app, "plan")
    listed = [button for button in app.button if str(button.key).startswith("open-")]
    assert len(listed) == 8
    assert listed[2].label == (
        "**IQ Level 2 Certificate in Principles of Contact Centre Operations (QCF)** · "
        "Industry Qualifications (IQ), 11 units. Registration closed on 31 October 2015"
    )
    assert len(app.selectbox) == 0
    app.button(key="open-btec2-cco").click().run()
    assert app.selectbox(key="qualification-own").value == "btec2-cco"
    assert metrics(app)[0] == "7 of 13"


def test_the_mandatory_units_are_ticked_and_cannot_be_taken_out(app: AppTest) -> None:
    work_towards(app, "nvq2-cco")
    for unit in ("T/503/0342", "D/503/0352"):
        assert box(app, "nvq2-cco", unit).value is True
        assert box(app, "nvq2-cco", unit).disabled is True
    assert metrics(app) == ["6 of 28", "24", "102,711"]


def test_each_tick_is_stored_and_summed_at_once(app: AppTest, open_app: OpenApp) -> None:
    work_towards(app, "btec2-cco")
    box(app, "btec2-cco", "Y/503/0365").check().run()
    assert metrics(app) == ["10 of 13", "75", "32"]
    assert json.loads(str(rows("SELECT units FROM plan")[0][0])) == [
        "A/503/0360", "L/601/7638", "T/503/0356", "Y/503/0365",
    ]  # fmt: skip
    again = open_app()
    go(again, "plan")
    assert metrics(again) == ["10 of 13", "75", "32"]


def test_a_barred_pair_is_named_and_goes_away_with_its_tick(app: AppTest) -> None:
    work_towards(app, "btec2-cco")
    box(app, "btec2-cco", "Y/503/0365").check().run()
    box(app, "btec2-cco", "T/503/0373").check().run()
    assert "204 and 304 cannot be taken together." in said(app)
    assert metrics(app)[2] == "0"
    box(app, "btec2-cco", "T/503/0373").uncheck().run()
    assert "cannot be taken together" not in said(app)


def test_a_suggestion_is_taken_with_one_click_and_valid(app: AppTest) -> None:
    work_towards(app, "nvq1-cco")
    box(app, "nvq1-cco", "F/503/0361").check().run()
    app.button(key="suggest").click().run()
    assert "takes **67 guided learning hours**" in said(app)
    app.button(key="take-suggestion").click().run()
    assert "This is a valid choice of units." in said(app)
    assert metrics(app)[:2] == ["23 of 21", "67"]
    assert "take-suggestion" not in [button.key for button in app.button]


def test_a_suggestion_for_a_choice_that_cannot_be_completed_says_why(app: AppTest) -> None:
    work_towards(app, "btec2-cco")
    box(app, "btec2-cco", "Y/503/0365").check().run()
    box(app, "btec2-cco", "T/503/0373").check().run()
    app.button(key="suggest").click().run()
    assert (
        "No valid plan holds all of the ticked units. 204 and 304 cannot be taken together."
        in app.warning[0].value.replace("\\", "")
    )


def test_an_svq_can_be_followed_and_is_not_checked(app: AppTest) -> None:
    work_towards(app, "sqa-svq2-cco")
    box(app, "sqa-svq2-cco", "H11S 04").check().run()
    assert "The document gives no credits or rules, so the choice cannot be checked." in said(app)
    assert metrics(app) == []
    assert "suggest" not in [button.key for button in app.button]


def test_a_second_qualification_keeps_the_plan_of_the_first(app: AppTest) -> None:
    work_towards(app, "btec2-cco")
    box(app, "btec2-cco", "Y/503/0365").check().run()
    app.selectbox(key="qualification-own").set_value("nvq1-cco").run()
    assert metrics(app)[0] == "6 of 21"
    app.selectbox(key="qualification-own").set_value("btec2-cco").run()
    assert metrics(app)[0] == "10 of 13"


def test_another_qualification_can_be_looked_at_without_leaving_ones_own(app: AppTest) -> None:
    work_towards(app, "btec2-cco")
    go(app, "plan", qualification="nvq1-cco")
    assert "This is not the qualification you work towards at present" in said(app)
    app.button(key="work-towards").click().run()
    assert rows("SELECT settings FROM learner") == [('{"qualification": "nvq1-cco"}',)]


def test_the_plan_shapes_home_and_the_choice_of_units_elsewhere(app: AppTest) -> None:
    work_towards(app, "btec2-cco")
    box(app, "btec2-cco", "M/503/0405").check().run()
    go(app, "home")
    shown = [str(b.key) for b in app.button if str(b.key).startswith("open-")]
    assert sorted(shown) == ["open-A/503/0360", "open-M/503/0405", "open-T/503/0356"]
    assert (
        "4 units, 10 credits (10 at level 2), 72 guided learning hours. This is not a valid choice yet."
        in said(app)
    )
    go(app, "study")
    names = [option.split(":")[0] for option in app.selectbox(key="unit-switch-study").options]
    assert names[:4] == ["Unit 201", "Unit 202", "Unit 203", "Unit 207"]
    assert len(names) == 11


def test_a_learner_of_the_nvq_sees_planned_units_with_what_there_is_to_practise(app: AppTest) -> None:
    work_towards(app, "nvq2-cco")
    box(app, "nvq2-cco", "K/503/0385").check().run()
    go(app, "home")
    listed = [b.label.replace("\\", "") for b in app.button if str(b.key).startswith("listed-")]
    assert [label.split(" (")[0] for label in listed] == [
        "1 Improve Personal Effectiveness at Work in a Contact Centre",
        "2 Comply with Health and Safety Procedures in a Contact Centre",
        "22 Deliver Customer Service Through a Contact Centre",
    ]
    app.button(key="listed-K/503/0385").click().run()
    assert [title.value for title in app.title] == ["22 Deliver Customer Service Through a Contact Centre"]


def test_a_unit_of_the_nvq_is_practised_through_the_criteria_linked_to_it(app: AppTest) -> None:
    go(app, "qualifications", unit="K/503/0385")
    app.button(key="practise-L5030377").click().run()
    plan = json.loads(str(rows("SELECT plan FROM attempt")[0][0]))
    assert plan["unit"] == "L/503/0377"
    links = store.bank().pack.links["K/503/0385"].criteria
    wanted = {t.split(" ")[1] for link in links for t in link.to if t.startswith("L/503/0377 ")}
    assert set(plan["codes"]) == wanted
    assert len(wanted) > 1


def test_a_shared_unit_is_one_unit_whichever_qualification_is_chosen(app: AppTest) -> None:
    work_towards(app, "iq-l2-pcco")
    go(app, "study", unit="203")
    assert app.selectbox(key="unit-switch-study").value == "L/601/7638"
    assert "Unit L/601/7638: Principles of Personal Responsibilities" in app.selectbox(
        key="unit-switch-study"
    ).options[2].replace("\\", "")


def test_the_unit_is_changed_on_the_page_itself(app: AppTest) -> None:
    go(app, "study", unit="203")
    app.selectbox(key="unit-switch-study").set_value("A/503/0360").run()
    assert app.query_params["unit"] in ("A/503/0360", ["A/503/0360"])
    assert [b.label.replace("\\", "") for b in app.button if str(b.key).startswith("open-")][0] == (
        "1.1 Explain safety procedures and techniques, and their purpose"
    )


def test_every_qualification_is_listed_with_its_status_and_opens(app: AppTest) -> None:
    go(app, "qualifications")
    rows = [b.label for b in app.button if str(b.key).startswith("open-")]
    assert len(rows) == 8
    assert " ".join(rows).count("Registration closed on 31 March 2017") == 2
    app.button(key="open-iq-l2-pcco").click().run()
    assert "Registration closed on 31 October 2015" in said(app)
    assert "certificates" in said(app)
    assert metrics(app) == ["13", "93–104", "not stated"]


def test_units_are_found_by_number_reference_title_and_word(app: AppTest) -> None:
    go(app, "qualifications")
    for sought, key in (
        ("203", "open-L/601/7638"),
        ("L6017638", "open-L/601/7638"),
        ("champion", "open-T/601/1235"),
        ("rapport", "open-K/503/0385"),
    ):
        app.text_input(key="catalogue-search").set_value(sought).run()
        assert key in [button.key for button in app.button]
    app.text_input(key="catalogue-search").set_value("xyzzy").run()
    assert "Nothing is called that." in said(app)


def test_a_unit_of_no_qualification_says_why_and_cannot_be_planned(app: AppTest) -> None:
    go(app, "qualifications", unit="J/503/0359")
    assert "It belonged to a Level 4 Diploma that has been withdrawn." in app.info[0].value.replace("\\", "")
    assert not any("certificate" in label.casefold() for label in labels(app))


def test_a_slip_of_the_documents_is_shown_with_its_unit(app: AppTest) -> None:
    go(app, "qualifications", unit="D/601/1553")
    assert "printed as D/601/1533 in the structure tables of Levels 2 and 3" in said(app)


def test_a_slip_is_shown_in_the_planner_and_under_study_where_it_matters(app: AppTest) -> None:
    work_towards(app, "nvq2-cco")
    help_text = str(box(app, "nvq2-cco", "D/601/1553").help).replace("\\", "")
    assert help_text.startswith("The reference of this unit is printed as D/601/1533 in the structure tables")
    go(app, "study", unit="306", criterion="4.4")
    assert "which makes no clear sense" in said(app)


def test_an_sqa_unit_shows_its_twin_with_the_confidence_and_no_invented_figures(app: AppTest) -> None:
    go(app, "qualifications", unit="H11T 04")
    assert "level, credits and hours are not known" in said(app)
    assert "confidence: **high**" in said(app)
    assert "Deliver Customer Service Through a Contact Centre (K/503/0385)" in " ".join(labels(app))


def test_an_unknown_unit_or_qualification_is_said_plainly(app: AppTest) -> None:
    go(app, "qualifications", unit="Q/000/0000")
    assert "There is no unit “Q/000/0000” in the catalogue." in app.error[0].value.replace("\\", "")
    go(app, "plan", qualification="gcse")
    assert "There is no qualification “gcse” here." in app.error[0].value.replace("\\", "")


def test_a_unit_is_looked_into_in_the_planner_with_our_labels_and_the_official_wording(app: AppTest) -> None:
    attach_official(
        wording_shown.path(), {"L/601/7638": UnitWording(source="cups.txt", criteria={"1.1": "Say <why>."})}
    )
    work_towards(app, "btec2-cco")
    assert "<section class='outcome'>" not in "".join(part.proto.body for part in app.get("html"))
    app.selectbox(key="look-into-btec2-cco").set_value("L/601/7638").run()
    shown = "".join(part.proto.body for part in app.get("html"))
    assert shown.count("<section class='outcome'>") == 7
    assert shown.count("<dt>") == 24
    assert "<span class='official'>In the document: Say &lt;why&gt;.</span>" in shown
    app.selectbox(key="look-into-btec2-cco").set_value(None).run()
    assert "<section class='outcome'>" not in "".join(part.proto.body for part in app.get("html"))
