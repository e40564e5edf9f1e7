"""Composing: from a path and an instant to what a reader gets, from the spine and registers alone.

Four queries whatever the page embeds: the edition by path; the live editions of embeds,
disclaimers and related pages together; withdrawals of embeds that are no longer live; the terms
that are live. The registers (site, topics) are one more each.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from publishing import disclaimers, glossary, kinds, languages, notices, translations
from publishing.models import Change, Edition, EditionQuerySet, EditionTie, Site, Topic
from publishing.pages import Gone, Moved, Page, RelatedPage, Shown, Version, WithdrawnEmbed, shown
from publishing.withdrawals import LEGAL

PRINCIPLES = "/editorial-policy/"
"""Where readers expect to read how the site is edited; the first steps of a site draft it."""


def resolve(path: str, at: datetime) -> Page | Moved | Gone | None:
    """Return what a path shows at an instant; None where it never belonged to anything."""
    if "\x00" in path:
        return None  # PostgreSQL takes no such text, not even to compare with
    with Site.held(Site.current()):
        return _resolved(path, at)


def _resolved(path: str, at: datetime) -> Page | Moved | Gone | None:
    live = Edition.objects.live(at).filter(path=path).composed()
    path_there = languages.below(PRINCIPLES, languages.of_path(path))
    edition = live.annotate(
        first_from=Subquery(_first_from(at, entry=OuterRef("entry"))),
        text_from=Subquery(_first_from(at, revision=OuterRef("revision"))),
        has_principles=Exists(Edition.objects.live(at).filter(path=path_there)),
    ).first()
    if edition is not None and edition.revision.payload.text is not None:
        return page_of(edition, at)
    last = _last_at(path, at)
    if last is None:
        return None
    now_at = Edition.objects.live(at).filter(entry=last.entry_id).exclude(path=path).first()
    if now_at is not None:
        return Moved(now_at.path)
    return _gone(last, at)


def page_of(edition: Edition, at: datetime, read_at: datetime | None = None) -> Page:
    """Compose the page of an edition as it stood at an instant.

    Who reads it at a later one (``read_at``) gets nothing that was withdrawn by then for a legal
    reason; the edition itself is theirs to look at.
    """
    with Site.held(Site.current()):
        return _composed(edition, at, read_at)


def _composed(edition: Edition, at: datetime, read_at: datetime | None) -> Page:
    main = shown(edition)
    embedded = main.kind.embeds(main.document, main.sources)
    frozen = edition.frozen_related()
    around = _around({*embedded, *(UUID(row["uid"]) for row in frozen)}, main, at, read_at)
    versions = translations.versions_of(main, around.values())
    missing = [uid for uid in embedded if uid not in around]
    embeds = {uid: shown(around[uid]) for uid in embedded if uid in around}
    topics = getattr(main.document, "topics", ())
    vocabulary = glossary.live(at, read_at) if main.kind.has_claims else glossary.NOTHING
    standing = notices.at_instant([main.uid, *embeds, *vocabulary.words], at)
    # An emergency of a term is its own page's; what its definition rests on is said here too.
    emergencies = {u: each for u, each in standing.emergencies.items() if u not in vocabulary.words}
    return Page(
        main=main,
        at=at,
        site=Site.current(),
        topics={t.uid: t for t in Topic.objects.filter(uid__in=topics)} if topics else {},
        embeds=embeds,
        withdrawn={**_withdrawn(missing, read_at), **_withdrawn(missing, at)},
        disclaimer=_disclaimer_of(main, around),
        related=_related(frozen, around, main),
        first_published=_read_along(edition, "first_from", at, entry=edition.entry_id),
        text_since=_read_along(edition, "text_from", at, revision=edition.revision_id),
        notices=emergencies,
        told=standing.sources,
        vocabulary=vocabulary,
        principles=_principles(edition, main),
        versions=versions,
        newer_original=translations.newer_original(main, around.values(), at),
    )


def _principles(edition: Edition, main: Shown) -> str:
    live = getattr(edition, "has_principles", False)
    return languages.below(PRINCIPLES, main.document.language) if live else ""


def _first_from(at: datetime, **same: Any) -> EditionQuerySet:
    """Return the query for the instant at which the first edition of an entry, or text, began."""
    begun = Edition.objects.begun(at).filter(**same).order_by("live_from")
    return begun.values_list("live_from", flat=True)[:1]


def _read_along(edition: Edition, name: str, at: datetime, **same: Any) -> datetime | None:
    """Return what was read along with the edition, or ask."""
    return getattr(edition, name) if hasattr(edition, name) else _first_from(at, **same).first()


def _around(
    uids: set[UUID], main: Shown, at: datetime, read_at: datetime | None
) -> dict[UUID, Edition]:
    """Return the live editions of everything round a page, by the uid of their entry."""
    wanted = Q(entry__uid__in=uids)
    if main.kind.shows_disclaimer:
        wanted |= Q(entry__kind="disclaimer")
    if others := translations.condition(main):
        wanted |= others
    editions = Edition.objects.live(at).filter(wanted).composed()
    editions = editions.public(read_at) if read_at else editions
    return {e.entry.uid: e for e in editions if e.revision.payload.text is not None}


def _disclaimer_of(main: Shown, around: dict[UUID, Edition]) -> Shown | None:
    if not main.kind.shows_disclaimer:
        return None
    live = [e for e in around.values() if e.entry.kind == "disclaimer"]
    edition = disclaimers.most_specific(
        live,
        main.kind.name,
        main.uid,
        getattr(main.document, "topics", ()),
        main.document.language,
    )
    return shown(edition) if edition else None


def _related(
    frozen: list[dict[str, str]], around: dict[UUID, Edition], main: Shown
) -> tuple[RelatedPage, ...]:
    """Return the related pages that are live, in the page's own language."""
    return tuple(
        RelatedPage(edition.path, edition.title, kinds.of(edition.entry), row["why"], row["what"])
        for row in frozen
        if (edition := around.get(UUID(row["uid"]))) is not None
        and edition.entry.language == main.document.language
    )


