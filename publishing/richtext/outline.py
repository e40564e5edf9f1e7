"""Places in a rich text that a reader with a screen reader would stumble over (WCAG 2.2).

Every function takes what `clean` returned and answers with places, in reading order.
"""

import html as html_module
import re
from typing import NamedTuple

from publishing.richtext.reading import headings

_PART = re.compile(
    r"<(?P<heading>h[234])>(?P<words>.*?)</(?P=heading)>"
    r"|<table>(?P<table>.*?)</table>"
    r"|<img(?P<picture>[^>]*)>"
    r'|<a href="(?P<target>[^"]*)">(?P<link>.*?)</a>',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_ALT = re.compile(r' alt="([^"]*)"')
_SOURCE = re.compile(r' src="([^"]*)"')
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z|[\w-]+(?:\.[\w-]+)+/\S*\Z", re.IGNORECASE)

# Link texts that say nothing about where the link leads (WCAG 2.4.4, 2.4.9).
VAGUE_LINK_TEXTS = frozenset(
    {
        "here",
        "click here",
        "click",
        "read more",
        "read here",
        "read this",
        "more",
        "learn more",
        "find out more",
        "see more",
        "see here",
        "more info",
        "more information",
        "details",
        "this",
        "this link",
        "this page",
        "this article",
        "this site",
        "this website",
        "link",
        "link here",
        "go",
        "go here",
        "continue",
        "website",
        "page",
    }
)


class Place(NamedTuple):
    heading: str  # text of the heading above; empty before the first
    text: str  # the words, or for a picture its file


def skipped_headings(html: str, above: int = 1) -> tuple[Place, ...]:
    """Headings more than one level below the one before; `above` is the level over the text."""
    found: list[Place] = []
    before, level = "", above
    for heading in headings(html):
        if heading.level > level + 1:
            found.append(Place(before, heading.text))
        before, level = heading.text, heading.level
    return tuple(found)


def tables_without_headers(html: str) -> tuple[Place, ...]:
    """Tables without one header cell, named by their caption, else by their first words."""
    return tuple(
        Place(heading, _words(match["table"].split("</caption>")[0].split("</tr>")[0]))
        for heading, match in _parts(html, inside_tables=False)
        if match["table"] is not None and "<th" not in match["table"].replace("<thead", "")
    )


def images_without_alt(html: str) -> tuple[Place, ...]:
    """Pictures with neither a text alternative nor `role="presentation"` (decorative)."""
    return tuple(
        Place(heading, html_module.unescape(_SOURCE.search(match["picture"])[1]))
        for heading, match in _parts(html)
        if match["picture"] is not None and not _has_alternative(match["picture"])
    )


def vague_links(html: str) -> tuple[Place, ...]:
    """Links whose text is empty, a bare address, or words such as “here” and “read more”."""
    found = []
    for heading, match in _parts(html):
        if match["link"] is None:
            continue
        text = _words(match["link"]) or _alternative(match["link"])
        plain = re.sub(r"[\W_]+", " ", text).strip().lower()
        if not plain or plain in VAGUE_LINK_TEXTS or _BARE_ADDRESS.match(text):
            found.append(Place(heading, text or html_module.unescape(match["target"])))
    return tuple(found)


def _parts(html: str, inside_tables: bool = True) -> list[tuple[str, re.Match[str]]]:
    if inside_tables:
        html = html.replace("<table>", "").replace("</table>", "")
    found: list[tuple[str, re.Match[str]]] = []
    heading = ""
    for match in _PART.finditer(html):
        found.append((heading, match))
        if match["heading"]:
            heading = _words(match["words"])
    return found


def _words(inline: str) -> str:
    return " ".join(html_module.unescape(_TAG.sub(" ", inline)).split())


def _alternative(tag: str) -> str:
    match = _ALT.search(tag)
    return html_module.unescape(match[1]).strip() if match else ""


def _has_alternative(picture: str) -> bool:
    return ' role="presentation"' in picture or bool(_alternative(picture))
