from quiz.authoring.texts import texts


def test_what_names_a_work_is_not_ours_to_word_but_our_note_on_it_is() -> None:
    unit = {
        "why": "It matters.",
        "reading": [
            {"kind": "book", "title": "How to boil water", "author": "A Cook", "note": "an old edition"}
        ],
    }
    assert [(text.place, text.text) for text in texts(unit)] == [
        (("why",), "It matters."),
        (("reading", 0, "note"), "an old edition"),
    ]
