"""The pages of articles and of the site itself."""

from dataclasses import dataclass
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.documents import ArticleDocument
from faq import pages as faq_pages
from publishing import languages, prose, words
from publishing.facts import facts_of
from publishing.openings import opening_of
from publishing.pages import Page, Shown, WithdrawnEmbed
from publishing.pictures import figures
from publishing.placing import filled
from publishing.richtext import to_text
from references.back_matter import back_matter
from references.reading import PageText
from supplements import pages as supplement_pages


@dataclass(frozen=True)
class ShownQuestion:
    """A question on an article; ``withdrawn`` stands in for the answer of one withdrawn."""

    anchor: str
    title: str
    answer: str = ""
    path: str = ""
    shown: Shown | None = None
    withdrawn: WithdrawnEmbed | None = None

    @property
    def is_foreign(self) -> bool:
        """Whether the answer is in another language than the page."""
        return self.shown is not None and not languages.same(self.shown.document.language)


def article_view(page: Page) -> dict:
    """Return the template context of an article's page, citations numbered in reading order."""
    text, main = PageText.of(page), page.main
    document: ArticleDocument = main.document
    sources = main.sources
    opening = opening_of(document, sources, text)
    lead = text.running(document.lead, sources)
    picture = figures.leading(main, text)
    body, placed = _body(page, text)
    left = [uid for uid in page.main.kind.embeds(document, sources) if uid not in placed]
    facts = facts_of(page)
    context = {
        "page": page,
        "site": page.site,
        "facts": facts,
        "title": document.title,
        "other_names": document.other_names,
        "description": prose.short(document.quick_summary),
        "minutes": words.reading_minutes(count_words(page)),
        "opening": opening,
        "lead": lead,
        "picture": picture,
        "contents": prose.contents(document.body),
        "body": body,
        "tables": [_table(page, uid, text) for uid in left if uid not in document.questions],
        "questions": _questions(page, text),
        "funding": text.plain(facts.funding, sources),
    }
    text.list_further(document.further_references, sources)
    return {**context, **back_matter(page, text)}


def static_view(page: Page) -> dict:
    """Return the template context of a static page."""
    body = page.main.document.body
    return {
        "page": page,
        "site": page.site,
        "facts": facts_of(page),
        "title": page.main.document.title,
        "description": prose.description(body),
        "body": mark_safe(prose.body(body)),
    }


def count_words(page: Page) -> int:
    """Count every word of an article and its shown questions and tables, references excluded."""
    own = sum(
        words.count_words(to_text(piece.text) if piece.html else piece.text)
        for piece in page.main.document.texts()
    )
    embedded = sum(
        faq_pages.count_words(embed)
        if embed.kind.name == "question"
        else supplement_pages.table_words(embed)
        for embed in page.embeds.values()
    )
    return own + embedded


def _body(page: Page, text: PageText) -> tuple[SafeString, set[UUID]]:
    """Return the body with tables and pictures in their places, and which tables were placed."""
    main = page.main
    meant = main.sources.get("forms", {})
    placed: set[UUID] = set()

    def table(slug: str) -> str:
        uid = UUID(meant[slug]) if slug in meant else None
        if uid is None or uid in placed:
            return ""
        placed.add(uid)
        return _table(page, uid, text)

    html = filled(
        prose.body(main.document.body),
        lambda piece: text.rich(piece, main.sources),
        {"forms": table, "picture": figures.placing(main, text)},
    )
    return mark_safe(html), placed


def _table(page: Page, uid: UUID, text: PageText) -> SafeString:
    supplement = page.embeds.get(uid)
    if supplement is not None:
        return supplement_pages.shown_in_article(supplement, text, page)
    return render_to_string("publishing/_withdrawn.html", {"withdrawn": page.withdrawn.get(uid)})


def _questions(page: Page, text: PageText) -> list[ShownQuestion]:
    shown = []
    for place, uid in enumerate(page.main.document.questions, 1):
        embed, withdrawn = page.embeds.get(uid), page.withdrawn.get(uid)
        if embed is not None:
            with text.section():
                answer = text.rich(prose.inset(embed.document.answer, 3), embed.sources)
            shown.append(
                ShownQuestion(
                    f"question-{place}",
                    embed.document.question,
                    answer,
                    embed.edition.path,
                    embed,
                )
            )
        elif withdrawn is not None:
            shown.append(ShownQuestion(f"question-{place}", withdrawn.title, withdrawn=withdrawn))
    return shown
