"""Atom feeds (RFC 4287): all pages, those about a topic, and what was corrected.

An entry stands for a page and keeps its identity for good; it is updated when another text of it
goes live, not when a review changed nothing. No ``Last-Modified`` is sent: a page that was
withdrawn makes a feed older, and who asked by date alone would keep it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from healthcms.summaries import summary_of
from healthcms.topics import TopicTree
from publishing import clock, languages
from publishing.corrections import corrections
from publishing.facts import authors_of
from publishing.markdown.answers import path_of
from publishing.models import Edition, EditionQuerySet, EditionTie, Site
from publishing.pages import Shown, shown
from publishing.structured_data import list_name
from publishing.views import FRESH, not_found_page

NEWEST = 50
_NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)  # Atom wants a date of a feed without entries too
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Item:
    """An entry of a feed: a page, or what was put right on one."""

    said: Shown
    identity: str
    published: datetime

    @property
    def authors(self) -> list[str]:
        return [author.name for author in authors_of(self.said)]

    @property
    def summary(self) -> str:
        return summary_of(self.said.document)

    @property
    def is_first(self) -> bool:
        """Whether it is the page's first text: there was nothing that could change."""
        return self.said.edition.live_from == self.published

    @property
    def sort(self) -> str:
        """What pages of its kind are called."""
        return list_name(self.said.kind)

    @property
    def markdown_path(self) -> str:
        return path_of(self.said.edition.path)


def all_pages(request: HttpRequest) -> HttpResponse:
    """Send the newest pages and the newest texts of pages."""
    at = clock.now()
    return _feed(languages.below("/feed.atom"), languages.below("/"), _pages(_newest(at), at))


def topic_pages(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the newest pages and texts about a topic, or one below it."""
    at, tree = clock.now(), TopicTree()
    topic = tree.by_slug(slug)
    if topic is None:
        return not_found_page()
    about = _newest(at).tied(EditionTie.TOPIC, *(each.uid for each in tree.branch(topic)))
    page = languages.below(f"/topics/{slug}/")
    return _feed(f"{page}feed.atom", page, _pages(about, at), topic=topic)


def corrected_pages(request: HttpRequest) -> HttpResponse:
    """Send the newest corrections: what a page said, and what it should have said."""
    at = clock.now()
    items = [_correction(text) for text in _read(languages.said_in(corrections(at)), at)]
    page = languages.below("/corrections/")
    return _feed(f"{page}feed.atom", page, items, corrections=True)


def _correction(text: Shown) -> Item:
    """Return an item for one correction: each is news of its own, whatever the page says later."""
    began = text.edition.live_from
    return Item(text, _tag(began, f"{text.uid}/{text.edition.uid}"), began)


def _newest(at: datetime) -> EditionQuerySet:
    """Return the editions with which the texts that are live began, whatever was renewed since."""
    begun = Edition.objects.begun(at)
    earlier = begun.filter(revision=OuterRef("revision"), live_from__lt=OuterRef("live_from"))
    live = Edition.objects.live(at).filter(revision=OuterRef("revision"))
    return languages.said_in(begun.filter(Exists(live)).exclude(Exists(earlier)))


def _pages(editions: EditionQuerySet, at: datetime) -> list[Item]:
    """Return an item for each page, under the identity that it keeps from its first day on."""
    return [
        Item(text, _tag(text.edition.first_from, str(text.uid)), text.edition.first_from)
        for text in _read(editions, at)
    ]


def _read(editions: EditionQuerySet, at: datetime) -> Iterable[Shown]:
    """Read the newest of some editions, none whose text was removed.

    They are chosen before anything else of them is read: their texts are long.
    """
    readable = editions.filter(revision__payload__text__isnull=False)
    newest = readable.order_by("-live_from", "-pk").values("pk")[:NEWEST]
    chosen = Edition.objects.filter(pk__in=newest).annotate(first_from=_first_from(at)).composed()
    return map(shown, chosen.order_by("-live_from", "-pk"))


def _first_from(at: datetime) -> Subquery:
    """Return the instant at which the first edition of an edition's entry began."""
    first = Edition.objects.begun(at).filter(entry=OuterRef("entry")).order_by("live_from")
    return Subquery(first.values("live_from")[:1])


def _tag(since: datetime, name: str) -> str:
    """Return a name that stays, by RFC 4151: of this site, on a day on which it was here."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{since.astimezone(UTC):%Y-%m-%d}:{name}"


def _feed(path: str, page: str, items: list[Item], **context) -> HttpResponse:
    context |= {
        "site": Site.current(),
        "site_url": settings.SITE_URL,
        "path": path,
        "page": page,
        "items": items,
        "updated": max((item.said.edition.live_from for item in items), default=_NOTHING_YET),
    }
    text = _NOT_XML.sub("", render_to_string("site/feed.atom", context))
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = FRESH
    return response
