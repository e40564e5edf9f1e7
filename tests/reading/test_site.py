"""The site's own pages: lists, probes, and the plain pages of bad days."""

from django.db import OperationalError
from django.test import RequestFactory

from healthcms import views as site_views
from healthcms.health import HealthMiddleware
from publishing import guards
from tests.reading.house import ARTICLE, QUESTION, soup, words


def test_the_lists_hold_what_is_live_and_turn_pages(house, client, monkeypatch):
    monkeypatch.setattr(site_views, "PER_PAGE", 1)
    first, second = soup(client.get("/faq/")), soup(client.get("/faq/?page=2"))

    assert [a["href"] for a in first.select(".listing a")] == [QUESTION]
    assert first.select_one("a[rel=next]")["href"] == "/faq/?page=2"
    assert [a["href"] for a in second.select(".listing a")] == ["/faq/what-else/"]
    assert second.select_one("a[rel=prev]")["href"] == "/faq/"
    for number in ("0", "3", "x", "²", "9" * 5000):
        assert client.get("/faq/", {"page": number}).status_code == 404


def test_probes(house, client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"ready": True, "faults": []}


def test_a_missing_guard_makes_the_site_not_ready(house, client):
    guards.drop()
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "missing or altered" in response.json()["faults"][0]


def test_a_database_that_is_down_gives_a_plain_page(rf: RequestFactory):
    middleware = HealthMiddleware(lambda request: None)
    response = middleware.process_exception(rf.get(ARTICLE), OperationalError("gone"))
    emergency = "In an emergency, call your local emergency number."

    assert response.status_code == 503
    assert emergency in words(soup(response))
    assert emergency in words(soup(site_views.failed(rf.get(ARTICLE))))
