"""Answering a search."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from publishing import kinds, languages
from publishing.kinds import Kind
from publishing.models import Edition, Topic
from publishing.search import corrections, reading
from publishing.search.asked import RANKED, Part, Query
from publishing.search.engines import index
from publishing.search.excerpts import Excerpt, Piece, excerpt_of, title_of
from publishing.search.known import known
from publishing.search.words import words_in

PER_PAGE = 10
NEAREST = 5
_PINNED = 3


@dataclass(frozen=True)
class Result:
    """A page that was found, and the passage of it that answers best."""

    edition: Edition
    kind: Kind
    title: tuple[Piece, ...]
    excerpt: Excerpt

    @property
    def address(self) -> str:
        """Where the passage stands."""
        anchor = self.excerpt.anchor
        return f"{self.edition.path}#{anchor}" if anchor else self.edition.path


@dataclass(frozen=True)
class Facet:
    """A kind or a topic of what was found, and how many pages choosing it would show."""

    of: Kind | Topic
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Found:
    """What a search found.

    ``words`` are what was looked for, none where nothing was, ``said`` the same as typed; ``cut``
    says that more was typed. ``total`` counts the pages of the chosen kind and topic, ``anywhere``
    all of them. Where no page has every word, ``put_right`` says that these have those of
    ``did_you_mean``, or else ``some_words`` that they have some. ``unknown`` says that there is no
    such kind or topic, and that nothing was narrowed.
    """

    words: tuple[str, ...]
    said: str = ""
    cut: bool = False
    total: int = 0
    anywhere: int = 0
    some_words: bool = False
    unknown: bool = False
    page: int = 1
    results: tuple[Result, ...] = ()
    kinds: tuple[Facet, ...] = ()
    topics: tuple[Facet, ...] = ()
    did_you_mean: str = ""
    put_right: bool = False

    @property
    def nowhere(self) -> bool:
        """Whether no page has any of the words as they were typed."""
        return self.put_right or not self.anywhere

    @property
    def missed(self) -> bool:
        """Whether no page has every word, and nobody may have mistyped any."""
        some = self.anywhere and not self.some_words
        return bool(self.words) and not (some or self.did_you_mean or self.cut)

    @property
    def first(self) -> int:
        """The place of the first result among all."""
        return (self.page - 1) * PER_PAGE + 1

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return max(1, -(-min(self.total, RANKED) // PER_PAGE))


@dataclass(frozen=True)
class _Read:
    """What typed words ask for, the first editions that bear their very name, and its languages."""

    query: Query
    pinned: tuple[int, ...]
    spoken: tuple[str, ...]


@dataclass(frozen=True)
class Nearest:
    """What the words of an address find."""

    words: str = ""
    results: tuple[Result, ...] = ()


def find(text: str, at: datetime, *, kind: str = "", topic: str = "", page: int = 1) -> Found:
    """Return a page of what readers find at an instant, now or later, for whatever they typed.

    ``kind`` is the name of a kind, ``topic`` the slug of a topic; what is unknown narrows nothing.
    """
    typed = reading.typed(text)
    if not typed.words:
        return Found((), cut=typed.cut)
    topics = list(Topic.objects.all())
    part = Part(
        kind=kind if kind in {each.name for each in kinds.every()} else "",
        topic=next((str(each.uid) for each in topics if each.slug == topic), ""),
    )
    asked = _read(typed.words, at)
    query = asked.query
    groups, keys = _answer(query, part, asked.pinned, page)
    meant, put_right = "", False
    if not groups:
        is_met = cache(_is_met)  # both ask about the words that were typed right
        meant = typed.said(corrections.corrected(typed.words, at, asked.spoken, is_met))
        if meant:
            better = _read(reading.typed(meant).words, at)
            query = better.query
            groups, keys = _answer(query, part, better.pinned, page)
            put_right = bool(groups)
        if not groups:
            query = _loosened(query, is_met)
            groups, keys = _answer(query, part, (), page)
    return Found(
        typed.words,
        typed.said(),
        cut=typed.cut,
        some_words=query.any and bool(groups),
        unknown=(part.kind, bool(part.topic)) != (kind, bool(topic)),
        page=page,
        did_you_mean=meant,
        put_right=put_right,
        results=_results(query, keys),
        **_counted(groups, part, topics),
    )


def has_all(text: str, at: datetime) -> bool:
    """Say whether a page in the active language has every word of whatever was typed."""
    words = reading.typed(text).words
    return bool(words) and _is_met(_read(words, at).query)


def _read(words: Sequence[str], at: datetime) -> _Read:
    names, texts = reading.names_in(words, at), known(words)
    terms = reading.terms_of(words, names, texts)
    return _Read(Query(terms, at), names.exact[:_PINNED], texts.spoken)


def nearest(path: str, at: datetime) -> Nearest:
    """Return the pages that are nearest to the words of an address that leads nowhere."""
    lists = {word for kind in kinds.every() for word in words_in(kind.list_path)}
    words = [word for word in reading.typed(languages.plain(path)).words if word not in lists]
    if not words:
        return Nearest()
    asked = _read(words, at)
    query = asked.query
    _groups, keys = _answer(query, Part(), asked.pinned, 1)
    if not keys:
        query = _loosened(query, _is_met)
        _groups, keys = _answer(query, Part(), (), 1)
    return Nearest(" ".join(words), _results(query, keys[:NEAREST]))


def _answer(
    query: Query, part: Part, exact: tuple[int, ...], page: int
) -> tuple[dict[str, int], list[int]]:
    """Return the counts by facets and a page's keys; those that bear the very name come first."""
    if not query.terms:
        return {}, []
    pinned = index().ranked(query, replace(part, only=exact)) if exact else []
    start = min(page - 1, RANKED) * PER_PAGE
    first = pinned[start : start + PER_PAGE]
    rest = replace(
        part,
        without=tuple(pinned),
        start=max(0, start - len(pinned)),
        count=PER_PAGE - len(first),
    )
    groups, keys = index().answer(query, rest)
    return groups, [*first, *keys]


