"""Where an entry is shown: the pages that embed it, live or scheduled."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from publishing.models import Edition, EditionQuerySet, EditionTie, Entry

# As many pages as a person reads through before acting; the number says the rest.
LISTED = 100


def pages_embedding(entry: Entry, at: datetime) -> EditionQuerySet:
    """Return the editions, live at an instant or scheduled, that show this entry inside them.

    By title; a page that is live and has a scheduled version comes twice.
    """
    found = Edition.objects.held().ending_after(at).tied(EditionTie.EMBED, entry.uid)
    return found.exclude(entry=entry.pk).order_by("title", "live_from")


def once_each(editions: EditionQuerySet) -> EditionQuerySet:
    """Return of each page the edition that begins first: a page counts once.

    ``again`` says whether a later one is among the editions too.
    """
    same = editions.order_by().filter(entry=OuterRef("entry"))
    earlier = same.filter(live_from__lt=OuterRef("live_from"))
    later = same.filter(live_from__gt=OuterRef("live_from"))
    return editions.exclude(Exists(earlier)).annotate(again=Exists(later))


def listing(editions: EditionQuerySet, at: datetime) -> dict[str, Any]:
    """Return what ``shown_on.html`` needs: the first pages, how many there are, how many more."""
    pages = once_each(editions)
    count = pages.count()
    return {
        "shown_on": list(pages[:LISTED]),
        "shown_count": count,
        "shown_rest": max(0, count - LISTED),
        "now": at,
    }
