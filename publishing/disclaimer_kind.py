"""The disclaimer as a kind: its draft rows to a Document and back."""

from django.utils.translation import gettext_lazy as _

from publishing import kinds
from publishing.disclaimers import DisclaimerDocument
from publishing.drafts import read_common, write_common
from publishing.models import Disclaimer, Entry, Topic


def to_document(entry: Disclaimer) -> DisclaimerDocument:
    """Read a disclaimer's draft rows."""
    return DisclaimerDocument(
        **read_common(entry),
        title=entry.title,
        body=entry.body,
        scope=entry.scope,
        scope_kind=entry.scope_kind,
        scope_topic=entry.scope_topic.uid if entry.scope_topic else None,
        scope_entry=entry.scope_entry.uid if entry.scope_entry else None,
    )


def apply(document: DisclaimerDocument, entry: Disclaimer | None = None) -> Disclaimer:
    """Write a Document into a disclaimer's draft rows; without an entry, a new one is made."""
    entry = entry or Disclaimer()
    entry.title, entry.body = document.title, document.body
    entry.scope, entry.scope_kind = document.scope, document.scope_kind
    entry.scope_topic = Topic.objects.filter(uid=document.scope_topic).first()
    entry.scope_entry = Entry.objects.filter(uid=document.scope_entry).first()
    write_common(document, entry)
    return entry


def path(document: DisclaimerDocument) -> str:
    """The site's own disclaimer is at /disclaimer/; others are below it."""
    return "/disclaimer/" if document.scope == "site" else f"/disclaimer/{document.slug}/"


def register() -> None:
    """Make the disclaimer known to the spine."""
    from publishing.structured_data import draw_signature
    from publishing.views import disclaimer_view

    kinds.register(
        kinds.Kind(
            name="disclaimer",
            label=_("disclaimer"),
            label_plural=_("disclaimers"),
            model=Disclaimer,
            document=DisclaimerDocument,
            to_document=to_document,
            apply=apply,
            path=path,
            template="publishing/disclaimer.html",
            view=disclaimer_view,
            draw=draw_signature,
            has_claims=False,
            shows_disclaimer=False,
            writers=(kinds.EDITORS, kinds.DISCLAIMER_REVIEWERS),
            signers=(kinds.DISCLAIMER_REVIEWERS,),
            publishers=(kinds.DISCLAIMER_REVIEWERS,),
        )
    )
