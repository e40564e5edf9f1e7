"""Serving readers: one view for every path that an edition may hold."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe

from publishing import clock, disclaimers, prose, search
from publishing.compose import editions_of, resolve
from publishing.facts import facts_of
from publishing.models import Change, Edition, Entry, Site
from publishing.pages import Gone, Moved, Page, shown

FRESH = "max-age=0, must-revalidate"


class ShortLivedRedirect(HttpResponsePermanentRedirect):
    """A 301 that browsers keep for five minutes only: an address may come back."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self["Cache-Control"] = "max-age=300"


def entry_page(request: HttpRequest, **_path_parts: str) -> HttpResponse:
    """Show what the path holds now, or for staff at ``?at=`` an instant in ISO 8601."""
    at = asked_instant(request)
    return respond(resolve(request.path, at or clock.now()), at, request.path)


def respond(
    found: Page | Moved | Gone | None, asked_at: datetime | None = None, path: str = ""
) -> HttpResponse:
    """Turn what was composed at a path into a response."""
    match found:
        case Page():
            context = found.main.kind.view(found)
            asked = {"asked_at": asked_at, "foreseen": asked_at and asked_at > clock.now()}
            return render_page(found.main.kind.template, {**context, **asked})
        case Moved():
            return ShortLivedRedirect(found.path)
        case Gone():
            return render_page("publishing/gone.html", {"gone": found, "site": found.site}, 410)
    return not_found_page(path)


def render_page(template: str, context: dict, status: int = 200) -> HttpResponse:
    """Render a public page. It knows no request, so it is the same for every reader."""
    context = {"site_url": settings.SITE_URL, **context}
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "private, no-store" if context.get("asked_at") else FRESH
    return response


def not_found_page(path: str = "") -> HttpResponse:
    """Return the 404 page: what the words of the path find, and the live disclaimer."""
    at = clock.now()
    edition = disclaimers.edition_for("", None, (), at)
    context = {
        "site": Site.current(),
        "disclaimer": shown(edition) if edition else None,
        "found": search.nearest(path, at),
    }
    return render_page("404.html", context, 404)


def asked_instant(request: HttpRequest) -> datetime | None:
    """Return the instant that staff asked for; None where nobody asked.

    Raises PermissionDenied for everybody else (the public history shows past texts), and Http404
    for what is no instant.
    """
    asked = request.GET.get("at")
    if asked is None:
        return None
    if not (request.user.is_active and request.user.is_staff):
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


def legally_withdrawn(entry: Entry, at: datetime) -> datetime:
    """Return when an entry was last withdrawn for a legal reason: nothing before it is public."""
    withdrawals = Change.objects.filter(entry=entry.pk, verb=Change.Verbs.WITHDRAW, at__lte=at)
    legal = [change.at for change in withdrawals if change.facts().get("why") == "legal"]
    return max(legal, default=datetime.min.replace(tzinfo=UTC))


def disclaimer_history(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show every text that a disclaimer had, and when each was in force."""
    path = f"/disclaimer/{slug}/" if slug else "/disclaimer/"
    at = clock.now()
    edition = Edition.objects.begun(at).filter(path=path).order_by("-live_from").first()
    if edition is None:
        return not_found_page()
    if not edition.live_at(at):
        found = resolve(path, at)
        if isinstance(found, Gone) and found.why == "legal":
            # Withdrawn for a legal reason: no text, no public history.
            return respond(found)
    legal = legally_withdrawn(edition.entry, at)
    context = {
        "editions": [e for e in editions_of(edition.entry, at) if e.edition.live_from > legal],
        "path": path,
        "site": Site.current(),
        "at": at,
    }
    return render_page("publishing/disclaimer_history.html", context)
