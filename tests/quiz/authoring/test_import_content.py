"""Unit content: topics, elements, brackets and “eg” lists told apart."""

from __future__ import annotations

import pytest
from literal_specification import doubts_of, page, read, unit_of

from quiz.authoring.importing import Element, OutcomeContent, Topic

MARKED = """
## Unit content

---

Words about the content come first and belong to no outcome.

### 1 **Know how tea is made**

*Leaves:* green; black (dried, rolled (by hand, by machine), fired); the Tea Act 1773; smoked leaves eg pine, oak

*Water:* Tea Board (TB); hot water, eg from an urn

## 2 Be able to serve tea

*Table manners* cups; saucers

## Essential guidance for tutors

*Delivery:* none of this is content; nor is this
"""

PLAIN = """
Unit content

1 Know how tea is made
Leaves: green; black (dried, rolled (by hand, by machine), fired); the Tea Act 1773; smoked
leaves eg pine, oak
Water: Tea Board (TB); hot water,
eg from an urn
2 Be able to serve tea
Table manners: cups; saucers

Essential guidance for tutors
Delivery: none of this is content; nor is this
"""

CONTENT = (
    OutcomeContent(
        1,
        (
            Topic(
                "Leaves",
                (
                    Element("green"),
                    Element("black", ("dried", "rolled (by hand, by machine)", "fired")),
                    Element("the Tea Act 1773"),
                    Element("smoked leaves", (), ("pine", "oak")),
                ),
            ),
            Topic("Water", (Element("Tea Board (TB)"), Element("hot water", (), ("from an urn",)))),
        ),
    ),
    OutcomeContent(2, (Topic("Table manners", (Element("cups"), Element("saucers"))),)),
)


def element(text: str) -> Element:
    content = f"Unit content\n1 Know how tea is made\nLeaves: {text}\n"
    return unit_of(f"{page()}\n{content}").content[0].topics[0].elements[0]


@pytest.mark.parametrize("text", [MARKED, PLAIN], ids=["marked", "plain"])
def test_topics_and_their_elements_are_read_up_to_the_guidance_for_tutors(text: str) -> None:
    assert unit_of(f"{page()}\n{text}").content == CONTENT


def test_a_topic_without_a_colon_is_in_doubt() -> None:
    assert doubts_of(f"{page()}\n{MARKED}") == ["Unit 7, content: a topic without a colon"]
    assert doubts_of(f"{page()}\n{PLAIN}") == []


def test_a_bracket_within_a_name_stays_in_the_name() -> None:
    assert element("Tea (Fair Measures) Order 1901") == Element("Tea (Fair Measures) Order 1901")


def test_a_bracket_that_never_closes_holds_the_rest() -> None:
    assert element("cups (china, glass; tin") == Element("cups", ("china", "glass", "tin"))


def test_a_paragraph_without_a_topic_joins_the_topic_before_and_is_in_doubt() -> None:
    text = PLAIN.replace("Table manners: cups; saucers", "Table manners: cups\n\nSaucers and spoons")
    (doubt,) = read(f"{page()}\n{text}").unsure
    assert doubt.what == "Unit 7, content: no topic is printed; read with “Table manners”"
    assert unit_of(f"{page()}\n{text}").content[1].topics[0].elements == (
        Element("cups"),
        Element("Saucers and spoons"),
    )


def test_an_outcome_without_content_is_in_doubt() -> None:
    text = MARKED.split("## 2")[0]
    assert doubts_of(f"{page()}\n{text}") == ["Unit 7, content: nothing is found for outcome 2"]
