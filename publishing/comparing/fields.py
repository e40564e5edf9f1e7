"""The fields of a Document in the words of its form: labels, choices, names instead of uids."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.documents import EntryDocument
from publishing.models import Contributor, Entry, Topic

# Where the draft's rows have another name than the Document's field, and a row's column too.
_ROWS = {"authors": "authorships", "questions": "placed_questions", "related": "related_by_hand"}
_COLUMNS = {"uid": "to"}


class Labels:
    """What the fields of one kind's Document are called on its form."""

    def __init__(self, document: type[EntryDocument]) -> None:
        found = (kind.model for kind in kinds.every() if kind.document is document)
        self._model: type[Model] | None = next(found, None)

    def field(self, name: str) -> str:
        """Return the label of a field, or of a list of rows: “Key points”."""
        field = _field(self._model, _ROWS.get(name, name))
        if field is not None and field.auto_created:
            return capfirst(str(field.related_model._meta.verbose_name_plural))
        return _label(field, name)

    def row(self, name: str, number: int) -> str:
        """Return what one row is called: “Key point 2”."""
        rows = self._rows(name)
        one = str(rows._meta.verbose_name) if rows else _words(name)
        return f"{capfirst(one)} {number}"

    def column(self, name: str, column: str) -> str:
        """Return what a column of a row is called: “certainty”."""
        return _label(self._column(name, column), column, capital=False)

    def is_prose(self, name: str, value: Any, column: str = "") -> bool:
        """Say whether a value is text, to be compared word by word, and not one of a choice."""
        field = self._column(name, column) if column else _field(self._model, name)
        return isinstance(value, str) and not getattr(field, "choices", None)

    def shown(self, name: str, value: Any, names: dict[UUID, str], column: str = "") -> str:
        """Return a value as its form shows it."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, UUID):
            return names.get(value) or _("something that is no longer here")
        field = self._column(name, column) if column else _field(self._model, name)
        return str(dict(getattr(field, "flatchoices", ())).get(value, value))

    def _rows(self, name: str) -> type[Model] | None:
        field = _field(self._model, _ROWS.get(name, name))
        return field.related_model if field is not None else None

    def _column(self, name: str, column: str):
        rows = self._rows(name)
        found = _field(rows, column)
        return found if found is not None else _field(rows, _COLUMNS.get(column, column))


def names_of(values: Iterable[Any]) -> dict[UUID, str]:
    """Return the present names of whatever uids some values of Documents hold, by uid.

    Topics, contributors and entries, one query each and one a kind of entry that is named.
    """
    uids = set(uids_in(values))
    if not uids:
        return {}
    registers = (Topic, Contributor)
    names = {row.uid: str(row) for model in registers for row in model.objects.filter(uid__in=uids)}
    rest = Entry.objects.filter(uid__in=uids - names.keys()).values_list("kind", flat=True)
    for kind in rest.distinct():
        model = kinds.get(kind).model
        names |= {row.uid: str(row) for row in model.objects.filter(uid__in=uids)}
    return names


def uids_in(values: Iterable[Any]) -> Iterator[UUID]:
    """Yield the uids that some values of Documents hold, at any depth."""
    for value in values:
        if isinstance(value, UUID):
            yield value
        elif isinstance(value, tuple | list):
            yield from uids_in(value)
        elif hasattr(value, "model_fields_set"):
            yield from uids_in(dict(value).values())


def _field(model: type[Model] | None, name: str):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _label(field, name: str, *, capital: bool = True) -> str:
    words = str(getattr(field, "verbose_name", "")) or _words(name)
    return capfirst(words) if capital else words


def _words(name: str) -> str:
    return name.replace("_", " ")
