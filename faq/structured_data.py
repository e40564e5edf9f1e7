"""Questions and terms as schema.org knows them."""

from collections.abc import Iterable
from typing import Any

from faq.documents import QuestionDocument
from publishing.pages import Page
from publishing.richtext import to_text
from publishing.structured_data import Graph, Node, thing
from publishing.words import plain_words
from references.structured_data import draw_sources


def draw_question_page(graph: Graph, about: Node, page: Page, context: dict[str, Any]) -> None:
    """Draw a question's own page: the one question that it answers."""
    asked = draw_question(graph, "question", page.main.document, graph.address)
    cited = draw_sources(graph, context["references"])
    graph.say(about, mainEntity=[asked], citation=cited)
    graph.add_type(about, "FAQPage")


def draw_question(graph: Graph, anchor: str, document: QuestionDocument, address: str) -> Node:
    """Draw a question with its answer; ``address`` is that of its own page."""
    answer = thing("Answer", text=plain_words(to_text(document.answer)))
    return graph.add(
        anchor, "Question", name=document.display_title, acceptedAnswer=answer, url=address
    )


def draw_questions(graph: Graph, about: Node, questions: Iterable[Node]) -> None:
    """Draw the part of a page that answers questions; without one there is no such part."""
    asked = list(questions)
    if asked:
        part = graph.add("questions", "FAQPage", mainEntity=asked, isPartOf=about)
        graph.say(about, hasPart=part)


def draw_term(graph: Graph, about: Node, page: Page, context: dict[str, Any]) -> None:
    """Draw a term's page: the word, and what it means."""
    document = page.main.document
    term = graph.add(
        "term",
        "DefinedTerm",
        name=document.display_title,
        alternateName=list(document.other_names),
        description=plain_words(document.definition),
        inDefinedTermSet=graph.address.rpartition("/glossary/")[0] + "/glossary/",
    )
    graph.say(about, mainEntity=term, citation=draw_sources(graph, context["references"]))
