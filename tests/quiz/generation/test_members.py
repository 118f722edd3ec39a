from literal_blocks import MEMBERS, asked, right_texts, texts

MEMBER_TEXTS = {"Paid holiday", "Leave for a new baby", "Sick leave", "Union duties"}
OTHER_TEXTS = {"A birthday off", "A lie-in", "A second job", "A house move"}


def test_one_asks_for_each_member_among_three_others():
    questions = asked(MEMBERS, "one")
    assert [right_texts(q) for q in questions] == [
        {"Paid holiday"},
        {"Leave for a new baby"},
        {"Sick leave"},
        {"Union duties"},
    ]
    for question in questions:
        assert question.stem == "Which of these is one of the kinds of leave that the law gives?"
        assert len(question.options) == 4
        assert texts(question) - right_texts(question) < OTHER_TEXTS


def test_odd_asks_for_each_other_among_three_members():
    questions = asked(MEMBERS, "odd")
    assert [right_texts(q) for q in questions] == [
        {"A birthday off"},
        {"A lie-in"},
        {"A second job"},
        {"A house move"},
    ]
    for question in questions:
        assert (
            question.stem == "Three of these are kinds of leave that the law gives. Which is the odd one out?"
        )
        assert len(texts(question) & MEMBER_TEXTS) == 3


def test_two_asks_for_every_pair_of_members_once():
    questions = asked(MEMBERS, "two")
    assert len({frozenset(right_texts(q)) for q in questions}) == len(questions) == 6
    for question in questions:
        assert question.stem == "Choose two kinds of leave that the law gives."
        assert question.choose == 2
        assert len(texts(question) & OTHER_TEXTS) == 3


def test_sort_tells_three_members_from_three_others():
    questions = asked(MEMBERS, "sort")
    assert len(questions) == 16
    for question in questions:
        assert question.stem == "Sort these: kinds of leave that the law gives, or something else?"
        assert question.classes == {
            "Belongs": "one of the kinds of leave that the law gives",
            "Does not belong": "something else",
        }
        assert [case.belongs == "Belongs" for case in question.cases] == [
            case.text in MEMBER_TEXTS for case in question.cases
        ]
        assert sorted(case.belongs for case in question.cases) == ["Belongs"] * 3 + ["Does not belong"] * 3


def test_each_option_carries_the_why_of_its_piece():
    question = asked(MEMBERS, "one")[0]
    assert {option.why for option in question.options} == {
        f"About {option.text[0].lower()}{option.text[1:]}" for option in question.options
    }


def test_a_text_on_both_sides_is_left_out():
    doubtful = {**MEMBERS, "others": [*MEMBERS["others"], {"text": "Sick leave.", "why": "doubtful"}]}
    questions = asked(doubtful, "one")
    assert [right_texts(q) for q in questions] == [
        {"Paid holiday"},
        {"Leave for a new baby"},
        {"Union duties"},
    ]
    assert not any({"Sick leave", "Sick leave."} & texts(q) for q in questions)
