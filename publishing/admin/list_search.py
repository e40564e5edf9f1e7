"""Finding entries by words: of the title, of the address, and of the newest text.

Each save makes a revision of the draft rows, so the rows hold the words of the newest text.
"""

import re

from django.db import connection, models
from django.db.models import Q, QuerySet

from publishing import kinds
from publishing.models import Entry, KeyPoint

# A pasted paragraph is no search: its first words are enough to find it.
MOST_WORDS = 8
_WORD = re.compile(r"\w+")


def matching(entries: QuerySet, typed: str, title: str) -> QuerySet:
    """Return the entries of one kind that hold every typed word, whatever its case.

    ``title`` names the kind's field of that meaning. Each word, or part of one, may stand in the
    title, the address, the texts of the kind's own row or a key point.
    """
    words = _WORD.findall(typed)[:MOST_WORDS]
    found = entries
    for word in words:
        found = found.filter(_holding(entries.model, word, title))
    if words and connection.vendor == "postgresql":
        # It unpacks each long text that it looks into: let it do so once, not for the number of
        # entries and for a page of them both.
        return entries.filter(pk__in=list(found.order_by().values_list("pk", flat=True)))
    return found


def text_fields(model: type[Entry]) -> list[str]:
    """Return the names of the long texts in a kind's own table."""
    own = model._meta.local_concrete_fields
    return [field.name for field in own if isinstance(field, models.TextField)]


def _holding(model: type[Entry], word: str, title: str) -> Q:
    found = _contains("slug", word) | _contains(title, word)
    if "key_points" in kinds.get(model.kind_name).document.model_fields:
        points = KeyPoint.objects.filter(_contains("text", word), entry__kind=model.kind_name)
        found |= Q(pk__in=points.values("entry"))
    for name in text_fields(model):
        found |= _contains(name, word)
    return found


def _contains(field: str, word: str) -> Q:
    found = Q(**{f"{field}__icontains": word})
    if connection.vendor == "sqlite" and not word.isascii():
        # SQLite folds the case of A to Z alone.
        for other in (word.lower(), word.upper(), word.capitalize()):
            found |= Q(**{f"{field}__contains": other})
    return found
