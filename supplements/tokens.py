"""`[[forms:magnesium]]` in a text: places the comparison table of a supplement's forms."""

import re
from typing import Any
from uuid import UUID

from publishing.documents import EntryDocument
from publishing.models import Entry
from supplements.models import Supplement

FORMS_TOKEN = re.compile(r"\[\[\s*forms\s*:\s*([\w-]+)\s*\]\]")


def slugs_in(text: str) -> tuple[str, ...]:
    """Return the supplements that a text's tokens name, each once, in order."""
    return tuple(dict.fromkeys(FORMS_TOKEN.findall(text)))


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
