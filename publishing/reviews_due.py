"""Which live editions are due for review by a day, as one condition for all of them at once.

The same rule as publishing.reviews for one edition, turned round: an edition is due by a day
where it was signed so long before the day as its interval is. Its topics come from its ties, so
no text is opened.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from publishing.models import EditionTie, Site, Topic
from publishing.reviews import add_months


def due_condition(until: date, kinds: Iterable[str], ties: dict[int, list[str]]) -> Q:
    """Return the condition, within a query on editions, that a review is due by a day.

    ``ties`` comes from ``ties_by_months``; the site's interval for a kind holds for editions that
    have none of them.
    """
    site = Site.current()
    due = Q(pk__in=[])
    for months, names in ties.items():
        due |= Q(sign_off__at__lt=signed_before(until, months), pk__in=tied(names))
    untied = ~Q(pk__in=tied([name for names in ties.values() for name in names]))
    for kind in kinds:
        before = signed_before(until, site.interval_for(kind))
        due |= Q(sign_off__at__lt=before, entry__kind=kind) & untied
    return due


def ties_by_months(topics: Iterable[Topic]) -> dict[int, list[str]]:
    """Return the ties to topics that have an interval of their own, by that interval."""
    found = defaultdict(list)
    for topic in topics:
        if topic.review_interval_months:
            found[topic.review_interval_months].append(f"{EditionTie.TOPIC}:{topic.uid}")
    return dict(found)


def tied(names: list[str]) -> QuerySet:
    """Return the keys of the editions that have any of some ties.

    A set that is made once: a subquery for each of ten thousand editions takes far longer.
    """
    return EditionTie.objects.filter(tie__in=names).values("edition")


def signed_before(until: date, months: int) -> datetime:
    """Return the instant before which a page was signed that is due on or before a day.

    Months differ in length: several days may be due on one, so the last of them is looked for.
    """
    last = add_months(until, -months)
    while add_months(last + timedelta(days=1), months) <= until:
        last += timedelta(days=1)
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
