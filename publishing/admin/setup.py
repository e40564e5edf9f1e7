"""The pages that set a site up, below /admin/setup/: the list of steps, and a page for each."""

import smtplib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import clock, languages, setup
from publishing.admin import setup_steps
from publishing.models import Site
from publishing.permissions import person_name
from publishing.refusals import Refused
from publishing.setup import accounts
from publishing.setup.people_forms import PersonForm
from publishing.setup.steps import standing_of


def urls(admin_site) -> list:
    """Return the addresses of the pages, and of the one on which people set their password."""

    def view(function: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return admin_site.admin_view(partial(function, admin_site))

    return [
        path("setup/", view(index), name="setup"),
        path("setup/people/<int:pk>/", view(person), name="setup_person"),
        path("setup/<slug:slug>/", view(step), name="setup_step"),
        path(
            "set-password/<uidb64>/<token>/",
            SetPassword.as_view(
                extra_context={
                    "site_header": admin_site.site_header,
                    "site_title": admin_site.site_title,
                }
            ),
            name="set_password",
        ),
    ]


def left_for(user) -> Any:
    """Return the steps that publishing waits for, read only when asked; none but for who sets up.

    For ``each_context``: a page that shows nothing of them costs no query.
    """
    return SimpleLazyObject(lambda: setup.left() if user.is_active and user.is_superuser else [])


def signs_in_first(request: HttpRequest) -> bool:
    """Say whether the sign-in form names an administrator who never signed in before."""
    typed = request.POST.get("username", "")
    if request.method != "POST" or not typed or "\x00" in typed:
        return False
    users = get_user_model().objects.filter(is_superuser=True, last_login=None)
    return users.filter(username=typed).exists()


def after_first_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lead somebody who was just signed in to the steps, while publishing waits for any."""
    if response.status_code == 302 and request.user.is_superuser and setup.left():
        return HttpResponseRedirect(reverse("admin:setup"))
    return response


def index(admin_site, request: HttpRequest) -> HttpResponse:
    """List every step: what is set, what is left, and why nothing can be published yet."""
    if not may_set_up(request.user):
        raise PermissionDenied
    standings = setup.overview()
    context = {
        "title": _("Set the site up"),
        "standings": [(one, may_take(request.user, one.step)) for one in standings],
        "stopping": [one for one in standings if one.stops],
        "done_count": sum(one.done for one in standings),
    }
    return _page(admin_site, request, "index", context)


def step(admin_site, request: HttpRequest, slug: str) -> HttpResponse:
    """Show a step with its form; a POST does what it asks for."""
    one = setup.step(slug)
    if one is None:
        raise Http404
    if not may_take(request.user, one):
        raise PermissionDenied
    page = setup_steps.PAGES[slug](request)
    refusal = None
    if request.method == "POST" and page.is_valid():
        try:
            done = page.save()
        except Refused as error:
            refusal = error
        else:
            messages.success(request, done)
            return HttpResponseRedirect(page.next_url or request.get_full_path())
    # A form may have written into the row that this request holds.
    with Site.held(Site.objects.get_or_create(only_row=True)[0]):
        standing = standing_of(one, clock.now())
    context = {
        "title": one.title,
        "step": one,
        "standing": standing,
        "form": page.form,
        "button": page.button,
        "refusal": refusal,
        "next_step": _after(one, request.user),
        **page.context(),
    }
    return _page(admin_site, request, page.template, context, 409 if refusal else 200)


def person(admin_site, request: HttpRequest, pk: int) -> HttpResponse:
    """Show an account, change its roles, and give its holder a link to set a password."""
    if not request.user.is_superuser:
        raise PermissionDenied
    user = get_object_or_404(get_user_model(), pk=pk)
    asked = request.POST.get("_link", "")
    form = PersonForm(request.POST if request.method == "POST" and not asked else None, user=user)
    if form.is_bound and form.is_valid():
        if user == request.user and not form.cleaned_data["administrator"]:
            form.add_error("administrator", _("You can't take this from yourself. Ask another."))
        else:
            accounts.save_person(form.person(), by=request.user, user=user)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    url = ""
    if user.is_active and (asked or not user.has_usable_password()):
        url = request.build_absolute_uri(accounts.password_path(user))
    if asked == "mail":
        _mail_link(request, user, url)
    context = {
        "title": person_name(user),
        "person": user,
        "form": form,
        "button": _("Save"),
        "password_url": url,
        "link_days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        "account_url": reverse("admin:auth_user_change", args=[user.pk]),
    }
    return _page(admin_site, request, "person", context)


class SetPassword(PasswordResetConfirmView):
    """Where the holder of an account sets their password, by the link that they were given."""

    template_name = "publishing/admin/setup/set_password.html"
    success_url = reverse_lazy("admin:index")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"
    title = gettext_lazy("Set your password")


def may_set_up(user) -> bool:
    """Say whether a person may open any step."""
    return any(may_take(user, one) for one in setup.STEPS)


def may_take(user, one: setup.Step) -> bool:
    """Say whether a person may take a step: accounts and drafts are for administrators."""
    if user.is_superuser:
        return True
    return one.register and user.has_perm("publishing.change_site")


def _after(one: setup.Step, user) -> setup.Step | None:
    rest = setup.STEPS[setup.STEPS.index(one) + 1 :]
    return next((other for other in rest if may_take(user, other)), None)


def _mail_link(request: HttpRequest, user, url: str) -> None:
    site = Site.current()
    told = {"person": user, "url": url, "site": site, "by": person_name(request.user)}
    with languages.in_default():
        subject = _("Set your password for %(site)s") % {"site": site.name}
        text = render_to_string("publishing/admin/setup/password_mail.txt", told)
    try:
        send_mail(subject, text, None, [user.email])
    except (OSError, smtplib.SMTPException):
        messages.error(request, _("The e-mail was not sent. Give the link in another way."))
    else:
        messages.success(request, _("The link was sent to %(email)s.") % {"email": user.email})


def _page(
    admin_site, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {**admin_site.each_context(request), **context}
    return TemplateResponse(
        request, f"publishing/admin/setup/{template}.html", context, status=status
    )
