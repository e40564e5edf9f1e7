"""Seeding: the demo's texts through the verbs, in the order of their instants, all or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from itertools import chain

from django.contrib.auth.models import User
from django.db import transaction

from healthcms.demo import people, pictures, plan, reading, registers
from healthcms.demo.identity import uid
from healthcms.demo.plan import Batch
from healthcms.demo.reading import Fields
from publishing import assessment, kinds, verbs
from publishing.checks.evidence import attestations
from publishing.documents import EntryDocument
from publishing.models import Contributor, Edition, Entry, Ledger, Revision, Topic
from publishing.refusals import Refused
from references.models import Reference

Step = tuple[datetime, Callable[[datetime], None]]

# Written two days before publication, signed the day before.
_WRITTEN, _SIGNED, _PUBLISHED = (2, time(14, 10)), (1, time(10, 20)), (0, time(8, 0))


class NotSeeded(Exception):
    """The demo can't go into this database; nothing was written. ``str()`` says why."""


def seed(now: datetime) -> int | None:
    """Write the demo, dated relative to ``now``, and return how many entries it has.

    Returns None, and writes nothing, where the demo is in the database already, whatever was
    added since. Raises NotSeeded for a database with rows that an earlier run did not make.
    """
    with transaction.atomic():
        # Two runs at once: the second waits here, then finds the demo.
        Ledger.objects.select_for_update().get(pk=1)
        if is_seeded():
            return None
        _require_empty()
        users = people.make_people(now.date())
        registers.fill_site()
        registers.make_topics()
        registers.make_references()
        pictures.make_pictures(users[people.EDITOR.username])
        return _Seeding(now, users).run()


def is_seeded() -> bool:
    """Say whether the database holds the demo: all of it, since it is written in one go."""
    known = [uid(kind, slug) for kind, slug in reading.entries()]
    return Entry.objects.filter(uid__in=known).exists()


def _require_empty() -> None:
    for model in (Entry, Topic, Contributor, Reference):
        count = model.objects.count()
        if count:
            name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            raise NotSeeded(
                f"Not seeded. This database holds {count} {name} that seed_demo did not make. "
                "Point DATABASE_URL at an empty database, such as sqlite:///demo.sqlite3."
            )
    names = [account.username for account in people.ACCOUNTS]
    taken = User.objects.filter(username__in=names).values_list("username", flat=True)
    if taken:
        raise NotSeeded(
            f"Not seeded. This database has an account “{taken[0]}”, a name that the demo needs. "
            "Point DATABASE_URL at an empty database, such as sqlite:///demo.sqlite3."
        )


class _Seeding:
    """One run: who does what, and the revisions as they come."""

    def __init__(self, now: datetime, users: dict[str, User]) -> None:
        self._now = now
        self._users = users

    def run(self) -> int:
        """Make every entry's rows, then take all steps in the order of their instants."""
        entries = reading.entries()
        for fields in entries.values():
            # Bare rows first, so that texts can point at each other whatever their order.
            _apply(fields)
        registers.lead_through_topics()
        steps = chain.from_iterable(self._steps(batch) for batch in plan.batches())
        renewals = (self._renewal(*named, days) for named, days in plan.RENEWALS.items())
        for at, take in sorted([*steps, *renewals], key=lambda step: step[0]):
            take(at)
        return len(entries)

    def _steps(self, batch: Batch) -> list[Step]:
        revisions: list[Revision] = []
        kind = batch.texts[0]["kind"]
        writer, signer, publisher = (self._users[account.username] for account in _who(kind))
        start = None if batch.starts_in is None else self._at(-batch.starts_in, _PUBLISHED)

        def write(at: datetime) -> None:
            for fields in batch.texts:
                revisions.append(verbs.save_revision(_apply(fields), by=writer, clock=lambda: at))

        def sign(at: datetime) -> None:
            ticked = _statements(revisions, at)
            _explained(
                lambda: verbs.sign_off(revisions, by=signer, ticked=ticked, clock=lambda: at)
            )

        def publish(at: datetime) -> None:
            _explained(lambda: verbs.publish(revisions, by=publisher, at=start, clock=lambda: at))

        return [
            (self._at(batch.days_ago, when), take)
            for when, take in ((_WRITTEN, write), (_SIGNED, sign), (_PUBLISHED, publish))
        ]

    def _renewal(self, kind: str, slug: str, days_ago: int) -> Step:
        _writer, signer, _publisher = (self._users[account.username] for account in _who(kind))

        def renew(at: datetime) -> None:
            live = Edition.objects.live(at).get(entry__uid=uid(kind, slug))
            ticked = _statements([live.revision], at)
            _explained(lambda: verbs.renew([live], by=signer, ticked=ticked, clock=lambda: at))

        return self._at(days_ago, _PUBLISHED), renew

    def _at(self, days_ago: int, when: tuple[int, time]) -> datetime:
        earlier, hour = when
        day = self._now.date() - timedelta(days=days_ago + earlier)
        return datetime.combine(day, hour, tzinfo=self._now.tzinfo)


def _who(kind: str) -> tuple[people.Account, people.Account, people.Account]:
    """Return who writes, signs and publishes a kind: the second is never the first."""
    if kind == "disclaimer":
        reviewer = people.DISCLAIMER_REVIEWER
        return people.DISCLAIMER_WRITER, reviewer, reviewer
    signer = people.PUBLISHER if kind == "static_page" else people.MEDICAL_REVIEWER
    return people.EDITOR, signer, people.PUBLISHER


def _apply(fields: Fields) -> Entry:
    """Write a text into its entry's draft rows, made on first use, and return the entry."""
    document: EntryDocument = reading.document(fields)
    kind = kinds.get(fields["kind"])
    identity = uid(kind.name, document.slug)
    entry = kind.model.objects.filter(uid=identity).first() or kind.model(uid=identity)
    entry = kind.apply(document, entry)
    registers.note_citations(entry, document)
    return entry


def _statements(revisions: Sequence[Revision], at: datetime) -> set[str]:
    """Return the ids of every attestation that these texts call for."""
    contexts = (assessment.context_for(r, at, along=revisions) for r in revisions)
    return {statement.id for context in contexts for statement in attestations(context)}


def _explained(verb: Callable[[], object]) -> None:
    """Run a verb; a refusal names the problems, since it means that the content must be mended."""
    try:
        verb()
    except Refused as refusal:
        found = [f"{p.id} {p.place.field}: {p.message}" for p in refusal.problems]
        raise NotSeeded(" ".join([f"Not seeded. {refusal.message}", *found])) from refusal
