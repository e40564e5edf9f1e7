"""What a list says of the entries on one page, gathered for all of them at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from publishing import cases, clock, reviews, zone
from publishing.kinds import Kind
from publishing.models import (
    Edition,
    EditionTie,
    Entry,
    Override,
    SignOff,
    Site,
    Topic,
)


@dataclass(frozen=True)
class Facts:
    """What stands beside an entry in a list. ``review_due`` is None where nothing is live."""

    review_due: date | None
    overdue_days: int
    case_open: bool
    embeds_changed: bool
    topics: tuple[str, ...]


def with_facts(entries: QuerySet, role: str) -> QuerySet:
    """Annotate entries with what ``facts_of`` needs of each: cases, signature, overrides."""
    signed = SignOff.objects.filter(revision=OuterRef("head_id"), role=role).order_by("-id")
    overrides = Override.objects.filter(entry=OuterRef("pk")).order_by("-pk")
    return entries.annotate(
        case_open=Exists(cases.standing(clock.now()).filter(entry=OuterRef("pk"))),
        signed_embeds=Subquery(signed.values("embeds")[:1]),
        newest_override=Subquery(overrides.values("pk")[:1]),
    )


def with_title(entries: QuerySet, field: str) -> QuerySet:
    """Annotate entries with their title as lists sort it: capitals among small letters."""
    return entries.annotate(sorted_title=Lower(field))


def facts_of(
    rows: Sequence, kind: Kind, at: datetime, register: Iterable[Topic]
) -> dict[int, Facts]:
    """Return the facts of entries from ``with_facts``, by primary key, in three queries.

    ``register`` holds every topic, which the list's filter shows anyway.
    """
    register = list(register)
    live = _live(rows, at)
    changed = _changed(_seen(rows, live), at)
    topics = _topics(rows, {topic.pk: topic.name for topic in register})
    by_uid = {topic.uid: topic for topic in register}
    ties = {f"{EditionTie.TOPIC}:{topic.uid}": topic.uid for topic in register}
    site, today = Site.current(), zone.date_of(at)
    found = {}
    for row in rows:
        due = None
        if row.pk in live:
            uids = [ties[tie] for tie in live[row.pk].ties if tie in ties]
            months = reviews.interval_months(kind.name, uids, site=site, registers=by_uid)
            due = reviews.add_months(zone.date_of(live[row.pk].signed_at), months)
        late = max(0, (today - due).days) if due else 0
        found[row.pk] = Facts(due, late, row.case_open, row.pk in changed, topics[row.pk])
    return found


@dataclass
class _Live:
    """A live edition's signature and its ties to topics."""

    signed_at: datetime
    embeds: str
    ties: list[str]


def _live(rows: Sequence, at: datetime) -> dict[int, _Live]:
    of_topic = Q(ties__tie__startswith=f"{EditionTie.TOPIC}:")
    editions = Edition.objects.live(at).filter(entry__in=[row.pk for row in rows])
    found: dict[int, _Live] = {}
    for entry, signed_at, embeds, tie in editions.annotate(
        topic_ties=FilteredRelation("ties", condition=of_topic)
    ).values_list("entry_id", "sign_off__at", "sign_off__embeds", "topic_ties__tie"):
        live = found.setdefault(entry, _Live(signed_at, embeds, []))
        live.ties.append(tie)
    return found


def _topics(rows: Sequence, names: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """Return the names of the drafts' topics: what a change of topic would change."""
    found: dict[int, list[str]] = defaultdict(list)
    through = Entry.topics.through.objects.filter(entry__in=[row.pk for row in rows])
    for entry, topic in through.values_list("entry_id", "topic_id"):
        found[entry].append(names.get(topic, ""))
    return defaultdict(tuple, {pk: tuple(sorted(named)) for pk, named in found.items()})


def shows_changed_embeds(kind: Kind, at: datetime) -> set[int]:
    """Return the entries of a kind that are flagged for an embed that changed, in three queries."""
    newer = SignOff.objects.filter(
        revision=OuterRef("revision"), role=kind.role, pk__gt=OuterRef("pk")
    )
    live = Edition.objects.live(at).filter(entry__kind=kind.name)
    hidden = Entry.objects.filter(kind=kind.name).exclude(
        Exists(live.filter(entry=OuterRef("pk")).order_by())
    )
    approved = SignOff.objects.filter(
        revision__in=hidden.values("head"), role=kind.role, decision=SignOff.Decisions.APPROVED
    )
    drafts = approved.exclude(Exists(newer)).exclude(embeds="{}")
    shown = live.exclude(sign_off__embeds="{}").values_list("entry", "sign_off__embeds")
    seen = [*drafts.values_list("revision__entry", "embeds"), *shown]
    return _changed({pk: json.loads(embeds) for pk, embeds in seen}, at)


def _seen(rows: Sequence, live: dict[int, _Live]) -> dict[int, dict[str, str]]:
    """Return the digests that the signer of each entry saw.

    What counts is the signature that readers see; where nothing is live, that on the newest text.
    """
    return {
        row.pk: json.loads(embeds)
        for row in rows
        if (embeds := live[row.pk].embeds if row.pk in live else _approved(row))
    }


def _changed(seen: dict[int, dict[str, str]], at: datetime) -> set[int]:
    """Return the entries that show something in another text than their signer saw."""
    uids = {uid for digests in seen.values() for uid in digests}
    if not uids:
        return set()
    shown = Edition.objects.live(at).filter(entry=OuterRef("pk")).values("revision__digest")[:1]
    entries = Entry.objects.filter(uid__in=uids).annotate(live_digest=Subquery(shown))
    # A draft that was signed along is what the signer saw, though it is not live yet.
    now = {
        str(uid): digests
        for uid, *digests in entries.values_list("uid", "head__digest", "live_digest")
    }
    return {
        pk
        for pk, digests in seen.items()
        if any(digest not in now.get(uid, ()) for uid, digest in digests.items())
    }


def _approved(row) -> str:
    return row.signed_embeds if row.last_decision == SignOff.Decisions.APPROVED else ""
