"""Composing: from a path and an instant to what a reader gets, from the spine and registers alone.

Three queries whatever the page embeds: the edition by path; the live editions of embeds,
disclaimers and related pages together; withdrawals of embeds that are no longer live. The
registers (site, topics) are one more each.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from publishing import disclaimers, documents, kinds, notices, reviews, zone
from publishing.documents import EntryDocument
from publishing.kinds import Kind
from publishing.models import Change, Edition, EditionQuerySet, Entry, Site, Topic
from publishing.notices import Notice


@dataclass(frozen=True)
class Shown:
    """An edition with what it says."""

    edition: Edition
    kind: Kind
    document: EntryDocument
    sources: dict[str, Any]

    @property
    def uid(self) -> UUID:
        return self.edition.entry.uid

    @property
    def reviewed_on(self) -> date:
        """The day on which this text was last reviewed as a whole."""
        return reviews.last_reviewed(self.edition)


@dataclass(frozen=True)
class RelatedPage:
    """A related page that is live, and why it is related (see ``related.rank``)."""

    path: str
    title: str
    kind: Kind
    why: str
    what: str


@dataclass(frozen=True)
class WithdrawnEmbed:
    """What is left of an embed that was withdrawn: its title and the day."""

    title: str
    on: datetime


@dataclass(frozen=True)
class Page:
    """What a reader gets at a path and an instant."""

    main: Shown
    at: datetime
    site: Site
    topics: dict[UUID, Topic]
    embeds: dict[UUID, Shown] = field(default_factory=dict)
    withdrawn: dict[UUID, WithdrawnEmbed] = field(default_factory=dict)
    disclaimer: Shown | None = None
    related: tuple[RelatedPage, ...] = ()
    first_published: datetime | None = None
    notices: dict[UUID, Notice] = field(default_factory=dict)

    @property
    def notice(self) -> Notice | None:
        """The emergency notice that stands on the page, or on something that it shows."""
        return self.notices.get(self.main.uid) or next(iter(self.notices.values()), None)

    @property
    def review_due(self) -> date:
        """The day on which the page is due for review."""
        months = reviews.interval_months(
            self.main.kind.name,
            getattr(self.main.document, "topics", ()),
            site=self.site,
            registers=self.topics,
        )
        return reviews.add_months(self.main.reviewed_on, months)

    @property
    def overdue(self) -> bool:
        """Whether the review is overdue at the instant."""
        return zone.date_of(self.at) > self.review_due

    @property
    def later_embeds(self) -> tuple[Shown, ...]:
        """The embeds whose text is another than the one that the page's signer saw."""
        sign_off = self.main.edition.sign_off
        if sign_off.pk is None:  # a preview: nobody has seen anything yet
            return ()
        seen = sign_off.embeds_seen()
        return tuple(
            embed
            for uid, embed in self.embeds.items()
            if seen.get(str(uid)) != embed.edition.revision.digest
        )


@dataclass(frozen=True)
class Moved:
    """The path belonged to an entry that lives at another path now."""

    path: str


@dataclass(frozen=True)
class Gone:
    """The path belonged to an entry that was withdrawn."""

    title: str
    on: datetime
    why: str
    instead: Edition | None
    site: Site
    disclaimer: Shown | None


def shown(edition: Edition) -> Shown:
    """Return an edition (from ``composed()``) with its parsed text. LookupError if redacted."""
    text = edition.revision.payload.text
    if text is None:
        raise LookupError(f"The text of {edition} was removed.")
    kind = kinds.of(edition.entry)
    document, sources = _load(kind.name, edition.revision.digest, text)
    return Shown(edition, kind, document, sources)


@lru_cache(maxsize=1024)
def _load(kind: str, digest: str, text: str) -> tuple[EntryDocument, dict[str, Any]]:
    """Parse a payload once a process: what a digest says never changes."""
    return documents.load_payload(kinds.get(kind).document, text)


def resolve(path: str, at: datetime) -> Page | Moved | Gone | None:
    """Return what a path shows at an instant; None where it never belonged to anything."""
    live = Edition.objects.live(at).filter(path=path).composed()
    edition = live.annotate(first_from=Subquery(_first_from(OuterRef("entry"), at))).first()
    if edition is not None and edition.revision.payload.text is not None:
        return page_of(edition, at)
    last = Edition.objects.begun(at).filter(path=path).composed().order_by("-live_from").first()
    if last is None:
        return None
    now_at = Edition.objects.live(at).filter(entry=last.entry_id).exclude(path=path).first()
    if now_at is not None:
        return Moved(now_at.path)
    return _gone(last, at)


