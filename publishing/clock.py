"""The one function from which verbs and pages read the time."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Max

from publishing.models import Change, Entry

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present instant, aware, in UTC.

    PostgreSQL's ``clock_timestamp()`` serves every process one clock; ``now()`` would give the
    start of the transaction, which lies before the locks were taken.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0].astimezone(UTC)
    return datetime.now(UTC)


def instant_for(entries: Iterable[Entry], clock: Clock) -> datetime:
    """Return the one instant of a verb over locked entries: max(now, newest instant + 1 µs).

    A clock that was set back does no harm: an entry's instants only ever grow.
    """
    newest = Change.objects.filter(entry__in=[e.pk for e in entries]).aggregate(at=Max("at"))["at"]
    present = clock()
    return present if newest is None else max(present, newest + timedelta(microseconds=1))
