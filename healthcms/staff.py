"""The staff's admin site."""

from collections.abc import Callable
from functools import update_wrapper

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class StaffAdminSite(AdminSite):
    """Stock admin, under the house's name and with its start page."""

    site_title = _("healthcms")
    site_header = _("healthcms")
    index_title = _("Desk")
    # The lists and forms need the width; the start page has every list.
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Show what waits for this person; ``?all=<list>`` shows one of the lists whole."""
        # Not at the top: this module is loaded before the models are.
        from publishing import clock, worklist

        whole = request.GET.get("all", "")
        work = worklist.worklist_for(request.user, clock.now(), whole=whole)
        return super().index(request, {"work": work, **(extra_context or {})})

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Let staff alone in; a form sent without a session is shown again, not lost."""
        from healthcms import not_sent

        def with_keys(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if any(_is_too_long(value) for value in kwargs.values()):
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except OverflowError as error:
                # A number in the address's query that SQLite can't compare: nothing has it.
                raise Http404 from error

        staff_only = super().admin_view(update_wrapper(with_keys, view), cacheable)

        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not self.has_permission(request) and not_sent.is_lost(request):
                refused = not_sent.of_nobody(request)
                if refused is not None:
                    return refused
            return staff_only(request, *args, **kwargs)

        return update_wrapper(inner, staff_only)

    def get_urls(self) -> list:
        """Return the admin's addresses, and those of setting the site up."""
        from publishing.admin import setup

        return [*setup.urls(self), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict:
        """Return what every page of the staff's may show."""
        from publishing.admin import setup

        return {
            **super().each_context(request),
            "setup_left": setup.left_for(request.user),
            "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        }

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Sign somebody in; an administrator's first sign-in opens what is left to set up."""
        from publishing.admin import setup

        first = setup.signs_in_first(request)
        response = super().login(request, extra_context)
        return setup.after_first_sign_in(request, response) if first else response


def _is_too_long(value: object) -> bool:
    """Say whether a number in an address is longer than any primary key of either engine."""
    return len(str(value)) > 18 and str(value).isdecimal()


def say_what_to_fill_in() -> None:
    """Give every form our own words, said at the field, for what was left empty."""
    said = {
        forms.Field: _("Fill this in."),
        forms.BooleanField: _("Tick this."),
        forms.ChoiceField: _("Choose one."),
        forms.ModelChoiceField: _("Choose one."),
        forms.MultipleChoiceField: _("Choose at least one."),
        forms.ModelMultipleChoiceField: _("Choose at least one."),
    }
    for field, words in said.items():
        field.default_error_messages = {**field.default_error_messages, "required": words}


class StaffAdminConfig(AdminConfig):
    default_site = "healthcms.staff.StaffAdminSite"

    def ready(self) -> None:
        # Before the admin imports the desk's forms: a field takes its words as it is made.
        say_what_to_fill_in()
        super().ready()
