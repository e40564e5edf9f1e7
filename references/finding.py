"""Finding references of the library by whatever a person remembers of them."""

import json

from django.db.models import Q, QuerySet

_COLUMNS = ("key", "title", "container_title", "doi", "pmid", "pmcid", "year", "authors")
# More words than these tell no more apart, and each is a pass over the library.
_WORDS = 8


def matching(references: QuerySet, text: str) -> QuerySet:
    """Return the references in which every typed word stands somewhere.

    Searched are key, title, journal, identifiers, year and the names of the authors. Signs that
    surround a citation (“[@smith2020]”) do no harm.
    """
    for word in text.strip(" []@;").split()[:_WORDS]:
        references = references.filter(_anywhere(word.strip("@;,[]") or word))
    return references


def _anywhere(word: str) -> Q:
    found = Q()
    for column in _COLUMNS:
        found |= Q(**{f"{column}__icontains": word})
    # SQLite keeps JSON as its text, in which letters outside ASCII are written as “\u00fc”.
    return found | Q(authors__icontains=json.dumps(word)[1:-1])
