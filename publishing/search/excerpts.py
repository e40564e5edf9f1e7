"""The passage of a text that answers best, with the found words marked."""

import re
from dataclasses import dataclass

from publishing.search.asked import Hit, Marks

LENGTH = 220
"""Characters of an excerpt, about: it ends with a word."""

_BEFORE = 60
_HEADING = 60
"""Characters of a passage that can hardly stand alone: what follows is added."""


_ENDED = re.compile(r"""[.!?…][)\]"'”’»]*\s*\Z""")


@dataclass(frozen=True)
class Piece:
    """A piece of a text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Excerpt:
    """A passage: the anchor and heading of its section ("" at the top of the page), its words."""

    anchor: str
    heading: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Line:
    text: str
    anchor: str
    marks: Marks

    @property
    def worth(self) -> int:
        """How many different words were found in it."""
        return len({self.text[start:end].lower() for start, end in self.marks})


def title_of(hit: Hit) -> tuple[Piece, ...]:
    """Return a row's title in pieces."""
    return tuple(_pieces(hit.title, hit.title_marks))


def excerpt_of(hit: Hit) -> Excerpt:
    """Return the passage with the most of the found words; the first one where none has any."""
    lines = _lines(hit)
    if not lines:
        return Excerpt("", "", ())
    at = max(range(len(lines)), key=lambda place: (lines[place].worth, -place))
    line = lines[at]
    text, marks = line.text, line.marks
    following = lines[at + 1] if at + 1 < len(lines) else None
    if len(text) < _HEADING and following is not None and following.anchor == line.anchor:
        shift = len(text) + 1
        marks += tuple((start + shift, end + shift) for start, end in following.marks)
        text = f"{text} {following.text}"
    heading = next(each.text for each in lines if each.anchor == line.anchor)
    return Excerpt(line.anchor, heading if line.anchor else "", tuple(_cut(text, marks)))


def _lines(hit: Hit) -> list[_Line]:
    lines = []
    start = 0
    for text, anchor in zip(hit.text.split("\n"), hit.anchors.split("\n"), strict=False):
        end = start + len(text)
        own = ((s - start, e - start) for s, e in hit.text_marks if start <= s and e <= end)
        if text:
            lines.append(_Line(text, anchor, tuple(own)))
        start = end + 1
    return lines


def _cut(text: str, marks: Marks) -> list[Piece]:
    """Return about LENGTH characters round the first mark, whole words, in pieces."""
    first = marks[0][0] if marks else 0
    start = text.rfind(" ", 0, max(first - _BEFORE, 0)) + 1 if first > LENGTH - _BEFORE else 0
    end = len(text)
    if end - start > LENGTH:
        end = max(text.rfind(" ", start, start + LENGTH), first + 1)
    inside = tuple((s - start, e - start) for s, e in marks if start <= s and e <= end)
    pieces = _pieces(text[start:end], inside)
    before = [Piece("… ")] if _is_within(text[:start], text[start:]) else []
    after = [Piece(" …")] if end < len(text) else []
    return [*before, *pieces, *after]


def _is_within(before: str, text: str) -> bool:
    """Say whether a text begins within a sentence: after words of it, or as an item of a list."""
    if before:
        return not _ENDED.search(before)
    return next(filter(str.isalpha, text), "").islower()


def _pieces(text: str, marks: Marks) -> list[Piece]:
    pieces = []
    at = 0
    for start, end in marks:
        pieces += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
        at = end
    pieces.append(Piece(text[at:]))
    return [piece for piece in pieces if piece.text]
