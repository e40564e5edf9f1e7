"""The readers' style sheet: one place for each colour, and no side that is always the left one."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "publishing/static/publishing"
SITE, EDITOR = ((STATIC / name).read_text() for name in ("site.css", "editor.css"))
RULES = re.sub(r"/\*.*?\*/", "", SITE, flags=re.DOTALL)
TOKENS = re.search(r"@layer tokens \{.*?\n\}\n", RULES, re.DOTALL)[0]
PAPER = RULES[RULES.index("@layer paper {") :]
PARTS = RULES.replace(TOKENS, "").replace(PAPER, "")


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,8});", css))


def test_colours_and_fonts_are_tokens():
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", PARTS)
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", RULES))
    defined = set(re.findall(r"--([a-z0-9-]+):", TOKENS))
    assert used - defined == set()
    assert defined - used - {"brand-ink"} == set()


def test_dark_pages_change_every_colour_that_light_ones_have():
    light, _media, dark = TOKENS.partition("prefers-color-scheme: dark")
    assert set(colours(light)) - set(colours(dark)) == {"brand-ink", "white"}


@pytest.mark.parametrize("css", [SITE, EDITOR])
def test_a_page_may_be_read_from_right_to_left(css):
    sides = r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?<![-\w])(?:left|right):"
    assert not re.findall(rf"{sides}|text-align: (?:left|right)|float:|[^-]width:", css)


def test_the_editor_shows_the_colours_of_the_page():
    light, _media, dark = TOKENS.partition("prefers-color-scheme: dark")
    said = [colours(block) for block in re.findall(r"\{[^{}]*--paper:[^{}]*\}", EDITOR)]
    for shown, page in zip(said, (light, dark, dark), strict=True):
        assert shown.items() <= colours(page).items()
