"""`[[forms:magnesium]]` in a text: places the comparison table of a supplement's forms."""

from typing import Any
from uuid import UUID

from publishing.documents import EntryDocument
from publishing.models import Entry
from publishing.placing import keys
from supplements.models import Supplement


def slugs_in(text: str) -> tuple[str, ...]:
    """Return the supplements that a text's tokens name, each once, in order."""
    return keys(text, "forms")


def freeze(document: EntryDocument, entry: Entry) -> dict[str, Any]:
    """Freeze which supplement each token's slug meant when the text was saved."""
    slugs = {slug for piece in document.texts() for slug in slugs_in(piece.text)}
    if not slugs:
        return {}
    found = Supplement.objects.filter(slug__in=slugs, language=document.language)
    return {supplement.slug: str(supplement.uid) for supplement in found}


def uids_in(document: EntryDocument, sources: dict[str, Any]) -> tuple[UUID, ...]:
    """Return the uids of the supplements that a text's tokens meant, in order of appearance."""
    meant = sources.get("forms", {})
    slugs = (slug for piece in document.texts() for slug in slugs_in(piece.text))
    return tuple(dict.fromkeys(UUID(meant[slug]) for slug in slugs if slug in meant))
