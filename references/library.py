"""Reading the library: a reference as CSL-JSON, and freezing what a Document cites."""

from collections.abc import Iterable
from typing import Any

from publishing.documents import EntryDocument, SourcedDocument
from publishing.models import Entry
from references import citations, csl
from references.models import Citation, Reference

_PLAIN = (
    "key",
    "title",
    "authors",
    "container_title",
    "publisher",
    "publisher_place",
    "year",
    "month",
    "day",
    "volume",
    "issue",
    "page",
    "doi",
    "pmid",
    "pmcid",
    "isbn",
    "url",
    "accessed",
    "study_design",
)


def csl_item(reference: Reference) -> dict[str, Any]:
    """Return a reference as a CSL-JSON item."""
    fields = {name: getattr(reference, name) for name in _PLAIN}
    editors = {"editor": reference.editors} if reference.editors else {}
    return csl.item({**fields, "csl_type": reference.type}) | editors


def cited_keys(document: EntryDocument) -> tuple[str, ...]:
    """Return the keys that a Document's own texts cite, in order of appearance."""
    found = (
        key for piece in document.texts() for key in citations.keys(piece.text, html=piece.html)
    )
    return tuple(dict.fromkeys(found))


def freeze(document: EntryDocument, entry: Entry) -> dict[str, Any]:
    """Freeze every reference that a Document cites or lists, by key.

    A key that the library does not hold is left out; REF-1 names it. ``citation`` holds what
    staff know of it and is never shown to the public.
    """
    wanted = set(cited_keys(document))
    if isinstance(document, SourcedDocument):
        wanted |= set(document.further_references)
    if not wanted:
        return {}
    rows = {
        row.reference_id: row
        for row in Citation.objects.filter(entry=entry.pk, reference__key__in=wanted)
    }
    return {
        reference.key: _frozen(reference, rows.get(reference.pk))
        for reference in Reference.objects.filter(key__in=wanted)
    }


def _frozen(reference: Reference, row: Citation | None) -> dict[str, Any]:
    frozen: dict[str, Any] = {
        "uid": str(reference.uid),
        "csl": csl_item(reference),
        "no_date": reference.no_date,
    }
    if standing := _standing(reference):
        frozen["standing"] = standing
    if row is not None:
        frozen["citation"] = {
            "locator": row.locator,
            "words": row.words,
            "reading": row.reading,
            "as_retracted": row.as_retracted,
        }
    return frozen


def _standing(reference: Reference) -> dict[str, str]:
    """Return what was known of a reference's standing, by name; what is empty is left out."""
    known = {
        "status": reference.status,
        "since": reference.status_on.isoformat() if reference.status_on else "",
        "notice": reference.status_notice,
        "checked": reference.checked_on.isoformat() if reference.checked_on else "",
    }
    return {name: value for name, value in known.items() if value}


def read_further(entry: Entry) -> list[str]:
    """Return the keys of an entry's further references, in order."""
    rows = entry.further_references.select_related("reference")
    return [row.reference.key for row in rows]


def used_keys(keys: Iterable[str]) -> set[str]:
    """Return those of some keys that a recorded text cites, so that they can't change."""
    from publishing.models import RevisionPayload

    return {
        key
        for key in keys
        if RevisionPayload.objects.filter(text__contains=f'"{key}":{{"').exists()
    }
