"""What is shown inside the chosen entries and has a newer text than readers see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import documents, kinds, state
from publishing.admin.bulk.chosen import Chosen
from publishing.kinds import Kind
from publishing.models import Edition, Entry, SignOff


@dataclass(frozen=True)
class Newer:
    """An entry whose newest text readers don't see yet.

    ``live`` says whether they see an older one, ``planned`` whether the newest, or for one that
    is not live any text, is scheduled.
    """

    kind: Kind
    title: str
    url: str
    signed: bool
    live: bool
    planned: bool

    @property
    def line(self) -> tuple[str, str, str]:
        """What a report says of it: name, how it stands, address of its page in the admin."""
        name = _("%(kind)s “%(title)s”") % {
            "kind": str(self.kind.label).capitalize(),
            "title": self.title,
        }
        if self.signed:
            return name, _("Signed, not live."), self.url
        return name, _("Nobody has signed its newest text."), self.url


def newer_inside(chosen: Iterable[Chosen], at: datetime) -> dict[int, list[Newer]]:
    """Return what each chosen entry shows in a text that is not live, by the entry's key.

    One query, whatever was chosen.
    """
    shown: dict[int, tuple[UUID, ...]] = {}
    for each in chosen:
        text = each.entry.head.payload.text
        if text is not None:
            kind = kinds.of(each.entry)
            shown[each.entry.pk] = kind.embeds(*documents.load_payload(kind.document, text))
    wanted = {uid for uids in shown.values() for uid in uids}
    if not wanted:
        return {}
    head_planned = Edition.objects.scheduled(at).filter(revision=OuterRef("head"))
    rows = state.with_state(Entry.objects.filter(uid__in=wanted).exclude(head=None), at)
    rows = rows.annotate(head_planned=Exists(head_planned)).select_related("head__payload")
    newer = {entry.uid: _newer(entry) for entry in rows if entry.live_revision != entry.head_id}
    return {pk: [newer[uid] for uid in uids if uid in newer] for pk, uids in shown.items()}


def counted(found: Sequence[Newer]) -> str:
    """Return how many there are of each kind, in words: “2 questions and 1 supplement”."""
    names = {newer.kind.name: newer.kind for newer in found}
    parts = []
    for name, kind in names.items():
        count = sum(newer.kind.name == name for newer in found)
        parts.append(f"{count} {kind.label if count == 1 else kind.label_plural}")
    return _(" and ").join(parts)


def _newer(entry: Entry) -> Newer:
    kind = kinds.of(entry)
    text = entry.head.payload.text
    title = documents.load_payload(kind.document, text)[0].display_title if text else ""
    live = entry.live_revision is not None
    meta = kind.model._meta
    return Newer(
        kind=kind,
        title=title or entry.slug,
        url=reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk]),
        signed=entry.last_decision == SignOff.Decisions.APPROVED,
        live=live,
        planned=entry.head_planned or (entry.has_scheduled and not live),
    )
