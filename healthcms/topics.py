"""Topics: how they nest, and the page of each, with all that is live about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    Case,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from healthcms.listings import listing_of, show
from healthcms.summaries import lines
from publishing import clock, kinds, languages
from publishing.models import Edition, EditionQuerySet, EditionTie, FirstPage, Topic
from publishing.pages import Shown, shown
from publishing.views import not_found_page

NEEDED_MOST = 3
"""Pages that a topic shows before all others."""

# What is read most comes first, whichever order the apps are installed in.
_ORDER = ("article", "supplement", "question", "term")


@dataclass(frozen=True)
class Branch:
    """A topic with those below it, and the live term that explains it where that was asked for."""

    topic: Topic
    below: tuple["Branch", ...]
    meaning: Shown | None = None

    def __iter__(self) -> Iterator[Topic]:
        yield self.topic
        for branch in self.below:
            yield from branch


class TopicTree:
    """All topics, read once; with what each means at an instant, if one is given."""

    def __init__(self, at: datetime | None = None) -> None:
        self.topics = list(Topic.objects.select_related("explained_by"))
        self._meanings = meanings(self.topics, at) if at else {}
        self._by_key = {topic.pk: topic for topic in self.topics}
        self._below: dict[int | None, list[Topic]] = defaultdict(list)
        for topic in self.topics:
            self._below[topic.parent_id].append(topic)

    def by_slug(self, slug: str) -> Topic | None:
        """Return the topic at an address."""
        return next((topic for topic in self.topics if topic.slug == slug), None)

    def above(self, topic: Topic) -> list[Topic]:
        """Return the parents of a topic, the topmost first."""
        found: list[Topic] = []
        above = self._by_key.get(topic.parent_id)
        while above is not None and above not in (topic, *found):
            found.insert(0, above)
            above = self._by_key.get(above.parent_id)
        return found

    def branch(self, topic: Topic, *met: Topic) -> Branch:
        """Return a topic and all that is below it; ``met`` are those above it on the way."""
        below = (each for each in self._below[topic.pk] if each not in (topic, *met))
        branches = tuple(self.branch(each, topic, *met) for each in below)
        return Branch(topic, branches, self._meanings.get(topic.pk))

    def branches(self) -> list[Branch]:
        """Return the topics at the top, each with all that is below it."""
        return [self.branch(topic) for topic in self._below[None]]


def in_use(at: datetime, kind: str = "") -> set[UUID]:
    """Return the uids of the topics of what is live, of one kind or of any."""
    live = languages.live(at)
    live = live.filter(entry__kind=kind) if kind else live
    ties = EditionTie.objects.filter(tie__startswith=f"{EditionTie.TOPIC}:", edition__in=live)
    return {UUID(tie.partition(":")[2]) for tie in ties.values_list("tie", flat=True).distinct()}


def about(topics: Iterable[Topic], at: datetime) -> EditionQuerySet:
    """Return the live editions about any of some topics."""
    return languages.said_in(_about_in_any(topics, at))


def _about_in_any(topics: Iterable[Topic], at: datetime) -> EditionQuerySet:
    return Edition.objects.live(at).tied(EditionTie.TOPIC, *(topic.uid for topic in topics))


def topics(request: HttpRequest) -> HttpResponse:
    """Show every topic under its parent."""
    at = clock.now()
    context = {"here": "/topics/", "branches": TopicTree(at).branches()}
    return show("site/topics.html", at, context)


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a topic is, what readers of it need most, and all live pages about it by kind.

    Those about a topic below it are among them. ``?kind=`` leaves one kind.
    """
    at = clock.now()
    tree = TopicTree(at)
    found = tree.by_slug(slug)
    if found is None:
        return not_found_page()
    branch, above = tree.branch(found), tree.above(found)
    everywhere = _about_in_any(branch, at)
    spoken = languages.counted(everywhere, "entry__kind")
    counts, pages = spoken.get(languages.current(), {}), languages.said_in(everywhere)
    kind = request.GET.get("kind", "")
    if kind and kind not in counts:
        return not_found_page(whole=request.path)
    listing = listing_of(
        request,
        _by_kind(pages.filter(entry__kind=kind) if kind else pages),
        count=counts[kind] if kind else sum(counts.values()),
        chosen={"kind": kind} if kind else {},
    )
    if isinstance(listing, HttpResponse):
        return listing
    context = {
        "topic": found,
        "branch": branch,
        "above": above,
        "way": [(_("Topics"), languages.below("/topics/")), *map(_step, above)],
        "meaning": branch.meaning,
        "needed": lines(needed_most([found], at, NEEDED_MOST)),
        "counts": [(kinds.get(name), counts[name]) for name in sorted(counts, key=_place)],
        "chosen": kind,
        "listing": listing,
        "spoken": list(spoken),
    }
    return show("site/topic.html", at, context, topics=[found.uid])


