import pytest

from ui.text import JOINER, cells, note, plain


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
        ("at 14:05, unit 203: safety", "at 14:05, unit 203: safety"),
        ("<b> `c` ~d~ e|f", r"\<b\> \`c\` \~d\~ e\|f"),
        ("AT&T &lt;b&gt; &#36;", r"AT&T \&lt;b\&gt; \&#36;"),
        ("a{b} {c}", r"a\{b} {c}"),
    ],
)
def test_content_is_shown_letter_by_letter(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (":material/home: :red[x]", [":", r"material/home: :", r"red\[x\]"]),
        (":smile: ::: :100: :1st_place:", [":", "smile: :", ":", ": :", "100: :", r"1st\_place:"]),
        ("at 10:30:45, 09:00: tea", ["at 10:30:45, 09:00: tea"]),
        ("(www.hse.gov.uk)", ["(", "www.hse.gov.uk)"]),
        ("see HTTPS://x", ["see ", r"HTTPS\://x"]),
        ("a@b.uk and @b", ["a@", "b.uk and @b"]),
        ("-- a -> b <= c a--b", [r"\-", "- a -", r"\> b \<", "= c a--b"]),
    ],
)
def test_what_streamlit_replaces_after_reading_the_markdown_is_parted_by_an_unseen_sign(
    text: str, parts: list[str]
) -> None:
    assert plain(text).split(JOINER) == parts


def test_signs_that_turn_the_direction_of_what_follows_are_left_out() -> None:
    assert plain("\u202eAda\u2066 Byron") == "Ada Byron"


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


def test_a_note_keeps_its_marks_and_loses_formulas_and_icons() -> None:
    assert note("**Pay** of $5 and $6 :material/home:") == rf"**Pay** of \$5 and \$6 :{JOINER}material/home:"


def test_no_cell_of_a_table_begins_like_a_formula_and_numbers_stay_numbers() -> None:
    (row,) = cells([{"Title": "=1+1", "Phone": "+44 20", "Kept": "shelf = 3", "Answers": -4}])
    assert row == {"Title": f"{JOINER}=1+1", "Phone": f"{JOINER}+44 20", "Kept": "shelf = 3", "Answers": -4}
