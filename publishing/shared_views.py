"""The public address of a share link: the page under its banner, or why it does not open."""

import re

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from publishing import clock, languages, permissions, share_links
from publishing.models import Edition, ShareLink, Site
from publishing.pages import Page
from publishing.views import entry_page, render_page

_LINK = re.compile(r'<a\b[^>]*? href="(/[^"#?]*)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@require_safe
def share_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the version that a link was made for; 404 for no link of ours, 410 for an ended one."""
    at = clock.now()
    try:
        link = share_links.opened(token, at)
    except share_links.NoSuchLink:
        return _private(render_page("publishing/share_unknown.html", {"site": Site.current()}, 404))
    except share_links.LinkEnded as ended:
        context = {"site": Site.current(), "why": ended.why, "name": _name(ended.link)}
        return _private(render_page("publishing/share_ended.html", context, 410))
    return _private(_shown(link, share_links.shared_page(link, at)))


def _shown(link: ShareLink, page: Page) -> HttpResponse:
    live = Edition.objects.live(page.at).filter(revision=link.revision_id).first()
    kind = page.main.kind
    with languages.active(page.main.document.language):
        context = {
            **kind.view(page),
            "page_template": kind.template,
            "link": link,
            "name": _name(link),
            "live": live,
        }
        response = render_page("publishing/share_page.html", context)
    response.content = _without_links_to_drafts(response.content.decode(), page)
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key: no other site learns it from a link that is followed.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _name(link: ShareLink) -> str:
    return permissions.person_name(link.by)


def _without_links_to_drafts(html: str, page: Page) -> str:
    """Leave the words of each link to a page of ours that is not live, and take the link away."""
    entries = {path for path, _words in _LINK.findall(html) if _belongs_to_an_entry(path)}
    live = set(
        Edition.objects.live(page.at).filter(path__in=entries).values_list("path", flat=True)
    )
    dead = entries - live
    return _LINK.sub(lambda m: m[2] if m[1] in dead else m[0], html)


def _belongs_to_an_entry(path: str) -> bool:
    try:
        # Addresses below another language's prefix exist in that language alone.
        with languages.active(languages.of_path(path)):
            return resolve(path).func is entry_page
    except Resolver404:
        return False
