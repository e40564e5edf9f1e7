"""What readers looked for and no page has: counts for staff, and nothing about anybody.

A search may hold a name or an illness of one person. What is asked for once is a reader's own
business, however often they ask: words are kept from the third reader on who asks for them within
a day, and never where they look like an address, a number or a letter. Until then only digests of
them and of who asked are in the cache.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from publishing import zone
from publishing.models import MissedSearch

KEPT_FROM = 3
KEPT_DAYS = 365
MOST_A_DAY = 1000
_LONGEST = MissedSearch._meta.get_field("query").max_length
_MOST_DIGITS = 5
_A_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


def note(text: str, words: Sequence[str], at: datetime, reader: str) -> None:
    """Count a search that found nothing, once a day for each reader, who is told by a digest.

    Whatever goes wrong, the reader gets the page.
    """
    query = " ".join(words)
    if not _may_be_kept(text, query):
        return
    day = zone.date_of(at)
    times = _readers_who_asked(query, day, reader)
    if times < KEPT_FROM:
        return
    try:
        with _waiting_for_nobody(), transaction.atomic():
            _keep(query, day, times if times == KEPT_FROM else 1)
    except DatabaseError as error:
        # Read-only, or busy with a publication: a count is not worth a wait.
        logger.warning("A search that found nothing was not counted: %s", error)


def _may_be_kept(text: str, query: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return 0 < len(query) <= _LONGEST and "@" not in text and digits <= _MOST_DIGITS


def _readers_who_asked(query: str, day: date, reader: str) -> int:
    """Count a reader; 0 where that one has asked before."""
    key = f"missed:{hashlib.sha256(f'{day} {query}'.encode()).hexdigest()}"
    if not cache.add(f"{key}:{reader}", 1, _A_DAY):
        return 0
    cache.add(key, 0, _A_DAY)
    try:
        return cache.incr(key)
    except ValueError:  # thrown out of the cache meanwhile
        return 0


def _keep(query: str, day: date, times: int) -> None:
    kept = MissedSearch.objects.filter(day=day)
    if kept.filter(query=query).update(count=F("count") + times) or kept.count() >= MOST_A_DAY:
        return
    MissedSearch.objects.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
    MissedSearch.objects.create(query=query, day=day, count=times)


@contextmanager
def _waiting_for_nobody() -> Iterator[None]:
    """On SQLite a write waits for every other one; here it fails at once instead."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = cursor.fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
