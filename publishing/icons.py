"""The site's icon, for tabs and home screens: the first letter of its name on its own colour.

Pages link it by its digest. Some programs ask at two addresses that they know by heart instead,
whatever a page says.
"""

import hashlib
import io

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import quote_etag

from publishing.card_drawing import draw_icon
from publishing.look import BRAND, KEPT, is_colour
from publishing.models import Site

TAB, TOUCH = 96, 180
"""Pixels a side of the icons that pages link."""

DRAWN = 1
"""Rises with every change of how an icon is drawn: its address is another then."""

_TAB_SIZES = [(side, side) for side in (16, 32, 48)]
_DAY = 24 * 60 * 60
_FOR_A_DAY = f"public, max-age={_DAY}"


def address(site: Site, side: int) -> str:
    """Return the path of the icon of some pixels a side."""
    return reverse("icon", args=[side, _digest(*_of(site))])


def icon(request: HttpRequest, side: int, digest: str) -> HttpResponse:
    """Answer an icon that pages link: for good under its own digest, else only for a day."""
    if side not in (TAB, TOUCH):
        raise Http404
    kept = KEPT if digest == _digest(*_of(Site.current())) else _FOR_A_DAY
    return _answer(side, "PNG", "image/png", kept)


def favicon(request: HttpRequest) -> HttpResponse:
    """Answer who asks for an icon by the oldest of its names."""
    return _answer(_TAB_SIZES[-1][0], "ICO", "image/x-icon", _FOR_A_DAY)


def touch_icon(request: HttpRequest) -> HttpResponse:
    """Answer a telephone that puts the site on its home screen."""
    return _answer(TOUCH, "PNG", "image/png", _FOR_A_DAY)


def _answer(side: int, form: str, kind: str, kept: str) -> HttpResponse:
    letter, colour = _of(Site.current())
    name = f"icon:{_digest(letter, colour)}:{side}"
    content = cache.get(name)
    if content is None:
        held = io.BytesIO()
        sizes = {"sizes": _TAB_SIZES} if form == "ICO" else {}
        draw_icon(letter, colour, side).save(held, form, **sizes)
        content = held.getvalue()
        cache.set(name, content, _DAY)
    response = HttpResponse(content, content_type=kind)
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:16])
    response["Cache-Control"] = kept
    return response


def _of(site: Site) -> tuple[str, str]:
    """Return the letter and the colour of a site's icon."""
    letter = next((sign.upper() for sign in site.name if sign.isalnum()), "")
    return letter, site.colour if is_colour(site.colour) else BRAND


def _digest(letter: str, colour: str) -> str:
    return hashlib.sha256(f"{DRAWN} {letter} {colour}".encode()).hexdigest()[:12]
