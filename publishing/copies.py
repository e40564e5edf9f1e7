"""Which texts repeat a sentence of a disclaimer: copies that stay as they are when it changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q

from publishing import kinds, richtext
from publishing.documents import EntryDocument, load_payload
from publishing.models import Entry
from publishing.readability import sentences
from publishing.word_list import holding, words_in
from publishing.words import plain_words

# Shorter sentences (“Ask your doctor.”) are said everywhere, and are no copies.
SHORTEST = 6
# As many as a person mends; each is opened to make sure.
MOST = 100
# Sentences in one query: SQLite takes no longer conditions.
AT_ONCE = 50


@dataclass(frozen=True)
class Copy:
    """An entry whose newest text repeats sentences, and these as the disclaimer has them."""

    entry: Entry
    title: str
    sentences: tuple[str, ...]


def copies_of(documents: list[EntryDocument]) -> list[Copy]:
    """Return the entries of other kinds that repeat a sentence of these texts of a disclaimer.

    At most MOST + 1, by address: one more says that there are more. Case, marks and citations
    don't matter.
    """
    sought = dict(sentence for document in documents for sentence in _sentences(document))
    found: dict[int, Copy] = {}
    queue = iter(sought)
    while some := list(islice(queue, AT_ONCE)):
        for entry in _candidates(some):
            if entry.pk not in found and (copy := _copy(entry, sought)):
                found[entry.pk] = copy
            if len(found) > MOST:
                break
    return sorted(found.values(), key=lambda copy: (copy.entry.slug, copy.entry.pk))[: MOST + 1]


def _copy(entry: Entry, sought: dict[str, str]) -> Copy | None:
    """Open an entry's newest text, and return what it repeats, if anything."""
    document, _sources = load_payload(kinds.of(entry).document, entry.head.payload.text)
    said = _padded(words_in(plain_words(" ".join(_plain(document)))))
    repeated = tuple(text for words, text in sought.items() if words in said)
    return Copy(entry, document.display_title, repeated) if repeated else None


def _candidates(sought: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries that hold every word of a sentence, wherever they hold it."""
    condition = Q()
    for words in sought:
        # The longest word first: it is the rarest, and a database stops at the first that fails.
        condition |= holding(sorted(set(words.split()), key=len, reverse=True), whole=True)
    entries = Entry.objects.filter(condition, head__payload__text__isnull=False)
    entries = entries.exclude(kind="disclaimer").select_related("head__payload")
    return entries.order_by("slug", "pk").iterator(50)


def _sentences(document: EntryDocument) -> Iterator[tuple[str, str]]:
    """Yield each sentence worth looking for: its folded words, and as it is written."""
    for text in _plain(document):
        for sentence in sentences(text):
            words = words_in(plain_words(sentence))
            if len(words) >= SHORTEST:
                yield _padded(words), sentence


def _plain(document: EntryDocument) -> Iterator[str]:
    for piece in document.texts():
        if piece.html:
            yield from (block.text for block in richtext.blocks(piece.text))
        else:
            yield piece.text


def _padded(words: list[str]) -> str:
    return f" {' '.join(words)} "
