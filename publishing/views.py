"""Serving readers: one view for every path that an edition may hold."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe

from publishing import clock, disclaimers, languages, prose, search
from publishing.compose import resolve
from publishing.facts import facts_of
from publishing.markdown import answers
from publishing.models import Site
from publishing.pages import Gone, Moved, Page, shown

FRESH = "max-age=0, must-revalidate"


class ShortLivedRedirect(HttpResponsePermanentRedirect):
    """A 301 that browsers keep for five minutes only: an address may come back."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self["Cache-Control"] = "max-age=300"


def entry_page(request: HttpRequest, **_path_parts: str) -> HttpResponse:
    """Show what the path holds now, or for staff at ``?at=`` an instant in ISO 8601.

    A reader that asks for Markdown gets that.
    """
    at = asked_instant(request, request.path)
    found = resolve(request.path, at or clock.now())
    if answers.is_asked_for(request):
        response = respond_in_markdown(found, request.path, at)
    else:
        response = respond(found, at, request.path)
    patch_vary_headers(response, ["Accept"])
    return response


def markdown_page(request: HttpRequest, stem: str) -> HttpResponse:
    """Show what the path “/<stem>/” holds as Markdown."""
    path = answers.page_of(request.path)
    at = asked_instant(request, path)
    found = resolve(path, at or clock.now())
    if isinstance(found, Moved):
        found = Moved(answers.path_of(found.path))
    return respond_in_markdown(found, path, at)


def respond(
    found: Page | Moved | Gone | None, asked_at: datetime | None = None, path: str = ""
) -> HttpResponse:
    """Turn what was composed at a path into a response."""
    match found:
        case Page():
            with languages.active(found.main.document.language):
                return render_page(found.main.kind.template, _context_of(found, asked_at))
        case Moved():
            return ShortLivedRedirect(found.path)
        case Gone():
            return render_page("publishing/gone.html", {"gone": found, "site": found.site}, 410)
    return not_found_page(path)


def respond_in_markdown(
    found: Page | Moved | Gone | None, path: str, asked_at: datetime | None = None
) -> HttpResponse:
    """Turn what was composed for a path into a response in Markdown, refusals too."""
    match found:
        case Page():
            context = _context_of(found, asked_at)
            return _fresh(page_in_markdown(found, context, found.main.edition.path), asked_at)
        case Moved():
            moved = ShortLivedRedirect(found.path)
            html = render_to_string("markdown/moved.html", {"path": found.path})
            moved.content = answers.answer(html, settings.SITE_URL).content
            moved["Content-Type"] = answers.CONTENT_TYPE
            return moved
    return answers.in_markdown(respond(found, path=path), f"{settings.SITE_URL}{path}")


def page_in_markdown(page: Page, context: dict, path: str) -> HttpResponse:
    """Render a page's Markdown; ``path`` is where it stands on the web."""
    address = f"{settings.SITE_URL}{path}"
    with languages.active(page.main.document.language):
        html = render_to_string(
            f"markdown/{page.main.kind.name}.html", {**context, "address": address}
        )
    return answers.answer(html, address)


def _context_of(page: Page, asked_at: datetime | None) -> dict:
    """Return what a page's templates need; ``is_public`` is false for what staff alone see."""
    foreseen = asked_at and asked_at > clock.now()
    asked = {"asked_at": asked_at, "foreseen": foreseen, "is_public": asked_at is None}
    return {**page.main.kind.view(page), **asked}


def render_page(template: str, context: dict, status: int = 200) -> HttpResponse:
    """Render a public page. It knows no request, so it is the same for every reader."""
    context = {"site_url": settings.SITE_URL, "is_found": status == 200, **context}
    response = HttpResponse(render_to_string(template, context), status=status)
    return _fresh(response, context.get("asked_at"))


def _fresh(response: HttpResponse, asked_at: datetime | None) -> HttpResponse:
    """Say how long a page may be kept: never unasked, and what staff asked for not at all."""
    response["Cache-Control"] = "private, no-store" if asked_at else FRESH
    return response


def not_found_page(path: str = "", whole: str = "") -> HttpResponse:
    """Return the 404 page: what the words of the path find, and the live disclaimer.

    Where something was chosen that a list does not have, ``whole`` is the path of the list.
    """
    at = clock.now()
    edition = disclaimers.edition_for("", None, (), at)
    context = {
        "site": Site.current(),
        "disclaimer": shown(edition) if edition else None,
        "found": search.nearest(path, at),
        "whole": whole,
    }
    return render_page("404.html", context, 404)


def asked_instant(request: HttpRequest, path: str) -> datetime | None:
    """Return the instant at which staff asked for a path; None where nobody asked.

    Raises PermissionDenied for everybody else (the public history shows past texts), and Http404
    for what is no instant, or was never public.
    """
    asked = request.GET.get("at")
    if asked is None:
        return None
    if not (request.user.is_active and request.user.is_staff):
        if resolve(path, clock.now()) is None:
            raise Http404("at")
        raise PermissionDenied("at")
    # A plus sign in an address arrives as a space.
    at = _instant(asked.replace(" ", "+", 1) if "T" in asked else asked)
    if at is None:
        raise Http404("at")
    return at


def _instant(text: str) -> datetime | None:
    try:
        at = parse_datetime(text)
        at = at or datetime.fromisoformat(text)
        # Both ends of the calendar leave room for every time zone.
        at = (at if at.tzinfo else timezone.make_aware(at)).astimezone(UTC)
        return at if 1900 <= at.year < 9000 else None
    except (ValueError, OverflowError):
        return None


def disclaimer_view(page: Page) -> dict:
    """Return the template context of a disclaimer's page."""
    document = page.main.document
    return {
        "page": page,
        "site": page.site,
        "facts": facts_of(page),
        "title": document.title,
        "description": prose.description(document.body),
        "body": mark_safe(prose.body(document.body)),
    }
