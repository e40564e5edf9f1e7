"""Pictures in a Document: which one, by its digest, and what is said of it there."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from publishing.documents import Line, PageDocument, Part, Text, TextPiece

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Percent = Annotated[int, Field(ge=0, le=100)]


class Figure(Part):
    """A picture in a text, by the name ``key``; where it is cut, its focal point stays in view.

    The one that ``leads`` stands below the lead; `[[picture:key]]` places any in the body.
    """

    unsaid = frozenset({"key", "picture"})

    key: Line
    picture: Digest
    alt: Line = ""
    decorative: bool = False
    caption: Text = ""
    focal_x: Percent = 50
    focal_y: Percent = 50
    leads: bool = False

    @property
    def token(self) -> str:
        """What places it in the body."""
        return f"[[picture:{self.key}]]"

    @model_validator(mode="after")
    def _decorative_says_nothing(self) -> "Figure":
        if self.decorative and self.alt:
            raise ValueError("A decorative picture has no alternative text.")
        return self


class IllustratedDocument(PageDocument):
    """What the kinds share that show pictures."""

    pictures: tuple[Figure, ...] = ()

    @field_validator("pictures")
    @classmethod
    def _each_key_once(cls, pictures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        keys = [figure.key for figure in pictures]
        if len(keys) != len(set(keys)):
            raise ValueError("Each picture has a name of its own.")
        if sum(figure.leads for figure in pictures) > 1:
            raise ValueError("One picture may lead the page.")
        return pictures

    @property
    def leading_picture(self) -> Figure | None:
        """The picture below the lead, if there is one."""
        return next((figure for figure in self.pictures if figure.leads), None)

    def picture_texts(self) -> Iterator[TextPiece]:
        """Yield what is said of the pictures, in their order."""
        for row, figure in enumerate(self.pictures, 1):
            yield TextPiece(f"pictures.{row}.alt", figure.alt)
            yield TextPiece(f"pictures.{row}.caption", figure.caption)
