"""The supplement's Document."""

from collections.abc import Iterator
from typing import Literal

from publishing.documents import Amount, Html, Line, Part, Text, TextPiece
from publishing.pictures.documents import IllustratedDocument


class Form(Part):
    """A row of the comparison table."""

    name: Line
    absorption: Text = ""
    common_use: Text = ""
    side_effects: Text = ""
    compare: bool = True


class IntakeLimit(Part):
    """An intake figure: ``value`` is a plain decimal string in ``unit``."""

    label: Line = ""
    kind: Literal["recommended", "adequate", "upper"]
    value: Amount = ""
    unit: Line = ""
    basis: Literal["", "elemental", "compound"] = ""
    population: Line = ""
    authority: Line = ""
    counts: Literal["", "supplements", "all"] = ""
    citations: Line = ""


class Interaction(Part):
    """What happens together with something else, and what to do."""

    substance: Line
    effect: Text = ""
    advice: Text = ""


class SupplementDocument(IllustratedDocument):
    """A supplement's page."""

    title: Line = ""
    ask_first: Html = ""
    body: Html = ""
    forms: tuple[Form, ...] = ()
    limits: tuple[IntakeLimit, ...] = ()
    interactions: tuple[Interaction, ...] = ()

    @property
    def display_title(self) -> str:
        return self.title

    @property
    def compared_forms(self) -> tuple[Form, ...]:
        """The forms that comparison tables show."""
        return tuple(form for form in self.forms if form.compare)

    def texts(self) -> tuple[TextPiece, ...]:
        return (
            TextPiece("title", self.title),
            *self.opening_texts(),
            TextPiece("ask_first", self.ask_first, html=True),
            *self.picture_texts(),
            TextPiece("body", self.body, html=True),
            *self._rows(),
        )

    def _rows(self) -> Iterator[TextPiece]:
        for row, form in enumerate(self.forms, 1):
            for name in ("name", "absorption", "common_use", "side_effects"):
                yield TextPiece(f"forms.{row}.{name}", getattr(form, name))
        for row, limit in enumerate(self.limits, 1):
            for name in ("label", "population", "authority", "citations"):
                yield TextPiece(f"limits.{row}.{name}", getattr(limit, name))
        for row, interaction in enumerate(self.interactions, 1):
            for name in ("substance", "effect", "advice"):
                yield TextPiece(f"interactions.{row}.{name}", getattr(interaction, name))
