"""Topics, contributors and the site's own row."""

from django.contrib import admin

from publishing.models import Contributor, Credential, Disclosure, Entry, Site, Specialty, Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "review_interval_months", "target_grade")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("parent",)
    filter_horizontal = ("specialties",)


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
class ContributorAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "user")
    list_select_related = ("user",)
    search_fields = ("name", "slug")
    filter_horizontal = ("specialties",)
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
    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Entry)
class AnyEntryAdmin(admin.ModelAdmin):
    """Looked up by the disclaimer's form alone; entries are written in their own kind's admin."""

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
