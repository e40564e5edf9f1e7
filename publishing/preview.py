"""A page as readers would get it, before anything is signed or published."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from publishing import documents, kinds, notices, sources
from publishing.compose import page_of
from publishing.models import Edition, Entry, Revision, RevisionPayload, SignOff
from publishing.pages import Page, Shown


def draft_page(
    revision: Revision,
    at: datetime,
    *,
    along: Collection[int] | None = None,
    as_of: datetime | None = None,
) -> Page:
    """Compose a revision as readers would get it if it went live at an instant; nothing is saved.

    What is signed names its signer; what is not says so.
    Embeds are shown with their newest text, or with the newest that was saved by ``as_of``.
    ``along`` limits that to the newest texts with these primary keys, which are signed or
    published in the same go; others stay as they are live.
    """
    main = _as_if_live(revision, at, _approvals([revision]))
    page = page_of(main.edition, at)
    order = main.kind.embeds(main.document, main.sources)
    newest = [
        text
        for text in _newest(order, as_of)
        if text.payload.text is not None and (along is None or text.pk in along)
    ]
    approvals = _approvals(newest)
    embeds = {text.entry.uid: _as_if_live(text, at, approvals) for text in newest}
    merged = {**page.embeds, **embeds}
    shown = {uid: merged[uid] for uid in order if uid in merged}
    told = notices.at_instant(embeds, at).sources if embeds else {}
    return replace(page, embeds=shown, told={**page.told, **told})


def typed_page(entry: Entry, at: datetime, *, by: Any) -> Page:
    """Compose an entry's draft rows as they stand in the open transaction; nothing is recorded.

    The caller has written what a form holds and rolls the transaction back. Raises pydantic's
    ValidationError where the rows hold what no Document can.
    """
    kind = kinds.of(entry)
    document = kind.to_document(kind.model.objects.get(pk=entry.pk))
    text = documents.payload_text(document, sources.freeze(document, entry))
    head, digest = entry.head, documents.digest(text)
    if head and head.digest == digest:
        return draft_page(head, at)
    revision = Revision(
        entry=entry,
        number=(head.number if head else 0) + 1,
        schema=kind.schema,
        digest=digest,
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


def _approvals(revisions: list[Revision]) -> dict[int, SignOff]:
    """Return the approval on which each revision could go live now, by its primary key."""
    saved = [revision for revision in revisions if revision.pk]
    if not saved:
        return {}
    roles = {revision.pk: kinds.of(revision.entry).role for revision in saved}
    last = {
        decision.revision_id: decision
        for decision in SignOff.objects.filter(revision__in=roles).order_by("pk")
        if decision.role == roles[decision.revision_id]
    }
    return {pk: one for pk, one in last.items() if one.decision == SignOff.Decisions.APPROVED}


def _as_if_live(revision: Revision, at: datetime, approvals: dict[int, SignOff]) -> Shown:
    kind = kinds.of(revision.entry)
    document, frozen = documents.load_payload(kind.document, revision.payload.text)
    unsigned = SignOff(revision=revision, at=at, name="", credential="")
    edition = Edition(
        entry=revision.entry,
        revision=revision,
        sign_off=approvals.get(revision.pk, unsigned),
        path=kind.path_of(document),
        title=document.display_title,
        live_from=at,
        at=at,
    )
    return Shown(edition, kind, document, frozen)
