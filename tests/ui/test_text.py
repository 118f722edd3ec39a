import pytest

from ui.text import note, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("£5 *or* $6", r"£5 \*or\* \$6"),
        ("a_b [c](d)", r"a\_b \[c\]\(d\)"),
        ("12.07 %", r"12\.07 %"),
        ("two\n lines", "two lines"),
    ],
)
def test_content_is_shown_letter_by_letter(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_note_keeps_its_marks_and_loses_formulas() -> None:
    assert note("**Pay** of $5 and $6") == r"**Pay** of \$5 and \$6"
