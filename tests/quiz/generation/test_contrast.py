from literal_blocks import CONTRAST, THREE_CLASSES, asked, criterion_of, right_texts, texts, why_of

from quiz.generation import families


def test_class_of_case_is_asked_of_three_classes_and_not_of_two():
    assert "class_of_case" not in {family.template for family in families(criterion_of(CONTRAST))}
    questions = asked(THREE_CLASSES, "class_of_case")
    assert len(questions) == 12
    assert questions[0].stem == "“Pay wages.” Whose duty is this?"
    assert texts(questions[0]) == {
        "Employer: the firm as a whole",
        "Employee: a person who works there",
        "Agency: the agency that sends people",
    }
    assert right_texts(questions[0]) == {"Employer: the firm as a whole"}


def test_class_of_case_tells_a_wrong_class_from_the_right_one():
    question = asked(THREE_CLASSES, "class_of_case")[0]
    assert why_of(question, "Employer: the firm as a whole") == "The firm pays."
    assert why_of(question, "Agency: the agency that sends people") == (
        "“Agency” is the agency that sends people; this is the firm as a whole."
    )


def test_case_of_class_asks_for_each_case_among_three_of_other_classes():
    questions = asked(CONTRAST, "case_of_class")
    assert len(questions) == 8
    assert questions[0].stem == "Which of these belongs under “Employer” (the firm as a whole)?"
    assert right_texts(questions[0]) == {"Pay wages"}
    assert texts(questions[0]) - {"Pay wages"} < {
        "Follow training",
        "Report hazards",
        "Keep the desk safe",
        "Give notice",
    }


def test_a_wrong_case_says_where_it_belongs():
    question = asked(CONTRAST, "case_of_class")[4]
    wrong = next(option for option in question.options if not option.right)
    assert wrong.why.startswith("This belongs under “Employer”. The firm ")


def test_wrong_cases_come_from_every_other_class():
    classes = {case["text"]: case["class"] for case in THREE_CLASSES["cases"]}
    for question in asked(THREE_CLASSES, "case_of_class"):
        wrong = {classes[o.text[0].lower() + o.text[1:]] for o in question.options if not o.right}
        assert len(wrong) == 2


def test_sort_takes_three_cases_of_each_of_two_classes():
    questions = asked(CONTRAST, "sort")
    assert len(questions) == 16
    for question in questions:
        assert sorted(case.belongs for case in question.cases) == ["Employee"] * 3 + ["Employer"] * 3
        assert question.classes == {
            "Employer": "the firm as a whole",
            "Employee": "a person who works there",
        }


def test_sort_takes_two_cases_of_each_of_three_classes_and_stops_at_twenty_questions():
    questions = asked(THREE_CLASSES, "sort")
    assert len(questions) == 20
    for question in questions:
        assert sorted(case.belongs for case in question.cases) == [
            "Agency",
            "Agency",
            "Employee",
            "Employee",
            "Employer",
            "Employer",
        ]
    assert len({case.text for q in questions for case in q.cases}) == 12


def test_a_case_that_stands_under_two_classes_is_left_out():
    twice = {"text": "Pay wages", "class": "employee", "why": "doubtful"}
    block = {**CONTRAST, "cases": [*CONTRAST["cases"], twice]}
    assert not any("Pay wages" in texts(question) for question in asked(block, "case_of_class"))


def test_a_case_that_is_speech_is_quoted_once():
    cases = [{**case, "text": f"“{case['text']}” is what was said."} for case in THREE_CLASSES["cases"]]
    for question in asked({**THREE_CLASSES, "cases": cases}, "class_of_case"):
        assert question.stem.startswith("“‘")
        assert question.stem.count("“") == question.stem.count("”") == 1
