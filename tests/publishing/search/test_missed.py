"""What readers looked for in vain: counted for staff, and nothing about anybody."""

import sqlite3
import threading
from itertools import count

import pytest
from django.core.cache import cache
from django.db import connection

from publishing.models import MissedSearch
from publishing.search import missed
from tests import factories

AT = factories.START
strangers = count()


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def look_for(text: str, times: int = 3, at=AT, reader: str = "") -> None:
    for _time in range(times):
        missed.note(text, text.lower().split(), at, reader or str(next(strangers)))


def kept() -> list[tuple]:
    return list(MissedSearch.objects.order_by("day", "query").values_list("query", "count"))


def test_what_one_reader_asks_for_again_and_again_is_theirs(db):
    look_for("john smith aids", 5, reader="john")
    look_for("john smith aids", 5, reader="mary")
    assert kept() == []
    look_for("john smith aids", 5, reader="ann")
    assert kept() == [("john smith aids", 3)]


def test_words_are_kept_from_the_third_reader_of_a_day_on(db):
    look_for("Selenium yeast", 2)
    assert kept() == []
    look_for("selenium  YEAST", 3)
    assert kept() == [("selenium yeast", 5)]
    look_for("selenium yeast", 2, AT.replace(day=3))
    assert kept() == [("selenium yeast", 5)]


@pytest.mark.parametrize(
    "text",
    [
        "jane@example.org",
        "jane @ home",
        "+44 20 7946 0000",
        "nhs 943 476 5919",
        "12/03/1985",
        "a letter " * 10,
        "",
    ],
)
def test_what_may_be_of_one_person_is_never_kept(db, text):
    look_for(text, 5)
    assert kept() == []


def test_a_day_keeps_so_many_and_a_year_goes(db, monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_DAY", 2)
    look_for("old", at=AT.replace(year=2024))
    for word in ("one", "two", "three"):
        look_for(word)
    look_for("two", 1)

    assert kept() == [("one", 3), ("two", 4)]


def test_a_database_that_takes_no_writes_does_no_harm(db):
    look_for("selenium", 2)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("SET TRANSACTION READ ONLY")
    try:
        look_for("selenium", 2)
        assert kept() == []
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = OFF")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_publication_that_is_going_on():
    writer = sqlite3.connect(connection.settings_dict["NAME"], check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")
    release = threading.Timer(2, writer.rollback)
    release.start()
    look_for("selenium")
    release.join()
    writer.close()

    assert kept() == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == 20_000
