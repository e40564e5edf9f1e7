"""What a reader gets who asked for something that can't be shown."""

import sys

from django.conf import settings
from django.core.exceptions import (
    MiddlewareNotUsed,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.urls import reverse
from django.utils.http import escape_leading_slashes
from django.views.debug import ExceptionReporter

from healthcms import not_sent
from healthcms.health import DATABASE_DOWN, plain_page, unavailable
from publishing.markdown import answers
from publishing.models import Site
from publishing.origins import own_path
from publishing.permissions import MayNot
from publishing.refusals import NotAllowed
from publishing.views import not_found_page, render_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a path that Django itself does not know."""
    return not_found_page(request.path)


class SlashAdded(CommonMiddleware):
    """Django's own, which with DEBUG on fails at a form that is sent without the last slash."""

    def get_full_path_with_slash(self, request: HttpRequest) -> str:
        """Return the path to which any request is led, as it is without DEBUG."""
        return escape_leading_slashes(request.get_full_path(force_append_slash=True))


class _Noted(ExceptionReporter):
    """Leaves with the request what was wrong with it: Django's answer alone tells no code."""

    def __init__(self, request: HttpRequest, exc_type, exc_value, tb, is_email=False) -> None:
        super().__init__(request, exc_type, exc_value, tb, is_email)
        if request is not None:
            request.failed_by = exc_value


class ReadersPagesInDebug:
    """Middleware: who tries the demo gets the readers' pages for what can't be answered, too.

    With DEBUG on, Django lists every address of the site for an unknown one, and shows a trace
    for a form that is too large.
    """

    def __init__(self, get_response) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.exception_reporter_class = _Noted
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return not_found(request, Http404())
        cause = getattr(request, "failed_by", None)
        if response.status_code == 400 and isinstance(cause, SuspiciousOperation):
            return not_read(request, cause)
        return response


def not_read(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what can't be read: above all, a form larger than the settings allow."""
    large, many = isinstance(exception, RequestDataTooBig), isinstance(exception, TooManyFieldsSent)
    context = {
        "site": Site.current(),
        "too_large": large and settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20,
        "too_many": many and settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    }
    response = render_page("400.html", context, 413 if large or many else 400)
    response["Cache-Control"] = "private, no-store"
    return response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not see this; past texts of a page have a public history.

    A form that they sent, perhaps while a role was taken from them, is shown again.
    """
    who = str(exception) if isinstance(exception, MayNot | NotAllowed) else ""
    if not_sent.is_form(request) and request.path.startswith(reverse("admin:index")):
        return not_sent.of_no_right(request, who)
    asked_for_past = str(exception) == "at"
    context = {
        "site": Site.current(),
        "asked_for_past": asked_for_past,
        "path": own_path(answers.page_of(request.path)) if asked_for_past else "",
        "who": who,
    }
    response = render_page("403.html", context, 403)
    if who:
        response["Cache-Control"] = "private, no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer an error of ours, or a lost database, with a static page: the emergency line alone."""
    # Django calls this while it handles the exception, so that it is known here.
    if isinstance(sys.exc_info()[1], DATABASE_DOWN):
        return unavailable()
    return plain_page("500.html", 500)
