"""What a word that no live page has may have been meant to be: one letter is wrong."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from string import ascii_lowercase, digits

from publishing.models import SearchWord
from publishing.search.asked import Part, Query, Term, Word
from publishing.search.engines import index
from publishing.search.stems import is_english, looked_for
from publishing.search.words import words_in

_SHORTEST, _LONGEST = 4, 30
"""Letters. Of two hundred, the words that are one letter off are fifteen thousand."""

_MOST_UNKNOWN = 3
_MOST_TRIED = 8
_LOOKED_AT = 5
"""Pages that are looked at for the accents of a word."""


def corrected(
    words: Sequence[str], at: datetime, spoken: Sequence[str], is_met: Callable[[Query], bool]
) -> tuple[str, ...]:
    """Return the words with those put right that no live page has; () where none could be.

    What is put right has the accents that pages give it. Several such words are no slip of the
    finger. ``is_met`` says whether a page that is live in
    one of the ``spoken`` languages meets a query.
    """
    unknown = [
        word
        for word in dict.fromkeys(words)
        if _SHORTEST <= len(word) <= _LONGEST and not is_met(_for(word, at, spoken))
    ]
    if len(unknown) > _MOST_UNKNOWN:
        return ()
    better = {word: _best(word, at, spoken) for word in unknown}
    meant = tuple(better.get(word) or word for word in words)
    return () if meant == tuple(words) else meant


def _best(word: str, at: datetime, spoken: Sequence[str]) -> str:
    """Return the word at a distance of one (Damerau, Levenshtein) that most live pages have."""
    near = SearchWord.objects.filter(word__in=set(_one_off(word))).values_list("word", flat=True)
    # The first letter is seldom the wrong one.
    tried = sorted(near, key=lambda each: (each[0] != word[0], each))[:_MOST_TRIED]
    counted = {each: index().count_live(_for(each, at, spoken)) for each in tried}
    best = max(tried, key=counted.__getitem__, default="")
    return _as_written(best, at, spoken) if best and counted[best] else ""


def _as_written(word: str, at: datetime, spoken: Sequence[str]) -> str:
    """Return a word with the accents that the first pages to have it give it."""
    if all(map(is_english, spoken)):
        return word
    query = _for(word, at, spoken)
    keys = index().ranked(query, Part(count=_LOOKED_AT))
    hits = index().marked(query, keys) if keys else []
    places = ((hit.title, hit.title_marks) for hit in hits)
    inside = ((hit.text, hit.text_marks) for hit in hits)
    found = (text[start:end] for text, marks in chain(places, inside) for start, end in marks)
    return next((each.lower() for each in found if words_in(each) == [word]), word)


def _for(word: str, at: datetime, spoken: Sequence[str]) -> Query:
    return Query(looked_for([Term((Word((word,)),))], spoken), at)


def _one_off(word: str) -> Iterator[str]:
    letters = {*ascii_lowercase, *digits, *word}
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        for letter in letters:
            yield f"{before}{letter}{after}"
            if after:
                yield f"{before}{letter}{after[1:]}"
        if after:
            yield f"{before}{after[1:]}"
        if len(after) > 1:
            yield f"{before}{after[1]}{after[0]}{after[2:]}"
