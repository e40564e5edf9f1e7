"""What a reader asked for, as terms that either engine's full text can look for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from typing import Any

from publishing import kinds

RANKED = 2000
"""Matches that are put in order, and so may be read page by page."""

MOST_SPELLINGS = 12
"""Of a word; and as many names of a thing."""


@dataclass(frozen=True)
class Word:
    """A typed word: a text has it that has one of its spellings, or a word that ``begins`` so.

    The first spelling is the typed one.
    """

    spellings: tuple[str, ...]
    begins: str = ""


@dataclass(frozen=True)
class Term:
    """What a text must have: every word, or else one of the names, each a phrase."""

    words: tuple[Word, ...] = ()
    names: tuple[str, ...] = ()


def phrases(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the ways to write words that belong together: “vitamin D”, “omega 3”."""
    spelt = product(*(word.spellings for word in words))
    return tuple(" ".join(parts) for parts in islice(spelt, MOST_SPELLINGS))


@dataclass(frozen=True)
class Query:
    """Terms to meet at an instant: every one of them, or ``any``; in ``titles`` alone, or all.

    Their words are as the indexes hold them: see ``stems``.
    """

    terms: tuple[Term, ...]
    at: datetime
    any: bool = False
    titles: bool = False

    def words(self) -> set[str]:
        """Return every word that a text may be found by."""
        spelt = {word for term in self.terms for each in term.words for word in each.spellings}
        names = {word for term in self.terms for name in term.names for word in name.split()}
        return {*spelt, *names}


@dataclass(frozen=True)
class Part:
    """Which of the found rows are wanted, the best first: ``count`` of them from ``start`` on.

    ``kind`` and ``topic`` (a uid) narrow them by their facets, ``only`` and ``without`` by their
    keys.
    """

    kind: str = ""
    topic: str = ""
    only: tuple[int, ...] = ()
    without: tuple[int, ...] = ()
    start: int = 0
    count: int = 10

    def condition(self, key: str, facets: str) -> tuple[str, list[Any]]:
        """Return the condition in SQL, for the columns that hold key and facets."""
        parts, params = ["1 = 1"], []
        for pattern in (f"{self.kind} %" if self.kind else "", self._of_topic):
            if pattern:
                parts.append(f"{facets} LIKE %s")
                params.append(pattern)
        for words, keys in (("IN", self.only), ("NOT IN", self.without)):
            if keys:
                parts.append(f"{key} {words} ({', '.join(['%s'] * len(keys))})")
                params += keys
        return " AND ".join(parts), params

    @property
    def _of_topic(self) -> str:
        return f"% {self.topic} %" if self.topic else ""


@dataclass(frozen=True)
class Syntax:
    """How an engine writes what is asked for. What is written holds letters and digits alone."""

    all_of: str
    any_of: str
    opens: str
    closes: str
    next_to: str
    begins: str

    def write(self, query: Query) -> str:
        """Return the query for texts that meet the terms; there must be one."""
        between = self.any_of if query.any else self.all_of
        return between.join(self._term(term, self.all_of) for term in query.terms)

    def write_any(self, query: Query) -> str:
        """Return the query for texts that have any of the words or names."""
        return self.any_of.join(self._term(term, self.any_of) for term in query.terms)

    def write_words(self, query: Query) -> str:
        """Return the query for single words that are one of the words, or a part of a name."""
        begun = [word for term in query.terms for word in term.words if word.begins]
        return self._any([*map(self._phrase, sorted(query.words())), *map(self._word, begun)])

    def _term(self, term: Term, between: str) -> str:
        words = between.join(map(self._word, term.words))
        return self._any([words and f"({words})", *map(self._phrase, term.names)])

    def _word(self, word: Word) -> str:
        begins = f"{self._phrase(word.begins)}{self.begins}" if word.begins else ""
        return self._any([*map(self._phrase, word.spellings), begins])

    def _phrase(self, words: str) -> str:
        return f"{self.opens}{words.replace(' ', self.next_to)}{self.closes}"

    def _any(self, written: list[str]) -> str:
        return f"({self.any_of.join(filter(None, written))})"


def preference(facets: str, step: float) -> str:
    """Return a factor in SQL for the kind in a column of facets: a step more for each preferred.

    Where nothing is preferred it is 1; it is for statements with parameters.
    """
    steps = "".join(
        f" WHEN {facets} LIKE '{kind.name} %%' THEN {1 + kind.found_first * step}"
        for kind in kinds.every()
        if kind.found_first
    )
    return f"(CASE{steps} ELSE 1 END)" if steps else "1"


Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """A row that was found, and where in its title and passages the words stand.

    ``title`` is the first of its names; ``text`` is its summary and body, a passage a line.
    """

    edition: int
    title: str
    text: str
    anchors: str
    title_marks: Marks
    text_marks: Marks
