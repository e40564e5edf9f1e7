"""Topics, contributors and the site's own row."""

from datetime import timedelta

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import clock, kinds, zone
from publishing.admin.said import SaidInLanguagesAdmin
from publishing.admin.used_on import RegisterUsedOn
from publishing.models import (
    Contributor,
    Credential,
    Disclosure,
    Edition,
    EditionTie,
    Entry,
    FirstPage,
    Site,
    Specialty,
    Topic,
)
from publishing.reviews_due import due_condition, ties_by_months


class FirstPageInline(admin.TabularInline):
    model = FirstPage
    fields = ("entry", "position")
    autocomplete_fields = ("entry",)
    extra = 0


@admin.register(Topic)
class TopicAdmin(SaidInLanguagesAdmin, RegisterUsedOn, admin.ModelAdmin):
    tie = EditionTie.TOPIC
    reaches = gettext_lazy("Its name and its review interval hold for them as soon as you save.")
    inlines = (FirstPageInline,)
    list_display = ("name", "slug", "review_interval_months", "target_grade")
    fields = (
        "name",
        "slug",
        "parent",
        "explained_by",
        "specialties",
        "review_interval_months",
        "target_grade",
    )
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("parent", "explained_by", "specialties")

    def has_delete_permission(self, request, obj=None) -> bool:
        # Texts name their topics; one that was ever used stays.
        used = obj is not None and self._is_used(obj)
        return not used and super().has_delete_permission(request, obj)

    def _is_used(self, topic: Topic) -> bool:
        return topic.entries.exists() or self.was_used(topic)

    def get_deleted_objects(self, objs, request):
        kept = [topic for topic in objs if self._is_used(topic)]
        if not kept:
            return super().get_deleted_objects(objs, request)
        return [], {}, set(), [self._why_kept(topic) for topic in kept]

    def _why_kept(self, topic: Topic) -> str:
        if count := topic.entries.count():
            said = ngettext(
                "“%(topic)s”: %(count)d text is about it. Give it another topic first.",
                "“%(topic)s”: %(count)d texts are about it. Give them another topic first.",
                count,
            )
            return said % {"topic": topic.name, "count": count}
        return _("“%(topic)s”: past pages are about it, so it stays.") % {"topic": topic.name}

    def save_model(self, request, obj, form, change) -> None:
        """Save, and say how many reviews another interval makes overdue."""
        before = self._overdue(obj) if change else 0
        super().save_model(request, obj, form, change)
        if not change or "review_interval_months" not in form.changed_data:
            return
        count = self._overdue(obj)
        told = ngettext(
            "With this interval the review of %(count)d live page on “%(topic)s” is overdue "
            "(before: %(before)d).",
            "With this interval the reviews of %(count)d live pages on “%(topic)s” are overdue "
            "(before: %(before)d).",
            count,
        )
        said = {"count": count, "topic": obj.name, "before": before}
        self.message_user(request, told % said, messages.INFO)

    def _overdue(self, topic: Topic) -> int:
        at = clock.now()
        yesterday = zone.date_of(at) - timedelta(days=1)
        kind_names = [kind.name for kind in kinds.every()]
        late = due_condition(yesterday, kind_names, ties_by_months(Topic.objects.all()))
        return Edition.objects.live(at).tied(self.tie, topic.uid).filter(late).count()


@admin.register(Specialty)
class SpecialtyAdmin(admin.ModelAdmin):
    search_fields = ("name",)


class CredentialInline(admin.TabularInline):
    model = Credential
    extra = 0


class DisclosureInline(admin.TabularInline):
    model = Disclosure
    extra = 0


@admin.register(Contributor)
class ContributorAdmin(RegisterUsedOn, admin.ModelAdmin):
    tie = EditionTie.AUTHOR
    list_display = ("name", "slug", "user")
    list_select_related = ("user",)
    search_fields = ("name", "slug")
    fields = ("name", "slug", "bio", "user", "specialties")
    autocomplete_fields = ("specialties",)
    inlines = (CredentialInline, DisclosureInline)

    def get_readonly_fields(self, request, obj=None):
        """Who signs as whom, and for which fields, is for administrators to say."""
        if request.user.is_superuser:
            return ()
        named = ("name", "slug") if obj is not None and obj.user_id else ()
        return ("user", "specialties", *named)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if "slug" in self.get_readonly_fields(request, obj) else {"slug": ("name",)}

    def has_delete_permission(self, request, obj=None) -> bool:
        # Past texts name them.
        return False


@admin.register(Site)
class SiteAdmin(SaidInLanguagesAdmin, admin.ModelAdmin):
    """The whole row. Contrast and levels are checked under “Set the site up”, so set there."""

    readonly_fields = ("logo", "logo_dark", "colour", "colour_dark", "languages", "check_levels")

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Entry)
class AnyEntryAdmin(admin.ModelAdmin):
    """Looked up by other forms alone; entries are written in their own kind's admin."""

    search_fields = ("slug",)
    list_display = ("slug", "kind")

    def has_module_permission(self, request) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("publishing.change_disclaimer")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
