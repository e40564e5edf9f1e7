"""A page as readers would get it, before anything is signed or published."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from publishing import documents, kinds
from publishing.compose import Page, Shown, page_of
from publishing.models import Edition, Entry, Revision, SignOff


def draft_page(
    revision: Revision,
    at: datetime,
    *,
    along: Collection[int] | None = None,
    sign_off: SignOff | None = None,
) -> Page:
    """Compose a revision as readers would get it if it went live at an instant; nothing is saved.

    Embeds are shown with their newest text. ``along`` limits that to the newest texts with these
    primary keys, which are signed or published in the same go; others stay as they are live.
    """
    stand_in = sign_off or SignOff(revision=revision, at=at, name="", credential="")
    document, sources = documents.load_payload(
        kinds.of(revision.entry).document, revision.payload.text
    )
    kind = kinds.of(revision.entry)
    edition = Edition(
        entry=revision.entry,
        revision=revision,
        sign_off=stand_in,
        path=kind.path(document),
        title=document.display_title,
        live_from=at,
        at=at,
    )
    page = page_of(edition, at)
    heads = Entry.objects.filter(uid__in=kind.embeds(document, sources)).select_related(
        "head__payload", "head__entry"
    )
    embeds = {
        entry.uid: _as_if_live(entry.head, at)
        for entry in heads
        if entry.head
        and entry.head.payload.text is not None
        and (along is None or entry.head_id in along)
    }
    order = kind.embeds(document, sources)
    merged = {**embeds, **{uid: e for uid, e in page.embeds.items() if uid not in embeds}}
    return replace(page, embeds={uid: merged[uid] for uid in order if uid in merged})


def _as_if_live(head: Revision, at: datetime) -> Shown:
    document, sources = documents.load_payload(kinds.of(head.entry).document, head.payload.text)
    kind = kinds.of(head.entry)
    edition = Edition(
        entry=head.entry,
        revision=head,
        sign_off=SignOff(revision=head, at=at, name=""),
        path=kind.path(document),
        title=document.display_title,
        live_from=at,
        at=at,
    )
    return Shown(edition, kind, document, sources)
