"""When the demo's texts went live: batches of entries by days before the day of seeding.

Supplements go live before the articles that link to them, questions along with the first article
that shows them, the main article last, so that its related pages are there to be ranked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from healthcms.demo import reading
from healthcms.demo.reading import Fields

_DISCLAIMER = 210
_STATIC_PAGES = 208
_TERMS = 207
_SUPPLEMENTS = {"magnesium": 206, "potassium": 142, "vitamin-d": 112, "creatine": 77}
_ARTICLES = {
    "low-potassium-and-muscle-weakness": 140,
    "vitamin-d-and-muscle-weakness": 110,
    "muscle-loss-with-age": 75,
    "how-much-magnesium-do-you-need": 48,
    "magnesium-for-muscle-weakness": 45,
    "magnesio-para-la-debilidad-muscular": 21,
}
_NEXT_EDITION_PUBLISHED = 4

RENEWALS = {("supplement", "magnesium"): 50}
"""“Reviewed, no change needed”, by entry: days before the day of seeding."""


@dataclass(frozen=True)
class Batch:
    """Texts of one or more entries that are written, signed and published together.

    They are published ``days_ago``; with ``starts_in`` they begin that many days after seeding.
    """

    texts: tuple[Fields, ...]
    days_ago: int
    starts_in: int | None = None


def batches() -> list[Batch]:
    """Return every batch of the demo, those published first coming first."""
    entries = reading.entries()
    found = [
        *_alone(entries),
        *_earlier_editions(entries),
        *_next_editions(entries),
    ]
    found.sort(key=lambda batch: -batch.days_ago)
    return _with_questions(found, entries)


def _alone(entries: dict[tuple[str, str], Fields]) -> Iterator[Batch]:
    told = {history["slug"] for history in reading.histories()}
    pages = tuple(fields for (kind, _), fields in entries.items() if kind == "static_page")
    yield Batch(pages, _STATIC_PAGES)
    terms = tuple(fields for (kind, _), fields in entries.items() if kind == "term")
    yield Batch(terms, _TERMS)
    for (kind, slug), fields in entries.items():
        if kind == "disclaimer":
            yield Batch((fields,), _DISCLAIMER)
        elif kind == "supplement":
            yield Batch((fields,), _SUPPLEMENTS[slug])
        elif kind == "article" and slug not in told:
            yield Batch((fields,), _ARTICLES[slug])


def _earlier_editions(entries: dict[tuple[str, str], Fields]) -> Iterator[Batch]:
    for history in reading.histories():
        today = entries["article", history["slug"]]
        for edition in history["editions"]:
            yield Batch((reading.edited(today, edition),), edition["days_ago"])


def _next_editions(entries: dict[tuple[str, str], Fields]) -> Iterator[Batch]:
    for schedule in reading.schedules():
        today = entries["article", schedule["slug"]]
        edited = reading.edited(today, schedule)
        yield Batch((edited,), _NEXT_EDITION_PUBLISHED, schedule["in_days"])


def _with_questions(found: list[Batch], entries: dict[tuple[str, str], Fields]) -> list[Batch]:
    """Add each question to the batch of the first article that shows it; none may be left over."""
    waiting = {slug: fields for (kind, slug), fields in entries.items() if kind == "question"}
    full = []
    for batch in found:
        shown = [slug for fields in batch.texts for slug in fields.get("questions", ())]
        asked = tuple(waiting.pop(slug) for slug in shown if slug in waiting)
        full.append(Batch((*batch.texts, *asked), batch.days_ago, batch.starts_in))
    if waiting:
        raise ValueError(f"No article shows the questions {', '.join(sorted(waiting))}.")
    return full
