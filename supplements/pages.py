"""The page of a supplement, and the comparison table of its forms."""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publishing import prose, words
from publishing.facts import facts_of
from publishing.models import Edition, EditionQuerySet, EditionTie
from publishing.openings import opening_of
from publishing.pages import Page, Shown
from publishing.richtext import to_text
from references.reading import PageText
from supplements.documents import Form, IntakeLimit

ABOUT_IT = 12
"""Articles that a supplement's page lists; the topic's page has the rest."""


@dataclass(frozen=True)
class FormRow:
    """A row of a comparison table, as HTML."""

    name: SafeString
    absorption: SafeString
    common_use: SafeString
    side_effects: SafeString


@dataclass(frozen=True)
class LimitRow:
    """A row of the table of intake figures, its texts as HTML; ``limit`` has the rest."""

    label: SafeString
    population: SafeString
    authority: SafeString
    citations: SafeString
    limit: IntakeLimit


def form_rows(forms: tuple[Form, ...], shown: Shown, text: PageText) -> list[FormRow]:
    """Return the rows of a comparison table, citations numbered in reading order."""
    return [
        FormRow(
            *(
                text.plain(getattr(form, name), shown.sources)
                for name in ("name", "absorption", "common_use", "side_effects")
            )
        )
        for form in forms
    ]


def limit_rows(shown: Shown, text: PageText) -> list[LimitRow]:
    """Return the rows of the intake figures, citations numbered in reading order."""
    return [
        LimitRow(
            *(
                text.plain(getattr(limit, name), shown.sources)
                for name in ("label", "population", "authority", "citations")
            ),
            limit,
        )
        for limit in shown.document.limits
    ]


def most_for_adults(limits: tuple[IntakeLimit, ...]) -> IntakeLimit | None:
    """Return the upper limit that names adults, or else the last: such tables run by age."""
    upper = [limit for limit in limits if limit.kind == "upper" and limit.value]
    adults = [limit for limit in upper if "adult" in limit.population.lower()]
    return (adults or upper[-1:] or [None])[0]


def comparison_table(supplement: Shown, text: PageText, page: Page) -> SafeString:
    """Return the comparison table of a supplement's forms, for a page that embeds it."""
    reviewed_on = supplement.reviewed_on
    context = {
        "title": supplement.document.title,
        "rows": form_rows(supplement.document.compared_forms, supplement, text),
        "path": supplement.edition.path,
        "reviewed_apart": reviewed_on if reviewed_on > page.main.reviewed_on else None,
    }
    return render_to_string("supplements/comparison.html", context)


def supplement_view(page: Page) -> dict:
    """Return the template context of a supplement's page."""
    text, main = PageText(), page.main
    document, sources = main.document, main.sources
    opening = opening_of(document, lambda words: text.plain(words, sources))
    context = {
        "page": page,
        "site": page.site,
        "facts": facts_of(page),
        "title": document.title,
        "other_names": document.other_names,
        "description": prose.short(document.quick_summary),
        "minutes": words.reading_minutes(count_words(main)),
        "opening": opening,
        "most": most_for_adults(document.limits),
        "ask_first": text.rich(prose.inset(document.ask_first, 2), sources),
        "contents": prose.contents(document.body),
        "body": text.rich(prose.body(document.body), sources),
        "forms": form_rows(document.forms, main, text),
        "limits": limit_rows(main, text),
        "interactions": [
            (
                text.plain(row.substance, sources),
                text.plain(row.effect, sources),
                text.plain(row.advice, sources),
            )
            for row in document.interactions
        ],
    }
    text.list_further(document.further_references, sources)
    return {**context, "references": text.sources(), "about_it": articles_about(main, page.at)}


def articles_about(supplement: Shown, at: datetime) -> EditionQuerySet:
    """Return the live pages that show a supplement's tables, the newest first."""
    found = Edition.objects.live(at).tied(EditionTie.EMBED, supplement.uid)
    return found.order_by("-live_from", "title", "pk")[:ABOUT_IT]


def count_words(supplement: Shown) -> int:
    """Count every word of a supplement's page, references excluded."""
    return sum(
        words.count_words(to_text(piece.text) if piece.html else piece.text)
        for piece in supplement.document.texts()
    )


def comparison_words(supplement: Shown) -> int:
    """Count the words of a comparison table."""
    return sum(
        words.count_words(
            " ".join((form.name, form.absorption, form.common_use, form.side_effects))
        )
        for form in supplement.document.compared_forms
    )
