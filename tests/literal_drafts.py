"""A made-up specification with unit content, in our own words: a tea room that Headset has no content for."""

from __future__ import annotations

from pathlib import Path

from quiz.authoring.importing import DraftedUnit, draft_pack, read_specification, write_drafts

KEY = "M/701/2345"
FOLDER = "M7012345-keep-tea-room"

_FACTS = "Unit reference number: {key}\n\nLevel: 2\n\nCredit value: 9\n\nGuided learning hours: 61\n"
_ROWS = """1\tKnow how tea is made\t1.1\tDescribe how leaves are dried\t\t\t
\t\t1.2\tList the tools of a tea room\t\t\t
\t\t1.3\tExplain why fresh water matters\t\t\t
2\tUnderstand how guests are served\t2.1\tExplain how guests are greeted\t\t\t
\t\t2.2\tDescribe how a table is laid\t\t\t
"""
CONTENT = """
Unit content

1 Know how tea is made
Drying leaves: sunlight on mats; turning each hour; hot air (wood fire, gas burner, steam pipe); Tea Board (TB) advice
Tools: kettles, eg copper, cast iron, enamel; strainers; porcelain cups; long spoons; importance of
Fresh water: less lime; more air; clearer taste; softer smell

2 Understand how guests are served
Greeting guests: smiling first; offering a seat; taking wet coats; naming the soup
Laying a table: forks left; blades inwards; folded linen; flowers low
"""


def document(key: str = KEY, *, content: str = CONTENT, title: str = "Keep a Tea Room") -> str:
    """Return the page of a unit with its content as text."""
    return "\n\n".join(
        [
            f"Unit 7: {title}",
            _FACTS.format(key=key),
            "Learning outcomes and assessment criteria",
            "Learning outcomes\t\tAssessment criteria\t\tEvidence type\tPortfolio reference\tDate\n"
            f"{_ROWS}Learner name:\tDate:\n",
            content,
        ]
    )


def drafted(text: str = "", source: str = "tea.txt") -> DraftedUnit:
    """Return the draft of the one unit of a document."""
    (unit,) = draft_pack(read_specification((text or document()).split("\n")), (), source).units
    return unit


def put_draft(data_folder: Path, text: str = "") -> Path:
    """Draft the tea room into a data folder and return the draft's folder."""
    write_drafts(data_folder, [drafted(text)])
    return data_folder / "drafts" / FOLDER
