"""The site's own pages: lists, probes, and the plain pages of bad days."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from healthcms import error_pages, kind_lists
from healthcms.health import HealthMiddleware
from publishing import guards, models
from publishing.models import Site
from tests.reading.house import ARTICLE, QUESTION, soup, words
from tests.reading.test_every_page import LISTS


def test_the_lists_hold_what_is_live_and_turn_pages(house, client, monkeypatch):
    monkeypatch.setattr(kind_lists, "TEXTS_PER_PAGE", 1)
    first, second = soup(client.get("/faq/")), soup(client.get("/faq/?page=2"))

    assert [a["href"] for a in first.select(".listing a")] == [QUESTION]
    assert first.select_one("a[rel=next]")["href"] == "/faq/?page=2"
    assert [a["href"] for a in second.select(".listing a")] == ["/faq/what-else/"]
    assert second.select_one("a[rel=prev]")["href"] == "/faq/"
    for number in ("0", "3", "x", "²", "9" * 5000):
        assert client.get("/faq/", {"page": number}).status_code == 404


@pytest.mark.parametrize("debug", [True, False])
def test_an_unknown_address_gets_the_readers_page_in_a_demo_too(house, client, settings, debug):
    models.Site.objects.update(languages=["en", "es"])
    settings.DEBUG = debug
    response = client.get("/es/no/such/place/")

    assert response.status_code == 404
    assert soup(response).h1.get_text() == "No encontramos esa página"


@pytest.mark.parametrize("debug", [True, False])
def test_a_form_to_a_wrong_address_or_too_large_is_answered_in_a_demo_too(house, settings, debug):
    settings.DEBUG = debug
    browser = Client(raise_request_exception=False)
    strayed = browser.post("/articles", {"a": "b"})
    assert (strayed.status_code, strayed.headers["Location"]) == (301, "/articles/")

    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    ours = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    large = browser.post("/feedback/", {"text": "x" * 2**21}, headers=ours)
    assert large.status_code == 413
    assert "1 MB" in words(soup(large).main)


def test_probes(house, client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"ready": True, "faults": []}


def test_a_missing_guard_makes_the_site_not_ready(house, client):
    guards.drop()
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "missing or altered" in response.json()["faults"][0]


@pytest.mark.parametrize(("read", "line"), [(True, "112"), (False, "your local emergency number")])
def test_a_database_that_is_down_gives_a_plain_page_with_the_line_last_read(
    client, db, rf: RequestFactory, monkeypatch, read, line
):
    monkeypatch.setattr(models.Site, "last_read", None)
    if read:
        models.Site.objects.update(emergency_line="112")
        client.get("/")
    middleware = HealthMiddleware(lambda request: None)
    with connection.execute_wrapper(refuse):
        response = middleware.process_exception(rf.get(ARTICLE), OperationalError("gone"))
        failed = error_pages.failed(rf.get(ARTICLE))

    assert (response.status_code, failed.status_code) == (503, 500)
    for page in (response, failed):
        assert f"In an emergency, call {line}." in words(soup(page))


def refuse(*_query):
    raise AssertionError("The database was asked.")


def test_the_foot_of_a_page_holds_the_sites_own_lines_in_its_language(house, client):
    Site.objects.update(
        footer="Our charity <b> /about/\nNo. 12",
        languages=["en", "es"],
        said_in={"es": {"footer": "Nuestra fundación"}},
    )

    english = soup(client.get("/")).select_one(".end .own")
    assert [words(line) for line in english.select("li")] == ["Our charity <b>", "No. 12"]
    assert english.a["href"] == "/about/"
    assert not english.has_attr("lang")
    assert words(soup(client.get("/es/")).select_one(".end .own")) == "Nuestra fundación"
    Site.objects.update(said_in={})
    assert soup(client.get("/es/")).select_one(".end .own")["lang"] == "en"


def test_every_list_says_in_its_head_what_it_holds(house, client, monkeypatch):
    """In words of its own on each page, the same for search engines and for who shares it."""
    monkeypatch.setattr(kind_lists, "TEXTS_PER_PAGE", 1)
    Site.objects.update(name='Bones & "Co"')
    paths = [
        *LISTS, "/", "/search/", "/faq/?page=2", "/articles/?page=2", "/glossary/?letter=D",
        "/topics/magnesium/?kind=article",
    ]  # fmt: skip
    told = {}
    for path in paths:
        page = soup(client.get(path))
        [described] = page.select("meta[name=description]")
        [shared] = page.select("meta[property='og:description']")
        assert described["content"] == shared["content"], path
        told.setdefault(described["content"], []).append(path)

    assert [alike for alike in told.values() if len(alike) > 1] == []
    assert not [said for said in told if " :" in said]
    assert all(20 < len(said) < 160 for said in told), sorted(told, key=len)
    assert told['Every page on Bones & "Co" from A to Z, under each of its names.'] == ["/a-z/"]


def test_home_is_described_by_its_own_words_where_it_has_any(house, client):
    Site.objects.update(tagline="Plain <b>answers</b>.")

    assert soup(client.get("/")).select_one("meta[name=description]")["content"] == (
        "Plain <b>answers</b>."
    )
