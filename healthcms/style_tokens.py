"""The tokens of the readers' style sheet as it has them, for the style page."""

import re
from dataclasses import dataclass
from pathlib import Path

import publishing
from publishing import contrast, look
from publishing.models import Site

_SHEET = Path(publishing.__file__).parent / "static/publishing/site.css"
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
_NAMED = re.compile(r"var\(--([a-z0-9-]+)\)")
_LINK_GROUNDS = ("paper", "tint", "red-tint", "amber-tint")

AGAINST = {
    "paper": ("ink",),
    "tint": ("ink",),
    "red-tint": ("ink",),
    "amber-tint": ("ink",),
    "ink": ("paper", "tint"),
    "soft": ("paper", "tint"),
    "link": _LINK_GROUNDS,
    "red": ("paper", "red-tint"),
    "amber": ("paper", "amber-tint"),
    "brand": ("brand-ink",),
    "edge": ("paper", "tint"),
    "line": ("paper",),
}
"""Each colour, and what it is seen against: its grounds, or what is written on it."""


@dataclass(frozen=True)
class Shade:
    """A colour on one sort of page: its value, and its lowest contrast, and against what."""

    value: str
    contrast: str
    against: str


@dataclass(frozen=True)
class Colour:
    """A colour on light pages and on dark ones."""

    name: str
    light: Shade
    dark: Shade


def colours(site: Site) -> list[Colour]:
    """Return each colour as readers of this site see it."""
    light_rules, _media, dark_rules = _tokens().partition("prefers-color-scheme: dark")
    own_light, own_dark = look.own_tokens(site)
    light = dict(_TOKEN.findall(light_rules))
    dark = light | dict(_TOKEN.findall(dark_rules)) | own_dark
    light |= own_light
    return [Colour(name, _shade(name, light), _shade(name, dark)) for name in AGAINST]


def sizes(kind: str) -> dict[str, str]:
    """Return the sizes whose names begin so (“text”, “space”), the smallest first."""
    return {
        name: value
        for name, value in _TOKEN.findall(_tokens())
        if name.startswith(f"{kind}-") and not value.startswith("#")
    }


def _tokens() -> str:
    sheet = _SHEET.read_text()
    return sheet[sheet.index("@layer tokens {") : sheet.index("@layer base {")]


def _shade(name: str, tokens: dict[str, str]) -> Shade:
    colour = _value(tokens, name)
    others = [(contrast.ratio(colour, _value(tokens, other)), other) for other in AGAINST[name]]
    ratio, other = min(others)
    return Shade(colour, contrast.shown(ratio), other)


def _value(tokens: dict[str, str], name: str) -> str:
    """Return a token's colour: that of another one where it says so, and “#ffffff” for “#fff”."""
    value = tokens[name]
    if named := _NAMED.fullmatch(value):
        return _value(tokens, named[1])
    return value if len(value) > 4 else "#" + "".join(2 * sign for sign in value[1:])
