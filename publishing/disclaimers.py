"""Which disclaimer a page shows: the most specific one that is live."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, Value, When

from publishing import kinds, languages
from publishing.documents import EntryDocument, Html, Line, TextPiece, load_payload
from publishing.models import Edition, EditionQuerySet, EditionTie, Entry

# The most specific scope first.
PRECEDENCE = ("entry", "topic", "kind", "site")


class DisclaimerDocument(EntryDocument):
    """A disclaimer's text and the pages that it is for."""

    title: Line = ""
    body: Html = ""
    scope: Literal["site", "kind", "topic", "entry"] = "site"
    scope_kind: Line = ""
    scope_topic: UUID | None = None
    scope_entry: UUID | None = None

    @property
    def display_title(self) -> str:
        return self.title

    def texts(self) -> tuple[TextPiece, ...]:
        return (TextPiece("title", self.title), TextPiece("body", self.body, html=True))

    @property
    def target(self) -> str:
        """What the scope names, as one comparable text."""
        return str(self.scope_kind or self.scope_topic or self.scope_entry or "")

    def covers(self, kind: str, entry: UUID, topics: Iterable[UUID], language: str) -> bool:
        """Say whether a page of this kind, identity, topics and language is within the scope.

        What is written in the site's default language is for pages in all of its languages.
        """
        if self.language != language and not languages.is_default(self.language):
            return False
        return {
            "site": True,
            "kind": self.scope_kind == kind,
            "topic": self.scope_topic in set(topics),
            "entry": self.scope_entry == entry,
        }[self.scope]


def document_of(edition: Edition) -> DisclaimerDocument:
    """Return what a disclaimer's edition says."""
    return load_payload(DisclaimerDocument, edition.revision.payload.text)[0]


def rank(document: DisclaimerDocument, entry: int) -> tuple[bool, int, int]:
    """Return the place of a disclaimer, by its entry's key, in the order of precedence.

    One in the page's own language goes before all in the default: readers can read it.
    """
    falls_back = languages.is_default(document.language)
    return falls_back, PRECEDENCE.index(document.scope), entry


def most_specific(
    editions: Iterable[Edition],
    kind: str,
    entry: UUID | None,
    topics: Iterable[UUID],
    language: str,
) -> Edition | None:
    """Pick, among live disclaimer editions, the one that a page shows; None where none covers it.

    Where a page's two topics each have a disclaimer, the older entry's is shown: a page carries
    exactly one, and no renewal changes which.
    """
    topics = tuple(topics)
    ranked = sorted(
        (*rank(document, edition.entry_id), edition.pk, edition)
        for edition in editions
        if (document := document_of(edition)).covers(kind, entry, topics, language)
    )
    return ranked[0][-1] if ranked else None


def live_editions(at: datetime) -> list[Edition]:
    """Return the editions of all disclaimers live at an instant, ready to compose."""
    live = Edition.objects.live(at).filter(entry__kind="disclaimer")
    return list(live.filter(revision__payload__text__isnull=False).composed())


def edition_for(
    kind: str, entry: UUID | None, topics: Iterable[UUID], at: datetime, language: str = ""
) -> Edition | None:
    """Return the edition of the disclaimer that a page shows at an instant.

    ``language`` is the page's; where none is named, the active one.
    """
    language = language or languages.current()
    return most_specific(live_editions(at), kind, entry, topics, language)


def clashing_scope(
    document: DisclaimerDocument, entry: Entry, start: datetime, until: datetime | None
) -> Edition | None:
    """Return another disclaimer's edition with the same scope within an interval, if any."""
    others = Edition.objects.filter(entry__kind="disclaimer").exclude(entry=entry.pk).held()
    others = others.filter(Q(live_until=None) | Q(live_until__gt=start))
    if until is not None:
        others = others.filter(live_from__lt=until)
    same = (document.scope, document.target, document.language)
    for other in others.composed():
        said = document_of(other)
        if (said.scope, said.target, said.language) == same:
            return other
    return None


def covered_by(document: DisclaimerDocument) -> Q:
    """Return the condition that an edition is within a disclaimer's scope."""
    default = languages.is_default(document.language)
    spoken = Q() if default else Q(entry__language=document.language)
    return (
        spoken
        & {
            "site": Q(),
            "kind": Q(entry__kind=document.scope_kind),
            "topic": Q(EditionTie.of_edition(EditionTie.TOPIC, document.scope_topic or "")),
            "entry": Q(entry__uid=document.scope_entry),
        }[document.scope]
    )


def pages_showing(
    document: DisclaimerDocument,
    entry: Entry,
    at: datetime,
    *,
    live: Iterable[Edition] | None = None,
) -> EditionQuerySet:
    """Return the live pages, by address, that would show this text if it were live at an instant.

    A page within its scope shows another disclaimer where ``most_specific`` prefers that one.
    ``live`` are the editions of ``live_editions``, where they were read already.
    """
    own = rank(document, entry.pk)
    pages = _pages(at).filter(covered_by(document))
    for rival in live_editions(at) if live is None else live:
        said = document_of(rival)
        if rank(said, rival.entry_id) < own and rival.entry_id != entry.pk:
            pages = pages.exclude(covered_by(said))
    return pages.order_by("path", "pk")


def pages_of_each(
    ranked: Sequence[tuple[int, DisclaimerDocument]], scope: DisclaimerDocument, at: datetime
) -> dict[int, tuple[int, int]]:
    """Count the live pages that show each of some disclaimers, in one query.

    ``ranked`` are entries' keys and texts in the order of precedence. The two numbers are all of
    its pages, and those of them that are within the scope of another text as well.
    """
    steps, last = [], 0
    for entry, said in ranked:
        condition = covered_by(said)
        if not condition:
            # The whole site: nothing is left for whatever comes after it.
            last = entry
            break
        steps.append(When(condition, then=Value(entry)))
    shows = Case(*steps, default=Value(last), output_field=IntegerField())
    within = covered_by(scope)
    inside = Case(When(within, then=Value(1)), default=Value(0)) if within else Value(1)
    rows = _pages(at).annotate(shows=shows, inside=inside).values_list("shows", "inside")
    found: dict[int, tuple[int, int]] = {}
    for entry, is_inside, count in rows.annotate(count=Count("pk")).order_by():
        pages, both = found.get(entry, (0, 0))
        found[entry] = (pages + count, both + count * is_inside)
    return found


def pages_left_without(
    entry: Entry, at: datetime, document: DisclaimerDocument | None = None
) -> int:
    """Count the live pages that would carry no disclaimer without this entry's present text.

    ``document`` is the text that takes its place, if any does.
    """
    live = live_editions(at)
    rest = [document_of(edition) for edition in live if edition.entry_id != entry.pk]
    rest += [document] if document else []
    present = next((e for e in live if e.entry_id == entry.pk), None)
    if present is None or any(said.scope == "site" and not covered_by(said) for said in rest):
        return 0
    pages = _pages(at).filter(covered_by(document_of(present)))
    for said in rest:
        pages = pages.exclude(covered_by(said))
    return pages.count()


def _pages(at: datetime) -> EditionQuerySet:
    """Return the live editions of kinds that show a disclaimer, but those whose text is gone."""
    showing = [kind.name for kind in kinds.every() if kind.shows_disclaimer]
    live = Edition.objects.live(at).filter(entry__kind__in=showing)
    return live.filter(revision__payload__text__isnull=False)