def _withdrawn(uids: list[UUID], at: datetime | None) -> dict[UUID, WithdrawnEmbed]:
    if not uids or at is None:
        return {}
    ended = (
        Edition.objects.begun(at)
        .filter(entry__uid__in=uids, live_until__lte=at)
        .select_related("entry")
        .order_by("live_from")
    )
    return {e.entry.uid: WithdrawnEmbed(e.title, e.live_until) for e in ended}


def _last_at(path: str, at: datetime) -> Edition | None:
    """Return the last edition that a path held, with whether any text of its entry is public."""
    texts = Edition.objects.begun(at).filter(entry=OuterRef("entry"))
    readable = texts.filter(revision__payload__text__isnull=False).public(at)
    original = EditionTie.objects.filter(
        edition=OuterRef("pk"), tie__startswith=f"{EditionTie.TRANSLATION}:"
    )
    last = Edition.objects.begun(at).filter(path=path).composed().order_by("-live_from")
    return last.annotate(
        has_history=Exists(readable), original_tie=Subquery(original.values("tie")[:1])
    ).first()


def _gone(last: Edition, at: datetime) -> Gone:
    change = (
        Change.objects.filter(entry=last.entry_id, verb=Change.Verbs.WITHDRAW, at__lte=at)
        .order_by("-number")
        .first()
    )
    facts = change.facts() if change else {}
    why = facts.get("why", "out_of_date")
    disclaimer = disclaimers.edition_for(
        last.entry.kind, last.entry.uid, (), at, last.entry.language
    )
    # By law nothing is shown of a page: neither what it was nor what says the same.
    is_closed = why == LEGAL
    instead, versions = (None, ()) if is_closed else _in_place_of(last, facts.get("instead"), at)
    return Gone(
        title=last.title,
        # The day of the withdrawal, also for an address that the entry had left before it.
        on=change.at if change else last.live_until or at,
        why=why,
        instead=instead,
        site=Site.current(),
        disclaimer=shown(disclaimer) if disclaimer else None,
        history=f"{last.path}history/" if last.has_history and not is_closed else "",
        versions=versions,
    )


def _in_place_of(
    last: Edition, instead: str | None, at: datetime
) -> tuple[Edition | None, tuple[Version, ...]]:
    """Return the page that stands for a withdrawn one, and the same page in other languages."""
    tie = last.original_tie
    root = UUID(tie.partition(":")[2]) if tie else last.entry.uid
    wanted = Q(entry__uid=instead) if instead else Q()
    if tie or len(languages.every()) > 1:
        wanted |= translations.sharing(root)
    if not wanted:
        return None, ()
    around = list(
        Edition.objects.live(at)
        .filter(wanted, revision__payload__text__isnull=False)
        .exclude(entry=last.entry_id)
        .composed()
    )
    chosen = next((e for e in around if str(e.entry.uid) == instead), None)
    others = [e for e in around if e != chosen]
    return chosen, translations.versions_from(root, last.entry.language, others)
