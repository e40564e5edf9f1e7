"""Cases: tasks that a change elsewhere opens for the people who look after a page.

A case carries the instant from which it holds. One that a scheduled edition opens holds from that
edition's begin; nothing need run then, because lists ask for the cases that stand at an instant.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from publishing.models import Case, Edition, EditionTie, Entry

EMBED_CASES = (Case.Whys.EMBED_CHANGED, Case.Whys.EMBED_WITHDRAWN)


def standing(at: datetime) -> QuerySet[Case]:
    """Return the open cases that hold at an instant.

    One that a scheduled edition would have opened never holds where that was cancelled.
    """
    edition = Edition.objects.filter(entry=OuterRef("about"), live_from=OuterRef("at"))
    cancelled = edition.filter(live_until=F("live_from"))
    rows = Case.objects.filter(closed_at=None, at__lte=at)
    return rows.filter(~Exists(cancelled) | Exists(edition.held()))


def open_case(entry: Entry, why: str, *, about: Entry, text: str, by, at: datetime) -> None:
    """Open a case unless one for the same reason and about the same thing is open."""
    _open([entry.pk], why, about=about.pk, text=text, by=by, at=at)


def open_for_pages_showing(
    embed: Entry, why: str, *, title: str, by, at: datetime, but: Iterable[int] = ()
) -> None:
    """Open a case on every page that shows an embed at an instant or later; it holds from then.

    ``but`` holds primary keys of entries that were signed together with the change.
    """
    pages = Edition.objects.held().ending_after(at).tied(EditionTie.EMBED, embed.uid)
    found = pages.exclude(entry__in=[embed.pk, *but]).values_list("entry_id", flat=True)
    _open(sorted(set(found)), why, about=embed.pk, text=_text(why, title), by=by, at=at)


def close(
    entry: Entry, whys: Iterable[str], *, by, at: datetime, together: Collection[int] = ()
) -> int:
    """Close an entry's cases of some sorts that hold at an instant; return how many.

    ``together`` holds primary keys of the entries that are published in the same list: what they
    will change is answered too. For what another edition changes later, a case holds from then.
    """
    found = list(standing(at).filter(entry=entry.pk, why__in=list(whys)))
    coming = Case.objects.filter(entry=entry.pk, about__in=together, closed_at=None)
    done = {"closed_at": at, "closed_by": by}
    Case.objects.filter(pk__in=[case.pk for case in found]).update(**done)
    coming.filter(why=Case.Whys.EMBED_CHANGED).update(**done)
    for case in found:
        if case.about_id not in together:
            _open_next(case, at)
    return len(found)


def close_one(case: Case, *, by, at: datetime) -> bool:
    """Close one case; return whether it was open still and held at the instant."""
    closed = Case.objects.filter(pk__in=standing(at).filter(pk=case.pk).values("pk"))
    if not closed.update(closed_at=at, closed_by=by):
        return False
    _open_next(case, at)
    return True


def _open_next(case: Case, at: datetime) -> None:
    """Open the case that a scheduled edition of the same embed will be, where the page shows it."""
    if case.why != Case.Whys.EMBED_CHANGED:
        return
    editions = Edition.objects.filter(entry=case.about_id).select_related("revision", "entry")
    live = editions.live(at).first()
    for coming in editions.scheduled(at).order_by("live_from"):
        if live is None or coming.revision.digest != live.revision.digest:
            break
    else:
        return
    pages = Edition.objects.filter(entry=case.entry_id).held().ending_after(coming.live_from)
    if pages.tied(EditionTie.EMBED, coming.entry.uid).exists():
        text = _text(case.why, coming.title)
        about = {"about": case.about_id, "text": text, "by": coming.by, "at": coming.live_from}
        _open([case.entry_id], case.why, **about)


def _open(entries: list[int], why: str, *, about: int, text: str, by, at: datetime) -> None:
    # At most one is open at a time. One that would hold later only, or never since its schedule
    # was cancelled, gives way; when this one is closed, the later one is opened anew.
    there = Case.objects.filter(entry__in=entries, why=why, about=about, closed_at=None)
    there.exclude(pk__in=standing(at).values("pk")).update(at=at, text=text, by=by)
    Case.objects.bulk_create(
        (Case(entry_id=pk, why=why, about_id=about, text=text, by=by, at=at) for pk in entries),
        batch_size=500,
        ignore_conflicts=True,
    )


def _text(why: str, title: str) -> str:
    return {
        Case.Whys.EMBED_CHANGED: _("“%(title)s”, which this page shows, has changed."),
        Case.Whys.EMBED_WITHDRAWN: _("“%(title)s”, which this page shows, was withdrawn."),
    }[why] % {"title": title}
