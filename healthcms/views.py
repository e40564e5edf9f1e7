"""The site's own pages: home, plain lists, and what is said when something can't be shown."""

import re
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from healthcms import not_sent
from healthcms.health import DATABASE_DOWN, unavailable
from publishing import clock, disclaimers, kinds
from publishing.models import Edition, Site
from publishing.pages import shown
from publishing.views import not_found_page, render_page

PER_PAGE = 100
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def home(request: HttpRequest) -> HttpResponse:
    """Show what this site is, and its newest articles."""
    at = clock.now()
    live = Edition.objects.live(at).select_related("entry").order_by("-live_from", "path")
    edition = disclaimers.edition_for("", None, (), at)
    context = {
        "site": Site.current(),
        "articles": list(live.filter(entry__kind="article")[:12]),
        "supplements": list(live.filter(entry__kind="supplement").order_by("title")[:12]),
        "pages": list(live.filter(entry__kind="static_page").order_by("title")[:12]),
        "disclaimer": shown(edition) if edition else None,
    }
    return render_page("site/home.html", context)


def kind_list(request: HttpRequest, kind: str) -> HttpResponse:
    """List the live pages of a kind by title."""
    at = clock.now()
    live = Edition.objects.live(at).filter(entry__kind=kind).order_by("title", "path")
    paginator = Paginator(live, PER_PAGE)
    number = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(number) or int(number) > paginator.num_pages:
        return not_found_page()
    edition = disclaimers.edition_for(kind, None, (), at)
    context = {
        "site": Site.current(),
        "kind": kinds.get(kind),
        "results": paginator.page(int(number)),
        "disclaimer": shown(edition) if edition else None,
    }
    return render_page("site/list.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a path that Django itself does not know."""
    return not_found_page()


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
    if not_sent.is_form(request) and request.path.startswith(reverse("admin:index")):
        return not_sent.of_no_right(request)
    asked_for_past = str(exception) == "at"
    past = request.path.startswith("/disclaimer/")
    context = {
        "site": Site.current(),
        "asked_for_past": asked_for_past,
        "path": request.path if asked_for_past else "",
        "history": f"{request.path}history/" if asked_for_past and past else "",
    }
    return render_page("403.html", context, 403)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer an error of ours, or a lost database, with a static page: the emergency line alone."""
    # Django calls this while it handles the exception, so that it is known here.
    if isinstance(sys.exc_info()[1], DATABASE_DOWN):
        return unavailable()
    return HttpResponse(render_to_string("500.html"), status=500)
