"""Cases: tasks that a change elsewhere opens for the people who look after a page."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from publishing.models import Case, Edition, EditionTie, Entry


def open_case(entry: Entry, why: str, *, about: Entry, text: str, by, at: datetime) -> None:
    """Open a case unless one for the same reason and about the same thing is open."""
    _open([entry.pk], why, about=about, text=text, by=by, at=at)


def open_for_pages_showing(
    embed: Entry, why: str, *, title: str, by, at: datetime, but: Iterable[int] = ()
) -> None:
    """Open a case on every page, live or scheduled, that shows an embed; ``but`` leaves some out.

    ``but`` holds primary keys of entries that were signed together with the change.
    """
    pages = Edition.objects.held().ending_after(at).tied(EditionTie.EMBED, embed.uid)
    found = pages.exclude(entry__in=[embed.pk, *but]).values_list("entry_id", flat=True)
    text = {
        Case.Whys.EMBED_CHANGED: _("“%(title)s”, which this page shows, has changed."),
        Case.Whys.EMBED_WITHDRAWN: _("“%(title)s”, which this page shows, was withdrawn."),
    }[why] % {"title": title}
    _open(sorted(set(found)), why, about=embed, text=text, by=by, at=at)


def close(entry: Entry, whys: Iterable[str], *, by, at: datetime) -> int:
    """Close an entry's open cases of some sorts; return how many."""
    found = Case.objects.filter(entry=entry.pk, why__in=list(whys), closed_at=None)
    return found.update(closed_at=at, closed_by=by)


def _open(entries: list[int], why: str, *, about: Entry, text: str, by, at: datetime) -> None:
    Case.objects.bulk_create(
        (Case(entry_id=pk, why=why, about_id=about.pk, text=text, by=by, at=at) for pk in entries),
        batch_size=500,
        ignore_conflicts=True,
    )
