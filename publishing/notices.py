"""Notices: dated facts in fixed words, shown on a page without a new edition.

A notice is a row of the ledger. An emergency is “up” until it is “down”; a source that a text
cites is “retracted” until that is “cleared”. What stood on a page at an instant is read from
there, so a past page is shown with the notices of its day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Change, Entry

UP, DOWN = "up", "down"
RETRACTED, CLEARED = "retracted", "cleared"


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


@dataclass(frozen=True)
class SourceNotice:
    """What a text's readers are told of a source that it cites, after the text was saved.

    ``on`` is the day of the retraction, ``address`` the journal's notice; both may be unknown.
    ``told`` is when this was said; ``retracted`` is False where there was no retraction after all.
    """

    retracted: bool
    told: datetime
    on: date | None = None
    address: str = ""


@dataclass
class Standing:
    """What stands on some entries at an instant, by their uid."""

    emergencies: dict[UUID, Notice] = field(default_factory=dict)
    sources: dict[UUID, dict[UUID, SourceNotice]] = field(default_factory=dict)


def at_instant(entries: Iterable[UUID], at: datetime) -> Standing:
    """Return every notice that stands on entries at an instant, in one query."""
    changes = (
        Change.objects.filter(entry__uid__in=list(entries), verb=Change.Verbs.NOTICE, at__lte=at)
        .order_by("number")
        .values_list("entry__uid", "detail", "at")
    )
    found = Standing()
    for uid, detail, since in changes:
        facts = Change(detail=detail).facts()
        match facts.get("notice"):
            case "up":
                found.emergencies[uid] = Notice(facts["wording"], since)
            case "down":
                found.emergencies.pop(uid, None)
            case "retracted" | "cleared":
                _told_of_source(found.sources.setdefault(uid, {}), facts, since)
    return found


def _told_of_source(known: dict[UUID, SourceNotice], facts: Mapping[str, Any], at) -> None:
    known[UUID(facts["source"])] = SourceNotice(
        facts["notice"] == RETRACTED,
        at,
        on=date.fromisoformat(facts["on"]) if facts.get("on") else None,
        address=facts.get("address", ""),
    )


def standing(entries: Iterable[UUID], at: datetime) -> dict[UUID, Notice]:
    """Return the emergency notices that stand on entries at an instant, by uid, in one query."""
    return at_instant(entries, at).emergencies


def standing_on(entry: Entry, at: datetime) -> Notice | None:
    """Return the emergency notice that stands on one entry."""
    return standing([entry.uid], at).get(entry.uid)
