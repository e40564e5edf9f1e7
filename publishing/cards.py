"""The picture of a page that other sites show beside a link to it: its title, as a card.

A card's address holds the digest of all that stands on it, so that it may be kept for good. It is
drawn when somebody asks for it, and only for what is live. The address of a list's card, which no
edition has, holds its words, signed: nobody else puts words on a picture of the site.
"""

import hashlib
import json
import re
from dataclasses import astuple, dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from publishing import clock, kinds, languages, reviews, zone
from publishing.card_drawing import draw
from publishing.look import BRAND, KEPT, is_colour
from publishing.models import Edition, Site

DRAWN = 2
"""Rises with every change of how a card is drawn: its address is another then."""

_WORDS = r"\.?[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"
_NAME = re.compile(rf"(?P<of>[0-9a-f]{{32}}|site|{_WORDS})-(?P<digest>[0-9a-f]{{16}})")
_signer = signing.Signer(sep=".", salt="publishing.cards")
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Card:
    """All that stands on a picture."""

    title: str
    site: str
    line: str
    colour: str

    @property
    def digest(self) -> str:
        said = json.dumps([DRAWN, *astuple(self)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def of_edition(edition: Edition, site: Site) -> Card:
    """Return the card of an edition (read with its entry and signature)."""
    line = ""
    if kinds.of(edition.entry).has_claims:
        with languages.active(edition.entry.language):
            line = _("Medically reviewed by %(name)s · %(day)s") % {
                "name": edition.sign_off.name,
                "day": zone.day(reviews.last_reviewed(edition)),
            }
    return Card(edition.title, site.name, line, _colour(site))


def of_site(site: Site, title: str = "", language: str = "") -> Card:
    """Return the card of a page that no edition has: a list by its title, or else the home page.

    It is in a language or the active one.
    """
    line = site.said("tagline", language or languages.current()).words
    return Card(title or site.name, site.name if title else "", line, _colour(site))


def address(card: Card, edition: Edition | None = None) -> str:
    """Return the absolute address of a card's picture; without an edition, of one of the site."""
    if edition is not None:
        name = edition.entry.uid.hex
    else:
        name = _signer.sign_object(card.title, compress=True) if card.site else "site"
    return f"{settings.SITE_URL}{reverse('card', args=[f'{name}-{card.digest}'])}"


def card_picture(request: HttpRequest, name: str) -> HttpResponse:
    """Answer the picture of a live page, or of the site, as it is now; 404 for any other digest."""
    asked = _NAME.fullmatch(name)
    present = _present(asked["of"]) if asked else []
    card = next((card for card in present if card.digest == asked["digest"]), None)
    if card is None:
        raise Http404
    key = f"card:{card.digest}"
    picture = cache.get(key)
    if picture is None:
        picture = draw(*astuple(card))
        cache.set(key, picture, _DAY)
    response = HttpResponse(picture, content_type="image/png")
    response["ETag"] = quote_etag(card.digest)
    response["Cache-Control"] = KEPT
    return response


def _present(name: str) -> list[Card]:
    """Return what stands on a live page's card now, or on the site's in each of its languages."""
    site = Site.current()
    if name == "site" or "." in name:
        try:
            title = _signer.unsign_object(name) if "." in name else ""
        except signing.BadSignature:
            return []
        return [of_site(site, title, code) for code in languages.every()]
    live = Edition.objects.live(clock.now()).filter(entry__uid=UUID(name))
    edition = live.select_related("entry", "sign_off").first()
    return [of_edition(edition, site)] if edition else []


def _colour(site: Site) -> str:
    return site.colour if is_colour(site.colour) else BRAND
