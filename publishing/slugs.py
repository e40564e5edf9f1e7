"""Addresses made from titles."""

from django.utils.text import slugify

from publishing.models import Entry

LONGEST = 160


def slug_from(title: str, longest: int = LONGEST) -> str:
    """Return the address for a title: ASCII words joined by hyphens, cut at a word.

    A title without any letter that ASCII can spell (another script) keeps its own letters'
    code points out: the answer is then "" and the caller chooses another base.
    """
    slug = slugify(title)
    if len(slug) <= longest:
        return slug
    cut = slug[: longest + 1].rpartition("-")[0]
    return cut or slug[:longest]


def free_slug(kind: str, wanted: str, language: str = "en", but: int | None = None) -> str:
    """Return the wanted address, or the first of ``-2``, ``-3``, … that no entry of a kind has."""
    taken = set(
        Entry.objects.filter(kind=kind, language=language, slug__startswith=wanted)
        .exclude(pk=but)
        .values_list("slug", flat=True)
    )
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
