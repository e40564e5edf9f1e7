"""What texts have of typed words, and in which languages they are written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from publishing import languages
from publishing.search.asked import MOST_SPELLINGS, Word
from publishing.search.words import spelling

# One question for both, since a reader waits for each. From one language to the next it is one
# look into the index on languages.
_ASKED = (
    "WITH RECURSIVE written(code) AS (SELECT MIN(language) FROM publishing_entry UNION ALL "
    "SELECT (SELECT MIN(language) FROM publishing_entry WHERE language > written.code) "
    "FROM written WHERE code IS NOT NULL) "
    "SELECT spelling, word FROM publishing_searchword WHERE spelling IN ({}) "
    "UNION ALL SELECT '', code FROM written WHERE code IS NOT NULL"
)


@dataclass(frozen=True)
class Known:
    """What texts have of typed words.

    ``words`` are those that were typed, with the spellings of them that texts use; ``used`` are
    those that some text uses as they stand. ``spoken`` are the languages of what readers find in
    the active one, that one first: beside the default's own pages stand those in languages that
    are not in the register.
    """

    words: tuple[Word, ...]
    used: frozenset[str]
    spoken: tuple[str, ...]


def known(words: Sequence[str]) -> Known:
    """Return what texts have of typed words, of which there must be one."""
    keys = sorted(set(map(spelling, words)))
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.format(", ".join(["%s"] * len(keys))), keys)
        rows = sorted(cursor.fetchall())
    forms = defaultdict(list)
    for key, form in rows:
        forms[key].append(form)
    written = forms.pop("", [])
    return Known(
        tuple(
            Word(tuple(dict.fromkeys((word, *forms[spelling(word)])))[:MOST_SPELLINGS])
            for word in words
        ),
        frozenset(form for spelt in forms.values() for form in spelt),
        _spoken(written),
    )


def _spoken(written: list[str]) -> tuple[str, ...]:
    here, others = languages.current(), languages.every()[1:]
    if here in others:
        return (here,)
    return tuple(dict.fromkeys((here, *(code for code in written if code not in others))))
