"""Supplements in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin.entries import EntryAdmin
from publishing.admin.inlines import (
    AuthorshipInline,
    GetHelpInline,
    GuessInline,
    KeyPointInline,
    RowInline,
)
from references.admin import CitationInline, FurtherReferenceInline
from supplements.models import Form, IntakeLimit, Interaction, Supplement


class FormInline(RowInline):
    model = Form
    fields = (("name", "compare", "position"), "absorption", "common_use", "side_effects")


class IntakeLimitInline(RowInline):
    model = IntakeLimit
    fields = (
        ("label", "kind", "position"),
        ("value", "unit", "basis", "counts"),
        ("population", "authority"),
        "citations",
    )


class InteractionInline(RowInline):
    model = Interaction
    fields = (("substance", "position"), "effect", "advice")


@admin.register(Supplement)
class SupplementAdmin(EntryAdmin):
    fieldsets = (
        (None, {"fields": ("title", "slug", "quick_summary")}),
        (_("Text"), {"fields": ("ask_first", "body")}),
        (_("About"), {"fields": ("topics",)}),
    )
    inlines = (
        GuessInline,
        KeyPointInline,
        GetHelpInline,
        FormInline,
        IntakeLimitInline,
        InteractionInline,
        AuthorshipInline,
        FurtherReferenceInline,
        CitationInline,
    )
    search_fields = ("title", "slug")
    autocomplete_fields = ("topics",)
    prepopulated_fields = {"slug": ("title",)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("body", "ask_first"):
            field.help_text = field.help_text or _("Cite as [@key].")
        return field
