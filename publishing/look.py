"""The site's own look on the readers' pages: a tiny stylesheet of its colours, and its logos.

All have their digest in their name, so that browsers keep them for a year and never show an old
one. Neither is asked for where nothing was set.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import quote_etag

from publishing.models import Site
from publishing.models.site import validate_colour

LOGO_HEIGHT = 40
BRAND = "#3b3266"
"""The colour of pictures of a site that chose none: as in the tokens of site.css."""

# A path of the site itself, but not “//host”; the web; or a letter.
_ADDRESS = re.compile(r"/(?![/\\])\S*|https?://\S+|mailto:\S+@\S+")
_LOGO_NAME = re.compile(r"site/logo-[^/]*-(?P<width>\d+)x(?P<height>\d+)[^/]*")
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
KEPT = "public, max-age=31536000, immutable"
_ASKED_AGAIN = "max-age=0, must-revalidate"


@dataclass(frozen=True)
class Logo:
    """The logo as a page shows it: address, and size in CSS pixels; another one for dark pages."""

    url: str
    width: int
    height: int
    dark: "Logo | None" = None


@dataclass(frozen=True)
class FooterLine:
    """A line at the foot of every page; ``href`` is "" where it is no link."""

    words: str
    href: str = ""


def footer_lines(text: str) -> list[FooterLine]:
    """Return the lines of a site's footer: one that ends in an address leads there."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [_footer_line(line) for line in lines if line]


def _footer_line(line: str) -> FooterLine:
    words, _, last = line.rpartition(" ")
    if words and _ADDRESS.fullmatch(last):
        return FooterLine(words, last)
    return FooterLine(line)


def stylesheet(site: Site) -> str:
    """Return the rules for the site's colours; "" where none is set.

    On a light page the colour is the ground of the head, under white, and that of links. A dark
    page keeps a dark head, since a bright one would dazzle.
    """
    light, dark = map(_rule, own_tokens(site))
    if light and not dark:
        # What is set for light pages must not reach dark ones.
        light = f"@media (prefers-color-scheme:light){{{light}}}"
    if dark:
        dark = f"@media (prefers-color-scheme:dark){{{dark}}}"
    rules = "".join(f"{rule}\n" for rule in (light, dark) if rule)
    # Paper has no head, and its links are black (site.css).
    return f"@media screen{{\n{rules}}}\n" if rules else ""


def own_tokens(site: Site) -> tuple[dict[str, str], dict[str, str]]:
    """Return the tokens of site.css that the site's colours replace, on light and on dark pages."""
    light, dark = {}, {}
    if is_colour(site.colour):
        light = {"brand": site.colour, "brand-ink": "#fff", "link": site.colour}
    if is_colour(site.colour_dark):
        dark = {"brand": "var(--tint)", "brand-ink": site.colour_dark, "link": site.colour_dark}
    return light, dark


def _rule(tokens: dict[str, str]) -> str:
    said = ";".join(f"--{name}:{value}" for name, value in tokens.items())
    return f":root{{{said}}}" if said else ""


def colours_path(site: Site) -> str:
    """Return the address of the stylesheet, with its digest; "" where no colour is set."""
    rules = stylesheet(site)
    return reverse("site_colours", args=[_digest(rules)]) if rules else ""


def logo(site: Site) -> Logo | None:
    """Return the logo, scaled to the height of a page's head; None where there is none.

    One for dark pages alone is none: light ones would have to show it, too.
    """
    if not site.logo:
        return None
    shown = _scaled(site.logo)
    return replace(shown, dark=_scaled(site.logo_dark)) if site.logo_dark else shown


def _scaled(held: FieldFile) -> Logo:
    named = _LOGO_NAME.fullmatch(held.name)
    width, height = (int(named["width"]), int(named["height"])) if named else (0, 0)
    scaled = max(1, round(width * LOGO_HEIGHT / height)) if height else 0
    return Logo(held.url, scaled, LOGO_HEIGHT)


def site_colours(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer the present stylesheet: for good under its own digest, else only for the moment."""
    rules = stylesheet(Site.current())
    response = HttpResponse(rules, content_type="text/css; charset=utf-8")
    response["ETag"] = quote_etag(_digest(rules))
    response["Cache-Control"] = KEPT if digest == _digest(rules) else _ASKED_AGAIN
    return response


def site_logo(request: HttpRequest, name: str) -> HttpResponse:
    """Answer the present logos, and no other file of the media folder.

    The static files' server knows no media, and a site needs none but these; with other storage
    their addresses lead there, and nobody asks here.
    """
    site = Site.current()
    held = next((h for h in (site.logo, site.logo_dark) if h.name == f"site/{name}"), None)
    kind = _TYPES.get(PurePosixPath(name).suffix)
    if held is None or kind is None:
        raise Http404
    try:
        with held.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=kind)
    response["ETag"] = quote_etag(name)
    response["Cache-Control"] = KEPT
    return response


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def is_colour(text: str) -> bool:
    # The register could hold anything that was written past its form.
    try:
        validate_colour(text)
    except ValidationError:
        return False
    return True
