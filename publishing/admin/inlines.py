"""Inlines for the rows that any kind of entry may have."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Authorship, GetHelp, Guess, KeyPoint

SMALL_TEXT = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
}


class SwappableFormSet(forms.BaseInlineFormSet):
    """Lets two rows swap a value that is unique among them, which saving one by one could not.

    A subclass names the field. A row whose value changed is taken out and written anew.
    """

    unique_field = ""

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


class RowInline(admin.StackedInline):
    """Rows with a position that the keyboard reaches."""

    extra = 0
    formfield_overrides = SMALL_TEXT
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


class AuthorshipInline(admin.TabularInline):
    model = Authorship
    formset = swappable("contributor")
    extra = 0
    fields = ("contributor", "role", "position")
    autocomplete_fields = ("contributor",)
    ordering = ("position", "pk")


class GuessFormSet(forms.BaseInlineFormSet):
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
