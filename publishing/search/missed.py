"""What readers looked for and no page has: counts for staff, and nothing about anybody.

A search may hold a name or an illness of one person. What one reader asks for, however often, is
their own business: words are kept once three different readers asked for them within a day, and
never where they look like an address, a number or a letter. Until then only keyed digests are in
the cache: of the words, and of who asked. A cache in each process's memory, or one that drops what
is old, makes it take more of them, and never fewer.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from publishing import readers, zone
from publishing.models import MissedSearch

KEPT_FROM = 3
KEPT_DAYS = 365
MOST_A_DAY = 1000
_LONGEST = MissedSearch._meta.get_field("query").max_length
_MOST_DIGITS = 5
_MOST_READERS = 1000
_A_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


def note(request: HttpRequest, text: str, words: Sequence[str], at: datetime) -> None:
    """Count a reader who found nothing. Whatever goes wrong, they get the page."""
    query = " ".join(words)
    if not _may_be_kept(text, query):
        return
    day = zone.date_of(at)
    if not _is_one_more(readers.mark(request, f"missed {query}", day), query, day):
        return
    try:
        with _waiting_for_nobody(), transaction.atomic():
            _keep(query, day)
    except DatabaseError as error:
        # Read-only, or busy with a publication: a count is not worth a wait.
        logger.warning("A search that found nothing was not counted: %s", error)


def _may_be_kept(text: str, query: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return 0 < len(query) <= _LONGEST and "@" not in text and digits <= _MOST_DIGITS


def _is_one_more(reader: str, query: str, day: date) -> bool:
    """Remember who asked; say whether they are new, and enough asked before them."""
    words = salted_hmac("missed", f"{day} {query}", algorithm="sha256").hexdigest()
    # One entry for all of them: were each thrown out by itself, one reader could count twice.
    asked = cache.get(f"missed:{words}") or frozenset()
    if reader in asked or len(asked) >= _MOST_READERS:
        return False
    cache.set(f"missed:{words}", asked | {reader}, _A_DAY)
    return len(asked) + 1 >= KEPT_FROM


def _keep(query: str, day: date) -> None:
    kept = MissedSearch.objects.filter(day=day)
    if kept.filter(query=query).update(count=F("count") + 1) or kept.count() >= MOST_A_DAY:
        return
    MissedSearch.objects.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
    MissedSearch.objects.create(query=query, day=day, count=KEPT_FROM)


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
