"""Which of the entries shown inside a page say something else in its two versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Max

from publishing import clock, kinds
from publishing.documents import EntryDocument
from publishing.models import Edition, Entry, Revision, SignOff


@dataclass(frozen=True)
class Side:
    """A version that is compared, and as what: “draft”, “live”, “signed”, or "" by its number."""

    revision: Revision
    role: str


@dataclass(frozen=True)
class ChangedEmbed:
    """An embed with another text in each version; the title is its draft's."""

    entry: Entry
    title: str
    before: int
    after: int


Text = tuple[Side, EntryDocument, dict[str, Any]]


def changed_embeds(before: Text, after: Text) -> list[ChangedEmbed]:
    """Return the embeds of both versions that differ, in the order of the new one.

    A draft shows their newest text, the live page what is live, a signed version what its signer
    saw; a version chosen by its number what its signer saw, else what was newest at its saving.
    """
    kind = kinds.of(after[0].revision.entry)
    shown = [set(kind.embeds(*text[1:])) for text in (before, after)]
    uids = [uid for uid in kind.embeds(*after[1:]) if uid in shown[0] & shown[1]]
    if not uids:
        return []
    old, new = (_shown_on(text[0], uids) for text in (before, after))
    differing = [u for u in uids if u in old and u in new and old[u].digest != new[u].digest]
    titles = _titles(old[uid].entry for uid in differing)
    return [
        ChangedEmbed(old[uid].entry, titles[uid], old[uid].number, new[uid].number)
        for uid in differing
    ]


def _titles(entries: Iterable[Entry]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    by_kind: dict[str, list[int]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry.pk)
    for kind, keys in by_kind.items():
        found |= {e.uid: str(e) for e in kinds.get(kind).model.objects.filter(pk__in=keys)}
    return found


def _shown_on(side: Side, uids: list[UUID]) -> dict[UUID, Revision]:
    revisions = Revision.objects.filter(entry__uid__in=uids)
    if side.role == "draft":
        return _by_uid(revisions.filter(entry__head=F("pk")))
    if side.role == "live":
        live = Edition.objects.live(clock.now()).filter(entry__uid__in=uids)
        return _by_uid(revisions.filter(pk__in=live.values_list("revision")))
    approved = side.revision.sign_offs.filter(decision=SignOff.Decisions.APPROVED)
    sign_off = approved.order_by("-pk").first()
    if sign_off is not None:
        seen = sign_off.embeds_seen()
        # The same words may have been saved twice: the newest of them has the digest too.
        same = revisions.filter(digest__in=seen.values()).select_related("entry").order_by("pk")
        return {r.entry.uid: r for r in same if seen.get(str(r.entry.uid)) == r.digest}
    earlier = revisions.filter(at__lte=side.revision.at)
    return _by_uid(
        revisions.filter(pk__in=earlier.values("entry").annotate(last=Max("pk")).values("last"))
    )


def _by_uid(revisions) -> dict[UUID, Revision]:
    return {revision.entry.uid: revision for revision in revisions.select_related("entry")}
