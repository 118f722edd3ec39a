from literal_blocks import SEQUENCE, asked, piece, right_texts, texts, why_of


def test_order_asks_for_all_five_steps_and_for_every_four_of_them():
    questions = asked(SEQUENCE, "order")
    assert sorted(len(q.steps) for q in questions) == [4, 4, 4, 4, 4, 5]
    whole = next(q for q in questions if len(q.steps) == 5)
    assert whole.stem == "A complaint about work: put these steps in order."
    assert [step.text for step in whole.in_order] == [
        "Talk it over",
        "Write it down",
        "Meet the employer",
        "Read the decision",
        "Appeal",
    ]
    assert [step.place for step in whole.in_order] == [1, 2, 3, 4, 5]


def test_order_never_shows_the_steps_in_their_right_order():
    assert all(question.steps != question.in_order for question in asked(SEQUENCE, "order"))


def test_next_asks_for_the_step_straight_after_each_but_the_last():
    questions = asked(SEQUENCE, "next")
    assert [(q.stem, right_texts(q)) for q in questions] == [
        ("A complaint about work: which step comes straight after “talk it over”?", {"Write it down"}),
        ("A complaint about work: which step comes straight after “write it down”?", {"Meet the employer"}),
        (
            "A complaint about work: which step comes straight after “meet the employer”?",
            {"Read the decision"},
        ),
        ("A complaint about work: which step comes straight after “read the decision”?", {"Appeal"}),
    ]
    assert texts(questions[1]) == {"Talk it over", "Meet the employer", "Read the decision", "Appeal"}


def test_next_says_of_a_wrong_step_on_which_side_it_lies():
    question = asked(SEQUENCE, "next")[1]
    assert why_of(question, "Talk it over") == "That step comes earlier. About talk it over"
    assert why_of(question, "Appeal") == "That step comes later. About appeal"


def test_first_asks_for_the_earliest_of_four():
    questions = asked(SEQUENCE, "first")
    assert [right_texts(q) for q in questions] == [{"Talk it over"}, {"Write it down"}]
    assert texts(questions[1]) == {"Write it down", "Meet the employer", "Read the decision", "Appeal"}
    assert questions[0].stem == "A complaint about work: which of these comes first?"


def test_many_steps_give_twenty_orders_in_which_every_step_takes_part():
    long = {**SEQUENCE, "steps": [piece(f"step {number}") for number in range(12)]}
    questions = asked(long, "order")
    assert len(questions) == 20
    assert {step.text for q in questions for step in q.steps} == {f"Step {number}" for number in range(12)}
