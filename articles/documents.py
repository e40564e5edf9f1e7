"""The Documents of articles and static pages."""

from uuid import UUID

from publishing.documents import (
    EntryDocument,
    Html,
    Line,
    Part,
    Text,
    TextPiece,
    UidList,
)
from publishing.pictures.documents import IllustratedDocument


class RelatedByHand(Part):
    """Another article picked by hand, and why."""

    uid: UUID
    reason: Line = ""


class ArticleDocument(IllustratedDocument):
    """An article, in full."""

    title: Line = ""
    lead: Text = ""
    body: Html = ""
    questions: UidList = ()
    comparisons: UidList = ()
    requested_reviewer: UUID | None = None
    funding: Text = ""
    related: tuple[RelatedByHand, ...] = ()

    @property
    def display_title(self) -> str:
        return self.title

    def texts(self) -> tuple[TextPiece, ...]:
        return (
            TextPiece("title", self.title),
            *self.opening_texts(),
            TextPiece("lead", self.lead),
            *self.picture_texts(),
            TextPiece("body", self.body, html=True),
            TextPiece("funding", self.funding),
        )


class StaticPageDocument(EntryDocument):
    """A page of the site itself."""

    title: Line = ""
    body: Html = ""

    @property
    def display_title(self) -> str:
        return self.title

    def texts(self) -> tuple[TextPiece, ...]:
        return (TextPiece("title", self.title), TextPiece("body", self.body, html=True))
