"""Who wrote any part of a text, and therefore cannot sign it."""

from datetime import datetime

from publishing.models import Edition, Revision


def revisions_written_by(user, revision: Revision, at: datetime) -> list[Revision]:
    """Return the revisions by this person that went into a text, newest first.

    What counts is everything since the revision whose edition last began by ``at``; for an entry
    never live, everything ever. When the live revision itself is signed again (a renewal), what
    went into it counts. Importing, restoring and confirming a guess make revisions, so they are
    writing.
    """
    earlier = (
        Edition.objects.begun(at)
        .filter(entry=revision.entry_id, revision__number__lt=revision.number)
        .order_by("-live_from")
        .values_list("revision__number", flat=True)
        .first()
    )
    written = Revision.objects.filter(
        entry=revision.entry_id, number__gt=earlier or 0, number__lte=revision.number, by=user
    )
    return list(written.order_by("-number"))
