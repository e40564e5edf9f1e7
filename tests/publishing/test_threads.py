"""Sixteen threads on the same ten entries: no gap, no deadlock, no overlap, no lost save."""

import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from publishing import clock, documents, kinds, ledger, verbs
from publishing.locks import lock
from publishing.models import Change, Edition, Entry, Ledger, Revision, SignOff
from publishing.refusals import Refused
from publishing.verification import verify
from tests import factories
from tests.threads import SECONDS, at_once

THREADS = 16
ROUNDS = 2

pytestmark = pytest.mark.django_db(transaction=True)


class Crowd:
    """Threads that start together; whatever one of them raises fails the test."""

    def __init__(self) -> None:
        self.refusals: list[Refused] = []
        self._works: list[Callable] = []

    def add(self, work, *args) -> None:
        self._works.append(partial(work, *args))

    def go(self) -> None:
        at_once(*self._works)

    def attempt(self, verb, *args, **options):
        """Do a verb that may be refused for what another thread did."""
        try:
            return verb(*args, **options)
        except Refused as refused:
            self.refusals.append(refused)
            return None


@pytest.fixture
def people() -> dict[str, User]:
    factories.fund_site()
    factories.live_disclaimer(factories.Clock(clock.now() - timedelta(days=1)))
    return {
        "writers": [factories.editor(f"writer-{n}") for n in range(4)],
        "signer": factories.reviewer(),
        "publisher": factories.publisher(),
    }


@pytest.fixture
def entries(people) -> list[Entry]:
    """Ten questions with one version each."""
    writer = people["writers"][0]
    return [
        factories.saved(
            factories.question_document(writer, f"is-number-{n}-so"), writer, clock.now
        ).entry
        for n in range(10)
    ]


def write(entry: Entry, by: User, note: str) -> Revision:
    """Change a draft and save it, as the admin does: entry locked, then rows, then revision."""
    kind = kinds.of(entry)
    with transaction.atomic():
        lock([entry])
        draft = kind.model.objects.get(pk=entry.pk)
        document = documents.replaced(
            kind.to_document(draft), change_kind="update", change_note=note
        )
        return verbs.save_revision(kind.apply(document, draft), by=by)


def heads(entries: list[Entry]) -> list[Revision]:
    found = Entry.objects.filter(pk__in=[e.pk for e in entries]).select_related("head__entry")
    by_key = {entry.pk: entry.head for entry in found}
    return [by_key[entry.pk] for entry in entries]


