"""What supports a claim: the reference, the words in it, and how it was read. For staff alone."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.text import Truncator

from publishing.claims import Library, Source
from references import citations, identifiers
from references.csl import issued_year
from references.models import Citation, Reference
from references.reading import PageText
from references.retracted_sentences import says_retracted


def look_up(many: Sequence[dict[str, Any]]) -> list[dict[str, Source]]:
    """Return the sources of several frozen texts, each by key; one query for all of them.

    Words, locator and reading are as they were frozen with the text that is signed. Whether a
    source was retracted is what the library knows today.
    """
    texts = [sources.get("references", {}) for sources in many]
    uids = {frozen["uid"] for frozen_by_key in texts for frozen in frozen_by_key.values()}
    flagged = Reference.objects.filter(uid__in=uids).exclude(status="") if uids else ()
    standing = {str(reference.uid): reference.get_status_display() for reference in flagged}
    return [
        {
            key: _source(key, frozen, standing.get(frozen["uid"], ""))
            for key, frozen in frozen_by_key.items()
        }
        for frozen_by_key in texts
    ]


def _source(key: str, frozen: dict[str, Any], standing: str) -> Source:
    known = frozen.get("citation", {})
    readings = dict(Citation.Readings.choices)
    return Source(
        key=key,
        name=name_of(frozen["csl"]),
        url=_address(frozen["csl"]),
        locator=known.get("locator", ""),
        words=known.get("words", ""),
        reading=str(readings.get(known.get("reading", ""), "")),
        standing=standing,
    )


def name_of(item: dict[str, Any]) -> str:
    """Return what tells a CSL-JSON item from others in a few words.

    It is “Smith et al, 2020”, or the title's first words where nobody is named."""
    people = item.get("author") or item.get("editor") or []
    names = [person.get("family") or person.get("literal", "") for person in people]
    who = names[0] if names else Truncator(item.get("title", "")).words(6)
    if len(names) > 1:
        who = f"{who} et al" if len(names) > 2 else " & ".join(names)
    year = issued_year(item)
    return f"{who}, {year}" if year else who


def _address(item: dict[str, Any]) -> str:
    for name in ("DOI", "PMID", "PMCID"):
        if item.get(name):
            return identifiers.url_for(name.lower(), item[name])
    return identifiers.url_for("url", item.get("URL", ""))


LIBRARY = Library(
    keys=partial(citations.keys, html=False),
    look_up=look_up,
    page_text=PageText,
    says_retracted=says_retracted,
)
