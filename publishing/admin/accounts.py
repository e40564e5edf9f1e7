"""One account, in full, and the list of groups.

Roles, credentials and the link for a password are set under “People”.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing import roles
from publishing.admin.plain_words import PlainWords
from publishing.models import Contributor

User = get_user_model()
admin.site.unregister([User, Group])


class GroupFilter(admin.RelatedFieldListFilter):
    """By group, each in the words of whoever reads."""

    def field_choices(self, field, request, model_admin) -> list[tuple]:
        found = super().field_choices(field, request, model_admin)
        return [(pk, roles.label(name)) for pk, name in found]


@admin.register(User)
class AccountAdmin(PlainWords, UserAdmin):
    """What the desk needs of an account. Rights come from groups, never from single permissions."""

    fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email")}),
        (_("What they may do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Elsewhere"), {"fields": ("people", "contributor_link", "last_login")}),
    )
    readonly_fields = ("people", "contributor_link", "last_login")
    filter_horizontal = ()
    list_filter = ("is_staff", "is_superuser", "is_active", ("groups", GroupFilter))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label_from_instance = lambda group: roles.label(group.name)
        return field

    def change_view(self, request, object_id, form_url="", extra_context=None):
        user = self.get_object(request, object_id)
        shown = {"show_delete": user is not None and not _is_needed(user)}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    @admin.display(description=_("password and roles"))
    def people(self, user) -> str:
        address = reverse("admin:setup_person", args=[user.pk])
        return format_html('<a href="{}">{}</a>', address, _("People and roles"))

    @admin.display(description=_("contributor"), empty_value=_("none"))
    def contributor_link(self, user) -> str | None:
        person = Contributor.objects.filter(user=user).first()
        if person is None:
            return None
        address = reverse("admin:publishing_contributor_change", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, person.name)


@admin.register(Group)
class RoleAdmin(PlainWords, GroupAdmin):
    """Django's own, each group in the words of whoever reads."""

    list_display = ("said",)

    @admin.display(description=_("name"), ordering="name")
    def said(self, group) -> str:
        return roles.label(group.name)


def _is_needed(user) -> bool:
    """Say whether something that is kept names the account, so that it can't be deleted."""
    found = NestedObjects(using=user._state.db)
    found.collect([user])
    return bool(found.protected)