def whole(entries: list[Entry]) -> None:
    """Show that numbers have no gap, chains are whole and no two editions overlap."""
    numbers = list(Change.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Ledger.objects.get().number == len(numbers)
    for entry in entries:
        found = list(Revision.objects.filter(entry=entry).order_by("number"))
        assert [revision.number for revision in found] == list(range(1, len(found) + 1))
        held = list(Edition.objects.filter(entry=entry).held().order_by("live_from"))
        for earlier, later in pairwise(held):
            assert earlier.live_until is not None
            assert earlier.live_until <= later.live_from
    assert list(verify()) == []


def test_saving_signing_and_publishing_the_same_ten_entries(people, entries):
    crowd, saved = Crowd(), []

    def work(number: int) -> None:
        rng = random.Random(number)
        writer = people["writers"][number % 4]
        for turn in range(ROUNDS):
            some = rng.sample(entries, 3)
            for entry in some:
                saved.append(write(entry, writer, f"Thread {number}, turn {turn}.").pk)
            crowd.attempt(
                verbs.sign_off, heads(some), by=people["signer"], ticked=factories.EVERY_TICK
            )
            crowd.attempt(verbs.publish, heads(some), by=people["publisher"])

    for number in range(THREADS):
        crowd.add(work, number)
    crowd.go()

    assert len(saved) == len(set(saved)) == THREADS * ROUNDS * 3
    assert set(saved) <= set(Revision.objects.values_list("pk", flat=True))
    assert SignOff.objects.filter(revision__entry__in=entries).exists()
    assert Edition.objects.filter(entry__in=entries).exists()
    whole(entries)


def test_lists_in_opposite_order_do_not_block_each_other(people, entries):
    revisions = heads(entries[:6])
    crowd = Crowd()

    def sign_and_publish(chosen: list[Revision]) -> None:
        crowd.attempt(verbs.sign_off, chosen, by=people["signer"], ticked=factories.EVERY_TICK)
        crowd.attempt(verbs.publish, chosen, by=people["publisher"])

    for number in range(THREADS):
        crowd.add(sign_and_publish, revisions if number % 2 else revisions[::-1])
    crowd.go()

    assert Edition.objects.live(clock.now()).filter(entry__kind="question").count() == 6
    whole(entries)


@pytest.mark.parametrize("live", [0, 5, 10])
def test_many_publishing_to_one_path(people, entries, live):
    """Each entry's next text claims the same address: one of them gets it, whoever is first.

    Where some are live and some are not, one thread ends an edition (and writes to the ledger)
    before it takes the address, and another the other way round.
    """
    if live:
        some = heads(entries[:live])
        verbs.sign_off(some, by=people["signer"], ticked=factories.EVERY_TICK)
        verbs.publish(some, by=people["publisher"])
    claims = []
    for entry in entries:
        # The address is freed in the draft at once; the signed text keeps its claim.
        claims.append(claim(entry, people["writers"][0]))
    crowd = Crowd()

    def publish(revision: Revision) -> None:
        crowd.attempt(verbs.publish, [revision], by=people["publisher"])

    for revision in claims:
        crowd.add(publish, revision)
    crowd.go()

    at = clock.now()
    assert Edition.objects.live(at).filter(path="/faq/the-one/").count() == 1
    assert len(crowd.refusals) == len(entries) - 1
    assert all("Not published." in str(refused) for refused in crowd.refusals)
    whole(entries)


def test_a_path_and_the_ledger_are_never_waited_for_crosswise(people, entries):
    """One has the ledger's turn and wants the address; the other would hold it and want the turn.

    The test holds the counter row until both wait, so that they meet in just this way.
    """
    verbs.sign_off(heads(entries[:1]), by=people["signer"], ticked=factories.EVERY_TICK)
    verbs.publish(heads(entries[:1]), by=people["publisher"])
    moving, new = (claim(entry, people["writers"][0]) for entry in entries[:2])
    crowd = Crowd()
    started = threading.Event()

    def publish(revision: Revision, wait: bool) -> None:
        if wait:
            started.wait(SECONDS)
        crowd.attempt(verbs.publish, [revision], by=people["publisher"])

    def hold() -> None:
        with transaction.atomic():
            ledger.hold()
            held.set()
            wait_for_waiters(1)
            started.set()
            wait_for_waiters(2)

    held = threading.Event()
    crowd.add(hold)
    crowd.add(lambda: (held.wait(SECONDS), publish(moving, wait=False)))
    crowd.add(publish, new, True)
    crowd.go()

    assert Edition.objects.live(clock.now()).get(path="/faq/the-one/").revision in (moving, new)
    assert len(crowd.refusals) == 1
    whole(entries)


def wait_for_waiters(count: int) -> None:
    """Wait until so many sessions wait for a lock; SQLite has one lock and cannot tell."""
    if connection.vendor == "sqlite":
        time.sleep(0.2)
        return
    sql = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _attempt in range(600):
        with connection.cursor() as cursor:
            # Within a transaction the view would stay as it was first read.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(sql)
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def claim(entry: Entry, writer: User) -> Revision:
    """Save and sign a text whose address is /faq/the-one/, and let the slug go again."""
    kind = kinds.of(entry)
    with transaction.atomic():
        document = kind.to_document(kind.model.objects.get(pk=entry.pk))
        changed = documents.replaced(
            document, slug="the-one", change_kind="update", change_note="Moved."
        )
        revision = factories.saved(changed, writer, clock.now, kind.model.objects.get(pk=entry.pk))
        verbs.sign_off(
            [revision], by=User.objects.get(username="rita"), ticked=factories.EVERY_TICK
        )
        Entry.objects.filter(pk=entry.pk).update(slug=document.slug)
    return revision


def test_crossed_paths_do_not_block_each_other(people, entries):
    """Lists that take and free one another's addresses: refused or done, never stuck."""
    verbs.sign_off(heads(entries), by=people["signer"], ticked=factories.EVERY_TICK)
    verbs.publish(heads(entries), by=people["publisher"])
    crowd = Crowd()

    def work(number: int) -> None:
        rng = random.Random(number)
        for _turn in range(ROUNDS):
            edition = Edition.objects.live(clock.now()).filter(entry=rng.choice(entries)).first()
            if edition is None:
                crowd.attempt(verbs.publish, [rng.choice(heads(entries))], by=people["publisher"])
            elif rng.random() < 0.5:
                crowd.attempt(verbs.withdraw, edition.entry, by=people["publisher"], reason="wrong")
            else:
                crowd.attempt(
                    verbs.renew, [edition], by=people["signer"], ticked=factories.EVERY_TICK
                )

    for number in range(THREADS):
        crowd.add(work, number)
    crowd.go()

    whole(entries)


def test_two_saves_from_one_base_are_told_apart(people, entries):
    """Of sixteen people who opened the same version, one saves; the others keep their text."""
    entry, crowd, made = entries[0], Crowd(), []

    def save(number: int) -> None:
        kind = kinds.of(entry)

        def once():
            with transaction.atomic():
                lock([entry])
                draft = kind.model.objects.get(pk=entry.pk)
                document = documents.replaced(
                    kind.to_document(draft), answer=f"<p>Answer {number}.</p>"
                )
                by = people["writers"][number % 4]
                made.append(verbs.save_revision(kind.apply(document, draft), by=by, base=1))

        crowd.attempt(once)

    for number in range(THREADS):
        crowd.add(save, number)
    crowd.go()

    assert len(crowd.refusals) == THREADS - 1
    [revision] = made
    kind = kinds.of(entry)
    said = documents.load_payload(kind.document, revision.payload.text)[0].answer
    assert kind.model.objects.get(pk=entry.pk).answer == said
    assert Entry.objects.get(pk=entry.pk).head == revision
    whole(entries)
