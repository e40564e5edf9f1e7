"""A rich text as a tree of blocks with words in them. Takes what ``richtext.clean`` returned."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from publishing.comparing.words import (
    Format,
    Word,
    html_of,
    shared_length,
    split,
    without_first_gap,
)
from publishing.richtext.allowlist import INLINE

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>|([^<]+)')


@dataclass(frozen=True)
class Leaf:
    """The words that stand in a block, between two of its blocks."""

    words: tuple[Word, ...]

    @property
    def sort(self) -> tuple[str, str]:
        """What a leaf can be paired with: any other leaf."""
        return ("", "")

    @cached_property
    def html(self) -> str:
        return html_of(self.words)

    @cached_property
    def said(self) -> frozenset[str]:
        """The words without their formats, to tell how alike two blocks are."""
        return frozenset(word.text for word in self.words)


@dataclass(frozen=True)
class Block:
    """A block with its attributes as written, and what stands inside it."""

    tag: str
    attributes: str = ""
    children: list["Block | Leaf"] = field(default_factory=list)

    @property
    def sort(self) -> tuple[str, str]:
        """What a block can be paired with: one of the same tag and attributes."""
        return (self.tag, self.attributes)

    @cached_property
    def html(self) -> str:
        inner = "".join(child.html for child in self.children)
        return f"<{self.tag}{self.attributes}>{inner}</{self.tag}>"

    @cached_property
    def said(self) -> frozenset[str]:
        return frozenset().union(*(child.said for child in self.children))


Node = Block | Leaf


def parse(html: str) -> list[Node]:
    """Return the blocks of a clean text."""
    reader = _Reader()
    for closing, tag, attributes, text in _TOKEN.findall(html):
        if text:
            reader.text(text)
        elif tag in INLINE:
            reader.format(tag, attributes, closing=bool(closing))
        elif tag in ("br", "img"):
            reader.add([Word(f"<{tag}{attributes}>", tuple(reader.formats), "")], "")
        elif closing:
            reader.end()
        else:
            reader.start(tag, attributes)
    reader.flush()
    return reader.opened[0].children


class _Reader:
    def __init__(self) -> None:
        self.opened = [Block("")]
        self.formats: list[Format] = []
        self.words: list[Word] = []
        self.gap = ""
        self.going_on = 0

    def text(self, escaped: str) -> None:
        self.add(*split(escaped, tuple(self.formats)))

    def add(self, found: list[Word], after: str) -> None:
        """Add words; white space at the end of one piece of text stands before the next one."""
        if found:
            self.words.append(self._first(found[0]))
            self.words += found[1:]
            self.gap = ""
            self.going_on = len(self.formats)
        self.gap += after

    def _first(self, word: Word) -> Word:
        before = self.words[-1].formats if self.words else ()
        begun_again = shared_length(before, word.formats) > self.going_on
        continued = self.going_on if begun_again else word.continued
        return word._replace(gap=self.gap + word.gap, continued=continued)

    def format(self, tag: str, attributes: str, *, closing: bool) -> None:
        if closing:
            self.formats.pop()
            self.going_on = min(self.going_on, len(self.formats))
        else:
            self.formats.append((tag, attributes))

    def start(self, tag: str, attributes: str) -> None:
        self.flush()
        block = Block(tag, attributes)
        self.opened[-1].children.append(block)
        self.opened.append(block)

    def end(self) -> None:
        self.flush()
        self.opened.pop()

    def flush(self) -> None:
        if self.words:
            self.opened[-1].children.append(Leaf(tuple(without_first_gap(self.words))))
        self.words = []
        self.gap = ""
