"""What a word that no live page has may have been meant to be: one letter is wrong."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from string import ascii_lowercase, digits

from publishing.models import SearchWord
from publishing.search.asked import Query, Term, Word
from publishing.search.engines import index
from publishing.search.stems import looked_for

_SHORTEST = 4
_MOST_UNKNOWN = 3
_MOST_TRIED = 8


def corrected(
    words: Sequence[str], at: datetime, spoken: Sequence[str], is_met: Callable[[Query], bool]
) -> tuple[str, ...]:
    """Return the words with those put right that no live page has; () where none could be.

    Several such words are no slip of the finger. ``is_met`` says whether a page that is live in
    one of the ``spoken`` languages meets a query.
    """
    unknown = [
        word
        for word in dict.fromkeys(words)
        if len(word) >= _SHORTEST and not is_met(_for(word, at, spoken))
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
    return best if best and counted[best] else ""


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
