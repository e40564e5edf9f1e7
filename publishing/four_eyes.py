"""Who wrote any part of a text, and therefore cannot sign it."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from publishing import kinds
from publishing.checks.context import Context
from publishing.comparing.fields import Labels
from publishing.documents import EntryDocument, load_payload
from publishing.models import Edition, Revision
from publishing.passages import passages_of


def revisions_written_by(user, revision: Revision, at: datetime) -> list[Revision]:
    """Return the revisions by this person that went into a text, newest first.

    What counts is everything since the revision whose edition last began by ``at``; for an entry
    never live, everything ever. When the live revision itself is signed again (a renewal), what
    went into it counts. Importing, restoring and confirming a guess make revisions, so they are
    writing.
    """
    return list(_went_into(revision, at).filter(by=user).order_by("-number"))


def places_written(revisions: list[Revision]) -> dict[int, str]:
    """Return where some revisions of one entry first differ from those before them, by key.

    It is a heading of the text or else the name of a field; "" for a first revision, which wrote
    all of it, and where no word for readers was changed.
    """
    wanted = {number for r in revisions for number in (r.number - 1, r.number)}
    rows = Revision.objects.filter(entry=revisions[0].entry_id, number__in=wanted)
    texts = {r.number: r.payload.text for r in rows.select_related("payload")}
    model = kinds.of(revisions[0].entry).document
    return {r.pk: _place(model, texts.get(r.number - 1), texts[r.number]) for r in revisions}


def _place(model: type[EntryDocument], before: str | None, after: str | None) -> str:
    if before is None or after is None:
        return ""
    old, new = (passages_of(load_payload(model, text)[0]) for text in (before, after))
    for side, other in ((new, old), (old, new)):
        known = {passage.digest for passage in other}
        for passage in side:
            if passage.digest not in known:
                field = Labels(model).field(passage.field.partition(".")[0])
                heading = passage.words if passage.is_heading else passage.heading
                return heading or field
    return ""


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
