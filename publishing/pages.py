"""What a page is, once it is composed: its texts, its topics, and what stands beside them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from publishing import documents, kinds, reviews, zone
from publishing.documents import EntryDocument
from publishing.glossary import NOTHING, Vocabulary
from publishing.kinds import Kind
from publishing.models import Edition, Site, Topic
from publishing.notices import Notice, SourceNotice


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
class Version:
    """The same page in another language."""

    language: str
    path: str
    title: str
    is_original: bool = False


@dataclass(frozen=True)
class NewerOriginal:
    """What a page was translated from says more by now than it did then, ``since`` an instant.

    Or ``is_gone``: it was taken down then.
    """

    language: str
    path: str
    since: datetime
    is_gone: bool = False


@dataclass(frozen=True)
class Page:
    """What a reader gets at a path and an instant.

    ``versions`` are the same page in other languages; ``newer_original`` is set where the page is
    a translation of an older text, or of one that was taken down. ``principles`` is the path of
    the page that says how the site is edited; "" where none is live. ``told`` is what readers of
    each text are told of its sources, by the uid of the text's entry and of the source.
    """

    main: Shown
    at: datetime
    site: Site
    topics: dict[UUID, Topic]
    embeds: dict[UUID, Shown] = field(default_factory=dict)
    withdrawn: dict[UUID, WithdrawnEmbed] = field(default_factory=dict)
    disclaimer: Shown | None = None
    related: tuple[RelatedPage, ...] = ()
    first_published: datetime | None = None
    text_since: datetime | None = None
    notices: dict[UUID, Notice] = field(default_factory=dict)
    told: dict[UUID, dict[UUID, SourceNotice]] = field(default_factory=dict)
    vocabulary: Vocabulary = NOTHING
    principles: str = ""
    versions: tuple[Version, ...] = ()
    newer_original: NewerOriginal | None = None

    @property
    def notice(self) -> Notice | None:
        """The emergency notice that stands on the page, or on something that it shows."""
        return self.notices.get(self.main.uid) or next(iter(self.notices.values()), None)

    @property
    def source_notices(self) -> dict[UUID, SourceNotice]:
        """What became known of a source after a text of the page was saved, by the source.

        All texts that cite a source are told of it in one step: any of them knows the last word.
        """
        saved = {text.uid: text.edition.revision.at for text in self.texts}
        words = self.vocabulary.words
        saved |= {uid: words[uid].saved for uid in self.told if uid in words and uid not in saved}
        return {
            source: notice
            for uid, sources in self.told.items()
            for source, notice in sources.items()
            if uid in saved and saved[uid] < notice.told
        }

    @property
    def texts(self) -> tuple[Shown, ...]:
        """The page's own text, and those shown inside it."""
        return self.main, *self.embeds.values()

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
            # In a preview, one that nobody has signed yet was not reviewed separately either.
            and embed.edition.sign_off.pk is not None
        )


@dataclass(frozen=True)
class Moved:
    """The path belonged to an entry that lives at another path now."""

    path: str


@dataclass(frozen=True)
class Gone:
    """The path belonged to an entry that was withdrawn.

    ``history`` is where its public texts are listed, "" where none is public; ``versions`` are
    the same page in other languages that are still live.
    """

    title: str
    on: datetime
    why: str
    instead: Edition | None
    site: Site
    disclaimer: Shown | None
    history: str = ""
    versions: tuple[Version, ...] = ()


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
