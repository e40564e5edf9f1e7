"""Finding entries by the words of their newest text, without opening a text.

A search of ten thousand texts takes seconds where a database unpacks each of them; each entry's
distinct words are a fifth of its text, and case is folded once, the same way on every engine.
"""

import re
from collections.abc import Iterable

from django.db.models import Q

from publishing import kinds, richtext
from publishing.documents import EntryDocument, load_payload
from publishing.models import Entry, EntryWords

_WORD = re.compile(r"\w+")


def words_in(text: str) -> list[str]:
    """Return the words of a plain text, case folded, in order."""
    return _WORD.findall(text.casefold())


def record(entry: Entry, document: EntryDocument) -> None:
    """Keep the words of an entry's new head."""
    EntryWords.objects.update_or_create(entry_id=entry.pk, defaults={"words": _list(document)})


def record_missing(using: str) -> None:
    """Keep the words of each entry that has a head with a text and no words yet."""
    found = Entry.objects.using(using).filter(words=None, head__payload__text__isnull=False)
    for entry in found.select_related("head__payload").order_by("pk").iterator(200):
        document, _sources = load_payload(kinds.of(entry).document, entry.head.payload.text)
        EntryWords.objects.using(using).create(entry_id=entry.pk, words=_list(document))


def holding(words: Iterable[str], *, whole: bool = False) -> Q:
    """Return the condition, within a query on entries, that an entry holds every folded word.

    A word may be part of a longer one, unless they are to be ``whole``.
    """
    found = Q()
    for word in words:
        found &= Q(words__words__contains=f" {word} " if whole else word)
    return found


def _list(document: EntryDocument) -> str:
    said = [document.slug, document.display_title, document.change_note]
    said += [richtext.to_text(t.text) if t.html else t.text for t in document.texts()]
    return f" {' '.join(dict.fromkeys(words_in(' '.join(said))))} "
