"""Topics, contributors and the site's own row."""

from django.contrib import admin

from publishing.admin.used_on import RegisterUsedOn
from publishing.models import (
    Contributor,
    Credential,
    Disclosure,
    EditionTie,
    Entry,
    FirstPage,
    Site,
    Specialty,
    Topic,
)


class FirstPageInline(admin.TabularInline):
    model = FirstPage
    fields = ("entry", "position")
    autocomplete_fields = ("entry",)
    extra = 0


@admin.register(Topic)
class TopicAdmin(RegisterUsedOn, admin.ModelAdmin):
    tie = EditionTie.TOPIC
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
        used = obj is not None and (obj.entries.exists() or self.was_used(obj))
        return not used and super().has_delete_permission(request, obj)


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
class SiteAdmin(admin.ModelAdmin):
    """The whole row. Contrast and levels are checked under “Set the site up”, so set there."""

    readonly_fields = ("logo", "colour", "colour_dark", "languages", "check_levels")

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
