"""Writing what is searched: with each edition, and anew where it is missing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from publishing import clock, kinds, pages
from publishing.checks.context import Context
from publishing.documents import EntryDocument
from publishing.kinds import Kind
from publishing.models import Edition, SearchName, SearchText, SearchWord
from publishing.search import texts
from publishing.search.engines import index

_BATCH = 200

_Said = tuple[Edition, EntryDocument, Kind]


def record(edition: Edition, context: Context) -> None:
    """Index a new edition, and drop what the entry's past ones said: they never come back."""
    if _is_found(context.kind):
        using = edition._state.db
        _forget(edition.entry_id, edition.at, using)
        _write([(edition, context.document, context.kind)], using)


def record_missing(using: str) -> None:
    """Index each edition that is live or may be, and is not indexed yet."""
    _record_all(using, search_text=None)


def rebuild(using: str = "default") -> int:
    """Drop all that is searched and make it anew; return how many editions were indexed."""
    index(using).empty()
    for model in (SearchText, SearchName, SearchWord):
        model.objects.using(using).all().delete()
    return _record_all(using)


def _record_all(using: str, **which) -> int:
    found = [kind.name for kind in kinds.every() if _is_found(kind)]
    editions = Edition.objects.using(using).held().ending_after(clock.now()).composed()
    editions = editions.filter(
        entry__kind__in=found, revision__payload__text__isnull=False, **which
    )
    said = (
        (shown.edition, shown.document, shown.kind)
        for shown in map(pages.shown, editions.order_by("pk").iterator(_BATCH))
    )
    done = sum(_write(batch, using) for batch in _batches(said))
    if done > _BATCH:
        index(using).settle()
    return done


def _is_found(kind: Kind) -> bool:
    # The disclaimer is on every page already.
    return kind.name != "disclaimer"


def _batches(said: Iterable[_Said]) -> Iterator[list[_Said]]:
    said = iter(said)
    while batch := list(islice(said, _BATCH)):
        yield batch


def _write(said: list[_Said], using: str) -> int:
    rows = [texts.row_of(*each) for each in said]
    names = [row for edition, document, _kind in said for row in texts.name_rows(edition, document)]
    with transaction.atomic(using):
        SearchText.objects.using(using).bulk_create(rows)
        SearchName.objects.using(using).bulk_create(names)
        SearchWord.objects.using(using).bulk_create(texts.word_rows(rows), ignore_conflicts=True)
        index(using).add([row.pk for row in rows])
    return len(rows)


def _forget(entry: int, at: datetime, using: str) -> None:
    past = SearchText.objects.using(using).filter(edition__entry=entry, edition__live_until__lte=at)
    keys = list(past.values_list("pk", flat=True))
    if keys:
        index(using).remove(keys)
        SearchText.objects.using(using).filter(pk__in=keys).delete()
        SearchName.objects.using(using).filter(edition__in=keys).delete()
