"""The verbs of translating: a new entry from another one's text, and bringing it up to date."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from publishing import clock as clocks
from publishing import documents, kinds, languages, permissions, translations
from publishing.comparing.fields import uids_in
from publishing.documents import EntryDocument
from publishing.locks import lock
from publishing.models import Entry, Revision, RevisionPayload
from publishing.refusals import Refused
from publishing.slugs import free_slug, slug_from
from publishing.verbs.revisions import save_revision

# What a Document's title may be called.
_TITLES = ("title", "question", "name")


def longest_title(kind: kinds.Kind) -> int:
    """Return how many characters the title of a kind's texts may have."""
    return kind.model._meta.get_field(_title_of(kind.document)).max_length


def _title_of(document: type[EntryDocument]) -> str:
    return next(name for name in _TITLES if name in document.model_fields)


@transaction.atomic
def translate(original: Entry, language: str, title: str, *, by, clock=clocks.now) -> Entry:
    """Make a new entry for the translation of another, and return it.

    Its draft begins as a copy of what is live, or else of the newest draft; what it shows inside
    it is replaced by its translations where there are any. Raises Refused where the language is
    none of the site's others, or the translation is there already, or this is one itself.
    """
    kind = kinds.of(original)
    permissions.require(by, "write", kind)
    locked = lock([original])[original.pk]
    _require_new(locked, language)
    if len(documents.normalise_line(title)) > longest_title(kind):
        raise Refused(
            _("Not translated. The title is longer than %(count)d characters. Shorten it.")
            % {"count": longest_title(kind)}
        )
    source = translations.newest_text(locked, clocks.instant_for([locked], clock))
    document = _begun(_document_of(kind, source), source, language, title, locked)
    try:
        with transaction.atomic():
            entry = kind.apply(document)
    except IntegrityError as error:
        raise Refused(
            _("Not translated. Another text in this language has its place. Change that one.")
        ) from error
    with languages.in_default():
        reason = _("Begun as a copy of version %(number)s of the original")
    reason %= {"number": source.number}
    save_revision(entry, by=by, reason=reason, clock=clock)
    return entry


@transaction.atomic
def bring_up_to_date(translation: Entry, number: int, *, by, clock=clocks.now) -> Revision:
    """Say that a translation's draft says what a version of its original says; return the draft.

    Raises Refused where ``number`` is no longer the text that a translation is made from, or
    where the translation says that text already.
    """
    kind = kinds.of(translation)
    permissions.require(by, "write", kind)
    locked = lock([translation])[translation.pk]
    made_from = locked.translated_from
    if made_from is None:
        raise Refused(_("Nothing was changed. This text is no translation."))
    newest = translations.newest_text(made_from.entry, clocks.instant_for([locked], clock))
    if newest.number != number:
        raise Refused(
            _(
                "Nothing was changed. The original changed again: version %(number)s counts now. "
                "Compare with that one."
            )
            % {"number": newest.number}
        )
    if number <= made_from.number:
        raise Refused(_("Nothing was changed. The original has no newer text."))
    Entry.objects.filter(pk=locked.pk).update(translated_from=newest)
    with languages.in_default():
        reason = _("Brought up to date with version %(number)s of the original")
    reason %= {"number": number}
    return save_revision(translation, by=by, reason=reason, clock=clock)


def _require_new(original: Entry, language: str) -> None:
    if original.head is None:
        raise Refused(_("Not translated. This entry has no text yet."))
    if original.translated_from_id:
        raise Refused(
            _("Not translated. This is a translation itself. Translate the text it was made from.")
        )
    if language not in languages.every() or language == original.language:
        raise Refused(
            _("Not translated. “%(language)s” is none of the site's other languages.")
            % {"language": language}
        )
    if there := translations.translation_in(original, language):
        raise Refused(
            _("Not translated. There is one in this language: “%(title)s”. Change that one.")
            % {"title": kinds.draft_of(there)}
        )


def _document_of(kind: kinds.Kind, source: Revision) -> EntryDocument:
    text = RevisionPayload.objects.get(pk=source.pk).text
    if text is None:
        raise Refused(_("Not translated. The text of this version was removed for good."))
    return documents.load_payload(kind.document, text)[0]


def _begun(
    document: EntryDocument, source: Revision, language: str, title: str, original: Entry
) -> EntryDocument:
    data = document.model_dump()
    known = translations.translated(uids_in([document]), language)
    named = _title_of(type(document))
    title = documents.normalise_line(title) or data[named]
    return type(document).model_validate(
        {
            **_replaced(data, known),
            named: title,
            "slug": free_slug(original.kind, slug_from(title) or document.slug, language),
            "language": language,
            "change_kind": "",
            "change_note": "",
            "guesses": (),
            "original": {
                "uid": original.uid,
                "number": source.number,
                "digest": source.digest,
            },
        }
    )


def _replaced(value: Any, known: dict[UUID, UUID]) -> Any:
    """Return data with the uids of entries replaced by those of their translations."""
    if isinstance(value, dict):
        return {name: _replaced(each, known) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_replaced(each, known) for each in value)
    return known.get(value, value) if isinstance(value, UUID) else value
