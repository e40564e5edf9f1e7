"""The pages of articles and of the site itself."""

import re
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
from publishing.richtext import to_text
from references.reading import PageText
from supplements import pages as supplement_pages
from supplements.tokens import FORMS_TOKEN

_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_WITHOUT_END = frozenset({"br", "img"})


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
    body, placed = _body_with_tables(page, text)
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
        "contents": prose.contents(document.body),
        "body": body,
        "tables": [_table(page, uid, text) for uid in left if uid not in document.questions],
        "questions": _questions(page, text),
        "funding": text.plain(facts.funding, sources),
    }
    text.list_further(document.further_references, sources)
    return {**context, "explained": text.explained(), "references": text.sources()}


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


def _body_with_tables(page: Page, text: PageText) -> tuple[SafeString, set[UUID]]:
    """Return the body with its tables in the places of their tokens, and which were placed.

    The body is cut at the tokens, so that a table's citations are numbered where it stands. A
    token outside a plain paragraph (in a list, a heading, bold words) is taken out: a table would
    break the markup there, so it follows the body.
    """
    html = prose.body(page.main.document.body)
    meant = page.main.sources.get("forms", {})
    parts: list[str] = []
    placed: set[UUID] = set()
    start = 0
    for match in FORMS_TOKEN.finditer(html):
        parts.append(text.rich(html[start : match.start()], page.main.sources))
        uid = UUID(meant[match[1]]) if match[1] in meant else None
        if uid is not None and uid not in placed and _innermost(html[: match.start()]) == "p":
            placed.add(uid)
            parts.append(f"</p>{_table(page, uid, text)}<p>")
        start = match.end()
    parts.append(text.rich(html[start:], page.main.sources))
    return mark_safe("".join(parts).replace("<p></p>", "")), placed


def _innermost(html: str) -> str:
    """Return the name of the last tag that is still open at the end of some HTML."""
    opened: list[str] = []
    for closing, name in _TAG.findall(html):
        if closing:
            opened = opened[:-1]
        elif name not in _WITHOUT_END:
            opened.append(name)
    return opened[-1] if opened else ""


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
