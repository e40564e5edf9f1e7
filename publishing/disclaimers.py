"""Which disclaimer a page shows: the most specific one that is live."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q

from publishing import kinds
from publishing.documents import EntryDocument, Html, Line, TextPiece, load_payload
from publishing.models import Edition, Entry

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

    def covers(self, kind: str, entry: UUID, topics: Iterable[UUID]) -> bool:
        """Say whether a page of this kind, identity and topics is within the scope."""
        return {
            "site": True,
            "kind": self.scope_kind == kind,
            "topic": self.scope_topic in set(topics),
            "entry": self.scope_entry == entry,
        }[self.scope]


def document_of(edition: Edition) -> DisclaimerDocument:
    """Return what a disclaimer's edition says."""
    return load_payload(DisclaimerDocument, edition.revision.payload.text)[0]


def most_specific(
    editions: Iterable[Edition], kind: str, entry: UUID, topics: Iterable[UUID]
) -> Edition | None:
    """Pick, among live disclaimer editions, the one that a page shows; None where none covers it.

    Where a page's two topics each have a disclaimer, the one that began first is shown: a page
    carries exactly one, and this choice does not flicker.
    """
    topics = tuple(topics)
    ranked = sorted(
        (PRECEDENCE.index(document.scope), edition.live_from, edition.pk, edition)
        for edition in editions
        if (document := document_of(edition)).covers(kind, entry, topics)
    )
    return ranked[0][-1] if ranked else None


def live_editions(at: datetime) -> list[Edition]:
    """Return the editions of all disclaimers live at an instant, ready to compose."""
    return list(Edition.objects.live(at).filter(entry__kind="disclaimer").composed())


def edition_for(kind: str, entry: UUID, topics: Iterable[UUID], at: datetime) -> Edition | None:
    """Return the edition of the disclaimer that a page shows at an instant."""
    return most_specific(live_editions(at), kind, entry, topics)


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


def pages_showing(document: DisclaimerDocument, entry: Entry, at: datetime) -> list[Edition]:
    """Return the live pages that would show this disclaimer if it were live at an instant.

    A page within its scope shows another disclaimer where a more specific one is live.
    """
    rivals = [
        (said, edition)
        for edition in live_editions(at)
        if edition.entry_id != entry.pk
        and PRECEDENCE.index((said := document_of(edition)).scope)
        < PRECEDENCE.index(document.scope)
    ]
    pages = Edition.objects.live(at).exclude(entry__kind="disclaimer").composed().order_by("path")
    shown = []
    for page in pages:
        kind = kinds.of(page.entry)
        if not kind.shows_disclaimer or page.revision.payload.text is None:
            continue
        topics = getattr(load_payload(kind.document, page.revision.payload.text)[0], "topics", ())
        about = (kind.name, page.entry.uid, topics)
        if document.covers(*about) and not any(said.covers(*about) for said, _e in rivals):
            shown.append(page)
    return shown


def pages_left_without(
    entry: Entry, at: datetime, document: DisclaimerDocument | None = None
) -> int:
    """Count the live pages that would carry no disclaimer without this entry's present text.

    ``document`` is the text that takes its place, if any does.
    """
    rest = [document_of(edition) for edition in live_editions(at) if edition.entry_id != entry.pk]
    rest += [document] if document else []
    if any(said.scope == "site" for said in rest):
        return 0
    present = next((e for e in live_editions(at) if e.entry_id == entry.pk), None)
    if present is None:
        return 0
    count = 0
    for page in pages_showing(document_of(present), entry, at):
        kind = kinds.of(page.entry)
        topics = getattr(load_payload(kind.document, page.revision.payload.text)[0], "topics", ())
        if not any(said.covers(kind.name, page.entry.uid, topics) for said in rest):
            count += 1
    return count
