"""What crawlers read of the site: sitemap and robots."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from publishing import clock, kinds
from publishing.models import Edition
from publishing.views import FRESH

SITEMAP_LIMIT = 50_000


def sitemap(request: HttpRequest) -> HttpResponse:
    """List every live page with the day of its edition (sitemaps.org 0.9)."""
    live = Edition.objects.live(clock.now()).order_by("path").values("path", "live_from")
    lists = [kind.list_path for kind in kinds.every() if kind.list_path]
    context = {
        "site_url": settings.SITE_URL,
        "lists": ["/", *lists],
        "editions": live[: SITEMAP_LIMIT - len(lists) - 1],
    }
    response = HttpResponse(
        render_to_string("site/sitemap.xml", context), content_type="application/xml"
    )
    response["Cache-Control"] = FRESH
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the staff's pages and point them at the sitemap."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
