"""What readers looked for in vain: counted for staff, and nothing about anybody."""

import pickle
import sqlite3
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from publishing.models import MissedSearch
from publishing.search import missed
from tests import factories

AT = factories.START


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def look_for(text: str, readers: int = 3, at=AT, first: int = 1) -> None:
    for number in range(first, first + readers):
        asked_from(f"198.51.100.{number}", text, at)


def asked_from(address: str, text: str, at=AT) -> None:
    request = RequestFactory().get("/search/", REMOTE_ADDR=address)
    missed.note(request, text, text.lower().split(), at)


def kept() -> list[tuple]:
    return list(MissedSearch.objects.order_by("day", "query").values_list("query", "count"))


def test_words_are_kept_once_three_different_readers_of_a_day_asked_for_them(db):
    look_for("Selenium yeast", 2)
    look_for("selenium  YEAST", 2)
    assert kept() == []
    look_for("selenium yeast", 3)
    look_for("selenium yeast", 3, first=3)
    assert kept() == [("selenium yeast", 5)]
    look_for("selenium yeast", 2, AT.replace(day=3))
    assert kept() == [("selenium yeast", 5)]


def test_a_day_is_the_site_s_for_the_count_and_for_who_asks(db):
    with timezone.override("Pacific/Auckland"):
        midnight = AT.replace(hour=0, minute=0)
        look_for("selenium", 2, midnight - timedelta(minutes=1))
        look_for("selenium", 1, midnight + timedelta(minutes=1))
        assert kept() == []
        look_for("selenium", 1, midnight + timedelta(minutes=1), first=3)
        assert kept() == [("selenium", 3)]


def test_one_reader_alone_is_not_kept_however_often_and_by_whatever_device(db):
    for number in range(9):
        asked_from("203.0.113.9", "john smith aids")
        asked_from("::ffff:203.0.113.9", "john smith aids")
        asked_from(f"2001:db8:1:2::{number}", "john smith aids")

    assert kept() == []
    held = pickle.dumps(list(cache._cache.items()))
    assert not any(words in held for words in (b"203.0.113", b"2001:db8", b"john", b"aids"))
    asked_from("2001:db8:1:3::1", "john smith aids")
    assert kept() == [("john smith aids", 3)]


def test_a_cache_that_throws_out_what_is_old_needs_more_readers_and_never_fewer(db):
    look_for("selenium")
    cache.clear()
    look_for("selenium", 2)
    assert kept() == [("selenium", 3)]
    look_for("selenium", 1, first=3)
    assert kept() == [("selenium", 4)]


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
    look_for("two", 1, first=4)

    assert kept() == [("one", 3), ("two", 4)]


def test_a_database_that_takes_no_writes_does_no_harm(db):
    look_for("selenium", 2)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("SET TRANSACTION READ ONLY")
    try:
        look_for("selenium", 2, first=3)
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
