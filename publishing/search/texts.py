"""From a Document to the row that is searched: its names, its passages and where each stands."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from publishing import prose, richtext
from publishing.documents import EntryDocument, TextPiece
from publishing.kinds import Kind
from publishing.models import Edition, SearchName, SearchText, SearchWord
from publishing.search.words import MOST_LETTERS, spelling, words_in
from publishing.words import plain_words

MOST_CHARACTERS = 200_000
"""Of a text; PostgreSQL's vector of a word list has an end too."""

MOST_TOPICS = 50
"""That a text is found by; an index of PostgreSQL takes no longer rows."""

_SUMMARIES = frozenset({"quick_summary", "definition"})
_HEADING = re.compile(r'<h[234] id="([^"]*)">')
_NAME_LENGTH = SearchName._meta.get_field("words").max_length

Passage = tuple[str, str]
"""The anchor of the section, "" at the top of the page, and the words as one line."""


def row_of(edition: Edition, document: EntryDocument, kind: Kind) -> SearchText:
    """Return the row of an edition, unsaved. What it embeds has rows of its own."""
    names = names_of(document)
    pieces = [piece for piece in document.texts() if piece.text not in names and not _names(piece)]
    summary = _passages(piece for piece in pieces if piece.field in _SUMMARIES)
    body = _passages(piece for piece in pieces if piece.field not in _SUMMARIES)
    topics = getattr(document, "topics", ())[:MOST_TOPICS]
    return SearchText(
        edition=edition,
        language=document.language,
        title="\n".join(names),
        summary="\n".join(words for _anchor, words in summary),
        body="\n".join(words for _anchor, words in body),
        anchors="\n".join(anchor for anchor, _words in [*summary, *body]),
        facets="".join(f"{word} " for word in (kind.name, *topics)),
    )


def names_of(document: EntryDocument) -> tuple[str, ...]:
    """Return a Document's title and the other names it gives."""
    return (document.display_title, *getattr(document, "other_names", ()))


def name_rows(edition: Edition, document: EntryDocument) -> Iterator[SearchName]:
    """Yield a row for each name of an edition, unsaved."""
    for name in names_of(document):
        yield SearchName(edition=edition, words=name_key(words_in(name)), name=name)


def name_key(words: list[str]) -> str:
    """Return words as names are compared."""
    return " ".join(map(spelling, words))[:_NAME_LENGTH]


def word_rows(texts: list[SearchText]) -> list[SearchWord]:
    """Return a row for each distinct word of some texts, unsaved, in order."""
    found: set[str] = set()
    for text in texts:
        for part in (text.title, text.summary, text.body):
            found.update(words_in(part))
    return [
        SearchWord(word=word, spelling=spelling(word)[:MOST_LETTERS])
        for word in sorted(found)
        if 1 < len(word) <= MOST_LETTERS and not word.isdecimal()
    ]


def _names(piece: TextPiece) -> bool:
    return piece.field.partition(".")[0] == "other_names"


def _passages(pieces: Iterable[TextPiece]) -> list[Passage]:
    kept, left = [], MOST_CHARACTERS
    for anchor, words in chain.from_iterable(map(_lines, pieces)):
        left -= len(words)
        if left < 0:
            break
        kept.append((anchor, words))
    return kept


def _lines(piece: TextPiece) -> Iterator[Passage]:
    anchor = piece.field.partition(".")[0].replace("_", "-")
    anchor = anchor if anchor in prose.PAGE_ANCHORS else ""
    if not piece.html:
        yield from _said(anchor, piece.text.split("\n"))
    elif anchor:
        yield from _said(anchor, _blocks(piece.text))
    else:
        before, *sections = _HEADING.split(
            richtext.with_heading_anchors(piece.text, prose.PAGE_ANCHORS)
        )
        yield from _said("", _blocks(before))
        for heading, rest in zip(sections[::2], sections[1::2], strict=True):
            yield from _said(heading, _blocks(f"<h2>{rest}"))


def _blocks(html: str) -> list[str]:
    return [block.text for block in richtext.blocks(html)]


def _said(anchor: str, texts: list[str]) -> Iterator[Passage]:
    for text in texts:
        words = " ".join(plain_words(text).split())
        if words:
            yield anchor, words
