"""What begins and ends by itself, by week."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from publishing import kinds, zone
from publishing.models import Edition
from publishing.worklist.items import Item, counted
from publishing.worklist.viewer import Viewer

SCHEDULED = 100
"""As many editions as a calendar shows."""


@dataclass
class Week:
    """A week from Monday on (ISO 8601), with what begins or ends in it, in order of time.

    ``ahead`` counts the weeks from the present one, which is 0.
    """

    monday: date
    ahead: int
    items: list[Item] = field(default_factory=list)

    @property
    def sunday(self) -> date:
        """The week's last day."""
        return self.monday + timedelta(days=6)


def weeks(viewer: Viewer) -> tuple[list[Week], int]:
    """Return the coming weeks in which an edition begins or ends, the next one first.

    The number says how many editions more there are, which begin later than those shown.
    An edition that ends because the same page's next one begins is not said to end.
    """
    begins = Q(live_from__gt=viewer.at)
    ends = Q(live_until__gt=viewer.at)
    succeeded = Edition.objects.held().filter(
        entry=OuterRef("entry"), live_from=OuterRef("live_until")
    )
    rows = Edition.objects.held().filter(begins | ends, entry__kind__in=viewer.opens)
    rows = rows.annotate(succeeded=Exists(succeeded)).select_related("entry")
    events: list[tuple[datetime, Item]] = []
    shown, later = counted(rows.order_by("live_from", "pk"), SCHEDULED)
    for edition in shown:
        if edition.live_from > viewer.at:
            events.append((edition.live_from, _event(viewer, edition, _("%(kind)s goes live."))))
        if edition.live_until and not edition.succeeded:
            events.append((edition.live_until, _event(viewer, edition, _("%(kind)s ends."))))
    this_week = _monday(viewer.today)
    found: dict[date, Week] = {}
    for when, item in sorted(events, key=lambda event: event[0]):
        item.since = when
        monday = _monday(zone.date_of(when))
        week = found.setdefault(monday, Week(monday, (monday - this_week).days // 7))
        week.items.append(item)
    return list(found.values()), later


def _event(viewer: Viewer, edition: Edition, words: str) -> Item:
    why = words % {"kind": kinds.of(edition.entry).label.capitalize()}
    return Item(viewer.url(edition.entry), edition.title, why)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
