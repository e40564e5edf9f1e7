"""The library in the admin, and the inlines by which entries list and describe references."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin.inlines import swappable
from references.library import used_keys
from references.models import Citation, FurtherReference, Reference


@admin.register(Reference)
class ReferenceAdmin(admin.ModelAdmin):
    list_display = ("key", "title", "year", "container_title", "status")
    list_filter = ("status", "type")
    search_fields = ("key", "title", "doi", "pmid")
    fieldsets = (
        (None, {"fields": ("key", "type", "title", "authors", "editors")}),
        (
            _("Where it appeared"),
            {
                "fields": (
                    "container_title",
                    ("volume", "issue", "page"),
                    ("year", "month", "day", "no_date"),
                    ("publisher", "publisher_place"),
                )
            },
        ),
        (
            _("How readers find it"),
            {"fields": (("doi", "pmid"), ("pmcid", "isbn"), "url", "accessed")},
        ),
        (
            _("Standing"),
            {"fields": ("study_design", ("status", "status_on"), "status_notice", "checked_on")},
        ),
    )

    def get_readonly_fields(self, request, obj=None):
        # A text that was signed cites it by this key.
        return ("key",) if obj is not None and used_keys([obj.key]) else ()

    def has_delete_permission(self, request, obj=None) -> bool:
        return (
            obj is not None
            and not used_keys([obj.key])
            and super().has_delete_permission(request, obj)
        )


class FurtherReferenceInline(admin.TabularInline):
    model = FurtherReference
    formset = swappable("reference")
    extra = 0
    fields = ("reference", "position")
    autocomplete_fields = ("reference",)
    ordering = ("position", "pk")


class CitationInline(admin.StackedInline):
    model = Citation
    formset = swappable("reference")
    extra = 0
    classes = ("collapse",)
    fields = ("reference", ("locator", "reading", "as_retracted"), "words")
    autocomplete_fields = ("reference",)
    verbose_name_plural = _("what we know of each citation (staff only)")
