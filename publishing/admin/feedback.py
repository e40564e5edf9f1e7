"""What readers said of each page, for staff to read."""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.models import Entry, Feedback

OF_ENTRY = "edition__entry"


@dataclass(frozen=True)
class Answers:
    """How many readers found a page useful and how many did not, and where to read them."""

    useful: int
    not_useful: int
    url: str


def answers_on(entry: Entry) -> Answers:
    """Count what readers said of an entry, whichever of its editions they read."""
    found = Feedback.objects.filter(edition__entry=entry.pk).aggregate(
        yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False))
    )
    url = f"{reverse('admin:publishing_feedback_changelist')}?{OF_ENTRY}={entry.pk}"
    return Answers(found["yes"], found["no"], url)


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    """Read, and thrown away where it is spam; never written here."""

    list_display = ("page", "useful", "text", "at")
    list_display_links = ("at",)
    list_filter = ("useful",)
    list_select_related = ("edition",)
    search_fields = ("text", "edition__title")
    fields = ("page", "useful", "text", "at")

    @admin.display(description=_("page"), ordering="edition__title")
    def page(self, answer: Feedback) -> str:
        """Link to the page that was read."""
        return format_html('<a href="{}">{}</a>', answer.edition.path, answer.edition.title)

    def lookup_allowed(self, lookup, value, request) -> bool:
        """Allow the list of one entry, to which its change page leads."""
        return lookup == OF_ENTRY or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
