"""Drawing a card: words that fit, in letters that there are, in the order in which they read."""

import io
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import fontpkg
from PIL import Image, ImageDraw, ImageFont, features

SIZE = (1200, 630)
"""Width and height in pixels, as Open Graph's readers want them."""

_FAMILIES = ("Arimo", "Noto Sans Arabic")  # Latin, Greek, Cyrillic, Hebrew; Arabic
_MARGIN, _BAND = 80, 28
_WIDTH = SIZE[0] - 2 * _MARGIN - _BAND
_TITLE_SIZES = (78, 68, 58, 50)
_TITLE_LINES = 4
_LINE_SIZES = (34, 28, 24)
_PAPER, _INK, _SMALL_INK = "#ffffff", "#1b1b1b", "#4a4a4a"
_lock = threading.Lock()  # a font keeps state while it draws


def draw(title: str, site: str, line: str, colour: str) -> bytes:
    """Draw a card as PNG: the same bytes for the same words, in some 20 ms.

    Words in letters that no font has are left out: boxes in their place would say nothing.
    """
    with _lock:
        picture = Image.new("RGB", SIZE, _PAPER)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 0, _BAND, SIZE[1]), colour)
        _write(pen, 64, _fitted(site, (40,), 1, 700), colour)
        _write(pen, 158, _fitted(title, _TITLE_SIZES, _TITLE_LINES, 700), _INK)
        _write(pen, 540, _fitted(line, _LINE_SIZES, 1, 400), _SMALL_INK)
    held = io.BytesIO()
    picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(held, "PNG")
    return held.getvalue()


@dataclass(frozen=True)
class _Lines:
    """Words broken into lines that fit, in a font."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    rtl: bool


def _fitted(text: str, sizes: tuple[int, ...], most: int, weight: int) -> _Lines | None:
    """Return words in the largest size in which they need few enough lines, or cut in the last."""
    family, words = _drawable(text)
    if not words:
        return None
    rtl = _is_rtl(words)
    for size in sizes:
        font = _font(family, size, weight)
        lines = list(_broken(words, font))
        if len(lines) <= most:
            break
    else:
        last = lines[most - 1]
        while font.getlength(f"{last}…") > _WIDTH:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return _Lines(tuple(lines), font, rtl)


def _broken(words: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= _WIDTH:
            line = longer
            continue
        if line:
            yield line
        while font.getlength(word) > _WIDTH:
            fits = _fitting(word, font)
            yield word[:fits]
            word = word[fits:]
        line = word
    if line:
        yield line


def _fitting(word: str, font: ImageFont.FreeTypeFont) -> int:
    """Return how many letters of a word fit in a line: at least one."""
    lengths = range(2, len(word))
    return 1 + bisect_right(lengths, _WIDTH, key=lambda length: font.getlength(word[:length]))


def _write(pen: ImageDraw.ImageDraw, top: int, text: _Lines | None, colour: str) -> None:
    if text is None:
        return
    left = _MARGIN + _BAND
    # Without Raqm, Pillow can set no direction; what it draws is right but for the order then.
    direction = {"direction": "rtl" if text.rtl else "ltr"} if features.check("raqm") else {}
    for number, line in enumerate(text.lines):
        place = (left + _WIDTH if text.rtl else left, top + number * text.font.size * 1.18)
        pen.text(place, line, colour, text.font, anchor="ra" if text.rtl else "la", **direction)


def _drawable(text: str) -> tuple[str, str]:
    """Return the font family that has a text's letters, and the text without what it lacks.

    "" where no family has every letter; a sign such as an emoji is let go.
    """
    words = " ".join(text.split())
    for family in _FAMILIES:
        lacking = {sign for sign in set(words) if not _has(family, sign)}
        if not any(sign.isalnum() for sign in lacking):
            kept = "".join(sign for sign in words if sign not in lacking)
            return family, " ".join(kept.split())
    return "", ""


@lru_cache(maxsize=4096)
def _has(family: str, sign: str) -> bool:
    if sign.isspace() or unicodedata.category(sign) in ("Cf", "Mn"):
        return True
    font = _font(family, 20, 400)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


@lru_cache(maxsize=32)
def _font(family: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(fontpkg.path(family, weight=weight), size)
    axes = font.get_variation_axes()
    font.set_variation_by_axes(
        [weight if axis["name"] == b"Weight" else axis["default"] for axis in axes]
    )
    return font


def _is_rtl(words: str) -> bool:
    """Say whether the first letter with a direction runs from right to left."""
    strong = (unicodedata.bidirectional(sign) for sign in words)
    return next((way != "L" for way in strong if way in ("L", "R", "AL")), False)
