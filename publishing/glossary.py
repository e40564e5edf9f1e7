"""Words that the glossary explains: which are live, and where a page's texts first use them.

Kinds with the flag ``EXPLAINS`` have names and a definition. What a page is marked with is read
from their live editions: one narrow query a page, and the texts once a process by their digest.
"""

import html as html_module
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from publishing import kinds
from publishing.documents import EntryDocument, load_payload
from publishing.models import Edition, RevisionPayload

# Readers meet these as they are: a mark inside would break a link, or change what is named.
LEFT_ALONE = frozenset(
    {"a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "sup", "sub", "th", "caption"}
)

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:[^<>\"]|\"[^\"]*\")*>", re.IGNORECASE)
# What stands between the words of a name: never a blank line, which divides paragraphs.
_SPACE = re.compile(r"(?:(?!\n\s*\n)\s|&nbsp;)+")
_RUN = re.compile(r"&#?\w+;|\w+")
# A hyphen or an apostrophe joins words; an entity is no word.
_START = re.compile(r"(?<!\w)(?<!\w[-‐‑'’])\w")
_END = r"(?!\w)(?![-‐‑'’]\w)"


class Row(NamedTuple):
    """A live edition of a kind that explains, by what never changes of it."""

    uid: UUID
    kind: str
    path: str
    digest: str
    saved: datetime


@dataclass(frozen=True)
class Word:
    """A term: its Document with ``names`` and ``definition``, and the page that says more.

    ``saved`` is when its text was; None for one that was never.
    """

    uid: UUID
    path: str
    document: EntryDocument
    sources: dict[str, Any]
    saved: datetime | None = None


@dataclass(frozen=True)
class Name:
    """One name of a term, as it stands in HTML."""

    written: str
    word: Word

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when a text may hold it: most texts hold few of a glossary's names."""
        spaced = _SPACE.pattern.join(map(re.escape, self.written.split(" ")))
        return re.compile(spaced + _END, re.IGNORECASE)

    def at(self, text: str, start: int) -> re.Match[str] | None:
        """Return where it stands at a place of a text; capitals of an abbreviation must agree."""
        found = self.pattern.match(text, start)
        if found is None:
            return None
        pairs = zip(_SPACE.split(self.written), _SPACE.split(found[0]), strict=True)
        alike = all(own == said for own, said in pairs if _is_short(own) or _is_short(said))
        return found if alike else None


class Vocabulary:
    """Terms by their names, each found by its folded words: a text is gone through once."""

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self.words = {word.uid: word for word in words}
        self._names: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.words.values():
            for name in word.document.names:
                written = html_module.escape(" ".join(name.split()), quote=False)
                runs = tuple(run[0].casefold() for run in _runs(written))
                if _START.match(written):
                    self._names[runs].append(Name(written, word))
                    lengths[runs[0]].add(len(runs))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, text: str, language: str) -> Iterator[tuple[int, int, Word]]:
        """Yield where names in a language stand in escaped text without tags.

        Whole words only, the longest first.
        """
        runs = _runs(text)
        folded = [run[0].casefold() for run in runs]
        end = 0
        for at, run in enumerate(runs):
            start = run.start()
            if start < end or folded[at] not in self._lengths or not _START.match(text, start):
                continue
            for name in self._beginning(folded, at, language):
                if (found := name.at(text, start)) is not None:
                    end = found.end()
                    yield start, end, name.word
                    break

    def _beginning(self, folded: list[str], at: int, language: str) -> Iterator[Name]:
        """Yield the names whose words stand from a place on, those of most words first."""
        # Here, since a name may be the same in two languages.
        for length in self._lengths[folded[at]]:
            for name in self._names.get(tuple(folded[at : at + length]), ()):
                if name.word.document.language == language:
                    yield name


NOTHING = Vocabulary()


@dataclass
class UsedWord:
    """A term that a page uses: its place in the page's list, and the ids of its marks."""

    number: int
    word: Word
    anchor: str = field(init=False)
    first_use: str = field(init=False)

    def __post_init__(self) -> None:
        self.anchor, self.first_use = f"word-{self.number}", f"use-{self.number}"


