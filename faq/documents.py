"""The question's Document."""

from django.utils.text import Truncator

from publishing.documents import Html, Line, SourcedDocument, TextPiece
from publishing.richtext import to_text


def name_of(question: str, answer: str) -> str:
    """Return what a question is listed under: its words, or else the first of its answer's.

    An imported answer waits for its question; its own first words tell it apart till then.
    """
    return question or Truncator(to_text(answer)).words(8)


class QuestionDocument(SourcedDocument):
    """A question and its answer."""

    question: Line = ""
    answer: Html = ""

    @property
    def display_title(self) -> str:
        return name_of(self.question, self.answer) or self.slug

    def texts(self) -> tuple[TextPiece, ...]:
        return (TextPiece("question", self.question), TextPiece("answer", self.answer, html=True))
