"""The sitemap (sitemaps.org 0.9): an index, and for each kind files of addresses with their day.

A day is that of the last change that readers could see: another text of the page, another text of
a question or table in it, one of those withdrawn, a notice put up or taken down. A review that
changed nothing is no change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import (
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Concat, Substr
from django.http import HttpRequest, HttpResponse

from healthcms.contributors import everybody
from healthcms.topics import TopicTree, in_use
from publishing import clock, kinds, languages
from publishing.models import Change, Edition, EditionTie
from publishing.views import FRESH, not_found_page

PER_FILE = 10_000
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITE = "site"
"""Names the file of the site's own pages, as a kind names its own."""


@dataclass
class LastShown:
    """What an entry showed last: the edition, until when, and since when it is this text."""

    uid: str
    kind: str
    edition: int
    path: str
    revision: int
    until: datetime | None
    changed: datetime

    def is_live(self, at: datetime) -> bool:
        return self.until is None or self.until > at

    def seen(self, at: datetime) -> datetime:
        """Return when readers last saw it change by an instant: as it began, or went away."""
        return self.changed if self.is_live(at) else self.until


@dataclass(frozen=True)
class Address:
    """An address of a sitemap. Lists have no day: they change with what they list."""

    path: str
    changed: datetime | None = None


def index(request: HttpRequest) -> HttpResponse:
    """List the files, each with the newest day in it."""
    at = clock.now()
    files = [
        Address(f"/sitemap-{kind}-{number}.xml", _newest_day(part))
        for kind, held in {SITE: lists(at), **addresses(at)}.items()
        for number, part in enumerate(_files(held), 1)
    ]
    return _answer("sitemapindex", "sitemap", files)


def file(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List the addresses of one file of a kind."""
    at = clock.now()
    found = list(_files(lists(at) if kind == SITE else addresses(at).get(kind, [])))
    if not 0 < number <= len(found):
        return not_found_page()
    return _answer("urlset", "url", found[number - 1])


def addresses(at: datetime) -> dict[str, list[Address]]:
    """Return what is live at an instant by kind, in an order in which new pages come last."""
    found: dict[str, list[Address]] = defaultdict(list)
    texts = _texts(at)
    inside, notices = _embeds(at), _notices(at)
    by_uid = {text.uid: text for text in texts}
    for text in texts:
        if text.is_live(at):
            around = [text, *(by_uid[uid] for uid in inside[text.edition] if uid in by_uid)]
            days = [day for each in around for day in (each.seen(at), notices.get(each.uid)) if day]
            found[text.kind].append(Address(text.path, max(days)))
    return found


def lists(at: datetime) -> list[Address]:
    """Return the site's own pages, in each of its languages."""
    found: list[Address] = []
    for code in languages.every():
        with languages.active(code):
            found += _lists_of_language(at)
    return found


def _lists_of_language(at: datetime) -> list[Address]:
    """Return the lists, and each topic and person that has something."""
    tree, used = TopicTree(), in_use(at)
    topics = [each for each in tree.topics if any(t.uid in used for t in tree.branch(each))]
    people = sorted(person.slug for person in everybody(at))
    paths = [
        "/",
        *(kind.list_path for kind in kinds.every() if kind.list_path),
        *("/topics/", "/a-z/", "/contributors/", "/corrections/"),
        *(f"/topics/{topic.slug}/" for topic in topics),
        *(f"/contributors/{slug}/" for slug in people),
    ]
    return [Address(languages.below(path)) for path in paths]


def _texts(at: datetime) -> list[LastShown]:
    """Return what each entry showed last, in the order of the entries."""
    begun = Edition.objects.begun(at).filter(revision__payload__text__isnull=False)
    columns = ("entry__uid", "entry__kind", "pk", "path", "revision", "live_from", "live_until")
    found: list[LastShown] = []
    for uid, *shown, start, end in begun.order_by("entry", "live_from").values_list(*columns):
        last = found[-1] if found and found[-1].uid == str(uid) else None
        text = LastShown(str(uid), *shown, end, start)
        if last is None:
            found.append(text)
            continue
        if last.revision == text.revision and last.until == start:
            text.changed = last.changed  # renewed
        found[-1] = text
    return found


def _embeds(at: datetime) -> dict[int, list[str]]:
    """Return the uids of what each live edition shows inside it, by the edition's key."""
    name = f"{EditionTie.EMBED}:"
    live = EditionTie.objects.filter(tie__startswith=name, edition__in=Edition.objects.live(at))
    found: dict[int, list[str]] = defaultdict(list)
    for edition, tie in live.values_list("edition", "tie"):
        found[edition].append(tie.removeprefix(name))
    return found


def _notices(at: datetime) -> dict[str, datetime]:
    """Return when a notice was last put up or taken down, by the uid of its entry.

    One of a source counts where the live text cites it: another may be signed or scheduled.
    """
    put = Change.objects.filter(verb=Change.Verbs.NOTICE, at__lte=at).order_by()
    of_source = Q(detail__contains='"source":')
    seen = put.filter(~of_source | Exists(_citing(at)))
    rows = seen.values_list("entry__uid").annotate(last=Max("at"))
    return {str(uid): last for uid, last in rows}


def _citing(at: datetime) -> QuerySet[Edition]:
    """Return, within a query on notices of sources, the live texts that cite the source told of."""
    prefix = f"{EditionTie.REFERENCE}:"
    uid = Substr("ties__tie", len(prefix) + 1)
    return (
        Edition.objects.live(at)
        .filter(entry=OuterRef("entry"))
        .annotate(
            tie=F("ties__tie"),
            source=Concat(Value('"source":"'), uid, Value('"')),
            told=ExpressionWrapper(OuterRef("detail"), TextField()),
        )
        .filter(tie__startswith=prefix, told__contains=F("source"))
    )


def _newest_day(held: list[Address]) -> datetime | None:
    return max((address.changed for address in held if address.changed), default=None)


def _files(held: list[Address]) -> Iterator[list[Address]]:
    return (held[at : at + PER_FILE] for at in range(0, len(held), PER_FILE))


def _answer(whole: str, each: str, held: Iterable[Address]) -> HttpResponse:
    """Send addresses as XML, written here: a template takes a second for ten thousand of them."""
    rows = (f"<{each}>{_said(address)}</{each}>\n" for address in held)
    text = f'{_OPENING}<{whole} xmlns="{_NAMES}">\n{"".join(rows)}</{whole}>\n'
    response = HttpResponse(text, content_type="application/xml")
    response["Cache-Control"] = FRESH
    return response


def _said(address: Address) -> str:
    place = f"<loc>{escape(settings.SITE_URL + quote(address.path))}</loc>"
    if address.changed is None:
        return place
    day = address.changed.astimezone(UTC).isoformat(timespec="seconds")
    return f"{place}<lastmod>{day}</lastmod>"
