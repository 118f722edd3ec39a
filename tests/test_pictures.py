"""The pictures of the README."""

import re

from PIL import Image

from docs.make_pictures import HERE, PICTURES, ROOT, SCHEMES

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="(docs/pictures/[a-z-]+\.webp)">\s*'
    r'<img src="(docs/pictures/[a-z-]+\.webp)" alt="([^"]+)"(?: width="\d+")?>\s*</picture>',
    README,
)


def test_every_picture_of_the_readme_is_made_by_the_script_light_and_dark():
    made = {tuple(str(p.file(scheme).relative_to(ROOT)) for scheme in SCHEMES) for p in PICTURES}
    assert {(light, dark) for dark, light, _ in SHOWN} == made
    assert len(SHOWN) == README.count("<picture>") == README.count("docs/pictures/") / 2 == len(PICTURES)


def test_every_picture_is_told_in_words_of_its_own():
    told = [alt for _, _, alt in SHOWN]
    assert len(set(told)) == len(PICTURES)
    assert all(len(alt) > 40 and alt.endswith(".") for alt in told)


def test_the_folder_holds_the_pictures_at_their_size_and_nothing_else():
    files = {p.file(scheme): p.size for p in PICTURES for scheme in SCHEMES}
    assert set(HERE.iterdir()) == set(files)
    for file, (width, height) in files.items():
        with Image.open(file) as image:
            assert (image.format, image.size) == ("WEBP", (round(1.5 * width), round(1.5 * height)))


def test_the_pictures_together_are_small_enough_for_a_repository():
    assert sum(file.stat().st_size for file in HERE.iterdir()) < 2_500_000


def test_dark_pictures_are_dark_and_light_ones_are_light():
    for picture in PICTURES:
        corners = []
        for scheme in SCHEMES:
            with Image.open(picture.file(scheme)) as image:
                corners.append(sum(image.convert("RGB").getpixel((2, image.height // 2))) / 3)
        assert corners[0] > 240, picture.name
        assert corners[1] < 40, picture.name
