"""Claims beside their sources: what a reviewer checks before signing.

Citations belong to a floor above. It registers a ``Library`` here, as kinds and sources do.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString

from publishing.documents import EntryDocument, KeyPoint
from publishing.passages import Passage
from publishing.words import WORDS_A_MINUTE

MINUTES_A_CLAIM = 1
"""The house's own measure: to hold one sentence against the words of its source."""

# A sentence ends at a mark before a space, outside brackets; a citation behind it belongs to it.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?!\[)(?![^\[\]]*\])|\n+")

Frozen = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """What supports a claim. ``words`` are at most 50 of the source's own, for staff alone.

    ``name`` tells it from others in a few words (“Smith, 2020”); ``url`` is where it is found.
    """

    key: str
    name: str
    url: str = ""
    locator: str = ""
    words: str = ""
    reading: str = ""
    standing: str = ""


class PageText(Protocol):
    """The texts of one page, citations numbered in reading order."""

    def plain(self, text: str, sources: Frozen) -> SafeString: ...
    def rich(self, html: str, sources: Frozen) -> SafeString: ...
    def sources(self) -> list[Any]: ...


class _Unnumbered:
    """Texts as they are, where no app knows citations."""

    def plain(self, text: str, sources: Frozen) -> SafeString:
        return escape(text)

    def rich(self, html: str, sources: Frozen) -> SafeString:
        return SafeString(html)

    def sources(self) -> list[Any]:
        return []


@dataclass(frozen=True)
class Library:
    """What the floor of references lends: the keys that a plain text cites, and what they mean.

    ``look_up`` takes the frozen sources of several texts and returns one dictionary for each, by
    key; it may ask the database once for all of them. ``says_retracted`` takes a text with its
    frozen sources and a source's uid: whether it cites it only to say that it was retracted.
    """

    keys: Callable[[str], tuple[str, ...]]
    look_up: Callable[[Sequence[Frozen]], list[dict[str, Source]]]
    page_text: Callable[[], PageText]
    says_retracted: Callable[[EntryDocument, Frozen, str], bool]


_library = [
    Library(
        keys=lambda text: (),
        look_up=lambda many: [{} for _each in many],
        page_text=_Unnumbered,
        says_retracted=lambda document, sources, source: False,
    )
]


def register(library: Library) -> None:
    """Make the library known; the last one registered answers."""
    _library[:] = [library]


def library() -> Library:
    """Return the registered library, or one that knows no citation."""
    return _library[0]


@dataclass(frozen=True)
class Claim:
    """A key point, or a sentence that cites; ``unknown`` are keys that the library has not."""

    passage: Passage
    words: str
    sources: tuple[Source, ...]
    unknown: tuple[str, ...] = ()

    @property
    def point(self) -> KeyPoint | None:
        """The key point that it is, with its certainty."""
        return self.passage.row if isinstance(self.passage.row, KeyPoint) else None

    @property
    def alarming(self) -> bool:
        """Whether one of its sources was retracted, is doubted, or is not in the library."""
        return bool(self.unknown) or any(source.standing for source in self.sources)

    @property
    def reason(self) -> str:
        """Why the certainty is what it is, without its full stop: a template adds one."""
        return self.point.certainty_reason.rstrip(". ") if self.point else ""

    @property
    def study_design(self) -> str:
        """The design of the studies, without a full stop."""
        return self.point.study_design.rstrip(". ") if self.point else ""


def claims_of(passages: Iterable[Passage], known: dict[str, Source]) -> Iterator[Claim]:
    """Yield every key point, and every other sentence that cites a source."""
    for passage in passages:
        whole = isinstance(passage.row, KeyPoint)
        for sentence in [passage.words] if whole else sentences(passage.words):
            keys = library().keys(sentence)
            if keys or whole:
                yield Claim(
                    passage,
                    sentence,
                    tuple(known[key] for key in keys if key in known),
                    tuple(key for key in keys if key not in known),
                )


def sentences(words: str) -> list[str]:
    """Split a plain text into sentences; each keeps the citations that follow its full stop."""
    return [part.strip() for part in _SENTENCE_END.split(words) if part.strip()]


def review_minutes(words: int, claims: int) -> int:
    """Return about how long a review takes: reading time and a minute a new claim, at least 1.

    A claim that reads as it did when it was last signed is checked as it is read.
    """
    return max(1, math.ceil(words / WORDS_A_MINUTE + claims * MINUTES_A_CLAIM))
