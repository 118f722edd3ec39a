from literal_blocks import TERMS, asked, criterion_of, family_of, right_texts, texts, why_of

from quiz.generation import generate


def test_meaning_of_term_asks_about_each_term():
    questions = asked(TERMS, "meaning_of_term")
    assert len(questions) == 6
    assert questions[2].stem == "What does “grievance” mean?"
    assert right_texts(questions[2]) == {"A formal complaint"}


def test_term_of_meaning_asks_about_each_meaning():
    questions = asked(TERMS, "term_of_meaning")
    assert len(questions) == 6
    assert questions[2].stem == "Which term means “a formal complaint”?"
    assert right_texts(questions[2]) == {"Grievance"}


def test_the_term_not_to_confuse_is_always_among_the_wrong_options():
    criterion = criterion_of(TERMS)
    meaning, term = family_of(criterion, "meaning_of_term"), family_of(criterion, "term_of_meaning")
    for seed in range(0, 120, 6):
        assert "No fair reason was given" in texts(generate(criterion, meaning, seed))
        assert "Unfair dismissal" in texts(generate(criterion, term, seed))


def test_a_wrong_option_says_what_it_is():
    assert why_of(asked(TERMS, "meaning_of_term")[0], "No fair reason was given") == (
        "That is what “unfair dismissal” means. The post is still there."
    )
    assert why_of(asked(TERMS, "term_of_meaning")[0], "Unfair dismissal") == (
        "It means something else: no fair reason was given. The post is still there."
    )


def test_match_asks_for_four_terms_at_a_time():
    questions = asked(TERMS, "match")
    assert len(questions) == 15
    assert {len(q.pairs) for q in questions} == {4}
    assert {q.stem for q in questions} == {"Match each term with its meaning."}


def test_a_meaning_that_is_right_for_another_term_too_is_no_option_of_it():
    first, second, *rest = TERMS["terms"]
    block = {**TERMS, "terms": [first, {**second, "also": ["the job has gone"]}, *rest]}
    for question in asked(block, "meaning_of_term")[:2]:
        assert not {"The job has gone", "No fair reason was given"} <= texts(question)
