"""Locking entries: always in primary-key order, always before the ledger's counter row."""

from collections.abc import Iterable

from publishing.models import Entry


def lock(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Lock entries for this transaction and return them fresh, with their heads, by primary key.

    PostgreSQL locks the rows (two lists in opposite order cannot deadlock); on SQLite the
    transaction holds the one write lock since it began (BEGIN IMMEDIATE).
    """
    keys = sorted({entry.pk for entry in entries})
    locked = Entry.objects.filter(pk__in=keys).order_by("pk")
    # The head is joined without a lock of its own: an outer join cannot be locked.
    return {e.pk: e for e in locked.select_for_update(no_key=True, of=("self",))}
