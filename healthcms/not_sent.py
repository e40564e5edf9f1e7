"""A form that was sent in vain: its sender was signed out, had an old page, or may not do it.

What was typed stands on the answer, to be sent again; nothing of it is kept on the server. Who
was signed out signs in on that very page: one press signs in and sends.
"""

import json
import re
from datetime import datetime

from django.contrib.admin import site
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from publishing import richtext, zone
from publishing.admin.entries import TYPING
from publishing.origins import is_ours

SIGNED_OUT, OLD_PAGE, NOT_ALLOWED = "signed_out", "old_page", "not_allowed"
# These two show nothing again.
STRANGE, OLD_SIGN_IN = "strange", "old_sign_in"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?")
# How a choice of ours is named: “group:Medical reviewers”.
_CHOICE = re.compile(r"[a-z]+:\w[\w ]*")


class SignInForm(AdminAuthenticationForm):
    """The username and password, beside the fields of any form."""

    prefix = "sign_in"
    # Who signed in on another tab meanwhile leaves both empty.
    use_required_attribute = False

    def __init__(self, request: HttpRequest, data=None) -> None:
        super().__init__(request, data)
        # What happened is read first.
        del self.fields["username"].widget.attrs["autofocus"]

    @classmethod
    def is_sent_with(cls, request: HttpRequest) -> bool:
        """Say whether a form came with these fields."""
        return f"{cls.prefix}-username" in request.POST


def is_form(request: HttpRequest) -> bool:
    """Say whether a person sent a form, and no script of ours sent it for them."""
    by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    return request.method == "POST" and not by_script


def is_lost(request: HttpRequest) -> bool:
    """Say whether what a person sent would be lost by leading them to the sign-in."""
    if not is_form(request) or request.path == reverse("admin:logout"):
        return False
    if SignInForm.is_sent_with(request):
        return True
    # The form stays open behind a preview; the browser keeps what it marked as kept.
    return not (request.path.endswith("/preview/") or request.POST.get(TYPING))


def of_nobody(request: HttpRequest) -> HttpResponse | None:
    """Answer a form of the staff's that came without a session.

    Returns None where a username and password came along that go together: its sender is signed
    in by then, and what the form asks for may be done.
    """
    if request.user.is_authenticated:
        return _answer(request, NOT_ALLOWED)
    sign_in = SignInForm(request, request.POST if SignInForm.is_sent_with(request) else None)
    if sign_in.is_valid():
        login(request, sign_in.get_user())
        return None
    return _answer(request, SIGNED_OUT, sign_in)


def of_no_right(request: HttpRequest, who: str = "") -> HttpResponse:
    """Answer a form whose sender may not do what it asks for, perhaps since a moment ago.

    ``who`` says who may, where that is known.
    """
    return _answer(request, NOT_ALLOWED, who=who)


def token_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is wrong: CSRF_FAILURE_VIEW.

    Signing in again makes the tokens of open pages void. Only a form from our own pages is shown
    again with a token that holds: another site's would else be a press away from being done.
    """
    if request.path == reverse("admin:login"):
        return _answer(request, OLD_SIGN_IN)
    if not is_ours(request):
        return _answer(request, STRANGE)
    if request.user.is_authenticated or not _kept(request):
        return _answer(request, OLD_PAGE)
    return _answer(request, SIGNED_OUT, SignInForm(request))


def _answer(
    request: HttpRequest, why: str, sign_in: SignInForm | None = None, who: str = ""
) -> HttpResponse:
    may_show = why not in (STRANGE, OLD_SIGN_IN)
    kept = _kept(request) if may_show else []
    context = {
        **site.each_context(request),
        "why": why,
        "who": who,
        "is_ours": may_show,
        "sign_in": sign_in,
        "kept": kept,
        "typed": list(dict.fromkeys(filter(None, (_words(*field) for field in kept)))),
        "lost_file": bool(request.FILES),
        "lost_password": any(map(_is_password, request.POST)),
        "is_nav_sidebar_enabled": False,
    }
    response = render(request, "admin/not_sent.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent, but its token and whatever signs in or confirms."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        and not name.startswith(f"{SignInForm.prefix}-")
        and not _is_password(name)
        for value in values
    ]


def _is_password(name: str) -> bool:
    return "password" in name and not name.startswith(f"{SignInForm.prefix}-")


def _words(name: str, value: str) -> str:
    """Return what a person may have typed, as they would read it; "" for what only machines read.

    Which fields the form has is not known here. A single word counts only where it begins as a
    sentence does: the values of choices do not.
    """
    if name.startswith(("_", "initial-")) or _CHOICE.fullmatch(value) or _is_json(value):
        return ""
    if _DATE.fullmatch(value):
        return _date_in_words(value)
    words = _read_rich(value) if value.startswith("<") else value
    return words.strip() if len(words.split()) > 1 or words.istitle() else ""


def _read_rich(html: str) -> str:
    return "\n".join(block.text for block in richtext.blocks(richtext.clean(html)))


def _date_in_words(value: str) -> str:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return zone.moment(at) if "T" in value else zone.day(at)


def _is_json(value: str) -> bool:
    if not value.startswith(("{", "[")):
        return False
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True
