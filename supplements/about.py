"""The articles about a supplement: those that show its tables, and those of its topic."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from publishing import kinds, languages
from publishing.models import Edition, EditionTie, Topic
from publishing.pages import Page

MOST = 12
"""Articles that a supplement's page lists; the topic's page has the rest."""

CROWD = 500
"""Of more articles than these that are tied to a supplement, the newest are looked through."""


@dataclass(frozen=True)
class About:
    """An article about a supplement: it shows its tables, or it is about its ``topic``."""

    edition: Edition
    shows_tables: bool
    topic: Topic | None


def articles_about(page: Page) -> list[About]:
    """Return the live articles about a page's supplement, those with its tables first.

    Among each the newest come first.
    """
    main = page.main
    topics = {f"{EditionTie.TOPIC}:{t.uid}": t for t in _own(page)}
    shown = f"{EditionTie.EMBED}:{main.uid}"
    tables_first = Case(When(tie=shown, then=Value(0)), default=Value(1))
    ties = _ties_of_articles(page).filter(tie__in=[shown, *topics])
    crowd = ties.order_by(tables_first, "-edition").values("edition")[:CROWD]
    own = EditionTie.objects.filter(edition=OuterRef("pk"), tie__in=topics).order_by("tie")
    found = (
        languages.live(page.at, main.document.language)
        .filter(pk__in=crowd)
        .annotate(
            shows=Exists(EditionTie.objects.filter(edition=OuterRef("pk"), tie=shown)),
            of=Subquery(own.values("tie")[:1]),
        )
        .order_by("-shows", "-live_from", "title", "pk")
        .only("path", "title")
    )
    return [About(each, each.shows, topics.get(each.of)) for each in found[:MOST]]


def _ties_of_articles(page: Page) -> QuerySet[EditionTie]:
    """Return the ties of live articles in a page's language: nothing else has a place in a crowd.

    By the columns themselves, since one more query inside the query takes twice the time.
    """
    language, others = page.main.document.language, languages.every()[1:]
    spoken = Q(edition__entry__language__in=others)
    return EditionTie.objects.filter(
        Q(edition__entry__language=language) if language in others else ~spoken,
        Q(edition__live_until=None) | Q(edition__live_until__gt=page.at),
        edition__live_from__lte=page.at,
        edition__entry__kind__in=_kinds_with_tables(),
    )


def _kinds_with_tables() -> list[str]:
    """Return the names of the kinds whose texts may show a supplement's tables: articles."""
    return [kind.name for kind in kinds.every() if "places_tables" in kind.flags]


def _own(page: Page) -> list[Topic]:
    """Return the topic that bears the supplement's name; all of its topics where none does.

    A wider one (“Muscle health”) would bring articles about every other supplement.
    """
    document = page.main.document
    names = {name.casefold() for name in (document.title, *document.other_names)}
    topics = list(page.topics.values())
    own = [topic for topic in topics if names & set(_names(topic))]
    return own or topics


def _names(topic: Topic) -> Iterable[str]:
    said = (topic.said("name", language).words for language in languages.every())
    return [name.casefold() for name in (topic.name, *said)]
