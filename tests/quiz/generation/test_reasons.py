from literal_blocks import REASONS, asked, right_texts, texts

WEAK_TEXTS = {"Rules exist", "It looks good", "Others do it", "No calls fail"}


def test_best_asks_for_each_strong_reason_among_three_weak_ones():
    questions = asked(REASONS, "best")
    assert [right_texts(q) for q in questions] == [
        {"People stay"},
        {"Callers feel heard"},
        {"Ideas vary"},
        {"Skills count"},
    ]
    for question in questions:
        assert question.stem == ("Equal treatment helps a contact centre. Which of these is the best reason?")
        assert len(texts(question) & WEAK_TEXTS) == 3


def test_two_asks_for_every_pair_of_strong_reasons():
    questions = asked(REASONS, "two")
    assert len({frozenset(right_texts(q)) for q in questions}) == len(questions) == 6
    for question in questions:
        assert question.stem == "Equal treatment helps a contact centre. Choose the two sound reasons."
        assert (question.choose, len(question.options)) == (2, 5)
