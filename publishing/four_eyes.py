"""Who wrote any part of a text, and therefore cannot sign it."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from publishing.checks.context import Context
from publishing.models import Edition, Revision


def revisions_written_by(user, revision: Revision, at: datetime) -> list[Revision]:
    """Return the revisions by this person that went into a text, newest first.

    What counts is everything since the revision whose edition last began by ``at``; for an entry
    never live, everything ever. When the live revision itself is signed again (a renewal), what
    went into it counts. Importing, restoring and confirming a guess make revisions, so they are
    writing.
    """
    return list(_went_into(revision, at).filter(by=user).order_by("-number"))


def barred(context: Context) -> list:
    """Return the people who cannot sign a text: who wrote any part of it or is named its author."""
    wrote = Q(pk__in=_went_into(context.revision, context.now).values("by"))
    named = Q(pk__in=[author.user_id for author in context.authors if author.user_id])
    return list(get_user_model().objects.filter(wrote | named))


def _went_into(revision: Revision, at: datetime) -> QuerySet[Revision]:
    earlier = Edition.objects.begun(at).filter(
        entry=revision.entry_id, revision__number__lt=revision.number
    )
    begun = Subquery(earlier.order_by("-live_from").values("revision__number")[:1])
    return Revision.objects.filter(
        entry=revision.entry_id, number__gt=Coalesce(begun, 0), number__lte=revision.number
    )
