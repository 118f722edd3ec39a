"""A question type is finished when every place that shows, marks or lists questions knows it."""

from pathlib import Path

import pytest

from quiz.questions import TYPES
from ui import feedback, question_card

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", TYPES)
def test_every_type_has_a_marker_a_card_explanations_and_its_words(name: str) -> None:
    words = name.replace("_", " ")
    assert {"mark", "shuffle", "chance", "right_response"} <= set(dir(TYPES[name]))
    assert name in question_card._ASK
    assert name in feedback._LINES
    assert f"| {words} |" in (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert f"`{name}`" in (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
