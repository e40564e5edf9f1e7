"""The same page in other languages, and whether a translation is older than its original.

A translation names its original and the version that it was made from, in its signed text. A page
finds its other versions by that tie, so that no draft is read.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from publishing import languages
from publishing.documents import EntryDocument
from publishing.models import Edition, EditionTie, Entry, Revision
from publishing.pages import NewerOriginal, Shown, Version, shown


def root_of(document: EntryDocument, uid: UUID) -> UUID:
    """Return the identity that all language versions share: the original's."""
    return document.original.uid if document.original else uid


def condition(main: Shown) -> Q | None:
    """Return the condition for the editions of a page's versions; None where none can be."""
    if main.document.original is None and len(languages.every()) == 1:
        return None
    return sharing(root_of(main.document, main.uid))


def sharing(root: UUID) -> Q:
    """Return the condition for the editions of an original and of its translations."""
    ties = EditionTie.objects.filter(tie=f"{EditionTie.TRANSLATION}:{root}")
    # On the entry alone, as the other conditions are: so each of them finds its rows by an index.
    return Q(entry__uid=root) | Q(entry__uid__in=ties.values("edition__entry__uid"))


def versions_of(main: Shown, around: Iterable[Edition]) -> tuple[Version, ...]:
    """Return the live pages among ``around`` that say the same in another language."""
    return versions_from(root_of(main.document, main.uid), main.document.language, around)


def versions_from(root: UUID, language: str, around: Iterable[Edition]) -> tuple[Version, ...]:
    """Return the pages among ``around`` that share an original, but the one in a language."""
    found = {
        edition.entry.language: Version(
            edition.entry.language, edition.path, edition.title, edition.entry.uid == root
        )
        for edition in around
        if edition.entry.language != language and _belongs(edition, root)
    }
    order = {code: place for place, code in enumerate(languages.every())}
    known = sorted(found, key=lambda code: (order.get(code, len(order)), code))
    return tuple(found[code] for code in known if code in order)


def _belongs(edition: Edition, root: UUID) -> bool:
    return edition.entry.uid == root or root_of(shown(edition).document, edition.entry.uid) == root


def newer_original(main: Shown, around: Iterable[Edition], at: datetime) -> NewerOriginal | None:
    """Return what a translation has missed: another text of its original, or that it is gone."""
    made_from = main.document.original
    if made_from is None:
        return None
    live = next((e for e in around if e.entry.uid == made_from.uid), None)
    if live is None:
        return _gone_original(made_from.uid, at)
    if live.revision.number <= made_from.number:
        return None
    return NewerOriginal(live.entry.language, live.path, text_since(live, at))


def _gone_original(uid: UUID, at: datetime) -> NewerOriginal | None:
    begun = Edition.objects.begun(at).filter(entry__uid=uid).select_related("entry")
    last = begun.order_by("-live_from").first()
    if last is None or last.live_until is None or last.live_until > at:
        return None
    return NewerOriginal(last.entry.language, last.path, last.live_until, is_gone=True)


def text_since(edition: Edition, at: datetime) -> datetime:
    """Return when an edition's text first went live: a renewal changes no word of it."""
    begun = Edition.objects.begun(at).filter(revision=edition.revision_id).order_by("live_from")
    return begun.values_list("live_from", flat=True).first() or edition.live_from


def newest_text(original: Entry, at: datetime) -> Revision | None:
    """Return the text that a translation is made from: the live one, else the newest draft."""
    live = Edition.objects.live(at).filter(entry=original.pk).select_related("revision").first()
    return live.revision if live else original.head


def translation_in(original: Entry, language: str) -> Entry | None:
    """Return the translation of an entry, draft or live."""
    found = Entry.objects.filter(translated_from__entry=original.pk, language=language)
    return found.order_by("pk").first()


def translated(uids: Iterable[UUID], language: str) -> dict[UUID, UUID]:
    """Return the translations, draft or live, of some entries, by the original's uid."""
    found = Entry.objects.filter(language=language, translated_from__entry__uid__in=list(uids))
    return dict(found.order_by("-pk").values_list("translated_from__entry__uid", "uid"))