def _step(topic: Topic) -> tuple[str, str]:
    name = topic.said("name", languages.current()).words
    return name, languages.below(f"/topics/{topic.slug}/")


def needed_most(topics: Iterable[Topic], at: datetime, most: int) -> list[Edition]:
    """Return the live pages that editors put first on any of some topics, first choices first.

    In another language than the site's first, a page stands there by its translation too.
    """
    chosen = FirstPage.objects.filter(topic__in=topics)
    if not languages.is_default(languages.current()):
        return _translated(chosen, at)[:most]
    here = chosen.filter(entry=OuterRef("entry")).order_by("position", "pk")
    first = {name: Subquery(here.values(name)[:1]) for name in ("position", "pk")}
    live = languages.live(at).filter(entry__in=chosen.values("entry"))
    return list(live.order_by(first["position"], first["pk"]).composed()[:most])


def _translated(chosen: QuerySet[FirstPage], at: datetime) -> list[Edition]:
    """Return what is live in the active language of pages that were chosen, or translated."""
    uids = chosen.order_by("position", "pk").values_list("entry__uid", flat=True)
    place = {uid: number for number, uid in reversed(list(enumerate(uids)))}
    live = languages.live(at).filter(_are_or_translate(place)).composed()
    readable = live.filter(revision__payload__text__isnull=False)

    def placed(edition: Edition) -> int:
        original = shown(edition).document.original
        places = (place.get(edition.entry.uid), original and place.get(original.uid))
        return min(number for number in places if number is not None)

    return sorted(readable, key=placed)


def meanings(topics: Iterable[Topic], at: datetime) -> dict[int, Shown]:
    """Return the live terms that explain topics, by the key of the topic.

    Where one is not translated, its own text: a reader may know that language.
    """
    explained = {t.pk: t.explained_by.uid for t in topics if t.explained_by_id}
    if not explained:
        return {}
    live = Edition.objects.live(at).filter(_are_or_translate(explained.values())).composed()
    terms: dict[UUID, Shown] = {}
    for term in map(shown, live.filter(revision__payload__text__isnull=False)):
        original = term.document.original
        if original is None:
            terms.setdefault(term.uid, term)
        elif languages.same(term.document.language):
            terms[original.uid] = term
    return {key: terms[uid] for key, uid in explained.items() if uid in terms}


def _are_or_translate(uids: Iterable[UUID]) -> Q:
    """Return the condition for some entries and, in another language, for their translations."""
    uids = list(uids)
    own = Q(entry__uid__in=uids)
    if languages.is_default(languages.current()):
        return own
    ties = EditionTie.objects.filter(tie__in=[f"{EditionTie.TRANSLATION}:{uid}" for uid in uids])
    return own | Q(pk__in=ties.values("edition"))


def _by_kind(pages: EditionQuerySet) -> EditionQuerySet:
    places = (When(entry__kind=kind.name, then=Value(_place(kind.name))) for kind in kinds.every())
    place = Case(*places, default=Value(len(_ORDER)), output_field=IntegerField())
    return pages.listed().order_by(place, Lower("title"), "path")


def _place(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
