"""Questions in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from faq.models import Question
from publishing.admin.entries import EntryAdmin
from publishing.admin.inlines import OPEN, AuthorshipInline, GuessInline
from publishing.admin.used_on import UsedOn
from publishing.models import EditionTie
from references.admin import CitationInline, FurtherReferenceInline


@admin.register(Question)
class QuestionAdmin(UsedOn, EntryAdmin):
    tie = EditionTie.EMBED
    fieldsets = (
        (None, {"fields": ("question", "slug", "answer")}),
        (_("About"), {"fields": ("topics",), "classes": OPEN}),
    )
    inlines = (GuessInline, AuthorshipInline, FurtherReferenceInline, CitationInline)
    search_fields = ("question", "slug")
    autocomplete_fields = ("topics",)
    prepopulated_fields = {"slug": ("question",)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "answer":
            field.help_text = _("Answer in the first sentence. Cite as [@key].")
        return field
