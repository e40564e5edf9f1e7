"""What readers looked for and no page has."""

from urllib.parse import urlencode

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.models import MissedSearch


@admin.register(MissedSearch)
class MissedSearchAdmin(admin.ModelAdmin):
    """Counts to read: the search alone writes them."""

    list_display = ("query", "count", "day", "again_column")
    list_display_links = None
    list_filter = ("day",)
    search_fields = ("query",)
    ordering = ("-day", "-count", "query")
    show_full_result_count = False
    actions = None

    @admin.display(description=_("what readers get"))
    def again_column(self, missed) -> str:
        address = f"/search/?{urlencode({'q': missed.query})}"
        return format_html('<a href="{}">{}</a>', address, _("Search again"))

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
