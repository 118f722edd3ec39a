from quiz.syllabus import CriterionRef, Glossary, GlossaryEntry, load_packs

ONE, TWO = CriterionRef("L/601/7638", "1.1"), CriterionRef("L/601/7638", "1.2")
GLOSSARY = Glossary(
    (
        GlossaryEntry("data", "facts kept about something", (ONE,)),
        GlossaryEntry("grievance", "a formal complaint by an employee", (ONE, TWO)),
        GlossaryEntry("personal data", "facts about a living person", (TWO,)),
    )
)


def terms(entries: tuple[GlossaryEntry, ...]) -> list[str]:
    return [entry.term for entry in entries]


def test_terms_are_found_in_a_text_whatever_their_case_and_in_the_plural() -> None:
    assert terms(GLOSSARY.in_texts(["Two Grievances were raised."])) == ["grievance"]


def test_the_longer_term_is_found_before_one_inside_it() -> None:
    assert terms(GLOSSARY.in_texts(["Keep personal data safe."])) == ["personal data"]


def test_a_part_of_another_word_is_not_a_term() -> None:
    assert terms(GLOSSARY.in_texts(["The database is down."])) == []


def test_terms_of_several_texts_come_once_in_order() -> None:
    assert terms(GLOSSARY.in_texts(["grievance", "data and a grievance"])) == ["data", "grievance"]


def test_a_search_holds_every_word_against_term_and_meaning() -> None:
    assert terms(GLOSSARY.matching("")) == ["data", "grievance", "personal data"]
    assert terms(GLOSSARY.matching("FACTS person")) == ["personal data"]
    assert terms(GLOSSARY.matching("kettle")) == []


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary(()).in_texts(["anything"]) == ()


def test_no_term_of_the_content_stands_twice() -> None:
    entries = load_packs().glossary.entries
    assert len({entry.term.casefold() for entry in entries}) == len(entries)
    assert [entry.term.casefold() for entry in entries] == sorted(entry.term.casefold() for entry in entries)
