"""The texts of one page with their citations numbered, and the list that they are numbered by."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from references import styles
from references.citations import ListedReference, Numbering, ResolvedReference


@dataclass(frozen=True)
class ListedSource:
    """One line of a page's reference list; ``html`` is the reference in AMA style."""

    number: int
    html: SafeString
    reference: ResolvedReference
    back: tuple[tuple[str, int], ...] = ()

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"


class PageText:
    """Turns the texts of a page into HTML, in the order of reading: one numbering, one list.

    Call ``plain`` and ``rich`` in the order in which readers meet the texts, then ``sources``.
    """

    def __init__(self) -> None:
        self._numbering = Numbering()
        self._further: dict[str, ResolvedReference] = {}

    def plain(self, text: str, sources: dict[str, Any]) -> SafeString:
        """Return a plain text as escaped HTML with its citations."""
        return mark_safe(self._numbering.cite_text(text, _resolver(sources)))

    def rich(self, html: str, sources: dict[str, Any]) -> SafeString:
        """Return a sanitised rich text with its citations."""
        return mark_safe(self._numbering.cite(html, _resolver(sources)))

    def list_further(self, keys: tuple[str, ...], sources: dict[str, Any]) -> None:
        """Add references that are listed without being cited."""
        resolve = _resolver(sources)
        for key in keys:
            found = resolve(key)
            if found is not None:
                self._further.setdefault(found.uid, found)

    def sources(self) -> list[ListedSource]:
        """Return the reference list: the cited ones by number, then the further ones."""
        cited = [(entry.reference, _back(entry)) for entry in self._numbering.entries]
        numbered = {reference.uid for reference, _back_links in cited}
        further = [(row, ()) for uid, row in self._further.items() if uid not in numbered]
        listed = [*cited, *further]
        lines = styles.ama([reference.csl for reference, _back_links in listed])
        return [
            ListedSource(number, mark_safe(line), reference, back)
            for number, (line, (reference, back)) in enumerate(zip(lines, listed, strict=True), 1)
        ]


def _back(entry: ListedReference) -> tuple[tuple[str, int], ...]:
    return tuple((anchor, place) for place, anchor in enumerate(entry.back_ids, 1))


def _resolver(sources: dict[str, Any]):
    frozen = sources.get("references", {})

    def resolve(key: str) -> ResolvedReference | None:
        found = frozen.get(key)
        return ResolvedReference(uid=found["uid"], csl=found["csl"]) if found else None

    return resolve
