from literal_blocks import PAIRS, asked, right_texts, texts, why_of


def with_pairs(*pairs):
    return {**PAIRS, "pairs": list(pairs)}


def link(left, right, **more):
    return {"left": left, "right": right, "why": f"about {left}", **more}


def test_right_for_left_asks_about_each_left():
    questions = asked(PAIRS, "right_for_left")
    assert [(q.stem, right_texts(q)) for q in questions] == [
        ("Equality Act 2010: what is this law about?", {"Fair treatment"}),
        ("Working Time Regulations: what is this law about?", {"Hours and rest"}),
        ("Minimum wage law: what is this law about?", {"The lowest rate"}),
        (
            "Employment Act 2002: what is this law about? Answer as the unit describes it.",
            {"Help for parents"},
        ),
        ("Equal Pay Act 1970: what is this law about? Answer as the unit describes it.", {"The same pay"}),
        (
            "Employment Rights Act 2025: what is this law about? Answer as things stand today.",
            {"Newer rights"},
        ),
    ]


def test_a_left_that_is_a_sentence_is_followed_by_the_question():
    block = {**PAIRS, "pairs": [{**pair, "left": f"{pair['left']}."} for pair in PAIRS["pairs"]]}
    assert asked(block, "right_for_left")[0].stem == "Equality Act 2010. What is this law about?"


def test_left_for_right_asks_about_each_right():
    question = asked(PAIRS, "left_for_right")[1]
    assert question.stem == "Which law goes with “hours and rest”?"
    assert right_texts(question) == {"Working Time Regulations"}


def test_a_wrong_option_says_where_it_belongs():
    for question in asked(PAIRS, "right_for_left"):
        if "The lowest rate" in texts(question) - right_texts(question):
            assert why_of(question, "The lowest rate") == (
                "That goes with “minimum wage law”. It sets an hourly floor."
            )
    for question in asked(PAIRS, "left_for_right"):
        if "Minimum wage law" in texts(question) - right_texts(question):
            assert why_of(question, "Minimum wage law") == (
                "It goes with “the lowest rate”. It sets an hourly floor."
            )


def test_an_answer_that_would_be_right_as_well_is_no_option_in_either_direction():
    by_stem = {
        q.stem: texts(q) for template in ("right_for_left", "left_for_right") for q in asked(PAIRS, template)
    }
    assert "The same pay" not in by_stem["Equality Act 2010: what is this law about?"]
    assert "Equal Pay Act 1970" not in by_stem["Which law goes with “fair treatment”?"]
    assert (
        "Fair treatment"
        not in by_stem["Equal Pay Act 1970: what is this law about? Answer as the unit describes it."]
    )


def test_a_left_with_two_rights_never_meets_its_other_right_even_under_another_left():
    block = with_pairs(
        link("A", "x"), link("A", "y"), link("B", "y"), link("C", "z"), link("D", "w"), link("E", "v")
    )
    question = asked(block, "right_for_left")[0]
    assert right_texts(question) == {"X"}
    assert texts(question) == {"X", "Z", "W", "V"}


def test_match_asks_for_every_four_that_have_one_matching_only():
    questions = asked(PAIRS, "match")
    shared = {"Working Time Regulations", "Minimum wage law"}
    assert [(q.stem, {pair.left for pair in q.pairs} - shared) for q in questions] == [
        (
            "Match each law with its purpose. Answer as the unit describes it.",
            {"Equality Act 2010", "Employment Act 2002"},
        ),
        (
            "Match each law with its purpose. Answer as things stand today.",
            {"Equality Act 2010", "Employment Rights Act 2025"},
        ),
        (
            "Match each law with its purpose. Answer as the unit describes it.",
            {"Employment Act 2002", "Equal Pay Act 1970"},
        ),
    ]


def test_match_never_mixes_what_the_unit_says_with_what_holds_today():
    then, now = {"Employment Act 2002", "Equal Pay Act 1970"}, {"Employment Rights Act 2025"}
    for question in asked(PAIRS, "match"):
        lefts = {pair.left for pair in question.pairs}
        basis = "specification" if lefts & then else "today" if lefts & now else "both"
        assert question.head.basis == basis
        assert not (lefts & then and lefts & now)


def test_a_right_name_with_an_article_stands_as_it_is():
    block = {**PAIRS, "right_name": "what it is about"}
    assert asked(block, "match")[0].stem.startswith("Match each law with what it is about.")


def test_a_target_with_fewer_than_three_rivals_is_not_asked():
    block = with_pairs(
        link("A", "x", also=["y", "z", "w"]), link("B", "y"), link("C", "z"), link("D", "w"), link("E", "v")
    )
    assert [right_texts(q) for q in asked(block, "right_for_left")] == [{"Y"}, {"Z"}, {"W"}, {"V"}]
