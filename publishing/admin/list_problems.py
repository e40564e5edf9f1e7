"""How many problems stop each entry of a list from going live: counted aside, kept for a while.

The checks take some ten milliseconds an entry, too long for a page of a hundred. The list shows
what was counted lately and “…” for the rest; its script then asks for those, a few at a time.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime

from django.core.cache import cache

from publishing import assessment, zone
from publishing.checks import engine
from publishing.checks.problems import Gate
from publishing.models import Revision

# Library, registers and disclaimers change what the checks find, and no key knows of that.
KEPT = 15 * 60
BUDGET = 0.15


def known_counts(rows: Iterable, at: datetime) -> dict[int, int]:
    """Return the counts that were made lately, by primary key, of entries with a head.

    The rows come from ``list_facts.with_facts`` and ``state.with_state``.
    """
    keys = {_key(row, at): row.pk for row in rows if row.head_id}
    return {keys[key]: count for key, count in cache.get_many(keys).items()}


def count_problems(
    rows: Iterable, at: datetime, *, seconds: Callable[[], float] = time.monotonic
) -> dict[int, int | None]:
    """Count for the entries that have no count yet, for as long as BUDGET lasts, at least one.

    None stands for a text that was removed for good. What is left out is to be asked for again.
    """
    rows = [row for row in rows if row.head_id]
    found: dict[int, int | None] = dict(known_counts(rows, at))
    begun = seconds()
    for row in rows:
        if row.pk in found:
            continue
        revision = Revision.objects.select_related("entry", "payload").get(pk=row.head_id)
        if revision.payload.text is None:
            found[row.pk] = None
            continue
        stopping = engine.stopping(assessment.problems_of(revision, at), Gate.PUBLISH)
        found[row.pk] = sum(not problem.step for problem in stopping)
        cache.set(_key(row, at), found[row.pk], KEPT)
        if seconds() - begun > BUDGET:
            break
    return found


def _key(row, at: datetime) -> str:
    """Return a key that changes with the text, the reasons given, what is live, and the day."""
    parts = (row.head.digest, row.newest_override, row.live_revision, zone.date_of(at))
    return f"problems:{row.pk}:" + ":".join(map(str, parts))
