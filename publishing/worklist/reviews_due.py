"""Which live editions are due for review by a day: for all of them at once, in one query.

The same rule as publishing.reviews for one edition, turned round: an edition is due by a day
where it was signed on or before the day that lies its interval earlier. Its topics come from its
ties, so no text is opened.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from publishing import kinds
from publishing.models import Edition, EditionTie, Entry, Site, Topic
from publishing.reviews import add_months

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
    ties = _ties_by_months()
    overdue = Q(pk__in=[])
    for months, names in ties.items():
        overdue |= Q(sign_off__at__lt=_signed_before(until, months), pk__in=_tied(names))
    untied = ~Q(pk__in=_tied([name for names in ties.values() for name in names]))
    for kind in kinds.every():
        signed_before = _signed_before(until, site.interval_for(kind.name))
        overdue |= Q(sign_off__at__lt=signed_before, entry__kind=kind.name) & untied
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
    # Sets that are made once: a subquery for each of ten thousand editions takes far longer.
    steps = [When(pk__in=_tied(ties[months]), then=Value(months)) for months in sorted(ties)]
    return Case(*steps, output_field=whole)


def _tied(names: list[str]) -> QuerySet:
    return EditionTie.objects.filter(tie__in=names).values("edition")


def _ties_by_months() -> dict[int, list[str]]:
    """Return the ties to topics that have an interval of their own, by that interval."""
    found = defaultdict(list)
    topics = Topic.objects.filter(review_interval_months__gt=0)
    for uid, months in topics.values_list("uid", "review_interval_months"):
        found[months].append(f"{EditionTie.TOPIC}:{uid}")
    return dict(found)


def _signed_before(until: date, months: int) -> datetime:
    """Return the instant before which a page was signed that is due on or before a day.

    Months differ in length: several days may be due on one, so the last of them is looked for.
    """
    last = add_months(until, -months)
    while add_months(last + timedelta(days=1), months) <= until:
        last += timedelta(days=1)
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
