"""A page as readers would get it, before anything is signed or published."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from publishing import documents, kinds, sources
from publishing.compose import page_of
from publishing.models import Edition, Entry, Revision, RevisionPayload, SignOff
from publishing.pages import Page, Shown


def draft_page(
    revision: Revision,
    at: datetime,
    *,
    along: Collection[int] | None = None,
    as_of: datetime | None = None,
    sign_off: SignOff | None = None,
) -> Page:
    """Compose a revision as readers would get it if it went live at an instant; nothing is saved.

    Embeds are shown with their newest text, or with the newest that was saved by ``as_of``.
    ``along`` limits that to the newest texts with these primary keys, which are signed or
    published in the same go; others stay as they are live.
    """
    main = _as_if_live(revision, at, sign_off)
    page = page_of(main.edition, at)
    order = main.kind.embeds(main.document, main.sources)
    embeds = {
        text.entry.uid: _as_if_live(text, at)
        for text in _newest(order, as_of)
        if text.payload.text is not None and (along is None or text.pk in along)
    }
    merged = {**page.embeds, **embeds}
    return replace(page, embeds={uid: merged[uid] for uid in order if uid in merged})


def typed_page(entry: Entry, at: datetime, *, by: Any) -> Page:
    """Compose an entry's draft rows as they stand in the open transaction; nothing is recorded.

    The caller has written what a form holds and rolls the transaction back. Raises pydantic's
    ValidationError where the rows hold what no Document can.
    """
    kind = kinds.of(entry)
    document = kind.to_document(kind.model.objects.get(pk=entry.pk))
    text = documents.payload_text(document, sources.freeze(document, entry))
    head = entry.head
    revision = Revision(
        entry=entry,
        number=(head.number if head else 0) + 1,
        schema=kind.schema,
        digest=documents.digest(text),
        by=by,
        at=at,
    )
    revision.payload = RevisionPayload(revision=revision, text=text)
    return draft_page(revision, at)


def _newest(uids: Iterable[UUID], as_of: datetime | None) -> Iterator[Revision]:
    entries = Entry.objects.filter(uid__in=list(uids))
    if as_of is None:
        found = entries.exclude(head=None).values_list("head", flat=True)
    else:
        saved = Revision.objects.filter(entry__in=entries, at__lte=as_of)
        # Without its order_by(), the model's order would be a group of its own each.
        found = saved.order_by().values("entry").annotate(last=Max("pk")).values_list("last")
    yield from Revision.objects.filter(pk__in=found).select_related("payload", "entry")


def _as_if_live(revision: Revision, at: datetime, sign_off: SignOff | None = None) -> Shown:
    kind = kinds.of(revision.entry)
    document, frozen = documents.load_payload(kind.document, revision.payload.text)
    edition = Edition(
        entry=revision.entry,
        revision=revision,
        sign_off=sign_off or SignOff(revision=revision, at=at, name="", credential=""),
        path=kind.path(document),
        title=document.display_title,
        live_from=at,
        at=at,
    )
    return Shown(edition, kind, document, frozen)
