"""Lists by letter: everything from A to Z under each of its names, and the glossary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse

from healthcms.listings import Listing, listing_of, show
from publishing import clock, kinds, languages, names
from publishing.models import EditionName
from publishing.pages import Shown, shown
from publishing.views import not_found_page


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet on top of a list; ``count`` names begin with it."""

    letter: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Definition:
    """A name in the glossary; ``term`` is None where it is another name, explained elsewhere."""

    name: EditionName
    term: Shown | None


def a_to_z(request: HttpRequest) -> HttpResponse:
    """List everything that is live under each of its names; ``?letter=`` leaves one letter."""
    at = clock.now()
    found = _by_letter(request, EditionName.objects.select_related("edition__entry"), at)
    if isinstance(found, HttpResponse):
        return found
    listing, letters = found
    return show("site/a_to_z.html", at, {"listing": listing, "letters": letters})


def glossary(request: HttpRequest) -> HttpResponse:
    """List the live terms with what they mean; ``?letter=`` leaves one letter."""
    at, kind = clock.now(), kinds.get("term")
    rows = EditionName.objects.filter(
        edition__entry__kind=kind.name, edition__revision__payload__text__isnull=False
    ).select_related("edition__entry", "edition__revision__payload")
    found = _by_letter(request, rows, at)
    if isinstance(found, HttpResponse):
        return found
    listing, letters = found
    context = {
        "kind": kind,
        "listing": listing,
        "letters": letters,
        "definitions": list(_defined(listing)),
    }
    return show("site/glossary.html", at, context, kind=kind.name)


def _by_letter(
    request: HttpRequest, rows: QuerySet, at: datetime
) -> tuple[Listing, list[Letter]] | HttpResponse:
    """Return the names that a request asks for with all letters; for no such page, the answer."""
    rows = rows.filter(edition__in=languages.live(at))
    counts = dict(rows.values_list("letter").annotate(Count("pk")).order_by("letter"))
    asked = request.GET.get("letter", "")
    letter = names.letter_of(asked) if len(asked) == 1 else ""
    if asked and letter not in {*counts, *ascii_uppercase, names.OTHER}:
        return not_found_page(whole=request.path)
    wanted = rows.filter(letter=letter) if letter else rows
    listing = listing_of(
        request,
        wanted.order_by("letter", "sort_key", "pk"),
        count=counts.get(letter, 0) if letter else sum(counts.values()),
        chosen={"letter": letter} if letter else {},
    )
    if isinstance(listing, HttpResponse):
        return listing
    every = sorted({*ascii_uppercase, *counts})
    return listing, [Letter(each, counts.get(each, 0), each == letter) for each in every]


def _defined(listing: Listing) -> Iterator[Definition]:
    for name in listing.page:
        own = name.name == name.edition.title
        yield Definition(name, shown(name.edition) if own else None)
