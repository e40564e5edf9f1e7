"""Rows of a form whose own rows were replaced, removed or added to while it was open."""

from django import forms
from django.forms.formsets import INITIAL_FORM_COUNT
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

OVER = "_save_over"


def is_key(text: object) -> bool:
    """Say whether what was sent can be a primary key: 18 digits fit every engine."""
    return str(text).isdecimal() and len(str(text)) <= 18


class KeptRows(forms.BaseInlineFormSet):
    """Keeps each row as it was typed, whatever became of the row that it was opened with.

    Restoring a version, or taking a suggestion over, writes rows anew under other keys. A typed
    row whose own row is gone takes the place of one that the form does not name, else it is a new
    row. Saved over a newer version (OVER), rows that the form does not name are taken out: the
    form is all that the entry then holds.
    """

    default_error_messages = {
        "missing_management_form": _(
            "These rows did not arrive whole. Reload the page, look at them, and save again."
        ),
    }
    unique_field = ""

    def __init__(self, data=None, files=None, instance=None, **kwargs) -> None:
        super().__init__(data, files, instance=instance, **kwargs)
        self._unnamed: list[int] = []
        if self.is_bound and isinstance(data, QueryDict) and self.instance.pk:
            self._find_rows()

    def total_form_count(self) -> int:
        """Return the number of rows; no more than were sent, whatever number was sent."""
        total = super().total_form_count()
        if not self.is_bound or total <= self.initial_form_count() + 1:
            return total
        sent = [n for n in map(self._number_in, self.data) if n is not None]
        return min(total, max(sent, default=-1) + 1)

    def save_existing_objects(self, commit: bool = True):
        if self._unnamed and OVER in self.data:
            self.model._base_manager.filter(pk__in=self._unnamed).delete()
        return super().save_existing_objects(commit)

    def _number_in(self, name: str) -> int | None:
        """Return the row's number in the name of one of its fields."""
        if not name.startswith(f"{self.prefix}-"):
            return None
        number = name[len(self.prefix) + 1 :].partition("-")[0]
        return int(number) if is_key(number) else None

    def _find_rows(self) -> None:
        """Find the row of the database that each typed row is about, by now."""
        there = {row.pk: row for row in self.get_queryset()}
        count = max(0, min(self.initial_form_count(), self.total_form_count()))
        keys = [self.data.get(f"{self.prefix}-{n}-{self._key}", "") for n in range(count)]
        own: dict[int, int] = {n: int(k) for n, k in enumerate(keys) if self._is_among(k, there)}
        left = [pk for pk in there if pk not in own.values()]
        gone = [n for n in range(count) if n not in own]
        if not left and not gone:
            return
        for number in gone:
            pk = self._likest(number, [there[pk] for pk in left])
            if pk is not None:
                own[number] = pk
                left.remove(pk)
        self._unnamed = left
        self._number_anew(own, count)
        self._queryset = [there[own[n]] for n in sorted(own)]

    @property
    def _key(self) -> str:
        return self.model._meta.pk.name

    def _is_among(self, key: str, there: dict) -> bool:
        return is_key(key) and int(key) in there

    def _likest(self, number: int, rows: list) -> int | None:
        """Return the row with the same unique value as a typed one, else the first of them."""
        if self.unique_field:
            typed = self.data.get(f"{self.prefix}-{number}-{self.unique_field}", "")
            column = self.model._meta.get_field(self.unique_field).attname
            same = (row.pk for row in rows if str(getattr(row, column)) == typed)
            return next(same, None)
        return rows[0].pk if rows else None

    def _number_anew(self, own: dict[int, int], count: int) -> None:
        """Put typed rows that have no row of their own behind those that have, as new ones."""
        order = [*sorted(own), *(n for n in range(count) if n not in own)]
        places = {old: new for new, old in enumerate(order)}
        data = self.data.copy()
        for name in self.data:
            number = self._number_in(name)
            if number in places:
                del data[name]
        for name in self.data:
            number = self._number_in(name)
            if number in places:
                rest = name[len(f"{self.prefix}-{number}") :]
                data.setlist(f"{self.prefix}-{places[number]}{rest}", self.data.getlist(name))
        for old, new in places.items():
            data[f"{self.prefix}-{new}-{self._key}"] = str(own.get(old, ""))
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(len(own))
        self.data = data
        # Read again, with the new count.
        del self.management_form
