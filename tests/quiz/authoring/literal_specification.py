"""A made-up specification in our own words, as text from a PDF gives it: tabs between the cells of a table."""

from __future__ import annotations

from quiz.authoring.importing import SpecCriterion, Specification, SpecUnit, read_specification

HEAD = "Learning outcomes\t\tAssessment criteria\t\tEvidence type\tPortfolio reference\tDate"
TORN_HEAD = "Lear\tning outcomes\tAsse\tssment criteria\tEvidence type\tPortfolio reference\tDate"
SIGNED = "Learner name:\tDate:\nAssessor signature:\tDate:\n(if sampled)\t"

FACTS = """Unit reference number: M/701/2345

Level: 2

Credit value: 9

Guided learning hours: 61
"""

SUMMARY = """Unit summary

Here is a tea room and those who keep it. To meet 1.1 somebody has to taste a good deal.
"""

ROWS = """1\tKnow how tea\t1.1\tDescribe how green leaves are dried\t\t\t
\tis made\t1.2\tList the tools that a tea room needs\t\t\t
\t\t1.3\tExplain why water is drawn fresh\t\t\t
2\tBe able to serve tea\t2.1\tWarm a pot before the leaves go in\t\t\t
\t\t2.2\tPour without a drop on the cloth\t\t\t
"""

CRITERIA = {
    "1.1": "Describe how green leaves are dried",
    "1.2": "List the tools that a tea room needs",
    "1.3": "Explain why water is drawn fresh",
    "2.1": "Warm a pot before the leaves go in",
    "2.2": "Pour without a drop on the cloth",
}


def page(
    rows: str = ROWS, *, title: str = "Unit 7: Keep a Tea Room", facts: str = FACTS, head: str = HEAD
) -> str:
    """Return a unit's page with one row a criterion."""
    return "\n\n".join(
        [title, facts, SUMMARY, "Learning outcomes and assessment criteria", f"{head}\n{rows}{SIGNED}"]
    )


def read(text: str) -> Specification:
    """Return what is read from a text."""
    return read_specification(text.split("\n"))


def unit_of(text: str) -> SpecUnit:
    """Return the one unit of a text."""
    (unit,) = read(text).units
    return unit


def texts_of(text: str) -> dict[str, str]:
    """Return the texts of the one unit's criteria by code."""
    return {criterion.code: criterion.text for criterion in unit_of(text).criteria}


def criterion_of(text: str, code: str) -> SpecCriterion:
    """Return a criterion of the one unit."""
    return next(criterion for criterion in unit_of(text).criteria if criterion.code == code)


def doubts_of(text: str) -> list[str]:
    """Return what is in doubt, without the lines."""
    return [doubt.what for doubt in read(text).unsure]
