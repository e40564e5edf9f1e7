"""Where an entry is shown: the live pages that embed it."""

from datetime import datetime

from publishing.compose import Shown, shown
from publishing.models import Edition, Entry


def pages_embedding(entry: Entry, at: datetime) -> list[Shown]:
    """Return the live pages that show this entry inside them.

    A payload names what it embeds by uid, so a search for it narrows the candidates in the
    database; the kind's own ``embeds`` decides.
    """
    found = Edition.objects.live(at).filter(revision__payload__text__contains=str(entry.uid))
    pages = (shown(edition) for edition in found.exclude(entry=entry.pk).composed())
    return [page for page in pages if entry.uid in page.kind.embeds(page.document, page.sources)]
