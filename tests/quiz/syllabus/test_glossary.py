from quiz.syllabus import CriterionRef, Glossary, GlossaryEntry, load_packs

UNIT = "L/601/7638"
ONE, TWO = CriterionRef(UNIT, "1.1"), CriterionRef(UNIT, "1.2")
ELSEWHERE = CriterionRef("A/503/0360", "1.1")
GLOSSARY = Glossary(
    (
        GlossaryEntry("data", "facts kept about something", (ONE,)),
        GlossaryEntry("fine", "a sum paid as a punishment", (ELSEWHERE,)),
        GlossaryEntry("grievance", "a formal complaint by an employee", (ONE, TWO)),
        GlossaryEntry("personal data", "facts about a living person", (TWO,)),
    )
)


def terms(entries: tuple[GlossaryEntry, ...]) -> list[str]:
    return [entry.term for entry in entries]


def test_terms_are_found_in_a_text_whatever_their_case_and_in_the_plural() -> None:
    assert terms(GLOSSARY.in_texts(["Two Grievances were raised."], UNIT)) == ["grievance"]


def test_the_longer_term_is_found_before_one_inside_it() -> None:
    assert terms(GLOSSARY.in_texts(["Keep personal data safe."], UNIT)) == ["personal data"]


def test_a_part_of_another_word_is_not_a_term() -> None:
    assert terms(GLOSSARY.in_texts(["The database is down."], UNIT)) == []


def test_terms_of_several_texts_come_once_in_order() -> None:
    assert terms(GLOSSARY.in_texts(["grievance", "data and a grievance"], UNIT)) == ["data", "grievance"]


def test_a_term_that_another_unit_teaches_is_not_found_in_this_ones_texts() -> None:
    assert terms(GLOSSARY.in_texts(["Sales are fine."], UNIT)) == []
    assert terms(GLOSSARY.in_texts(["A fine was paid."], ELSEWHERE.unit)) == ["fine"]


def test_a_search_holds_every_word_against_term_and_meaning() -> None:
    assert terms(GLOSSARY.matching("")) == ["data", "fine", "grievance", "personal data"]
    assert terms(GLOSSARY.matching("FACTS person")) == ["personal data"]
    assert terms(GLOSSARY.matching("kettle")) == []


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary(()).in_texts(["anything"], UNIT) == ()


def test_no_term_of_the_content_stands_twice() -> None:
    entries = load_packs().glossary.entries
    assert len({entry.term.casefold() for entry in entries}) == len(entries)
    assert [entry.term.casefold() for entry in entries] == sorted(entry.term.casefold() for entry in entries)
