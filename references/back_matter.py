"""What stands behind the texts of a page: words explained, sources, and those under check."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from publishing.documents import EntryDocument
from publishing.pages import Page
from publishing.words import plain_words
from references import citations
from references.reading import ExplainedWord, ListedSource, PageText
from references.retracted_sentences import says_retracted


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


@dataclass(frozen=True)
class _Part:
    """A text that the page shows: its own, one inside it, or the definition of a term."""

    uid: UUID
    document: EntryDocument
    sources: dict[str, Any]
    is_main: bool = False


def back_matter(page: Page, text: PageText) -> dict[str, Any]:
    """Return the end of a page's context, once every text of it was numbered by ``text``."""
    explained, listed = text.explained(), text.sources()
    under_check = list(_under_check(page, text, listed, explained)) if page.told else []
    numbers = {source.number for source in under_check}
    return {
        "explained": explained,
        "references": [replace(line, under_check=line.number in numbers) for line in listed],
        "any_checked": any(line.checked or line.status for line in listed),
        "under_check": under_check,
    }


def _under_check(
    page: Page, text: PageText, listed: list[ListedSource], explained: list[ExplainedWord]
) -> Iterator[SourceUnderCheck]:
    parts = list(_parts(page, explained))
    for line in listed:
        found = [_affected(page, text, part, line.reference.uid) for part in parts]
        told = [affected for affected in found if affected is not None]
        if told:
            claims = dict.fromkeys(claim for affected in told for claim in affected)
            yield SourceUnderCheck(line.number, line.since, tuple(claims))


def _parts(page: Page, explained: list[ExplainedWord]) -> Iterator[_Part]:
    for shown in page.texts:
        # A preview has no signature yet: whoever signs will know.
        if shown.edition.sign_off.pk is not None:
            yield _Part(shown.uid, shown.document, shown.sources, shown is page.main)
    for each in explained:
        word = each.used.word
        yield _Part(word.uid, word.document, word.sources)


def _affected(page: Page, text: PageText, part: _Part, source: str) -> list[tuple[str, str]] | None:
    """Return the claims of a text that rest on a source; None where nobody has to look."""
    notice = page.told.get(part.uid, {}).get(UUID(source))
    if notice is None or not notice.retracted or not text.has_cited(source, part.sources):
        return None
    if says_retracted(part.document, part.sources, source):
        return None
    language = part.document.language
    if not part.is_main:
        return [(part.document.display_title, language)]
    frozen = part.sources.get("references", {})
    keys = {key for key, found in frozen.items() if found["uid"] == source}
    points = getattr(part.document, "key_points", ())
    cited = [(point, citations.keys(point.text, html=False)) for point in points]
    resting = [point for point, of_point in cited if not keys.isdisjoint(of_point)]
    return [(plain_words(point.text), language) for point in resting]
