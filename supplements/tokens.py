"""`[[forms:magnesium]]` in a text: places the comparison table of a supplement's forms."""

from typing import Any
from uuid import UUID

from publishing import languages, translations
from publishing.documents import EntryDocument
from publishing.models import Entry
from publishing.placing import keys
from supplements.models import Supplement


def slugs_in(text: str) -> tuple[str, ...]:
    """Return the supplements that a text's tokens name, each once, in order."""
    return keys(text, "forms")


def freeze(document: EntryDocument, entry: Entry) -> dict[str, Any]:
    """Freeze which supplement each token's slug meant when the text was saved.

    Where the text's language has none at that address, the default's is meant: its translation,
    or, while there is none, that one itself.
    """
    slugs = {slug for piece in document.texts() for slug in slugs_in(piece.text)}
    if not slugs:
        return {}
    default = languages.default()
    spoken = {document.language, default}
    found = Supplement.objects.filter(slug__in=slugs, language__in=spoken)
    rows = list(found.values_list("language", "slug", "uid"))
    own = {slug: uid for language, slug, uid in rows if language == document.language}
    others = {slug: uid for language, slug, uid in rows if slug not in own}
    known = translations.translated(others.values(), document.language) if others else {}
    others = {slug: known.get(uid, uid) for slug, uid in others.items()}
    return {slug: str(uid) for slug, uid in {**others, **own}.items()}


def uids_in(document: EntryDocument, sources: dict[str, Any]) -> tuple[UUID, ...]:
    """Return the uids of the supplements that a text's tokens meant, in order of appearance."""
    meant = sources.get("forms", {})
    slugs = (slug for piece in document.texts() for slug in slugs_in(piece.text))
    return tuple(dict.fromkeys(UUID(meant[slug]) for slug in slugs if slug in meant))
