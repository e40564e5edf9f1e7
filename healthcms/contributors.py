"""The people behind the pages: who writes them and who signs them, as frozen with the texts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from healthcms.listings import listing_of, show
from publishing import clock, kinds, languages
from publishing.facts import AuthorLine, authors_of
from publishing.models import Contributor, Edition, EditionQuerySet, EditionTie, SignOff
from publishing.pages import shown
from publishing.views import ShortLivedRedirect, not_found_page

WROTE, REVIEWED, SIGNED = 1, 2, 3
"""What somebody did for a page. One signs the disclaimer; one reviews a health text."""

# A publisher signs pages about the site: readers are not told of it there either.
_SIGNERS = (kinds.MEDICAL_REVIEWERS, kinds.DISCLAIMER_REVIEWERS)


@dataclass(frozen=True)
class Person:
    """Somebody as they were last named on a live page; ``uid`` never changes."""

    uid: str
    slug: str
    name: str
    credentials: str
    disclosure: str
    writes: bool = False
    signs: bool = False


def contributors(request: HttpRequest) -> HttpResponse:
    """List everybody who wrote or signed what is live."""
    at = clock.now()
    people = sorted(everybody(at), key=lambda person: person.name.casefold())
    return show("site/contributors.html", at, {"here": "/contributors/", "people": people})


def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who somebody is, and the live pages that they wrote or signed.

    Whoever stands on no live page has no page of their own.
    """
    at = clock.now()
    row = Contributor.objects.filter(slug=slug).first()
    if row is None:
        return not_found_page()
    pages = _pages_of(row, at)
    spoken = languages.counted(pages, "did")
    counts, pages = spoken.get(languages.current(), {}), languages.said_in(pages)
    listing = listing_of(
        request,
        pages.listed().order_by("did", Lower("title"), "path"),
        count=sum(counts.values()),
    )
    person = _person(row, pages) if counts else None
    if person is None:
        return not_found_page()
    if isinstance(listing, HttpResponse):
        return listing
    context = {
        "person": person,
        "way": [(_("Who writes and reviews"), languages.below("/contributors/"))],
        "counts": counts,
        "listing": listing,
        "spoken": list(spoken),
    }
    return show("site/contributor.html", at, context)


def contributor_by_uid(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Lead from the address that pages give, which never changes, to the person's own."""
    slug = Contributor.objects.filter(uid=uid).values_list("slug", flat=True).first()
    path = languages.below(f"/contributors/{slug}/")
    return ShortLivedRedirect(path) if slug else not_found_page()


def _pages_of(row: Contributor, at: datetime) -> EditionQuerySet:
    """Return the live editions, in any language, that somebody wrote or signed: ``did``."""
    wrote = Q(pk__in=Edition.objects.tied(EditionTie.AUTHOR, row.uid).values("pk"))
    signed = Q(sign_off__by=row.user_id, sign_off__role__in=_SIGNERS)
    did = Case(
        When(wrote, then=Value(WROTE)),
        When(sign_off__role=kinds.MEDICAL_REVIEWERS, then=Value(REVIEWED)),
        default=Value(SIGNED),
        output_field=IntegerField(),
    )
    mine = wrote | signed if row.user_id else wrote
    return Edition.objects.live(at).filter(mine).annotate(did=did)


def _person(row: Contributor, pages: EditionQuerySet) -> Person | None:
    """Return somebody as the newest of their live pages names them."""
    readable = pages.filter(revision__payload__text__isnull=False).composed()
    newest = readable.order_by("-revision", "-pk").first()
    if newest is None:
        return None
    if newest.did != WROTE:
        return _signer(newest.sign_off, row)
    named = (author for author in authors_of(shown(newest)) if author.uid == str(row.uid))
    return next((_author(author, row) for author in named), None)


def _author(author: AuthorLine, row: Contributor) -> Person:
    said = (author.name, author.credentials, author.disclosure)
    return Person(str(row.uid), row.slug, *said, writes=True)


def _signer(sign_off: SignOff, row: Contributor) -> Person:
    said = (sign_off.name, sign_off.credential, sign_off.disclosure)
    return Person(str(row.uid), row.slug, *said, signs=True)


def everybody(at: datetime) -> Iterator[Person]:
    """Yield everybody on a live page, as the newest text or signature of theirs names them."""
    rows = list(Contributor.objects.all())
    by_uid = {str(row.uid): row for row in rows}
    by_user = {row.user_id: row for row in rows if row.user_id}
    found: dict[str, list[tuple[datetime, Person]]] = defaultdict(list)
    for edition in _last_written(at):
        for author in authors_of(shown(edition)):
            if row := by_uid.get(author.uid):
                found[row.slug].append((edition.revision.at, _author(author, row)))
    for sign_off in _last_signed(at):
        if row := by_user.get(sign_off.by_id):
            found[row.slug].append((sign_off.at, _signer(sign_off, row)))
    for named in found.values():
        _when, newest = max(named, key=lambda each: each[0])
        writes, signs = (any(getattr(p, did) for _, p in named) for did in ("writes", "signs"))
        yield replace(newest, writes=writes, signs=signs)


def _last_written(at: datetime) -> EditionQuerySet:
    """Return the live editions that hold the newest text of each author."""
    live = languages.live(at)
    ties = EditionTie.objects.filter(tie__startswith=f"{EditionTie.AUTHOR}:", edition__in=live)
    newest = ties.values("tie").annotate(newest=Max("edition__revision")).values("newest")
    texts = live.filter(revision__in=newest.order_by(), revision__payload__text__isnull=False)
    return texts.composed()


def _last_signed(at: datetime) -> QuerySet[SignOff]:
    """Return the newest signature of everybody who signed what is live."""
    live = languages.live(at).filter(sign_off__role__in=_SIGNERS)
    newest = live.values("sign_off__by").annotate(newest=Max("sign_off")).values("newest")
    return SignOff.objects.filter(pk__in=newest.order_by())
