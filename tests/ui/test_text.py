import pytest

from ui.text import note, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("£5 *or* $6", r"£5 \*or\* \$6"),
        ("a_b [c](d)", r"a\_b \[c\](d)"),
        ("12.07 %", "12.07 %"),
        ("two\n lines", "two lines"),
        ("# 7 days", r"\# 7 days"),
        ("- one", r"\- one"),
        ("1. first", r"1\. first"),
        ("1.1 Explain", "1.1 Explain"),
        (":material/home: and :red[x]", r"\:material/home: and \:red\[x\]"),
        ("at 14:05, unit 203: safety", "at 14:05, unit 203: safety"),
        ("www.hse.gov.uk and https://x", r"www\.hse.gov.uk and https\://x"),
        ("a@b.uk <b> `c` ~d~ e|f", r"a\@b.uk \<b\> \`c\` \~d\~ e\|f"),
    ],
)
def test_content_is_shown_letter_by_letter(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    "label",
    [
        "21 Use Systems and Technology: level 2, 4 credits, 24 hours (mandatory)",
        "“Make up for the mix-up.”",
        "Main points of the contract (at least 4)",
        "Is it 5 + 5 = 10?",
    ],
)
def test_a_label_that_a_screen_reader_hears_has_no_backslash(label: str) -> None:
    assert plain(label) == label


def test_a_note_keeps_its_marks_and_loses_formulas() -> None:
    assert note("**Pay** of $5 and $6") == r"**Pay** of \$5 and \$6"