def _is_met(query: Query) -> bool:
    return index().count_live(query, 1) > 0


def _loosened(query: Query, is_met: Callable[[Query], bool]) -> Query:
    """Return the query for any of the terms, without those that would find nearly everything."""
    if len(query.terms) == 1:
        return replace(query, terms=())
    alone = {term: replace(query, terms=(term,)) for term in query.terms}
    known = [term for term in query.terms if is_met(alone[term])]
    rare = [term for term in known if index().count(alone[term]) <= RANKED]
    return replace(query, terms=tuple(rare or known), any=True)


def _results(query: Query, keys: list[int]) -> tuple[Result, ...]:
    hits = index().marked(query, keys) if keys else []
    readable = Edition.objects.filter(pk__in=keys, revision__payload__text__isnull=False)
    editions = readable.select_related("entry").in_bulk()
    return tuple(
        Result(edition, kinds.of(edition.entry), title_of(hit), excerpt_of(hit))
        for hit in hits
        if (edition := editions.get(hit.edition)) is not None
    )


def _counted(groups: dict[str, int], part: Part, topics: list[Topic]) -> dict:
    """Return the totals and facets; a facet counts what it would show if it were chosen alone."""
    of_kind, of_topic, total = Counter(), Counter(), 0
    for facets, count in groups.items():
        kind, *uids = facets.split()
        right_kind = part.kind in ("", kind)
        right_topic = not part.topic or part.topic in uids
        of_kind[kind] += count * right_topic
        of_topic.update(dict.fromkeys(uids, count * right_kind))
        total += count * (right_kind and right_topic)
    return {
        "total": total,
        "anywhere": sum(groups.values()),
        "kinds": tuple(
            Facet(kind, of_kind[kind.name], kind.name == part.kind)
            for kind in kinds.every()
            if of_kind[kind.name] or kind.name == part.kind
        ),
        "topics": tuple(
            Facet(topic, of_topic[str(topic.uid)], str(topic.uid) == part.topic)
            for topic in topics
            if of_topic[str(topic.uid)] or str(topic.uid) == part.topic
        ),
    }
