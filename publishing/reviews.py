"""When a page was last reviewed as a whole, and when it is due again: derived, never stored."""

import calendar
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from publishing import documents, kinds, zone
from publishing.models import Edition, Site, Topic


def last_reviewed(edition: Edition) -> date:
    """Return the day on which the whole page was last reviewed: that of its signature."""
    return zone.date_of(edition.sign_off.at)


def next_review(edition: Edition, registers: dict[UUID, Topic] | None = None) -> date:
    """Return the day on which a live edition is due for review; ``registers``: its topics."""
    registers = topics_of(edition) if registers is None else registers
    months = interval_months(edition.entry.kind, registers, registers=registers)
    return add_months(last_reviewed(edition), months)


def topics_of(edition: Edition) -> dict[UUID, Topic]:
    """Return the topics that an edition's text names, by uid."""
    kind = kinds.of(edition.entry)
    document = documents.load_payload(kind.document, edition.revision.payload.text)[0]
    topics = getattr(document, "topics", ())
    return {t.uid: t for t in Topic.objects.filter(uid__in=topics)} if topics else {}


def interval_months(
    kind: str,
    topics: Iterable[UUID],
    *,
    site: Site | None = None,
    registers: dict[UUID, Topic] | None = None,
) -> int:
    """Return the shortest interval of the topics, or else the site's for the kind, in months.

    ``registers`` gives the topics where the caller has read them already.
    """
    topics = tuple(topics)
    if registers is None:
        registers = {t.uid: t for t in Topic.objects.filter(uid__in=topics)} if topics else {}
    months = [
        registers[uid].review_interval_months
        for uid in topics
        if uid in registers and registers[uid].review_interval_months
    ]
    return min(months) if months else (site or Site.current()).interval_for(kind)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day where it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
