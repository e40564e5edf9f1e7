"""What is learned of a source after pages that cite it went live: its retraction, or an error."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from publishing import cases, languages, ledger, notices, permissions, zone
from publishing import clock as clocks
from publishing.locks import lock
from publishing.models import Change, Entry


@transaction.atomic
def source_retracted(
    source: UUID, name: str, *, since: date | None, address: str = "", by, clock=clocks.now
) -> list[int]:
    """Tell the readers of each page that cites a source, and open a case on it.

    ``name`` tells the source from others (“Smith, 2020”), ``since`` is the day of the retraction,
    ``address`` the journal's notice of it. Returns the entries of the pages that are live or
    scheduled. A page that was told the same already, or has the case open, keeps it. One that
    cites the source as retracted has no case: its own words say so. Raises NotAllowed for who
    may write no page that cites.
    """
    permissions.require_for_sources(by)
    entries = lock(Entry.objects.filter(cases.citing(source, clock())))
    at = clocks.instant_for(entries.values(), clock)
    facts = {"on": since.isoformat() if since else "", "address": address}
    told = notices.at_instant([entry.uid for entry in entries.values()], at).sources
    for entry in entries.values():
        known = told.get(entry.uid, {}).get(source)
        if known is None or not known.retracted or (known.on, known.address) != (since, address):
            _tell(entry, notices.RETRACTED, source, at, by, name=name, **facts)
    cases.open_for_pages_citing(source, text=_text(name, since), by=by, at=at)
    return sorted(set(cases.public_citing(source, at).values_list("entry_id", flat=True)))


@transaction.atomic
def source_not_retracted(source: UUID, name: str, *, by, clock=clocks.now) -> int:
    """Tell no reader of a retraction that was none, and close its cases; return how many.

    Raises NotAllowed for who may write no page that cites.
    """
    permissions.require_for_sources(by)
    was_told = Change.objects.filter(
        verb=Change.Verbs.NOTICE, detail__contains=f'"source":"{source}"'
    )
    concerned = cases.citing(source, clock()) | Q(pk__in=was_told.values("entry"))
    entries = lock(Entry.objects.filter(concerned))
    at = clocks.instant_for(entries.values(), clock)
    told = notices.at_instant([entry.uid for entry in entries.values()], at).sources
    for entry in entries.values():
        known = told.get(entry.uid, {}).get(source)
        if known is None or known.retracted:
            _tell(entry, notices.CLEARED, source, at, by, name=name)
    return cases.close_about(source, by=by, at=at)


def _tell(entry: Entry, notice: str, source: UUID, at: datetime, by, **facts: Any) -> None:
    said = {name: value for name, value in facts.items() if value}
    detail = {"notice": notice, "source": str(source), **said}
    ledger.append(Change.Verbs.NOTICE, entry, at=at, by=by, detail=detail)


def _text(name: str, since: date | None) -> str:
    with languages.in_default():
        if since is None:
            text = _(
                "%(name)s, which this page cites, was retracted. Replace it, or mark it “cited as "
                "retracted” and say so in the sentence."
            )
            return text % {"name": name}
        text = _(
            "%(name)s, which this page cites, was retracted on %(day)s. Replace it, or mark "
            "it “cited as retracted” and say so in the sentence."
        )
        return text % {"name": name, "day": zone.day(since)}
