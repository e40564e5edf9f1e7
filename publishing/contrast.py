"""Contrast of two colours, as WCAG 2.2 defines it.

Source: W3C, Web Content Accessibility Guidelines 2.2, “relative luminance”, “contrast ratio” and
success criterion 1.4.3 (text: at least 4.5 to 1), https://www.w3.org/TR/WCAG22/.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MINIMUM = 4.5

# The grounds on which site.css sets links, by page: paper, tint, and the two grounds of notices.
LIGHT_GROUNDS = ("#fdfaf5", "#f5eee3", "#fcefeb", "#fcf1d9")
DARK_GROUNDS = ("#17151c", "#221f2a", "#351b1c", "#302711")

_STEPS = 255
_ENDS = ((0, 0, 0), (255, 255, 255))

Channels = tuple[int, int, int]


def channels(colour: str) -> Channels:
    """Return red, green and blue, 0 to 255, of a colour such as “#0b5d5e”.

    Raises ValueError for any other text.
    """
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is no colour such as '#0b5d5e'.")
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance: 0 for black, 1 for white."""
    red, green, blue = (_linear(value / 255) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 (the same) to 21 (black and white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def worst(colour: str, grounds: Iterable[str]) -> tuple[float, str]:
    """Return the lowest ratio of a colour to any of the grounds, and that ground."""
    return min((ratio(colour, ground), ground) for ground in grounds)


def shown(value: float) -> str:
    """Return a ratio as people read it, “4.49 to 1”: rounded down, so that none seems to pass."""
    number = f"{floor(value * 100) / 100:.2f}".rstrip("0").rstrip(".")
    return _("%(number)s to 1") % {"number": number_format(number)}


def nearest(colour: str, grounds: Iterable[str], minimum: float = MINIMUM) -> str | None:
    """Return the nearest colour on the way to black or white that passes on every ground.

    A colour that passes is its own nearest. None where neither way reaches the minimum.
    """
    grounds = tuple(grounds)
    start = channels(colour)
    for step in range(_STEPS + 1):
        for end in _ENDS:
            mixed = _mixed(start, end, step / _STEPS)
            if worst(mixed, grounds)[0] >= minimum:
                return mixed
    return None


@dataclass(frozen=True)
class Verdict:
    """A colour on the pages' grounds: its lowest ratio, where, and what would pass instead."""

    colour: str
    ratio: float
    ground: str
    proposed: str | None

    @property
    def passes(self) -> bool:
        """Whether text in this colour can be read on every ground."""
        return self.ratio >= MINIMUM


def judge(colour: str, grounds: Iterable[str]) -> Verdict:
    """Judge a colour for text on some grounds. Raises ValueError for what is no colour."""
    grounds = tuple(grounds)
    lowest, ground = worst(colour, grounds)
    proposed = None if lowest >= MINIMUM else nearest(colour, grounds)
    return Verdict(colour, lowest, ground, proposed)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _mixed(start: Channels, end: Channels, share: float) -> str:
    mixed = (round(begin + (stop - begin) * share) for begin, stop in zip(start, end, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)
