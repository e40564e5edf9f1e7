"""The question's Document."""

from publishing.documents import Html, Line, SourcedDocument, TextPiece


class QuestionDocument(SourcedDocument):
    """A question and its answer."""

    question: Line = ""
    answer: Html = ""

    @property
    def display_title(self) -> str:
        return self.question or self.slug

    def texts(self) -> tuple[TextPiece, ...]:
        return (TextPiece("question", self.question), TextPiece("answer", self.answer, html=True))
