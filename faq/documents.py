"""The Documents of questions and of the glossary's terms."""

from django.utils.text import Truncator

from publishing.documents import Html, KeyList, Line, SourcedDocument, Text, TextPiece
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


class TermDocument(SourcedDocument):
    """A term, the names by which texts may use it, and what it means."""

    name: Line = ""
    other_names: KeyList = ()
    definition: Text = ""
    body: Html = ""

    @property
    def display_title(self) -> str:
        return self.name or self.slug

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the term, its own first."""
        return (self.name, *self.other_names)

    def texts(self) -> tuple[TextPiece, ...]:
        return (
            TextPiece("name", self.name),
            TextPiece("other_names", "\n".join(self.other_names)),
            TextPiece("definition", self.definition),
            TextPiece("body", self.body, html=True),
        )
