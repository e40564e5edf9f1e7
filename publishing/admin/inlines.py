"""Inlines for the rows that any kind of entry may have."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.admin.kept_rows import KeptRows, is_key
from publishing.models import Authorship, GetHelp, Guess, KeyPoint

SMALL_TEXT = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
}


# Classes of a section that folds: the second is open until a person folds it.
FOLDED = ("collapse",)
OPEN = ("collapse", "desk-open")


class KnownSelect(AutocompleteSelect):
    """The admin's search box, without a query for a choice that was read with its row."""

    chosen: models.Model | None = None

    def optgroups(self, name, value, attr=None):
        value = [key for key in value if is_key(key)]
        key = "" if self.chosen is None else str(self.chosen.pk)
        if not key or list(map(str, value)) != [key]:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance(self.chosen)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options.append(self.create_option(name, key, label, {key}, len(options)))
        return [(None, options, 0)]


class KnownSelectMultiple(AutocompleteSelectMultiple):
    """The same for several choices, which the form read for its initial value."""

    chosen: list[models.Model] | None = None

    def optgroups(self, name, value, attr=None):
        value = [key for key in value if is_key(key)]
        known = {str(row.pk): row for row in self.chosen or ()}
        if not known or {*map(str, value)} != {*known}:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance
        options = [
            self.create_option(name, key, label(row), {*known}, index)
            for index, (key, row) in enumerate(known.items())
        ]
        return [(None, options, 0)]


class KeyField(forms.ModelChoiceField):
    """A choice by its key. What is no key is no choice: no engine is asked for it."""

    def to_python(self, value):
        if value not in self.empty_values and not is_key(getattr(value, "pk", value)):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            )
        return super().to_python(value)


class KeysField(forms.ModelMultipleChoiceField):
    """The same for several."""

    def clean(self, value):
        for key in value or ():
            if not is_key(getattr(key, "pk", key)):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)


class PlaceField(forms.IntegerField):
    """The number by which rows are sorted. Alone it is nothing typed: an empty row stays empty."""

    def __init__(self, old: forms.Field) -> None:
        super().__init__(
            required=False, label=old.label, widget=old.widget, min_value=0, max_value=32_767
        )

    def has_changed(self, initial, data) -> bool:
        return False


class RowFormSet(KeptRows):
    """Rows of an entry. A new row without a number goes to the end, not before the first."""

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            choice = getattr(field.widget, "widget", field.widget)
            if isinstance(choice, KnownSelect) and form.instance.pk:
                choice.chosen = getattr(form.instance, name)
        is_new = index is None or index >= self.initial_form_count()
        if is_new and "position" in form.fields:
            form.fields["position"] = PlaceField(form.fields["position"])
            form.initial["position"] = None

    def save_new(self, form, commit=True):
        if "position" in form.fields and not form.cleaned_data.get("position"):
            placed = [f.cleaned_data.get("position") or 0 for f in self.forms if f.is_valid()]
            form.instance.position = max([*placed, form.instance.position or 0]) + 1
            form.cleaned_data["position"] = form.instance.position
        return super().save_new(form, commit)


class SwappableFormSet(RowFormSet):
    """Lets two rows swap a value that is unique among them, which saving one by one could not.

    A subclass names the field. A row whose value changed is taken out and written anew.
    """

    def save_existing_objects(self, commit: bool = True):
        moved = [
            form
            for form in self.initial_forms
            if form.instance.pk
            and self.unique_field in form.changed_data
            and form not in self.deleted_forms
        ]
        if commit:
            keys = [form.instance.pk for form in moved]
            # Each is inserted again under its own key when it is saved below.
            self.model._base_manager.filter(pk__in=keys).delete()
        return super().save_existing_objects(commit)


def swappable(field: str) -> type[SwappableFormSet]:
    """Return the formset for rows that are unique by a field."""
    return type("SwappableRows", (SwappableFormSet,), {"unique_field": field})


class KnowsChoices:
    """An inline that reads what its rows point at along with them, and folds as a section."""

    classes = OPEN

    def get_queryset(self, request):
        chosen = self.get_autocomplete_fields(request)
        rows = super().get_queryset(request)
        return rows.select_related(*chosen) if chosen else rows

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelect(db_field, self.admin_site, using=kwargs.get("using"))
            kwargs["form_class"] = KeyField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowInline(KnowsChoices, admin.StackedInline):
    """Rows with a position that the keyboard reaches."""

    extra = 0
    formset = RowFormSet
    formfield_overrides = SMALL_TEXT
    ordering = ("position", "pk")


class RowTable(KnowsChoices, admin.TabularInline):
    """The same for rows of a few short fields, one line each."""

    extra = 0
    formset = RowFormSet
    ordering = ("position", "pk")


class KeyPointInline(RowInline):
    model = KeyPoint
    fields = (
        ("label", "kind", "position"),
        "text",
        ("certainty", "graded_by"),
        ("certainty_reason", "study_design"),
        "editorial",
    )


class GetHelpInline(RowInline):
    model = GetHelp
    formset = swappable("level")
    fields = (("level", "contact", "position"), "signs")
    max_num = 3


class AuthorshipInline(RowTable):
    model = Authorship
    formset = swappable("contributor")
    fields = ("contributor", "role", "position")
    autocomplete_fields = ("contributor",)


class GuessFormSet(KeptRows):
    """Rows that are only ever confirmed: confirming deletes the row, and is writing."""

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Confirmed")


class GuessInline(admin.TabularInline):
    model = Guess
    formset = GuessFormSet
    extra = 0
    template = "publishing/admin/guesses.html"
    fields = readonly_fields = ("message", "field", "heading")
    verbose_name_plural = _("guessed by the import: to confirm")

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
