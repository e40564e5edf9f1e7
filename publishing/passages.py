"""The passages of a text: what a reviewer reads, ticks off and comments on, one by one."""

import copy
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, get_origin

import lxml.html

from publishing.documents import EntryDocument, Part, TextPiece
from publishing.openings import URGENCY

HEADINGS = ("title", "h2", "h3", "h4")
_BLOCKS = frozenset({"p", "ul", "ol", "blockquote", "table"})
_BLANK_LINE = re.compile(r"\n\s*\n")
_NUMBER = re.compile(r"\.\d+(?=\.|$)")
_TITLES = frozenset({"title", "question"})


@dataclass(frozen=True)
class Passage:
    """One paragraph, heading, list item, table row or row of a Document.

    ``field`` is where it stands (“body”, “key_points.2.text”, “forms.1”); ``words`` are its plain
    words with their `[@citations]`; ``html`` is the same as sanitised HTML, or "" where ``words``
    is a plain text; ``cells`` are (column, HTML) of a row of a rich text's table; ``row`` is the
    Document's own row. ``repeat`` counts passages of the same words in the same field.
    """

    field: str
    tag: str
    words: str
    html: str = ""
    heading: str = ""
    marker: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    row: Part | None = None
    repeat: int = 1

    @property
    def place(self) -> str:
        """The field without row numbers: a row that moves is still the same passage."""
        return _NUMBER.sub("", self.field)

    @property
    def digest(self) -> str:
        """SHA-256 of the words with their place: another as soon as a word changes."""
        said = self.words
        if self.row is not None:
            data = self.row.model_dump(mode="json", exclude_defaults=True)
            said = "\n".join(f"{name}: {value}" for name, value in data.items())
        parts = (self.place, str(self.repeat), said)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def is_heading(self) -> bool:
        """Whether it only names what follows: there is nothing to tick off."""
        return self.tag in HEADINGS


def passages_of(document: EntryDocument) -> tuple[Passage, ...]:
    """Return everything that a Document says to readers, in reading order."""
    seen: dict[str, int] = {}
    found = []
    for passage in _all(document):
        count = seen[passage.digest] = seen.get(passage.digest, 0) + 1
        found.append(replace(passage, repeat=count) if count > 1 else passage)
    return tuple(found)


def find(document: EntryDocument, digest: str) -> Passage | None:
    """Return the passage with a digest, where the Document still has it."""
    return next((p for p in passages_of(document) if p.digest == digest), None)


def _all(document: EntryDocument) -> Iterator[Passage]:
    pieces = (*document.texts(), TextPiece("change_note", document.change_note))
    for field, group in groupby(pieces, key=_row_or_field):
        if "." in field:
            yield from _row(document, field)
            continue
        for piece in group:
            yield from _rich(piece) if piece.html else _plain(piece)


def _row_or_field(piece: TextPiece) -> str:
    """Return “forms.1” for each cell of a row, so that they are taken together."""
    name, _, rest = piece.field.partition(".")
    return f"{name}.{rest.partition('.')[0]}" if rest else name


def _plain(piece: TextPiece) -> Iterator[Passage]:
    tag = "title" if piece.field in _TITLES else "p"
    for paragraph in _BLANK_LINE.split(piece.text):
        if paragraph.strip():
            yield Passage(piece.field, tag, paragraph.strip())


def _row(document: EntryDocument, field: str) -> Iterator[Passage]:
    name, _, number = field.partition(".")
    rows = getattr(document, name)
    if name == "get_help":
        # Readers meet the most urgent first, in whatever order it was typed; so do reviewers.
        order = sorted(range(len(rows)), key=lambda at: URGENCY.index(rows[at].level))
        number = str(order[int(number) - 1] + 1)
    row = rows[int(number) - 1]
    main = f"{name}.{number}.text" if hasattr(row, "text") else f"{name}.{number}"
    words = row.text if hasattr(row, "text") else "\n".join(_said(row))
    # A picture that only decorates has no words; it is shown all the same.
    words = words or getattr(row, "token", "")
    if words:
        yield Passage(main, name, words, row=row)


def _said(row: Part) -> Iterator[str]:
    """Yield the texts of a row; a choice (“upper”) is a code and no words."""
    for name, info in type(row).model_fields.items():
        value = getattr(row, name)
        pointer = name in row.unsaid or get_origin(info.annotation) is Literal
        if isinstance(value, str) and value and not pointer:
            yield value


