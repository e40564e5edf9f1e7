"""The columns of a text's rows on the reviewer's page, by the names that editors know."""

from collections.abc import Callable, Iterator

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.kinds import Kind
from publishing.passages import Passage
from publishing.pictures.documents import Figure
from publishing.pictures.figures import thumbnail
from publishing.pictures.reading import SMALLEST

Plain = Callable[[str], SafeString]


def pairs(kind: Kind, passage: Passage, plain: Plain) -> Iterator[tuple[str, SafeString]]:
    """Yield the columns of a row that say something; of a picture, the picture itself too."""
    if isinstance(passage.row, Figure):
        yield _("Picture"), thumbnail(passage.row.picture, SMALLEST)
        yield _("Where"), format_html("{}", _where(passage.row))
    model = _rows_of(kind, passage.field.partition(".")[0])
    for name in type(passage.row).model_fields:
        value = getattr(passage.row, name)
        if not isinstance(value, str) or not value or name in passage.row.unsaid:
            continue
        try:
            field = model._meta.get_field(name) if model else None
        except FieldDoesNotExist:
            field = None
        choices = dict(getattr(field, "flatchoices", ()))
        label = str(getattr(field, "verbose_name", name.replace("_", " ")))
        yield capfirst(label), plain(str(choices.get(value, value)))


def _where(figure: Figure) -> str:
    """Say where a picture stands, and what who can't see it hears."""
    place = _("below the lead") if figure.leads else _("at %(token)s") % {"token": figure.token}
    if not figure.decorative:
        return capfirst(place)
    return _("%(place)s, as a decoration") % {"place": capfirst(place)}


def _rows_of(kind: Kind, name: str):
    try:
        return kind.model._meta.get_field(name).related_model
    except FieldDoesNotExist:
        return None


def field_label(kind: Kind, name: str) -> str:
    rows = _rows_of(kind, name)
    if rows is not None:
        return capfirst(str(rows._meta.verbose_name_plural))
    try:
        return capfirst(str(kind.model._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return capfirst(name.replace("_", " "))
