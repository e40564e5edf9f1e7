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
_TITLE_TOP, _LAST_TOP = 158, 540
_LINE_SIZES = (34, 28, 24)
_LINE_STEP = 1.18
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
        heading = _fitted(title, _TITLE_SIZES, _TITLE_LINES, 700)
        _write(pen, _TITLE_TOP, heading, _INK)
        _write_below(pen, heading, line)
    held = io.BytesIO()
    picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(held, "PNG")
    return held.getvalue()


def draw_icon(letter: str, colour: str, side: int) -> Image.Image:
    """Draw a letter on a square; the square alone where no font has the letter."""
    picture = Image.new("RGB", (side, side), colour)
    family, drawn = _drawable(letter)
    if drawn:
        with _lock:
            font = _font(family, round(side * 0.7), 700)
            left, top, right, bottom = font.getbbox(drawn)
            place = ((side - left - right) / 2, (side - top - bottom) / 2)
            ImageDraw.Draw(picture).text(place, drawn, _PAPER, font)
    return picture


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
        place = (left + _WIDTH if text.rtl else left, top + number * text.font.size * _LINE_STEP)
        pen.text(place, line, colour, text.font, anchor="ra" if text.rtl else "la", **direction)


def _write_below(pen: ImageDraw.ImageDraw, heading: _Lines | None, line: str) -> None:
    """Write the words at the foot of a card, in as many lines as the title leaves room for."""
    taken = len(heading.lines) * heading.font.size * _LINE_STEP if heading else 0
    room = (_LAST_TOP - _TITLE_TOP - taken) // (_LINE_SIZES[0] * _LINE_STEP)
    text = _fitted(line, _LINE_SIZES, max(1, int(room)), 400)
    if text is not None:
        above = (len(text.lines) - 1) * text.font.size * _LINE_STEP
        _write(pen, _LAST_TOP - above, text, _SMALL_INK)


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