class Marks:
    """Marks the words of one page, text by text in reading order: once a section and term.

    A section begins with each H2. ``without`` is the term whose own page it is; only terms in the
    page's ``language`` are marked.
    """

    def __init__(
        self,
        vocabulary: Vocabulary = NOTHING,
        without: UUID | None = None,
        language: str = "en",
    ) -> None:
        self._vocabulary = vocabulary
        self._without, self._language = without, language
        self._used: dict[UUID, UsedWord] = {}
        self._in_section: set[UUID] = set()

    @property
    def used(self) -> tuple[UsedWord, ...]:
        """The terms that were marked, in the order of their first use."""
        return tuple(self._used.values())

    @contextmanager
    def section(self) -> Iterator[None]:
        """Take what is marked inside as a section within another, which goes on after it."""
        around, self._in_section = self._in_section, set()
        try:
            yield
        finally:
            self._in_section = around

    def mark(self, html: str) -> str:
        """Return sanitised HTML with links to the list of terms; its words stay as they are."""
        pieces: list[str] = []
        at, shut = 0, 0
        for tag in _TAG.finditer(html):
            text = html[at : tag.start()]
            pieces += [text if shut else self._marked(text), tag[0]]
            at, name = tag.end(), tag[2].lower()
            if name in LEFT_ALONE:
                shut = max(0, shut + (-1 if tag[1] else 1))
            if name == "h2" and not tag[1]:
                self._in_section.clear()
        return "".join([*pieces, html[at:] if shut else self._marked(html[at:])])

    def _marked(self, text: str) -> str:
        pieces: list[str] = []
        at = 0
        for start, end, word in self._vocabulary.find(text, self._language):
            if word.uid in self._in_section or word.uid == self._without:
                continue
            self._in_section.add(word.uid)
            pieces += [text[at:start], self._link(word, text[start:end])]
            at = end
        return "".join([*pieces, text[at:]])

    def _link(self, word: Word, said: str) -> str:
        place = ""
        if word.uid not in self._used:
            self._used[word.uid] = UsedWord(len(self._used) + 1, word)
            place = f' id="{self._used[word.uid].first_use}"'
        return f'<a class="term" href="#{self._used[word.uid].anchor}"{place}>{said}</a>'


def live(at: datetime, read_at: datetime | None = None) -> Vocabulary:
    """Return the terms that are live at an instant: one narrow query once their texts are known.

    Who reads them at a later one (``read_at``) gets none that was withdrawn by then for a legal
    reason.
    """
    explaining = [kind.name for kind in kinds.every() if kinds.EXPLAINS in kind.flags]
    held = Edition.objects.live(at).filter(entry__kind__in=explaining)
    held = held.public(read_at) if read_at else held
    held = held.filter(revision__payload__text__isnull=False).order_by("path")
    found = held.values_list(
        "entry__uid", "entry__kind", "path", "revision__digest", "revision__at"
    )
    return _vocabulary(tuple(map(Row._make, found)))


@lru_cache(maxsize=8)
def _vocabulary(rows: tuple[Row, ...]) -> Vocabulary:
    """Read the texts of some terms, once a process: what a digest says never changes."""
    if not rows:
        return NOTHING
    kind_of = {row.digest: kinds.get(row.kind) for row in rows}
    payloads = RevisionPayload.objects.filter(revision__digest__in=kind_of, text__isnull=False)
    texts = {
        digest: load_payload(kind_of[digest].document, text)
        for digest, text in payloads.values_list("revision__digest", "text")
    }
    known = (row for row in rows if row.digest in texts)  # one may be redacted meanwhile
    return Vocabulary(Word(row.uid, row.path, *texts[row.digest], row.saved) for row in known)


def _runs(text: str) -> list[re.Match[str]]:
    return [run for run in _RUN.finditer(text) if run[0] != "&nbsp;"]


def _is_short(word: str) -> bool:
    """Say whether a word is an abbreviation: RDA, mRNA, 25(OH)D, the D of vitamin D."""
    letters = [sign for sign in word if sign.isalpha()]
    if len(letters) == 1:
        return letters[0].isupper()
    return any(sign.isupper() for sign in letters[1:])
