"""Which rows readers may see at an instant, as a part of an engine's own query."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from publishing import languages
from publishing.models import Edition

# From one language to the next: each is one look into the index on languages.
_WRITTEN = (
    "WITH RECURSIVE written(code) AS (SELECT MIN(language) FROM publishing_entry UNION ALL "
    "SELECT (SELECT MIN(language) FROM publishing_entry WHERE language > written.code) "
    "FROM written WHERE code IS NOT NULL) SELECT code FROM written WHERE code IS NOT NULL"
)


def live_sql(at: datetime, using: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for the keys of what is live in the active language, with its parameters."""
    return _live_sql(at, using, languages.current(), languages.every())


def spoken() -> tuple[str, ...]:
    """Return the languages of what readers find in the active language, that one first.

    Beside the default's own pages stand those in languages that are not in the register.
    """
    here, others = languages.current(), languages.every()[1:]
    if here in others:
        return (here,)
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        written = [code for (code,) in cursor.fetchall()]
    return tuple(dict.fromkeys((here, *(code for code in written if code not in others))))


@lru_cache(maxsize=8)
def _live_sql(
    at: datetime, using: str, language: str, known: tuple[str, ...]
) -> tuple[str, tuple[Any, ...]]:
    """Write it once; ``known`` languages decide what the default's texts are."""
    live = languages.said_in(Edition.objects.using(using).live(at), language)
    return live.values("id").order_by().query.get_compiler(using).as_sql()
