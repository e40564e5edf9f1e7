"""The sitemap: every live page once, with the day on which readers last saw it change."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from healthcms import sitemaps
from publishing import kinds, notices, verbs
from publishing.documents import replaced
from references.models import Reference
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, SUPPLEMENT

SCHEMA = Path(__file__).resolve().parents[2] / "../shared/corpus/feeds/xhtmldbg__sitemap.xsd"


def days_of(client, path: str) -> dict[str, str]:
    """Return the day of each address of a sitemap, "" where it has none."""
    response = client.get(path)
    assert response["Content-Type"] == "application/xml"
    assert response.content.startswith(b"<?xml")
    read = BeautifulSoup(response.content, "xml")
    return {
        row.loc.text.removeprefix("http://127.0.0.1:8000"): row.lastmod.text[:10]
        if row.lastmod
        else ""
        for row in read.find_all(["url", "sitemap"])
    }


def everything(client) -> dict[str, str]:
    """Return the day of each address of all files that the index names."""
    files = days_of(client, "/sitemap.xml")
    return {path: day for file in files for path, day in days_of(client, file).items()}


def test_the_index_leads_to_every_live_page_and_no_other(house, client):
    verbs.withdraw(house.cramps, by=house.publisher, reason="wrong", clock=house.clock)
    factories.topic("vitamin-d")
    factories.saved(factories.article_document(house.editor, "a-draft"), house.editor, house.clock)

    found = everything(client)

    lists = {
        "/", "/articles/", "/supplements/", "/faq/", "/glossary/", "/topics/", "/a-z/",
        "/contributors/", "/corrections/", "/topics/magnesium/", "/contributors/eddie/",
        "/contributors/rita/", "/contributors/dirk/",
    }  # fmt: skip
    live = {ARTICLE, SUPPLEMENT, QUESTION, "/faq/what-else/", "/disclaimer/", "/about/"}
    assert set(found) == {*lists, *live}
    assert {path for path, day in found.items() if not day} == lists
    assert {client.get(path).status_code for path in found} == {200}
    assert {found[path] for path in live} == {"2026-03-02"}


def test_the_day_moves_with_what_readers_see_and_not_with_a_review(house, client):
    house.clock.forward(days=1)
    house.renew(house.article)
    assert everything(client)[ARTICLE] == "2026-03-02"

    house.clock.forward(days=1)
    changed = factories.question_document(house.editor, answer="<p>It may not.</p>")
    house.publish(changed, entries=[house.question])
    assert [everything(client)[p] for p in (ARTICLE, QUESTION, "/faq/what-else/")] == [
        "2026-03-04", "2026-03-04", "2026-03-02",
    ]  # fmt: skip
    assert days_of(client, "/sitemap.xml")["/sitemap-article-1.xml"] == "2026-03-04"

    house.clock.forward(days=1)
    verbs.withdraw(house.other, by=house.publisher, reason="wrong", clock=house.clock)
    assert everything(client)[ARTICLE] == "2026-03-05"

    house.clock.forward(days=1)
    verbs.put_notice(house.supplement, by=house.publisher, wording="dose", clock=house.clock)
    days = everything(client)
    assert [days[p] for p in (ARTICLE, SUPPLEMENT, "/articles/cramps/")] == [
        "2026-03-06", "2026-03-06", "2026-03-02",
    ]  # fmt: skip

    house.clock.forward(days=1)
    changed = replaced(house.document, lead="New.", questions=[house.question.uid])
    house.publish(changed, entries=[house.article])
    assert everything(client)[ARTICLE] == "2026-03-07"


def test_a_retracted_source_moves_the_day_of_live_pages_that_cite_it_alone(house, client):
    new = factories.reference("new-2020").uid
    changed = replaced(house.document, lead="New [@new-2020].", change_kind="update")
    changed = replaced(changed, change_note="A newer study.")
    draft = kinds.draft_of(house.article)
    signed = factories.saved(changed, house.editor, house.clock, draft)
    verbs.sign_off([signed], by=house.reviewer, ticked=factories.EVERY_TICK, clock=house.clock)

    house.clock.forward(days=1)
    verbs.source_retracted(new, "New", since=None, by=house.editor, clock=house.clock)
    assert notices.at_instant([house.article.uid], house.clock()).sources
    assert everything(client)[ARTICLE] == "2026-03-02"

    house.clock.forward(days=1)
    cited = Reference.objects.get(key="lee2022").uid
    verbs.source_retracted(cited, "Lee", since=None, by=house.editor, clock=house.clock)
    assert everything(client)[ARTICLE] == "2026-03-04"


def test_a_file_holds_no_more_than_it_may(house, client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 1)
    files = [path for path in days_of(client, "/sitemap.xml") if "question" in path]

    assert files == ["/sitemap-question-1.xml", "/sitemap-question-2.xml"]
    assert [list(days_of(client, path)) for path in files] == [[QUESTION], ["/faq/what-else/"]]
    for path in ("question-3", "question-0", "nothing-1", f"question-{'9' * 400}"):
        assert client.get(f"/sitemap-{path}.xml").status_code == 404, path


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of sitemaps is not at hand")
def test_a_file_is_valid_by_the_schema_of_sitemaps(house, client):
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(client.get("/sitemap-article-1.xml").content))
