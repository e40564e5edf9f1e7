"""What programs ask for first: robots.txt, and llms.txt (llmstxt.org)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from healthcms.summaries import summary_of
from publishing import clock, kinds, languages
from publishing.kinds import Kind
from publishing.markdown import to_markdown
from publishing.markdown.answers import path_of
from publishing.models import Site
from publishing.pages import shown
from publishing.views import FRESH

PER_SECTION = 50
# A search is one page to them, however it is narrowed.
_NARROWED = tuple(f"/search/*{name}=" for name in ("kind", "topic", "page"))
_SEARCHES = ("/search/suggest", *_NARROWED)
_NOT_FOR_CRAWLERS = ("/admin/", "/share/")


@dataclass(frozen=True)
class Entry:
    """A line of llms.txt: a page in Markdown."""

    title: str
    path: str
    summary: str


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the staff's pages and point them at the sitemap."""
    searches = (languages.below(path, code) for code in languages.every() for path in _SEARCHES)
    closed = (f"Disallow: {path}" for path in (*_NOT_FOR_CRAWLERS, *searches))
    lines = ["User-agent: *", *closed, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def llms(request: HttpRequest) -> HttpResponse:
    """Tell what the site is and where its pages are in Markdown: of each kind the newest."""
    context = {
        "site": Site.current(),
        "sections": list(_sections(clock.now())),
        "per_section": PER_SECTION,
    }
    text = to_markdown(render_to_string("site/llms.html", context), f"{settings.SITE_URL}/")
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = FRESH
    return response


def _sections(at: datetime) -> Iterator[tuple[Kind, list[Entry]]]:
    live = languages.live(at).filter(revision__payload__text__isnull=False)
    for kind in sorted(kinds.every(), key=lambda kind: (not kind.has_claims, kind.name)):
        newest = live.filter(entry__kind=kind.name).composed().order_by("-live_from", "path")
        texts = map(shown, newest[:PER_SECTION])
        entries = [
            Entry(text.edition.title, path_of(text.edition.path), summary_of(text.document))
            for text in texts
        ]
        if entries:
            yield kind, sorted(entries, key=lambda entry: (entry.title.casefold(), entry.path))
