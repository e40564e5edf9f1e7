"""What stands behind the texts of a page: words explained, sources, and those under check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from publishing.pages import Page, Shown
from publishing.words import plain_words
from references import citations
from references.reading import ListedSource, PageText, is_cited_as_retracted


@dataclass(frozen=True)
class SourceUnderCheck:
    """A source that was retracted after a text of the page was signed, which rests on it yet.

    Nothing is signed and published on one that is known to be retracted: see REF-4.

    ``claims`` are the key points that rest on it, and the titles of what is shown inside the page
    and cites it, each with its language.
    """

    number: int
    on: date | None
    claims: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"


def back_matter(page: Page, text: PageText) -> dict[str, Any]:
    """Return the end of a page's context, once every text of it was numbered by ``text``."""
    explained, listed = text.explained(), text.sources()
    under_check = list(_under_check(page, listed))
    return {
        "explained": explained,
        "references": listed,
        "any_checked": any(line.checked or line.status for line in listed),
        "under_check": under_check,
    }


def _under_check(page: Page, listed: list[ListedSource]) -> Iterator[SourceUnderCheck]:
    if not page.told:
        return
    for line in listed:
        found = [_affected(page, text, line) for text in page.texts]
        told = [affected for affected in found if affected is not None]
        if told:
            claims = dict.fromkeys(claim for affected in told for claim in affected)
            yield SourceUnderCheck(line.number, line.since, tuple(claims))


def _affected(page: Page, text: Shown, line: ListedSource) -> list[tuple[str, str]] | None:
    """Return the claims of a text that rest on a source; None where nobody has to look."""
    notice = page.told.get(text.uid, {}).get(UUID(line.reference.uid))
    # A preview has no signature yet: whoever signs will know.
    if notice is None or not notice.retracted or text.edition.sign_off.pk is None:
        return None
    keys = {
        key
        for key, frozen in text.sources.get("references", {}).items()
        if frozen["uid"] == line.reference.uid and not is_cited_as_retracted(frozen)
    }
    if not keys:
        return None
    language = text.document.language
    if text is not page.main:
        return [(text.document.display_title, language)]
    points = getattr(text.document, "key_points", ())
    cited = [(point, citations.keys(point.text, html=False)) for point in points]
    resting = [point for point, of_point in cited if not keys.isdisjoint(of_point)]
    return [(plain_words(point.text), language) for point in resting]
