"""Articles as schema.org knows them: the article within its page, and the questions it answers."""

from typing import Any

from django.conf import settings

from articles.pages import count_words
from faq.structured_data import draw_question, draw_questions
from publishing.pages import Page
from publishing.structured_data import Graph, Node, draw_authors, instant
from references.structured_data import draw_sources


def draw_article(graph: Graph, about: Node, page: Page, context: dict[str, Any]) -> None:
    """Draw an article: who wrote it, when, from which sources, and the questions under it."""
    facts = context["facts"]
    article = graph.add(
        "article",
        "Article",
        headline=context["title"],
        abstract=context["description"],
        author=draw_authors(graph, page),
        datePublished=instant(facts.published),
        dateModified=instant(facts.updated),
        wordCount=count_words(page),
        inLanguage=page.main.document.language,
        isPartOf=about,
    )
    cited = draw_sources(graph, context["references"])
    graph.say(about, mainEntity=article, citation=cited)
    questions = (
        draw_question(
            graph, row.anchor, row.shown.document, f"{settings.SITE_URL}{row.shown.edition.path}"
        )
        for row in context["questions"]
        if row.shown is not None
    )
    draw_questions(graph, about, questions)
