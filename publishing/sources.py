"""Freezing what a Document points at, so that a later edit of a library changes no signed text."""

from collections.abc import Callable
from typing import Any

from publishing.documents import EntryDocument, SourcedDocument
from publishing.models import Contributor, Entry

Freezer = Callable[[EntryDocument, Entry], dict[str, Any]]
_freezers: dict[str, Freezer] = {}


def register(name: str, freezer: Freezer) -> None:
    """Register what freezes one sort of pointer; its data lands in ``sources[name]``.

    The data must be JSON-ready, hold no floats, and be the same for the same database content.
    """
    _freezers[name] = freezer


def freeze(document: EntryDocument, entry: Entry) -> dict[str, Any]:
    """Return the sources of a Document, as they are in the database now; empty parts left out."""
    frozen = {name: freezer(document, entry) for name, freezer in sorted(_freezers.items())}
    return {name: data for name, data in frozen.items() if data}


def freeze_people(document: EntryDocument, entry: Entry) -> dict[str, Any]:
    """Freeze names, credentials and newest disclosures of the authors, by uid."""
    if not isinstance(document, SourcedDocument) or not document.authors:
        return {}
    people = Contributor.objects.filter(uid__in=[a.contributor for a in document.authors])
    return {
        str(person.uid): _person(person)
        for person in people.prefetch_related("credentials", "disclosures")
    }


def _person(person: Contributor) -> dict[str, Any]:
    newest = max(person.disclosures.all(), key=lambda d: (d.declared_on, d.pk), default=None)
    return {
        "name": person.name,
        "slug": person.slug,
        "credentials": [
            {"name": c.name, "expires": c.expires.isoformat() if c.expires else None}
            for c in person.credentials.all()
        ],
        "disclosure": newest.text if newest else "",
        "disclosed_on": newest.declared_on.isoformat() if newest else None,
    }


register("people", freeze_people)
