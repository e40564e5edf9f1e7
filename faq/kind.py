"""The question as a kind."""

from faq.documents import QuestionDocument
from faq.models import Question
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


def register() -> None:
    """Make the question known to the spine."""
    from faq.pages import question_view

    kinds.register(
        kinds.Kind(
            name="question",
            label="question",
            label_plural="questions",
            model=Question,
            document=QuestionDocument,
            to_document=to_document,
            apply=apply,
            path=path,
            template="faq/question.html",
            view=question_view,
            list_path="/faq/",
        )
    )
