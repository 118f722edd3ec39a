"""Reading comfort: what the settings say, the style it makes, and that text on every tint can be read."""

import tomllib
from pathlib import Path

import pytest

from ui import comfort
from ui.comfort import EDGE, OUTSIDE, SIZES, SPACINGS, TINTS, TYPEFACES, Comfort, css

ROOT = Path(__file__).resolve().parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
FONTS = ROOT / "static" / "fonts"
Colour = tuple[float, float, float]


def colour(text: str) -> Colour:
    return tuple(int(text[place : place + 2], 16) for place in (1, 3, 5))


def over(top: Colour, share: float, below: Colour) -> Colour:
    """Return what a colour laid over another one makes."""
    return tuple(a * share + b * (1 - share) for a, b in zip(top, below, strict=True))


def luminance(of: Colour) -> float:
    parts = [value / 255 for value in of]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_gives_the_known_contrasts() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert round(contrast(colour("#767676"), (255, 255, 255)), 2) == 4.54


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [name for name, tint in TINTS.items() if tint is not None])
def test_text_and_controls_stand_out_on_every_tint(name: str, theme: str) -> None:
    tint, colours = TINTS[name], THEME[theme]
    assert tint is not None
    text, link = colour(colours["textColor"]), colour(colours["linkColor"])
    thickness = tint.light if theme == "light" else tint.dark
    for below in ("backgroundColor", "secondaryBackgroundColor"):
        for share in (thickness, OUTSIDE):
            behind = over(tint.colour, share, colour(colours[below]))
            assert contrast(text, behind) >= 7, (below, share)
            assert contrast(over(text, 0.9, behind), behind) >= 4.5, "small print"
            assert contrast(link, behind) >= 4.5, (below, share)
            assert contrast(over(text, EDGE, behind), behind) >= 3, "the edge of a control"
    ground = over(tint.colour, thickness, colour(colours["backgroundColor"]))
    assert contrast(colour(colours["primaryColor"]), ground) >= 3


def test_without_a_choice_there_is_no_style() -> None:
    assert css({}) == ""
    assert css(Comfort().settings) == ""
    assert css({"letter_keys": False, "test_date": "2026-12-01"}) == ""


def test_a_text_size_scales_the_root_in_per_cent_of_the_browsers_own() -> None:
    wraps = (
        ".stMain { overflow-wrap: anywhere; } .stMain :is(td, th) { overflow-wrap: break-word; }\n"
        + comfort._NARROW
    )
    assert css({"text_size": "200"}) == ":root { font-size: 212.5% !important; }\n" + wraps
    assert css({"text_size": "115"}) == ":root { font-size: 122.188% !important; }\n" + wraps


def test_line_spacing_holds_for_text_and_less_for_headings() -> None:
    assert css({"line_spacing": "wide"}) == (
        ":is(p, li, dd, dt, td, th, label, textarea, input, .part, .why) { line-height: 1.8 !important; }\n"
        ":is(h1, h2, h3, h4) { line-height: 1.45 !important; }\n"
        '[data-testid="stCheckbox"] label { align-items: center; }\n'
        '[data-testid="stMarkdownContainer"] :is(p + p, li + li) { margin-top: 0.6em; }\n'
    )


def test_a_tint_lies_over_page_fields_and_lists() -> None:
    style = css({"tint": "cream"})
    both = "light-dark(rgb(232 176 0 / 0.16), rgb(232 176 0 / 0.08))"
    assert f"background-image: linear-gradient({both}, {both}) !important" in style
    outside = "rgb(232 176 0 / 0.08)"
    assert (
        '[data-testid="stPopoverBody"], [data-testid="stSelectboxVirtualDropdown"] '
        f"{{ background-image: linear-gradient({outside}, {outside}) !important; }}\n" in style
    )
    assert "border-color: color-mix(in srgb, currentColor 62%, transparent) !important" in style


def test_the_dyslexic_typeface_comes_from_files_that_are_shipped_with_their_licence() -> None:
    style = css({"typeface": "dyslexic"})
    named = [part.split('"')[0] for part in style.split('url("')[1:]]
    assert named == [
        "app/static/fonts/opendyslexic-regular.woff2",
        "app/static/fonts/opendyslexic-bold.woff2",
        "app/static/fonts/opendyslexic-italic.woff2",
    ]
    for name in named:
        assert (ROOT / name.removeprefix("app/")).read_bytes()[:4] == b"wOF2"
    licence = (FONTS / "OFL-opendyslexic.txt").read_text(encoding="utf-8")
    assert "with Reserved Font Name OpenDyslexic" in licence
    assert "SIL Open Font License, Version 1.1" in licence
    assert 'font-family: "OpenDyslexic", "Hyperlegible", sans-serif !important' in style


def test_less_movement_is_what_the_system_may_ask_for_in_any_case() -> None:
    style = css({"less_movement": True})
    rule = style.splitlines()[0]
    assert rule.startswith("*, *::before, *::after { animation-duration: 1ms !important;")
    assert f"@media (prefers-reduced-motion: reduce) {{ {rule} }}" in comfort.BASE


def test_choices_add_up() -> None:
    one = {
        "text_size": "130",
        "line_spacing": "widest",
        "tint": "blue",
        "typeface": "dyslexic",
        "less_movement": True,
    }
    alone = [css({name: value}) for name, value in one.items()]
    assert css(one) == "".join(alone)
    assert all(alone)


@pytest.mark.parametrize(
    "settings",
    [
        {"text_size": 130},
        {"text_size": "1000"},
        {"text_size": "100%; } body { display: none"},
        {"line_spacing": ["wide"]},
        {"line_spacing": {"wide": 1}},
        {"tint": None},
        {"tint": "</style><script>alert(1)</script>"},
        {"typeface": "Comic Sans"},
        {"less_movement": "yes"},
        {"less_movement": 1},
    ],
)
def test_what_is_none_of_the_choices_counts_as_not_chosen(settings: dict[str, object]) -> None:
    assert Comfort.of(settings) == Comfort()
    assert css(settings) == ""


def test_settings_come_back_as_they_were_kept() -> None:
    for size in SIZES:
        for spacing in SPACINGS:
            for tint in TINTS:
                for typeface in TYPEFACES:
                    kept = Comfort(size, spacing, tint, typeface, less_movement=True)
                    assert Comfort.of(kept.settings) == kept


def test_no_style_can_leave_its_element() -> None:
    for name, choices in (
        ("text_size", SIZES),
        ("line_spacing", SPACINGS),
        ("tint", TINTS),
        ("typeface", TYPEFACES),
    ):
        for choice in choices:
            assert "<" not in css({name: choice})
    assert "<" not in comfort.BASE
