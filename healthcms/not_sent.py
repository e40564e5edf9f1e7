"""A form that was sent in vain: its sender was signed out, had an old page, or may not do it.

What was typed stands on the answer, to be sent again; nothing of it is kept on the server.
"""

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

# The browser keeps what is typed into a change form under this name, and offers it back.
KEPT_BY_BROWSER = "_typing"
SIGNED_OUT, OLD_PAGE, STRANGE, NOT_ALLOWED = "signed_out", "old_page", "strange", "not_allowed"


def is_form(request: HttpRequest) -> bool:
    """Say whether a person sent a form, and no script of ours sent it for them."""
    by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    return request.method == "POST" and not by_script


def is_lost(request: HttpRequest) -> bool:
    """Say whether what a person sent would be lost by leading them to the sign-in."""
    if not is_form(request) or request.path == reverse("admin:logout"):
        return False
    # The form stays open behind a preview.
    return not (request.path.endswith("/preview/") or request.POST.get(KEPT_BY_BROWSER))


def of_nobody(request: HttpRequest) -> HttpResponse:
    """Answer a form of the staff's that came without a session."""
    return _answer(request, NOT_ALLOWED if request.user.is_authenticated else SIGNED_OUT)


def of_no_right(request: HttpRequest) -> HttpResponse:
    """Answer a form whose sender may not do what it asks for, perhaps since a moment ago."""
    return _answer(request, NOT_ALLOWED)


def token_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is wrong: CSRF_FAILURE_VIEW.

    Signing in again makes the tokens of open pages void. Only a form from our own pages is shown
    again with a token that holds: another site's would else be a press away from being done.
    """
    return _answer(request, OLD_PAGE if _is_ours(request) else STRANGE)


def _is_ours(request: HttpRequest) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.headers.get("Origin") == own and fetched == "same-origin"


def _answer(request: HttpRequest, why: str) -> HttpResponse:
    signs_in = request.path == reverse("admin:login")
    kept = [] if why == STRANGE or signs_in else _kept(request)
    context = {
        **site.each_context(request),
        "why": why,
        "signs_in": signs_in,
        "kept": kept,
        "typed": [value for _name, value in kept if len(value.split()) > 1],
        "lost_file": bool(request.FILES),
        "is_nav_sidebar_enabled": False,
    }
    response = render(request, "admin/not_sent.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent, but its token and any password."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
