"""The texts of one page with their citations numbered, and the list that they are numbered by."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from references import styles
from references.citations import Numbering, ResolvedReference


@dataclass(frozen=True)
class ListedSource:
    """One line of a page's reference list; ``html`` is the reference in AMA style."""

    number: int
    anchor: str
    html: SafeString
    back: tuple[tuple[str, int], ...]


class PageText:
    """Turns the texts of a page into HTML, in the order of reading: one numbering, one list.

    Call ``plain`` and ``rich`` in the order in which readers meet the texts, then ``sources``.
    """

    def __init__(self) -> None:
        self._numbering = Numbering()
        self._further: dict[str, dict[str, Any]] = {}

    def plain(self, text: str, sources: dict[str, Any]) -> SafeString:
        """Return a plain text as escaped HTML with its citations."""
        return mark_safe(self._numbering.cite_text(text, _resolver(sources)))

    def rich(self, html: str, sources: dict[str, Any]) -> SafeString:
        """Return a sanitised rich text with its citations."""
        return mark_safe(self._numbering.cite(html, _resolver(sources)))

    def list_further(self, keys: tuple[str, ...], sources: dict[str, Any]) -> None:
        """Add references that are listed without being cited."""
        for key in keys:
            frozen = sources.get("references", {}).get(key)
            if frozen is not None:
                self._further.setdefault(frozen["uid"], frozen["csl"])

    def sources(self) -> list[ListedSource]:
        """Return the reference list: the cited ones by number, then the further ones."""
        cited = list(self._numbering.entries)
        further = {u: c for u, c in self._further.items() if u not in {e.uid for e in cited}}
        lines = styles.ama([*(entry.csl for entry in cited), *further.values()])
        listed = [
            ListedSource(
                entry.number,
                f"ref-{entry.number}",
                mark_safe(line),
                tuple((anchor, place) for place, anchor in enumerate(entry.back_ids, 1)),
            )
            for entry, line in zip(cited, lines, strict=False)
        ]
        for number, line in enumerate(lines[len(cited) :], len(cited) + 1):
            listed.append(ListedSource(number, f"ref-{number}", mark_safe(line), ()))
        return listed


def _resolver(sources: dict[str, Any]):
    frozen = sources.get("references", {})

    def resolve(key: str) -> ResolvedReference | None:
        found = frozen.get(key)
        return ResolvedReference(uid=found["uid"], csl=found["csl"]) if found else None

    return resolve
