"""Filler articles into the demo site, through the verbs, in the states that a desk sees."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from healthcms.demo import filler, people, seeding
from healthcms.demo.identity import uid
from publishing import kinds, verbs
from publishing.documents import replaced
from publishing.models import Entry, Revision, Topic

BATCH = 50
"""Articles that are written, signed and published in one transaction."""

_DAYS = 200
"""The oldest are this old; the demo's disclaimer is older."""
_INTERVAL = 6
"""Months between reviews of a filler article, so that some are overdue and some due soon."""
_TICKS = ("whole_page", "key_points", "get_help")


class NotSeeded(Exception):
    """The demo, which the filler rests on, is not in this database. ``str()`` says so."""


def make(count: int, now: datetime) -> Iterator[int]:
    """Bring the number of filler articles up to ``count``, yielding how many there are by now.

    Of 100 articles 96 are live, 2 of them with newer changes; one is a draft, one is with a
    reviewer, one is signed, and one is scheduled. What is there already stays as it is. Raises
    NotSeeded where the demo is not in the database.
    """
    if not seeding.is_seeded():
        raise NotSeeded(
            "No articles made. They need the demo's people and topics. "
            "Run “python manage.py seed_demo” first."
        )
    Topic.objects.get_or_create(
        uid=uid("topic", filler.TOPIC),
        defaults={
            "slug": filler.TOPIC,
            "name": filler.TOPIC.capitalize(),
            "review_interval_months": _INTERVAL,
        },
    )
    users = {user.username: user for user in User.objects.all()}
    there = Entry.objects.filter(kind="article", slug__startswith=filler.SLUG.format(number=""))
    for start in range(there.count(), count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        days = _DAYS - _DAYS * start // count
        _make_batch(numbers, users, now - timedelta(days=days))
        yield numbers.stop


@transaction.atomic
def _make_batch(numbers: Sequence[int], users: dict[str, User], at: datetime) -> None:
    editor = users[people.EDITOR.username]
    signer = users[people.MEDICAL_REVIEWER.username]
    publisher = users[people.PUBLISHER.username]
    made = {number: _saved(number, editor, at) for number in numbers}
    signed = [revision for number, revision in made.items() if number % 100 not in (0, 1)]
    verbs.sign_off(signed, by=signer, ticked=_TICKS, clock=lambda: at)
    live = [revision for number, revision in made.items() if number % 100 > 3]
    if live:
        verbs.publish(live, by=publisher, clock=lambda: at)
    for number, revision in made.items():
        _take_on(number % 100, revision, editor, publisher, at)


def _take_on(place: int, revision: Revision, editor: User, publisher: User, at: datetime) -> None:
    """Take the step that one of a hundred articles has ahead of the others."""
    if place == 1:
        verbs.request_review(revision.entry, by=editor, clock=lambda: at)
    elif place == 3:
        start = at + timedelta(days=2 * _DAYS)
        verbs.publish([revision], by=publisher, at=start, clock=lambda: at)
    elif place in (4, 5):
        kind = kinds.of(revision.entry)
        draft = kind.model.objects.get(pk=revision.entry_id)
        kind.apply(replaced(kind.to_document(draft), funding="None.", change_kind="minor"), draft)
        verbs.save_revision(draft, by=editor, clock=lambda: at)


def _saved(number: int, editor: User, at: datetime) -> Revision:
    kind = kinds.get("article")
    document = filler.article(number)
    entry = kind.apply(document, kind.model(uid=uid(kind.name, document.slug)))
    return verbs.save_revision(entry, by=editor, clock=lambda: at)
