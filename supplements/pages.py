"""The page of a supplement, and its tables inside an article."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publishing import languages, prose, words
from publishing.facts import facts_of
from publishing.openings import opening_of
from publishing.pages import Page, Shown
from publishing.pictures import figures
from publishing.richtext import to_text
from references.back_matter import back_matter
from references.reading import PageText
from supplements.about import articles_about
from supplements.asking import asking_of
from supplements.documents import Form, IntakeLimit, SupplementDocument
from supplements.sureness import sureness_of


@dataclass(frozen=True)
class FormRow:
    """A row of a comparison table, as HTML."""

    name: SafeString
    absorption: SafeString
    common_use: SafeString
    side_effects: SafeString


@dataclass(frozen=True)
class LimitRow:
    """A figure: for whom, as HTML; ``limit`` has how much."""

    population: SafeString
    limit: IntakeLimit


@dataclass(frozen=True)
class LimitTable:
    """Figures of one sort by one authority: what is the same for all is said once, as HTML.

    ``first`` is the first of them in the Document.
    """

    label: SafeString
    authority: SafeString
    citations: SafeString
    first: IntakeLimit
    rows: tuple[LimitRow, ...]


@dataclass(frozen=True)
class InteractionRow:
    """A row of the table of interactions, as HTML."""

    substance: SafeString
    effect: SafeString
    advice: SafeString


def tables_of(supplement: Shown, forms: tuple[Form, ...], text: PageText) -> dict[str, Any]:
    """Return the rows of a supplement's three tables, citations numbered in reading order."""
    document, sources = supplement.document, supplement.sources

    def plain(said: str) -> SafeString:
        return text.plain(said, sources)

    def running(said: str) -> SafeString:
        return text.running(said, sources)

    def each(rows, row):
        with text.section():
            return [row(found) for found in rows]

    return {
        "forms": each(
            forms,
            lambda form: FormRow(
                plain(form.name),
                running(form.absorption),
                running(form.common_use),
                running(form.side_effects),
            ),
        ),
        "limits": each(
            [tuple(alike) for _, alike in groupby(document.limits, _what_is_shared)],
            lambda limits: LimitTable(
                plain(limits[0].label),
                plain(limits[0].authority),
                plain(limits[0].citations),
                limits[0],
                tuple(LimitRow(running(limit.population), limit) for limit in limits),
            ),
        ),
        "interactions": each(
            document.interactions,
            lambda row: InteractionRow(
                plain(row.substance), running(row.effect), running(row.advice)
            ),
        ),
    }


def _what_is_shared(limit: IntakeLimit) -> tuple[str, ...]:
    """Return what the figures of one table have in common."""
    return (
        limit.label, limit.kind, limit.basis, limit.counts, limit.authority, limit.citations
    )  # fmt: skip


def most_for_adults(limits: tuple[IntakeLimit, ...]) -> IntakeLimit | None:
    """Return the upper limit that names adults, or else the last: such tables run by age."""
    upper = [limit for limit in limits if limit.kind == "upper" and limit.value]
    adults = [limit for limit in upper if "adult" in limit.population.lower()]
    return (adults or upper[-1:] or [None])[0]


def shown_in_article(supplement: Shown, text: PageText, page: Page) -> SafeString:
    """Return a supplement's tables, its forms to compare first, for a page that embeds it."""
    reviewed_on = supplement.reviewed_on
    context = {
        **tables_of(supplement, supplement.document.compared_forms, text),
        "title": supplement.document.title,
        "path": supplement.edition.path,
        "reviewed_apart": reviewed_on if reviewed_on > page.main.reviewed_on else None,
    }
    foreign = "" if languages.same(supplement.document.language) else supplement.document.language
    # Headings in the language of the rows: half a table is read aloud wrong otherwise.
    with languages.active(supplement.document.language):
        return render_to_string("supplements/comparison.html", {**context, "foreign": foreign})


def supplement_view(page: Page) -> dict:
    """Return the template context of a supplement's page."""
    text, main = PageText.of(page), page.main
    document, sources = main.document, main.sources
    opening = opening_of(document, sources, text)
    with text.section():
        ask_first = text.rich(prose.inset(document.ask_first, 2), sources)
    picture = figures.leading(main, text)
    context = {
        "page": page,
        "site": page.site,
        "facts": facts_of(page),
        "title": document.title,
        "other_names": document.other_names,
        "description": prose.short(document.quick_summary),
        "minutes": words.reading_minutes(count_words(main)),
        "opening": opening,
        "sureness": sureness_of(document.key_points),
        "most": most_for_adults(document.limits),
        "ask_first": ask_first,
        "asking": asking_of(document.ask_first),
        "contents": prose.contents(document.body),
        "picture": picture,
        "body": figures.body(main, text),
        **tables_of(main, document.forms, text),
    }
    text.list_further(document.further_references, sources)
    return {
        **context,
        **back_matter(page, text),
        "about_it": articles_about(page),
    }


def count_words(supplement: Shown) -> int:
    """Count every word of a supplement's page, references excluded."""
    return sum(
        words.count_words(to_text(piece.text) if piece.html else piece.text)
        for piece in supplement.document.texts()
    )


def table_words(supplement: Shown) -> int:
    """Count the words of a supplement's tables as an article shows them."""
    document: SupplementDocument = supplement.document
    said = [
        *(
            part
            for form in document.compared_forms
            for part in (form.name, form.absorption, form.common_use, form.side_effects)
        ),
        *(
            part
            for limit in document.limits
            for part in (limit.label, limit.value, limit.unit, limit.population, limit.authority)
        ),
        *(
            part
            for row in document.interactions
            for part in (row.substance, row.effect, row.advice)
        ),
    ]
    return words.count_words(" ".join(said))
