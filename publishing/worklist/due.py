"""What is due, for one person: reviews by kind, and what runs out of theirs or in their care."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import kinds, zone
from publishing.models import Disclaimer
from publishing.worklist import people
from publishing.worklist.items import Block, Item, Step
from publishing.worklist.people import Lapsing
from publishing.worklist.reviews_due import LATER, SOON, DueEdition, due_by
from publishing.worklist.viewer import Viewer

LATER_BLOCK = "due-90"


@dataclass
class SiteDues:
    """What is due on the whole site at an instant, read once for as many people as are told."""

    at: datetime

    @cached_property
    def today(self) -> date:
        """The day of the instant, in the site's time zone."""
        return zone.date_of(self.at)

    @cached_property
    def reviews(self) -> list[DueEdition]:
        """The editions whose review is overdue or due within 90 days, the first first."""
        return due_by(self.at, self.today + timedelta(days=LATER))

    @cached_property
    def disclosures(self) -> list[Lapsing]:
        """The disclosures of interests that are to be made anew."""
        return people.disclosures(self.today)

    @cached_property
    def credentials(self) -> list[Lapsing]:
        """The credentials that end within 90 days, or have ended."""
        return people.credentials(self.today)


def announcements(viewer: Viewer, dues: SiteDues) -> list[Item]:
    """Return the disclaimers that are overdue or due within 30 days: everybody is told."""
    soon = viewer.today + timedelta(days=SOON)
    return [
        _review(viewer, found)
        for found in dues.reviews
        if _is_disclaimer(found) and found.due <= soon
    ]


def reviews(viewer: Viewer, dues: SiteDues) -> list[Block]:
    """Return three lists: overdue, due within 30 days, due within 31 to 90.

    They hold the kinds that the person has a part in. A disclaimer that is announced is left out.
    """
    soon = viewer.today + timedelta(days=SOON)
    mine = [found for found in dues.reviews if found.kind in viewer.keeps]
    spans = (
        Block("overdue", gettext_lazy("Reviews overdue")),
        Block(
            "due-30",
            gettext_lazy("Reviews due within 30 days"),
            gettext_lazy("No review is due within 30 days."),
        ),
        Block(
            LATER_BLOCK,
            gettext_lazy("Reviews due in 31 to 90 days"),
            folded=viewer.whole != LATER_BLOCK,
        ),
    )
    lists: tuple[list[DueEdition], ...] = ([], [], [])
    for found in mine:
        span = 0 if found.due < viewer.today else 1 if found.due <= soon else 2
        if span == 2 or not _is_disclaimer(found):
            lists[span].append(found)
    for block, rows in zip(spans, lists, strict=True):
        limit = viewer.limit(block.name)
        block.items = [_review(viewer, found) for found in rows[:limit]]
        block.more = max(0, len(rows) - limit)
    return list(spans)


def _is_disclaimer(found: DueEdition) -> bool:
    return found.kind == Disclaimer.kind_name


def _review(viewer: Viewer, found: DueEdition) -> Item:
    entry = found.entry
    words = {"kind": kinds.get(found.kind).label.capitalize(), "day": zone.day(found.signed_at)}
    return Item(
        url=viewer.url(entry),
        title=found.title,
        why=_("%(kind)s, last reviewed on %(day)s.") % words,
        since=found.signed_at,
        due=found.due,
        late=viewer.days_late(found.due),
        step=_renewal(viewer, found),
        entry=entry,
    )


def _renewal(viewer: Viewer, found: DueEdition) -> Step | None:
    """Lead those who only sign to the renewal; whoever writes the kind may be barred from it."""
    if found.kind not in viewer.signs or found.kind in viewer.writes:
        return None
    return viewer.step(found.entry, "renew", _("Read and renew"))


def lapsing(viewer: Viewer, dues: SiteDues) -> list[Block]:
    """Return disclosures and credentials that run out: the person's own, and all for the desk."""
    disclosures = Block(
        "disclosures",
        gettext_lazy("Disclosures of interests to renew"),
    )
    credentials = Block(
        "credentials",
        gettext_lazy("Credentials to renew"),
    )
    for block, rows in ((disclosures, dues.disclosures), (credentials, dues.credentials)):
        shown = [row for row in rows if _concerns(viewer, row)]
        limit = viewer.limit(block.name)
        block.items = [_lapse(viewer, row) for row in shown[:limit]]
        block.more = max(0, len(shown) - limit)
    return [disclosures, credentials]


def _concerns(viewer: Viewer, row: Lapsing) -> bool:
    return viewer.runs_the_desk or row.contributor.user_id == viewer.user.pk


def _lapse(viewer: Viewer, row: Lapsing) -> Item:
    if row.what:
        ended = row.ends < viewer.today
        why = _("“%(what)s” has ended.") if ended else _("“%(what)s” ends soon.")
        why = why % {"what": row.what}
    elif row.ends is None:
        why = _("No interests were ever declared.")
    else:
        words = {"day": zone.day(row.ends - people.DISCLOSURE_LASTS)}
        why = _("Interests last declared on %(day)s.") % words
    url = ""
    if viewer.user.has_perm("publishing.view_contributor"):
        rows = "credentials" if row.what else "disclosures"
        url = reverse("admin:publishing_contributor_change", args=[row.contributor.pk])
        url += f"#{rows}-heading"
    return Item(
        url=url,
        title=row.contributor.name,
        why=why,
        due=row.ends,
        late=viewer.days_late(row.ends),
    )
