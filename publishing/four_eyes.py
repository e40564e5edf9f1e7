"""Who wrote any part of a text, and therefore cannot sign it."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Exists, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from publishing import kinds
from publishing.checks.context import Context
from publishing.comparing.fields import Labels
from publishing.documents import EntryDocument, load_payload
from publishing.models import Edition, EditionQuerySet, Revision
from publishing.passages import passages_of


def revisions_written_by(user, revision: Revision, at: datetime) -> list[Revision]:
    """Return the revisions by this person that went into a text, newest first.

    What counts is everything since the revision whose edition last began by ``at``; for an entry
    never live, everything ever. When the live revision itself is signed again (a renewal), what
    went into it counts. Importing, restoring and confirming a guess make revisions, so they are
    writing. A translation is made of its original's words: until it was live itself, what went
    into the original's text counts, too.
    """
    return list(_went_into(revision, at).filter(by=user).order_by("-pk"))


def places_written(revisions: list[Revision]) -> dict[int, str]:
    """Return where some revisions of a text first differ from those before them, by key.

    It is a heading of the text or else the name of a field; "" for a first revision, which wrote
    all of it, and where no word for readers was changed.
    """
    wanted = {number for r in revisions for number in (r.number - 1, r.number)}
    entries = {r.entry_id for r in revisions}
    rows = Revision.objects.filter(entry__in=entries, number__in=wanted)
    texts = {(r.entry_id, r.number): r.payload.text for r in rows.select_related("payload")}
    model = kinds.of(revisions[0].entry).document  # a translation is of its original's kind

    def text(revision: Revision, back: int) -> str | None:
        return texts.get((revision.entry_id, revision.number - back))

    return {r.pk: _place(model, text(r, 1), text(r, 0)) for r in revisions}


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
    earlier = _begun_before(revision.entry_id, revision.number, at)
    own = _between(earlier, revision.entry_id, revision.number)
    # One row or none; read inside the query, as what went into a text is asked for on each page.
    made_from = Revision.objects.filter(translations=revision.entry_id)
    entry, number = Subquery(made_from.values("entry")), Subquery(made_from.values("number"))
    copied = _between(_begun_before(entry, number, at), entry, number) & ~Exists(earlier)
    return Revision.objects.filter(own | copied)


def _begun_before(entry, number, at: datetime) -> EditionQuerySet:
    return Edition.objects.begun(at).filter(entry=entry, revision__number__lt=number)


def _between(earlier: EditionQuerySet, entry, number) -> Q:
    begun = Subquery(earlier.order_by("-live_from").values("revision__number")[:1])
    return Q(entry=entry, number__gt=Coalesce(begun, 0), number__lte=number)
