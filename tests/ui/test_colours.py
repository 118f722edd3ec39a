"""Every colour of the app: whether it stands out where it is used, and whether meanings stay apart for everybody."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from colour_measures import WITHOUT, apart, contrast, over, seen_without

from ui.charts import BLANK, BLUE, DAY_SCALE, INK, OCHRE, SCALE, TEXT_COLOUR

ROOT = Path(__file__).parents[2]
THEME: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
THEMES = ("light", "dark")
STYLE = (ROOT / "ui" / "style.css").read_text("utf-8")
DOORS = (ROOT / "ui" / "doors" / "doors.css").read_text("utf-8")
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
WHITE = "#FFFFFF"
CHART_WORDS = {"light": "#262730", "dark": "#FAFAFA"}
"""What Streamlit 1.67 writes for `TEXT_COLOUR`: gray90 and gray10 of its theme."""


def tokens() -> dict[str, dict[str, str]]:
    """Return the colours that style.css names, by theme."""
    found: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    for name, value in re.findall(r"--headset-([a-z]+): ([^;]+);", STYLE):
        colours = HEX.findall(value)
        if colours:
            found["light"][name], found["dark"][name] = colours[0], colours[-1]
    return found


def grounds(theme: str) -> tuple[str, str]:
    """Return what text and marks stand on: the page, and a panel on it."""
    return THEME[theme]["backgroundColor"], THEME[theme]["secondaryBackgroundColor"]


def blank(theme: str) -> str:
    """Return what is seen of a cell without a value."""
    red, green, blue, share = BLANK.removeprefix("rgba(").removesuffix(")").split(",")
    return over(f"#{int(red):02X}{int(green):02X}{int(blue):02X}", float(share), grounds(theme)[0])


# --- the measures themselves ------------------------------------------------------------------------


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(WHITE, "#000000") == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)


def test_whoever_sees_fewer_colours_sees_white_and_grey_as_they_are() -> None:
    for missing in WITHOUT:
        assert seen_without(WHITE, missing) == pytest.approx((1, 1, 1), abs=1e-5)


def test_a_red_and_a_green_that_are_far_apart_come_close_without_green() -> None:
    assert apart(["#B33A2B", "#6B6B1E"]) < 25 < apart([BLUE, OCHRE])


# --- text: 4.5:1 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["textColor", "linkColor", "codeTextColor"])
def test_text_stands_out_from_page_and_panel(theme: str, name: str) -> None:
    assert min(contrast(THEME[theme][name], ground) for ground in grounds(theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_small_print_stands_out_where_style_css_lets_its_ground_through(theme: str) -> None:
    shares = {float(share) for share in re.findall(r"opacity: (0\.\d+)", STYLE)}
    assert shares == {0.75, 0.85, 0.9}
    for ground in grounds(theme):
        assert (
            min(contrast(over(THEME[theme]["textColor"], share, ground), ground) for share in shares) >= 4.5
        )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["blue", "green", "yellow", "red"])
def test_a_notice_is_read_on_its_own_colour(theme: str, name: str) -> None:
    assert contrast(THEME[theme][f"{name}TextColor"], THEME[theme][f"{name}BackgroundColor"]) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_the_words_of_a_primary_button_stand_out_from_it(theme: str) -> None:
    assert contrast(WHITE, THEME[theme]["primaryColor"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_headings_of_a_table_stand_out(theme: str) -> None:
    named = THEME[theme]
    assert contrast(named["dataframeHeaderTextColor"], named["dataframeHeaderBackgroundColor"]) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_words_in_a_chart_stand_out_from_the_page_and_from_a_cell_without_a_value(theme: str) -> None:
    for ground in (grounds(theme)[0], blank(theme)):
        assert contrast(CHART_WORDS[theme], ground) >= 7


@pytest.mark.parametrize("cell", sorted({colour for _, colour in (*SCALE, *DAY_SCALE)}))
def test_words_stand_out_from_every_cell_with_a_value(cell: str) -> None:
    assert contrast(INK, cell) >= 7


# --- marks and controls: 3:1 ------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["primaryColor", "borderColor"])
def test_a_control_stands_out_from_page_and_panel(theme: str, name: str) -> None:
    assert min(contrast(THEME[theme][name], ground) for ground in grounds(theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["line", "accent", "marigold", "mark", "ochre", "right", "wrong"])
def test_a_mark_stands_out_from_page_and_panel(theme: str, name: str) -> None:
    assert min(contrast(tokens()[theme][name], ground) for ground in grounds(theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", [BLUE, OCHRE])
def test_a_mark_of_a_chart_stands_out_from_the_page(theme: str, colour: str) -> None:
    assert contrast(colour, grounds(theme)[0]) >= 3


def test_the_sign_of_the_app_stands_out_from_its_own_ground() -> None:
    ground, bar = HEX.findall((ROOT / "static" / "mark.svg").read_text("utf-8"))
    assert min(contrast(ground, bar), contrast(ground, WHITE)) >= 3


# --- meanings apart, for whoever sees no red, no green or no blue -------------------------------------
# Of ΔE 1976: 2.3 can just be told side by side. Twenty is far apart at a glance; cells that carry their
# own words, and differ from their neighbours by degrees, have half of that.


def test_what_is_likely_secure_and_what_is_not_yet_stay_far_apart() -> None:
    assert apart([BLUE, OCHRE]) > 60


def test_right_and_wrong_stay_far_apart() -> None:
    assert apart([tokens()["light"]["right"], tokens()["light"]["wrong"]]) > 30


def test_low_middle_and_high_estimates_stay_apart() -> None:
    assert apart([colour for _, colour in SCALE]) > 20


def test_few_and_many_answers_on_a_day_stay_apart() -> None:
    assert apart([colour for _, colour in DAY_SCALE]) > 10


@pytest.mark.parametrize("theme", THEMES)
def test_a_cell_without_a_value_is_not_taken_for_one_with_a_value(theme: str) -> None:
    ends = {colour for _, colour in (*SCALE, *DAY_SCALE)}
    assert min(apart([blank(theme), colour]) for colour in ends) > 8


# --- one set of colours -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_style_css_has_the_colours_of_the_theme(theme: str) -> None:
    named, own = THEME[theme], tokens()[theme]
    assert own["panel"] == grounds(theme)[1]
    assert (own["ink"], own["line"], own["accent"]) == (
        named["textColor"], named["borderColor"], named["linkColor"]
    )  # fmt: skip
    assert (own["mark"], own["ochre"]) == (BLUE, OCHRE) == tuple(THEME["chartCategoricalColors"])


@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_before_the_app_have_the_colours_of_the_theme(theme: str) -> None:
    own = re.findall(r"--([a-z]+): (#\w{6});", DOORS)
    half = len(own) // 2
    door = dict(own[:half] if theme == "light" else own[half:])
    named = THEME[theme]
    assert (door["ground"], door["panel"]) == grounds(theme)
    assert [door[name] for name in ("text", "link", "line", "button")] == [
        named[name] for name in ("textColor", "linkColor", "borderColor", "primaryColor")
    ]
    assert contrast(door["wrong"], door["ground"]) >= 4.5


def test_no_colour_is_used_that_is_not_measured_here() -> None:
    known = {colour for theme in tokens().values() for colour in theme.values()}
    known |= {colour for theme in THEMES for colour in THEME[theme].values()} | {
        BLUE,
        OCHRE,
        INK,
        TEXT_COLOUR,
    }
    known |= {colour for _, colour in (*SCALE, *DAY_SCALE)} | set(CHART_WORDS.values())
    known |= {"#F2B33D"}  # the bar of the sign
    known |= {"#000000", WHITE}  # a picture for a phone's camera, which wants the most there is
    known |= {"#808495"}  # named in ui/charts.py as what Streamlit would write, and is kept from writing
    known |= set(re.findall(r"--wrong: (#\w{6})", DOORS))
    folders = [ROOT / "ui", ROOT / "app_pages", ROOT / "static", ROOT / "quiz"]
    stray = {
        (str(path.relative_to(ROOT)), colour)
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".py", ".css", ".js", ".html", ".svg"}
        for colour in HEX.findall(path.read_text("utf-8"))
        if colour not in known
    }
    assert stray == set()


def test_the_scales_of_spaces_and_sizes_are_named_once_and_used() -> None:
    named = re.findall(r"--headset-([a-z0-9-]+):", STYLE)
    assert len(named) == len(set(named))
    used = "".join(
        path.read_text("utf-8") for path in (ROOT / "ui").rglob("*") if path.suffix in {".css", ".py"}
    )
    assert {name for name in named if not re.search(rf"var\(--headset-{name}[,)]", used)} == set()
