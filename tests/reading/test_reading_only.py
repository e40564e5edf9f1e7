"""A public page that is sent something says that it can only be read."""

import html5lib
import pytest
from django.test import Client

from publishing import models
from tests.reading.house import ARTICLE, soup, words


@pytest.fixture
def browser() -> Client:
    """A client that checks tokens, as the real site does."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("path", [ARTICLE, "/", "/search/?q=iron", "/es/search/", "/sitemap.xml"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_readers_pages_are_for_reading(house, browser, method, path):
    models.Site.objects.update(languages=["en", "es"])
    response = browser.generic(method, path, b"x" * 9, "application/x-www-form-urlencoded")
    page = soup(response)

    # Every tag is closed and nested as HTML says.
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Cache-Control"] == "private, no-store"
    assert page.select_one("main a")["href"] == path.partition("?")[0]
    assert "emergenc" in words(page.main)
    assert not response.cookies


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_answered(house, browser, method):
    assert browser.generic(method, ARTICLE).status_code == 200


@pytest.mark.parametrize("start", ["/%2F", "/%5C"])
def test_the_way_back_never_leads_to_another_site(house, browser, start):
    """Browsers read “/\\” as they read “//”."""
    response = browser.post(f"http://testserver{start}example.org/x.md")

    assert response.status_code == 405
    assert soup(response).select_one("main a")["href"] == f"{start}example.org/x.md"


def test_nothing_is_there_to_be_read_at_an_unknown_address(house, browser):
    assert browser.post("/never/there/").status_code == 404


def test_forms_are_taken_where_there_are_any(house, browser):
    assert browser.post("/feedback/").status_code == 403
    desk = browser.post("/admin/articles/article/add/")
    assert (desk.status_code, "Allow" in desk) == (403, False)