def _rich(piece: TextPiece) -> Iterator[Passage]:
    root = lxml.html.fragment_fromstring(piece.text, create_parent="div")
    heading = ""
    for passage in _blocks(root, "p", ""):
        if passage.is_heading:
            heading = ""
        yield replace(passage, field=piece.field, heading=heading)
        if passage.is_heading:
            heading = passage.words


def _blocks(parent: lxml.html.HtmlElement, tag: str, marker: str) -> Iterator[Passage]:
    """Yield the parent's own words and the blocks inside it, in reading order.

    The paragraphs that a list item opens with are one passage; what follows a block inside it
    stands by itself.
    """
    run = _run(parent.text)
    opening = True
    for child in parent:
        block = child.tag in _BLOCKS or child.tag in HEADINGS
        if not block:
            run.append(copy.deepcopy(child))
        elif tag == "li" and child.tag == "p" and opening:
            _take_in(run, child)
        else:
            yield from _one(run, tag, marker)
            yield from _inside(child, tag)
            run, marker, opening = _run(child.tail), "", False
    yield from _one(run, tag, marker)


def _inside(child: lxml.html.HtmlElement, tag: str) -> Iterator[Passage]:
    """Yield what a block within another of this tag says."""
    if child.tag in ("ul", "ol"):
        yield from _items(child)
    elif child.tag == "table":
        yield from _table(child)
    elif child.tag == "blockquote":
        yield from _blocks(child, "blockquote", "")
    else:
        kept = "blockquote" if tag == "blockquote" and child.tag == "p" else child.tag
        yield from _one(child, kept, "")


def _run(text: str | None) -> lxml.html.HtmlElement:
    run = lxml.html.Element("div")
    run.text = text
    return run


def _take_in(run: lxml.html.HtmlElement, paragraph: lxml.html.HtmlElement) -> None:
    """Add a paragraph's content; a line break keeps it apart from the words before it."""
    own = copy.deepcopy(paragraph)
    if len(run) or (run.text or "").strip():
        apart = lxml.html.Element("br")
        apart.tail, own.text = own.text, None
        own.insert(0, apart)
    run.append(own)
    own.drop_tag()


def _items(items: lxml.html.HtmlElement) -> Iterator[Passage]:
    start = items.get("start", "1")
    first = int(start) if start.isdecimal() else 1
    for number, item in enumerate(items.iterchildren("li"), first):
        yield from _blocks(item, "li", f"{number}." if items.tag == "ol" else "•")


def _table(table: lxml.html.HtmlElement) -> Iterator[Passage]:
    for caption in table.iterchildren("caption"):
        yield from _one(caption, "caption", "")
    rows = [list(row.iterchildren("th", "td")) for row in table.iter("tr")]
    heads = [_words(cell) for cell in rows[0]] if rows and _all_heads(rows[0]) else []
    alike = bool(heads) and all(len(row) == len(heads) for row in rows)
    for row in rows[1:] if alike and len(rows) > 1 else rows:
        names = heads if alike else [""] * len(row)
        cells = tuple((name, _inner(cell)) for name, cell in zip(names, row, strict=True))
        words = "\n".join(filter(None, map(_words, row)))
        if words:
            yield Passage("", "tr", words, cells=cells)


def _all_heads(row: Iterable[lxml.html.HtmlElement]) -> bool:
    return all(cell.tag == "th" for cell in row)


def _one(element: lxml.html.HtmlElement, tag: str, marker: str) -> Iterator[Passage]:
    words = _words(element)
    if words:
        yield Passage("", tag, words, _inner(element), marker=marker)


def _words(element: lxml.html.HtmlElement) -> str:
    """Return the words of an element, those that stand for a picture included."""
    parts: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "img":
            parts.append(f" {child.get('alt') or child.get('src') or ''} ")
        else:
            parts.append(" " if child.tag in ("br", "p") else "")
            parts.append(_words(child))
        parts.append(child.tail or "")
    text = "".join(parts)
    return " ".join(text.split())


def _inner(element: lxml.html.HtmlElement) -> str:
    shell = copy.deepcopy(element)
    shell.tag, shell.tail = "div", None
    shell.attrib.clear()
    html = lxml.html.tostring(shell, encoding="unicode")
    return html.removeprefix("<div>").removesuffix("</div>").strip()
