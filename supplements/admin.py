"""Supplements in the admin."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from publishing.admin.entries import EntryAdmin
from publishing.admin.figures import FigureInline
from publishing.admin.inlines import (
    OPEN,
    AuthorshipInline,
    GetHelpInline,
    GuessInline,
    KeyPointInline,
    RowInline,
)
from publishing.admin.used_on import UsedOn
from publishing.models import EditionTie
from references.admin import CitationInline, FurtherReferenceInline
from supplements.models import Form, IntakeLimit, Interaction, Supplement

SHOWN = 20
"""Supplements that the editor's dialog shows at once."""


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
class SupplementAdmin(UsedOn, EntryAdmin):
    tie = EditionTie.EMBED
    fieldsets = (
        (None, {"fields": ("title", "slug", "other_names", "quick_summary")}),
        (_("Text"), {"fields": ("ask_first", "body"), "classes": OPEN}),
        (_("About"), {"fields": ("topics",), "classes": OPEN}),
    )
    inlines = (
        GuessInline,
        KeyPointInline,
        GetHelpInline,
        FigureInline,
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

    def get_urls(self):
        view = self.admin_site.admin_view(self.tables)
        return [path("tables/", view, name="supplements_supplement_tables"), *super().get_urls()]

    def tables(self, request) -> JsonResponse:
        """Answer the supplements that match ``q``, by address, for the editor's dialog."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").split()
        named = [Q(title__icontains=word) | Q(slug__icontains=word) for word in words]
        found = Supplement.objects.filter(*named).annotate(rows=Count("forms"))
        results = [
            {
                "key": supplement.slug,
                "title": supplement.title,
                "detail": ngettext("%(count)d form", "%(count)d forms", supplement.rows)
                % {"count": supplement.rows},
                "alert": "" if supplement.rows else gettext("It has no forms to compare yet."),
            }
            for supplement in found.order_by("title")[:SHOWN]
        ]
        said = ngettext("%(count)d found.", "%(count)d found.", len(results))
        return JsonResponse({"said": said % {"count": len(results)}, "results": results})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("body", "ask_first"):
            field.help_text = field.help_text or _("Cite as [@key].")
        return field
