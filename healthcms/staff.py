"""The staff's admin site."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class StaffAdminSite(AdminSite):
    """Stock admin, under the house's name and with its start page."""

    site_title = _("healthcms")
    site_header = _("healthcms")
    index_title = _("Desk")
    enable_nav_sidebar = True


class StaffAdminConfig(AdminConfig):
    default_site = "healthcms.staff.StaffAdminSite"
