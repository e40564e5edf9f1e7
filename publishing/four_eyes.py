"""Who wrote any part of a text, and therefore cannot sign it."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, IntegerField, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from publishing import kinds
from publishing.checks.context import Context
from publishing.comparing.fields import Labels
from publishing.documents import EntryDocument, load_payload
from publishing.models import Edition, Entry, Revision, RevisionPayload
from publishing.passages import passages_of


def revisions_written_by(user, revision: Revision, at: datetime) -> list[Revision]:
    """Return the revisions by this person that went into a text, newest first.

    What counts is everything since the revision whose edition last began by ``at``; for an entry
    never live, everything ever. When the live revision itself is signed again (a renewal), what
    went into it counts. Importing, restoring and confirming a guess make revisions, so they are
    writing. A translation is made of its original's words, so those count by the same rule: what
    went into the version that it was made from, but for what was in the one that the translation
    was made from when it last began. That they are live in the original's language helps nothing:
    nobody has signed them in this one.
    """
    return list(_went_into(revision.entry_id, revision.number, at).filter(by=user).order_by("-pk"))


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
    revision = context.revision
    went_into = _went_into(revision.entry_id, revision.number, context.now)
    wrote = Q(pk__in=went_into.values("by"))
    named = Q(pk__in=[author.user_id for author in context.authors if author.user_id])
    return list(get_user_model().objects.filter(wrote | named))


def wrote_part(user, entry: OuterRef, number: OuterRef, at: datetime) -> Exists:
    """Return the condition, within a query, that somebody wrote a part of a row's version."""
    return Exists(_went_into(entry, number, at).filter(by=user.pk))


def _went_into(entry, number, at: datetime) -> QuerySet[Revision]:
    """Return the revisions that went into a version; all is read inside the one query."""
    entry_there, number_there = _from_inside(entry), _from_inside(number)
    begun = Edition.objects.begun(at).filter(entry=entry_there, revision__number__lt=number_there)
    last_begun = begun.order_by("-live_from")[:1]
    own = Q(entry=entry, number__lte=number, number__gt=_or_0(last_begun, F("revision__number")))
    # None of these has a row where the entry is no translation: no long text is read for nothing.
    translation = Entry.objects.filter(pk=entry_there, translated_from__isnull=False)
    text = RevisionPayload.objects.filter(
        revision__entry=entry_there,
        revision__entry__translated_from__isnull=False,
        revision__number=number_there,
    )
    last_translated = begun.filter(entry__translated_from__isnull=False).order_by("-live_from")[:1]
    copied = Q(
        entry=Subquery(translation.values("translated_from__entry")),
        number__lte=Subquery(text.values_list(_original_number("text"))),
        number__gt=_or_0(last_translated, _original_number("revision__payload__text")),
    )
    return Revision.objects.filter(own | copied)


def _from_inside(value):
    """Return a value as a query names it that stands inside the one that ``value`` is for."""
    return OuterRef(value) if isinstance(value, OuterRef) else value


def _or_0(rows: QuerySet, value) -> Coalesce:
    return Coalesce(Subquery(rows.values_list(value)), 0)


def _original_number(text: str) -> Cast:
    """Return the version that a translation was made from, as the text in a column says it."""
    original = KeyTransform("original", KeyTransform("document", Cast(text, JSONField())))
    return Cast(KeyTextTransform("number", original), IntegerField())
