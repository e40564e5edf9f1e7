"""The live editions that are due for review by a day, each with its day."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from publishing import kinds
from publishing.models import Edition, Entry, Site, Topic
from publishing.reviews import add_months
from publishing.reviews_due import due_condition, tied, ties_by_months

SOON = 30
"""Days ahead that everybody is told of in time."""
LATER = 90
"""Days ahead that can be planned for."""


class DueEdition(NamedTuple):
    """A live edition by its entry's key and kind, and the day on which its review is due."""

    entry_id: int
    kind: str
    title: str
    signed_at: datetime
    due: date

    @property
    def entry(self) -> Entry:
        """The entry as far as an address needs it; thousands may be due, so only on asking."""
        return Entry(pk=self.entry_id, kind=self.kind)


def due_by(at: datetime, until: date) -> list[DueEdition]:
    """Return the editions live at an instant whose next review is on or before a day.

    Those due first come first. The site's interval for a kind holds where no topic has its own.
    """
    site = Site.current()
    ties = ties_by_months(Topic.objects.filter(review_interval_months__gt=0))
    overdue = due_condition(until, [kind.name for kind in kinds.every()], ties)
    rows = Edition.objects.live(at).filter(overdue).annotate(months=_shortest(ties))
    here = timezone.get_current_timezone()
    due_after = lru_cache(maxsize=None)(add_months)
    found = [
        DueEdition(
            entry,
            kind,
            title,
            signed_at,
            due_after(signed_at.astimezone(here).date(), months or site.interval_for(kind)),
        )
        for entry, kind, title, signed_at, months in rows.values_list(
            "entry", "entry__kind", "title", "sign_off__at", "months"
        )
    ]
    return sorted(found, key=lambda edition: (edition.due, edition.title))


def _shortest(ties: dict[int, list[str]]) -> Case | Value:
    """Return, within a query on editions, the shortest interval of their topics; NULL for none."""
    whole = IntegerField()
    if not ties:
        return Value(None, output_field=whole)
    steps = [When(pk__in=tied(ties[months]), then=Value(months)) for months in sorted(ties)]
    return Case(*steps, output_field=whole)
