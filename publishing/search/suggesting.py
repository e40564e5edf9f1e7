"""What is suggested to somebody who is still typing."""

from collections import Counter
from datetime import datetime

from publishing import kinds
from publishing.models import Edition
from publishing.search import reading
from publishing.search.asked import Part, Query
from publishing.search.engines import index
from publishing.search.known import known

SUGGESTED = 8
OF_ONE_KIND = 3
"""Suggestions of a kind that stand before those of other kinds."""

# Among so many there are other kinds, where there are any.
_LOOKED_AT = 40


def suggest(text: str, at: datetime) -> list[Edition]:
    """Return the live editions, best first, whose title or other name has what is being typed.

    Those of that very name come first.
    """
    words = reading.typed(text).words
    if not words:
        return []
    named = reading.names_in(words, at).exact[:OF_ONE_KIND]
    query = Query(reading.terms_being_typed(words, known(words)), at, titles=True)
    keys = index().ranked(query, Part(without=named, count=_LOOKED_AT))
    editions = Edition.objects.select_related("entry").in_bulk([*named, *keys])
    first = sorted((editions[key] for key in named), key=_preferred)
    return _mixed([*first, *(editions[key] for key in keys)])[:SUGGESTED]


def _preferred(edition: Edition) -> int:
    return -kinds.of(edition.entry).found_first


def _mixed(editions: list[Edition]) -> list[Edition]:
    """Move what is too much of one kind behind the others."""
    first: list[Edition] = []
    others: list[Edition] = []
    of_kind: Counter[str] = Counter()
    for edition in editions:
        of_kind[edition.entry.kind] += 1
        (first if of_kind[edition.entry.kind] <= OF_ONE_KIND else others).append(edition)
    return first + others
