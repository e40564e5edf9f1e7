"""Plain text, places and headings of a rich text. Every function takes what `clean` returned."""

import html as html_module
import re
from collections.abc import Collection
from typing import NamedTuple

from django.utils.text import slugify

from publishing.richtext.allowlist import HEADINGS

_BLOCK_TAG = re.compile(
    r"<(/?)(p|h[234]|[uo]l|li|blockquote|table|caption|t[hdr]|thead|tbody)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<(h[234])>(.*?)</\1>", re.DOTALL)
_TOKEN = re.compile(r"\[\[[^\[\]]*\]\]|\[[^\[\]]*@[^\[\]]*\]")
_WORD = re.compile(r"\w")


class Heading(NamedTuple):
    level: int  # 2 to 4
    text: str
    anchor: str


class Block(NamedTuple):
    tag: str  # p, h2, h3, h4, li, th, td or caption
    heading: str  # text of the heading above; empty before the first
    text: str


def _plain(inline: str) -> str:
    return " ".join(html_module.unescape(_TAG.sub("", inline.replace("<br>", " "))).split())


def blocks(html: str) -> list[Block]:
    """Each paragraph, heading, list item and cell that has text of its own, in reading order.

    `text` is without tags and leaves out lists and paragraphs inside, which are blocks too.
    """
    found: list[Block] = []
    opened: list[str] = []
    heading = ""
    at = 0

    def collect(end: int) -> None:
        nonlocal heading
        if not opened:
            return
        text = _plain(html[at:end])
        if text:
            found.append(Block(opened[-1], heading, text))
            if opened[-1] in HEADINGS:
                heading = text

    for match in _BLOCK_TAG.finditer(html):
        collect(match.start())
        at = match.end()
        if not match[1]:
            opened.append(match[2])
        elif opened:
            opened.pop()
    return found


def to_text(html: str) -> str:
    """The words alone, a space between blocks. Citation tokens such as `[@key]` stay."""
    return " ".join(block.text for block in blocks(html))


def word_count(html: str) -> int:
    """How many words a reader reads; `[@key]` and `[[…]]` are none."""
    return sum(1 for chunk in _TOKEN.sub(" ", to_text(html)).split() if _WORD.search(chunk))


def _heading_text(inline: str) -> str:
    return " ".join(_TOKEN.sub("", _plain(inline)).split())


def headings(html: str, taken: Collection[str] = ()) -> tuple[Heading, ...]:
    """The headings with an anchor each, made from its words and unique in the text.

    `taken` names anchors that the page uses elsewhere. Adding a heading changes no other anchor,
    but for later headings of the same words.
    """
    found: list[Heading] = []
    used = set(taken)
    for match in _HEADING.finditer(html):
        text = _heading_text(match[2])
        base = slugify(text, allow_unicode=True) or "section"
        anchor, number = base, 1
        while anchor in used:
            number += 1
            anchor = f"{base}-{number}"
        used.add(anchor)
        found.append(Heading(int(match[1][1]), text, anchor))
    return tuple(found)


def with_heading_anchors(html: str, taken: Collection[str] = ()) -> str:
    """The text with the anchors of `headings` as ids, for a page. Stored texts carry none.

    Call it before citations are numbered: numbers in a heading are no part of its anchor.
    """
    anchors = iter(headings(html, taken))
    return _HEADING.sub(
        lambda m: f'<{m[1]} id="{html_module.escape(next(anchors).anchor)}">{m[2]}</{m[1]}>', html
    )