def page_of(edition: Edition, at: datetime) -> Page:
    """Compose the page of an edition as it stood at an instant."""
    main = shown(edition)
    embedded = main.kind.embeds(main.document, main.sources)
    frozen = edition.frozen_related()
    around = _around({*embedded, *(UUID(row["uid"]) for row in frozen)}, main, at)
    embeds = {uid: shown(around[uid]) for uid in embedded if uid in around}
    topics = getattr(main.document, "topics", ())
    return Page(
        main=main,
        at=at,
        site=Site.current(),
        topics={t.uid: t for t in Topic.objects.filter(uid__in=topics)} if topics else {},
        embeds=embeds,
        withdrawn=_withdrawn([uid for uid in embedded if uid not in around], at),
        disclaimer=_disclaimer_of(main, around),
        related=_related(frozen, around),
        first_published=_first_published(edition, at),
        notices=notices.standing([main.uid, *embeds], at),
    )


def _first_from(entry: Any, at: datetime) -> EditionQuerySet:
    """Return the query for the instant at which an entry's first edition began."""
    begun = Edition.objects.begun(at).filter(entry=entry).order_by("live_from")
    return begun.values_list("live_from", flat=True)[:1]


def _first_published(edition: Edition, at: datetime) -> datetime | None:
    """Return what was read along with the edition, or ask."""
    if hasattr(edition, "first_from"):
        return edition.first_from
    return _first_from(edition.entry_id, at).first()


def _around(uids: set[UUID], main: Shown, at: datetime) -> dict[UUID, Edition]:
    """Return the live editions of everything round a page, by the uid of their entry."""
    wanted = Q(entry__uid__in=uids)
    if main.kind.shows_disclaimer:
        wanted |= Q(entry__kind="disclaimer")
    editions = Edition.objects.live(at).filter(wanted).composed()
    return {e.entry.uid: e for e in editions if e.revision.payload.text is not None}


def _disclaimer_of(main: Shown, around: dict[UUID, Edition]) -> Shown | None:
    if not main.kind.shows_disclaimer:
        return None
    live = [e for e in around.values() if e.entry.kind == "disclaimer"]
    edition = disclaimers.most_specific(
        live, main.kind.name, main.uid, getattr(main.document, "topics", ())
    )
    return shown(edition) if edition else None


def _related(frozen: list[dict[str, str]], around: dict[UUID, Edition]) -> tuple[RelatedPage, ...]:
    return tuple(
        RelatedPage(edition.path, edition.title, kinds.of(edition.entry), row["why"], row["what"])
        for row in frozen
        if (edition := around.get(UUID(row["uid"]))) is not None
    )


def _withdrawn(uids: list[UUID], at: datetime) -> dict[UUID, WithdrawnEmbed]:
    if not uids:
        return {}
    ended = (
        Edition.objects.begun(at)
        .filter(entry__uid__in=uids, live_until__lte=at)
        .select_related("entry")
        .order_by("live_from")
    )
    return {e.entry.uid: WithdrawnEmbed(e.title, e.live_until) for e in ended}


def _gone(last: Edition, at: datetime) -> Gone:
    change = (
        Change.objects.filter(entry=last.entry_id, verb=Change.Verbs.WITHDRAW, at__lte=at)
        .order_by("-number")
        .first()
    )
    facts = change.facts() if change else {}
    instead = None
    if facts.get("instead"):
        instead = Edition.objects.live(at).filter(entry__uid=facts["instead"]).first()
    disclaimer = disclaimers.edition_for(last.entry.kind, last.entry.uid, (), at)
    return Gone(
        title=last.title,
        # The day of the withdrawal, also for an address that the entry had left before it.
        on=change.at if change else last.live_until or at,
        why=facts.get("why", "out_of_date"),
        instead=instead,
        site=Site.current(),
        disclaimer=shown(disclaimer) if disclaimer else None,
    )


def editions_of(entry: Entry, at: datetime) -> list[Shown]:
    """Return every edition of an entry that began by an instant, the newest first."""
    begun = Edition.objects.begun(at).filter(entry=entry.pk).composed().order_by("-live_from")
    return [shown(e) for e in begun if e.revision.payload.text is not None]
