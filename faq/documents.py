"""The question's Document."""

from django.utils.text import Truncator

from publishing.documents import Html, Line, SourcedDocument, TextPiece
from publishing.richtext import to_text


class QuestionDocument(SourcedDocument):
    """A question and its answer."""

    question: Line = ""
    answer: Html = ""

    @property
    def display_title(self) -> str:
        # An imported answer waits for its question; its own first words tell it apart till then.
        return self.question or Truncator(to_text(self.answer)).words(8) or self.slug

    def texts(self) -> tuple[TextPiece, ...]:
        return (TextPiece("question", self.question), TextPiece("answer", self.answer, html=True))
