"""A text as the reviewer reads it: its passages as readers see them, ticked and commented on."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from publishing.admin.review import columns
from publishing.claims import PageText
from publishing.documents import EntryDocument, KeyPoint
from publishing.kinds import Kind
from publishing.models import Comment, Entry, Revision
from publishing.openings import PointLine
from publishing.passages import Passage, passages_of
from publishing.words import count_words, plain_words

FOLDED = 3
"""As many passages that did not change, one after the other, as are worth folding."""

_LEVELS = {"title": 4, "h2": 5, "h3": 6, "h4": 6}


@dataclass(frozen=True)
class ShownComment:
    """A comment, and what the person at the page may do with it."""

    comment: Comment
    may_resolve: bool
    may_accept: bool


@dataclass(frozen=True)
class ShownPassage:
    """A passage with its place in the page, its comments, and whether the person has read it."""

    anchor: str
    passage: Passage
    revision: int
    html: SafeString
    counts: bool
    read: bool
    known: bool
    comments: tuple[ShownComment, ...]
    line: PointLine | None = None
    pairs: tuple[tuple[str, SafeString], ...] = ()

    @property
    def open_comments(self) -> list[ShownComment]:
        return [c for c in self.comments if c.comment.resolved_at is None]

    @property
    def closed_comments(self) -> list[ShownComment]:
        return [c for c in self.comments if c.comment.resolved_at is not None]

    @property
    def level(self) -> int:
        """The heading level on the reviewer's page; 0 for what is no heading."""
        return _LEVELS.get(self.passage.tag, 0)

    @property
    def name(self) -> str:
        """Its first words, which tell its buttons from the others'."""
        words = plain_words(self.passage.words).split()
        return " ".join(words[:6])


@dataclass(frozen=True)
class Run:
    """Passages that follow each other; ``folded`` where they were signed as they stand."""

    passages: tuple[ShownPassage, ...]
    folded: bool

    @property
    def opening(self) -> str:
        """Its first words, which tell it from the others."""
        return self.passages[0].name

    @property
    def open(self) -> bool:
        """Whether somebody waits for an answer within it."""
        return any(p.open_comments for p in self.passages)


@dataclass(frozen=True)
class ShownField:
    """The passages of one field under its name."""

    label: str
    passages: tuple[ShownPassage, ...]

    @property
    def is_title(self) -> bool:
        """Whether it is the text's own name, which needs no label."""
        return all(p.passage.tag == "title" for p in self.passages)

    @property
    def runs(self) -> list[Run]:
        """Its passages, those that were signed before apart from the others.

        A few of them take no more room than the line that unfolds them, and the heading of what
        is new stays in view.
        """
        runs: list[Run] = []
        held: tuple[ShownPassage, ...] = ()
        for known, group in groupby(self.passages, key=lambda p: p.known):
            if not known:
                runs.append(Run((*held, *group), False))
                held = ()
                continue
            signed = list(group)
            named = []
            while signed and signed[-1].passage.is_heading:
                named.insert(0, signed.pop())
            if len(signed) >= FOLDED:
                runs.append(Run(tuple(signed), True))
                held = tuple(named)
            else:
                held = (*signed, *named)
        return [*runs, Run(held, False)] if held else runs

    @property
    def to_read(self) -> list[ShownPassage]:
        return [p for p in self.passages if p.counts]


@dataclass(frozen=True)
class Text:
    """One entry's text within the page: the page itself, or something shown in it.

    ``signed`` says whether it is part of what is signed; ``counts`` whether it is to be read.
    """

    entry: Entry
    kind: Kind
    revision: Revision
    document: EntryDocument
    sources: dict[str, Any]
    signed: bool
    counts: bool

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return passages_of(self.document)

    @property
    def word_count(self) -> int:
        """The words to read."""
        return sum(count_words(p.words) for p in self.passages)

    def anchor(self, passage: Passage) -> str:
        """The id of a passage on the page; entries may share words, so it names the entry too."""
        return anchor_of(self.entry.pk, passage.digest)


def anchor_of(entry: int, digest: str) -> str:
    """Return the id of a passage of an entry on the reviewer's page."""
    return f"p{entry}-{digest[:12]}"


def show(
    text: Text,
    page_text: PageText,
    ticked: set[str],
    comments: dict[str, list[ShownComment]],
    known: Collection[str] = (),
) -> tuple[ShownField, ...]:
    """Return a text's passages by field, citations numbered as the page goes on.

    ``known`` are the digests of those that were signed as they stand.
    """
    fields = []
    for name, group in groupby(text.passages, key=lambda p: p.field.partition(".")[0]):
        shown = tuple(_shown(text, p, page_text, ticked, comments, known) for p in group)
        fields.append(ShownField(columns.field_label(text.kind, name), shown))
    return tuple(fields)


def _shown(
    text: Text, passage: Passage, page_text: PageText, ticked, comments, known
) -> ShownPassage:
    def plain(words: str) -> SafeString:
        return SafeString(str(page_text.plain(words, text.sources)).replace("\n", "<br>"))

    line, pairs, html = None, (), SafeString("")
    if isinstance(passage.row, KeyPoint):
        line = PointLine(plain(passage.row.label), plain(passage.row.text), passage.row)
    elif passage.row is not None:
        pairs = tuple(columns.pairs(text.kind, passage, plain))
    elif passage.cells:
        pairs = tuple((name, page_text.rich(cell, text.sources)) for name, cell in passage.cells)
    elif passage.html:
        html = page_text.rich(passage.html, text.sources)
    else:
        html = plain(passage.words)
    return ShownPassage(
        anchor=text.anchor(passage),
        passage=passage,
        revision=text.revision.pk,
        html=html,
        counts=text.counts and to_be_read(passage),
        read=passage.digest in ticked,
        known=passage.digest in known,
        comments=tuple(comments.get(passage.digest, ())),
        line=line,
        pairs=pairs,
    )


def to_be_read(passage: Passage) -> bool:
    """Say whether a passage is ticked off: no heading, and no mere token of a table."""
    return not passage.is_heading and bool(plain_words(passage.words).strip())
