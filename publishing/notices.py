"""Emergency notices: fixed words on a live page, put there by one person at once.

A notice is two facts of the ledger, “up” and “down”; what stood on a page at an instant is read
from there, so a past page is shown with the notices of its day. No edition is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Change, Entry

UP, DOWN = "up", "down"


class Wordings(models.TextChoices):
    """What staff choose from. The readers' words are in the template ``_emergency.html``."""

    CHECKING = "checking", _("We are checking this page; don't act on it yet")
    DOSE = "dose", _("An amount on this page may be wrong; don't take it from here")
    SAFETY = "safety", _("There is news about safety; ask before you act on this page")


@dataclass(frozen=True)
class Notice:
    """A notice that stands on an entry: which words, and since when."""

    wording: str
    since: datetime

    @property
    def label(self) -> str:
        """The choice as staff see it."""
        return str(Wordings(self.wording).label)


def standing(entries: Iterable[UUID], at: datetime) -> dict[UUID, Notice]:
    """Return the notices that stand on entries at an instant, by uid, in one query."""
    changes = (
        Change.objects.filter(entry__uid__in=list(entries), verb=Change.Verbs.NOTICE, at__lte=at)
        .order_by("number")
        .values_list("entry__uid", "detail", "at")
    )
    found: dict[UUID, Notice] = {}
    for uid, detail, since in changes:
        facts = Change(detail=detail).facts()
        if facts.get("notice") == UP:
            found[uid] = Notice(facts["wording"], since)
        else:
            found.pop(uid, None)
    return found


def standing_on(entry: Entry, at: datetime) -> Notice | None:
    """Return the notice that stands on one entry."""
    return standing([entry.uid], at).get(entry.uid)
