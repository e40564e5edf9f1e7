"""Every correction that the site ever made, the newest first."""

from django.http import HttpRequest, HttpResponse

from healthcms.listings import TEXTS_PER_PAGE, listing_of, show
from publishing import clock, languages
from publishing.corrections import put_right
from publishing.pages import shown


def corrections_page(request: HttpRequest) -> HttpResponse:
    """List the corrections in their signed words, and the pages that were taken down as wrong."""
    at = clock.now()
    found = languages.said_in(put_right(at)).filter(revision__payload__text__isnull=False)
    listing = listing_of(request, found.composed(), per_page=TEXTS_PER_PAGE)
    if isinstance(listing, HttpResponse):
        return listing
    context = {"listing": listing, "corrections": [shown(edition) for edition in listing.page]}
    return show("site/corrections.html", at, context)
