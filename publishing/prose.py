"""Rich texts made ready for their place on a page. They take what `richtext.clean` returned."""

import html as html_module
import re
from dataclasses import dataclass
from itertools import cycle

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from publishing.richtext import Heading, headings, to_text, with_heading_anchors
from publishing.words import plain_words

DESCRIPTION_LENGTH = 155
"""Characters of a description: what the result pages of search engines have room for."""

# Ids that the templates use. A heading of the same words gets a number instead.
PAGE_ANCHORS = frozenset(
    {
        "about-this-page",
        "ask-first",
        "contents",
        "disclaimer",
        "feedback",
        "feedback-hint",
        "feedback-text",
        "forms",
        "get-help",
        "interactions",
        "key-points",
        "limits",
        "main",
        "menu",
        "notices",
        "questions",
        "quick-summary",
        "references",
        "related",
        "words",
        *(
            f"{word}-{number}"
            for word in ("question", "ref", "use", "word")
            for number in range(1, 200)
        ),
    }
)

_FEWEST_IN_CARDS = 3
"""Columns. A table of fewer fits a phone as it is."""

_TABLE_TAG = re.compile(r"</?table>")
_COLUMN = re.compile(r'<th(?: scope="col")?>(.*?)</th>', re.DOTALL)
_OPENED = re.compile(r'<(tr|td|th)(?: scope="(?:col|row)")?( [^>]*)?>')
_CAPTION = re.compile(r"<table>\s*<caption>(.*?)</caption>", re.DOTALL)
_HEADING_TAG = re.compile(r"<(/?)h([2-6])\b")


@dataclass(frozen=True)
class Section:
    """A line of “In this article”, with the lines one level below it."""

    heading: Heading
    below: tuple[Heading, ...]


def contents(html: str) -> tuple[Section, ...]:
    """Return the sections of a body by its H2, each with its H3; deeper headings are left out."""
    grouped: list[tuple[Heading, list[Heading]]] = []
    for heading in headings(html, PAGE_ANCHORS):
        if heading.level == 2 or (heading.level == 3 and not grouped):
            grouped.append((heading, []))
        elif heading.level == 3:
            grouped[-1][1].append(heading)
    return tuple(Section(heading, tuple(below)) for heading, below in grouped)


def body(html: str) -> str:
    """Return a page's own text: an id for each heading, tables that scroll by themselves."""
    return _scrolling(with_heading_anchors(html, PAGE_ANCHORS))


def inset(html: str, under: int) -> str:
    """Return a text for its place below a heading of a level: its own headings move below it."""

    def lowered(match: re.Match[str]) -> str:
        return f"<{match[1]}h{min(int(match[2]) + under - 1, 6)}"

    return _scrolling(_HEADING_TAG.sub(lowered, html))


def description(html: str) -> str:
    """Return the first words of a text without tags and citations, cut at a word."""
    return short(to_text(html))


def short(text: str) -> str:
    """Return a plain text without its citations as one line, cut at a word."""
    line = " ".join(plain_words(text).split())
    if len(line) <= DESCRIPTION_LENGTH:
        return line
    return Truncator(line).chars(DESCRIPTION_LENGTH + 1, truncate="").rpartition(" ")[0] + " …"


def _scrolling(html: str) -> str:
    """Wrap each outermost table in a region that takes the focus: it scrolls by keyboard too."""
    pieces: list[str] = []
    depth = start = at = 0
    for match in _TABLE_TAG.finditer(html):
        closing = match[0] == "</table>"
        if not closing and depth == 0:
            start = match.start()
        depth += -1 if closing else 1
        if closing and depth == 0:
            table = html[start : match.end()]
            pieces += [html[at:start], _region(table)]
            at = match.end()
    return "".join([*pieces, html[at:]])


def _region(table: str) -> str:
    caption = _CAPTION.match(table)
    name = (short(to_text(f"<p>{caption[1]}</p>")) if caption else "") or _("Table")
    label = html_module.escape(name)
    shown = _in_cards(table) if caption else table
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{shown}</div>'


def _in_cards(table: str) -> str:
    """Let a phone show each row as a card: each cell of a plain table says its column's head.

    A table is plain where its first row and column are heads, and no cell spans others.
    """
    head, end, rows = table.partition("</thead>")
    columns = [short(to_text(f"<p>{cell}</p>")) for cell in _COLUMN.findall(head)]
    top = ["tr", *["th"] * len(columns)]
    row = ["tr", "th", *["td"] * len(columns[1:])]
    opened = _opened(rows)
    is_plain = _opened(head) == top and opened == row * (len(opened) // len(row))
    if not is_plain or len(columns) < _FEWEST_IN_CARDS or not all(columns[1:]):
        return table
    labels = cycle(html_module.escape(each) for each in columns[1:])
    labelled = re.sub("<td>", lambda _cell: f'<td data-label="{next(labels)}">', rows)
    return f"{head}{end}{labelled}".replace("<table>", '<table class="stack">', 1)


def _opened(html: str) -> list[str]:
    """Return the rows and cells that open in a part of a table, those that span others marked."""
    return [f"{name}{spans}" for name, spans in _OPENED.findall(html)]
