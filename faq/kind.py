"""Questions and terms as kinds."""

from django.utils.translation import gettext_lazy as _

from faq.documents import QuestionDocument, TermDocument
from faq.models import Question, Term
from publishing import kinds
from publishing.drafts import read_sourced
from references.drafts import write_sourced
from references.library import read_further


def to_document(entry: Question) -> QuestionDocument:
    """Read a question's draft rows."""
    return QuestionDocument(
        **read_sourced(entry),
        further_references=read_further(entry),
        question=entry.question,
        answer=entry.answer,
    )


def apply(document: QuestionDocument, entry: Question | None = None) -> Question:
    """Write a Document into a question's draft rows; without an entry, a new one is made."""
    entry = entry or Question()
    entry.question, entry.answer = document.question, document.answer
    write_sourced(document, entry)
    return entry


def path(document: QuestionDocument) -> str:
    """Return the public path."""
    return f"/faq/{document.slug}/"


def term_to_document(entry: Term) -> TermDocument:
    """Read a term's draft rows."""
    return TermDocument(
        **read_sourced(entry),
        further_references=read_further(entry),
        name=entry.name,
        other_names=entry.other_names.splitlines(),
        definition=entry.definition,
        body=entry.body,
    )


def term_apply(document: TermDocument, entry: Term | None = None) -> Term:
    """Write a Document into a term's draft rows; without an entry, a new one is made."""
    entry = entry or Term()
    entry.name, entry.definition, entry.body = document.name, document.definition, document.body
    entry.other_names = "\n".join(document.other_names)
    write_sourced(document, entry)
    return entry


def register() -> None:
    """Make questions and terms known to the spine."""
    from faq.pages import question_view, term_view
    from faq.structured_data import draw_question_page, draw_term

    kinds.register(
        kinds.Kind(
            name="question",
            label=_("question"),
            label_plural=_("questions"),
            model=Question,
            document=QuestionDocument,
            to_document=to_document,
            apply=apply,
            path=path,
            template="faq/question.html",
            view=question_view,
            list_path="/faq/",
            found_first=1,
            draw=draw_question_page,
        )
    )
    kinds.register(
        kinds.Kind(
            name="term",
            label=_("term"),
            label_plural=_("terms"),
            model=Term,
            document=TermDocument,
            to_document=term_to_document,
            apply=term_apply,
            path=lambda document: f"/glossary/{document.slug}/",
            template="faq/term.html",
            view=term_view,
            list_path="/glossary/",
            draw=draw_term,
            flags=frozenset({kinds.EXPLAINS}),
        )
    )
