"""The pages of questions and of terms."""

from publishing import prose, words
from publishing.facts import facts_of
from publishing.pages import Page, Shown
from publishing.richtext import to_text
from references.back_matter import back_matter
from references.reading import PageText


def question_view(page: Page) -> dict:
    """Return the template context of a question's page."""
    text = PageText.of(page)
    main = page.main
    answer = text.rich(prose.body(main.document.answer), main.sources)
    text.list_further(main.document.further_references, main.sources)
    return {
        "page": page,
        "site": page.site,
        "facts": facts_of(page),
        "title": main.document.display_title,
        "description": prose.description(main.document.answer),
        "minutes": words.reading_minutes(count_words(main)),
        "answer": answer,
        **back_matter(page, text),
    }


def term_view(page: Page) -> dict:
    """Return the template context of a term's page."""
    text, main = PageText.of(page), page.main
    document, sources = main.document, main.sources
    context = {
        "page": page,
        "site": page.site,
        "facts": facts_of(page),
        "title": document.display_title,
        "description": prose.short(document.definition),
        "other_names": document.other_names,
        "definition": text.running(document.definition, sources),
        "body": text.rich(prose.body(document.body), sources),
    }
    text.list_further(document.further_references, sources)
    return {**context, **back_matter(page, text)}


def count_words(question: Shown) -> int:
    """Count the words of a question and its answer."""
    document = question.document
    return words.count_words(document.question) + words.count_words(to_text(document.answer))
