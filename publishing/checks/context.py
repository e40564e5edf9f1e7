"""What a check may know besides the Document: read once, when the first rule asks."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from publishing import disclaimers, documents, kinds, reviews
from publishing.documents import EntryDocument
from publishing.kinds import Kind
from publishing.models import (
    Contributor,
    Edition,
    Entry,
    Override,
    Revision,
    SignOff,
    Site,
    Topic,
)


@dataclass(frozen=True)
class Embed:
    """An entry shown inside the checked one: its edition live at the instant, and its head."""

    entry: Entry
    live: Edition | None
    along: Revision | None

    @property
    def shown_revision(self) -> Revision | None:
        """The revision that readers would see."""
        return self.along or (self.live.revision if self.live else None)

    @property
    def differs_from_live(self) -> bool:
        """Whether the newest text is another than the one that readers see."""
        return self.live is None or self.live.revision_id != self.entry.head_id

    @property
    def document_title(self) -> str:
        """A name for lists: kind and title."""
        title = self.document.display_title if self.document else self.entry.slug
        return f"{kinds.of(self.entry).label.capitalize()}: {title}"

    @cached_property
    def document(self) -> EntryDocument | None:
        """What readers would see, or what the draft says where nothing is live yet."""
        revision = self.shown_revision or self.entry.head
        if revision is None or revision.payload.text is None:
            return None
        return documents.load_payload(kinds.of(self.entry).document, revision.payload.text)[0]


@dataclass
class Context:
    """Everything that rules look at. ``now`` is the instant for which the answer should hold.

    ``revision`` is the checked revision, if it was saved; ``signer`` is set at signing only;
    ``along`` maps entry uids to the revisions signed or published in the same list.
    """

    entry: Entry
    document: EntryDocument
    sources: dict[str, Any]
    now: datetime
    revision: Revision | None = None
    signer: Any = None
    signer_disclosure: str | None = None
    along: dict[UUID, Revision] = field(default_factory=dict)

    @cached_property
    def kind(self) -> Kind:
        """The kind of the entry."""
        return kinds.of(self.entry)

    @cached_property
    def site(self) -> Site:
        """The site's register."""
        return Site.current()

    @cached_property
    def overrides(self) -> list[Override]:
        """The reasons given for warnings of this entry, newest last."""
        return list(
            Override.objects.filter(entry=self.entry.pk).select_related("by").order_by("pk")
        )

    @cached_property
    def topics(self) -> list[Topic]:
        """The topics that the Document names."""
        uids = getattr(self.document, "topics", ())
        if not uids:
            return []
        return list(Topic.objects.filter(uid__in=uids).prefetch_related("specialties"))

    @cached_property
    def authors(self) -> list[Contributor]:
        """The authors that the Document names, with credentials and disclosures."""
        uids = [a.contributor for a in getattr(self.document, "authors", ())]
        if not uids:
            return []
        people = Contributor.objects.filter(uid__in=uids)
        return list(people.prefetch_related("credentials", "disclosures"))

    @cached_property
    def embeds(self) -> dict[UUID, Embed]:
        """The entries shown inside this one, by uid; a uid without an entry is left out."""
        uids = self.kind.embeds(self.document, self.sources)
        if not uids:
            return {}
        entries = Entry.objects.filter(uid__in=uids).select_related("head__payload")
        live = {
            edition.entry_id: edition
            for edition in Edition.objects.live(self.now)
            .filter(entry__uid__in=uids)
            .select_related("revision__payload")
        }
        found = {e.uid: Embed(e, live.get(e.pk), self.along.get(e.uid)) for e in entries}
        return {uid: found[uid] for uid in uids if uid in found}

    @cached_property
    def review_due(self) -> date:
        """When the edition that began last is due for review; ask only where there is one."""
        return reviews.next_review(self.last_edition)

    @cached_property
    def last_edition(self) -> Edition | None:
        """The entry's edition that began last, with its revision's text."""
        begun = Edition.objects.begun(self.now).filter(entry=self.entry.pk)
        found = begun.select_related("entry", "revision__payload", "sign_off")
        return found.order_by("-live_from").first()

    @cached_property
    def signing_contributor(self) -> Contributor | None:
        """The contributor who is linked to the signer's account."""
        return contributor_of(self.signer) if self.signer else None

    @cached_property
    def sign_off(self) -> SignOff | None:
        """The last decision of the kind's role on the checked revision."""
        if self.revision is None:
            return None
        decisions = SignOff.objects.filter(revision=self.revision, role=self.kind.role)
        return decisions.order_by("-id").first()

    @cached_property
    def disclaimer(self) -> Edition | None:
        """The disclaimer's edition that this page would show at the instant."""
        return disclaimers.edition_for(
            self.kind.name,
            self.entry.uid,
            getattr(self.document, "topics", ()),
            self.now,
            self.document.language,
        )

    @cached_property
    def last_save(self) -> datetime | None:
        """When the entry was last written."""
        return self.entry.head.at if self.entry.head else None


def contributor_of(user) -> Contributor | None:
    """Return the contributor who is linked to an account."""
    return (
        Contributor.objects.filter(user=user)
        .prefetch_related("credentials", "disclosures", "specialties")
        .first()
    )
