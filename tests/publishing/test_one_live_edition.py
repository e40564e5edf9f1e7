"""Invariant 3: at most one live edition per path, and per entry, at any instant."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from publishing.models import Edition

HOUR = timedelta(hours=1)


@pytest.fixture
def first(desk):
    """An edition of one article, and an article of another path that is signed."""
    return desk.live(desk.article("first"))


def stored(at):
    """Return an instant as the engine's own column has it."""
    return connection.ops.adapt_datetimefield_value(at)


def insert(row: Edition, *, path: str, entry: int, start, until=None) -> None:
    """Insert an edition by SQL, past every verb."""
    columns = {
        "uid": uuid.uuid4().hex,
        "entry_id": entry,
        "revision_id": row.revision_id,
        "sign_off_id": row.sign_off_id,
        "path": path,
        "title": "Smuggled",
        "related": "[]",
        "live_from": stored(start),
        "live_until": stored(until),
        "by_id": row.by_id,
        "at": stored(start),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO publishing_edition ({', '.join(columns)}) "
            f"VALUES ({', '.join(['%s'] * len(columns))})",
            list(columns.values()),
        )


OVERLAPS = [
    ("the same instant, open", timedelta(0), None),
    ("later, open", HOUR, None),
    ("earlier, reaching in by a microsecond", -HOUR, timedelta(microseconds=1)),
    ("earlier, open", -HOUR, None),
    ("inside", HOUR, 2 * HOUR),
]


@pytest.mark.parametrize(
    ("start", "until"), [pair for _name, *pair in OVERLAPS], ids=[name for name, *_ in OVERLAPS]
)
@pytest.mark.parametrize("shared", ["path", "entry"])
def test_the_database_refuses_a_second_live_edition(desk, first, shared, start, until):
    other = desk.save(desk.article("other")).entry_id
    begin = first.live_from + start
    end = None if until is None else first.live_from + until

    with pytest.raises(IntegrityError):
        insert(
            first,
            path=first.path if shared == "path" else "/articles/elsewhere/",
            entry=first.entry_id if shared == "entry" else other,
            start=begin,
            until=end,
        )

    assert Edition.objects.filter(title="Smuggled").count() == 0


def test_intervals_that_meet_do_not_overlap(desk, first):
    insert(
        first,
        path=first.path,
        entry=first.entry_id,
        start=first.live_from - HOUR,
        until=first.live_from,
    )

    assert Edition.objects.live(first.live_from).filter(path=first.path).get() == first


def test_a_cancelled_edition_stands_in_nobodys_way(desk, first):
    at = first.live_from + HOUR

    insert(first, path=first.path, entry=first.entry_id, start=at, until=at)

    assert Edition.objects.live(at).filter(path=first.path).get() == first


def test_another_path_of_another_entry_is_free(desk, first):
    other = desk.save(desk.article("other")).entry_id

    insert(first, path="/articles/other/", entry=other, start=first.live_from)

    assert Edition.objects.live(first.live_from).filter(entry__kind="article").count() == 2


def test_lengthening_an_edition_over_the_next_one_is_refused(desk, first):
    desk.schedule(desk.change(first.entry, lead="Next."), days=1)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_edition SET live_until = NULL WHERE id = %s", [first.pk])

    assert Edition.objects.get(pk=first.pk).live_until is not None


def test_an_edition_never_ends_before_it_begins(desk, first):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_edition SET live_until = %s WHERE id = %s",
            [stored(first.live_from - HOUR), first.pk],
        )

    assert Edition.objects.get(pk=first.pk).live_until is None
