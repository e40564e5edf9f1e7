"""The Atom feeds: valid by RFC 4287, true to what readers get, and asked for again cheaply."""

from datetime import datetime
from itertools import chain

import pytest
from bs4 import BeautifulSoup, Tag

from publishing import models, verbs
from publishing.documents import replaced
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, SUPPLEMENT, soup, words

ALL, TOPIC, CORRECTIONS = "/feed.atom", "/topics/magnesium/feed.atom", "/corrections/feed.atom"


def feed_of(client, path: str) -> Tag:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return BeautifulSoup(response.content, "xml").feed


def links(feed: Tag) -> list[str]:
    """Return the pages of a feed's entries, in their order."""
    return [
        entry.find("link", type="text/html")["href"].removeprefix("http://127.0.0.1:8000")
        for entry in feed.find_all("entry")
    ]


def entry_of(feed: Tag, path: str) -> Tag:
    return feed.find_all("entry")[links(feed).index(path)]


def correct(house) -> None:
    house.clock.forward(days=1)
    corrected = replaced(
        house.document,
        lead="New & <newer>.",
        change_kind="correction",
        change_note="It said 2 g <b>. It should have said 2 mg.",
    )
    house.publish(corrected, entries=[house.article])


def the_one(tag: Tag, name: str) -> Tag:
    found = tag.find_all(name, recursive=False)
    assert len(found) == 1, (name, len(found))
    return found[0]


@pytest.mark.parametrize("path", [ALL, TOPIC, CORRECTIONS])
def test_a_feed_is_what_rfc_4287_asks_for(house, client, path):
    correct(house)
    feed = feed_of(client, path)
    entries = feed.find_all("entry")

    assert feed.namespace == "http://www.w3.org/2005/Atom"
    assert feed.find("link", rel="self")["href"].endswith(path)
    assert the_one(the_one(feed, "author"), "name").text
    for part in chain([feed], entries):
        assert the_one(part, "id").text.startswith(("http", "tag:127.0.0.1,2026-03-0"))
        assert the_one(part, "title").text.strip()
        assert datetime.fromisoformat(the_one(part, "updated").text).tzinfo
        alternates = [
            link["type"] for link in part.find_all("link", rel="alternate", recursive=False)
        ]
        assert len(set(alternates)) == len(alternates) >= 1
    assert len({the_one(entry, "id").text for entry in entries}) == len(entries) >= 1
    updates = [the_one(entry, "updated").text for entry in entries]
    assert updates == sorted(updates, reverse=True)
    assert the_one(feed, "updated").text == updates[0]


@pytest.mark.parametrize(
    ("path", "feed"), [("/", ALL), ("/topics/magnesium/", TOPIC), ("/corrections/", CORRECTIONS)]
)
def test_a_feed_is_found_from_its_page_by_people_and_by_programs(house, client, path, feed):
    page = soup(client.get(path))
    named = {link["href"]: link["title"] for link in page.select("link[href$='.atom']")}

    assert [words(a)[:6] for a in page.select(f"main a[href='{feed}']")] == ["Follow"]
    assert list(named) == list(dict.fromkeys([ALL, feed]))
    assert named[feed] == feed_of(client, feed).title.text


def test_the_newest_text_comes_first_under_the_identity_of_its_page(house, client):
    before = entry_of(feed_of(client, ALL), ARTICLE)
    correct(house)
    feed = feed_of(client, ALL)
    after = entry_of(feed, ARTICLE)

    assert links(feed)[0] == ARTICLE
    assert set(links(feed)) == {
        ARTICLE, SUPPLEMENT, QUESTION, "/articles/cramps/", "/faq/what-else/", "/disclaimer/",
        "/about/",
    }  # fmt: skip
    assert after.id.text == before.id.text == f"tag:127.0.0.1,2026-03-02:{house.article.uid}"
    assert after.published.text == before.published.text
    assert [e.updated.text[:10] for e in (before, after)] == ["2026-03-02", "2026-03-03"]
    assert after.author.find("name").text == "Eddie"
    assert before.summary.text == "Perhaps, if you are short of it."
    assert after.summary.text == (
        "Perhaps, if you are short of it. What changed: It said 2 g <b>. It should have said 2 mg."
    )
    assert after.find("link", type="text/markdown")["href"].endswith(
        "/articles/magnesium-and-muscles.md"
    )


def test_a_review_that_changed_nothing_is_no_news(house, client):
    before = client.get(ALL).content
    house.clock.forward(days=1)
    house.renew(house.article)
    assert client.get(ALL).content == before


def test_what_is_withdrawn_leaves_the_feed_and_a_topic_has_its_own(house, client):
    other = factories.topic("vitamin-d")
    models.Topic.objects.filter(pk=other.pk).update(parent=factories.topic("vitamins"))
    about = factories.question_document(house.editor, "what-d-does", topics=[other.uid])
    house.publish(about)
    verbs.withdraw(house.cramps, by=house.publisher, reason="wrong", clock=house.clock)

    assert "/articles/cramps/" not in links(feed_of(client, ALL))
    for topic in ("vitamin-d", "vitamins"):
        assert links(feed_of(client, f"/topics/{topic}/feed.atom")) == ["/faq/what-d-does/"]
    assert set(links(feed_of(client, TOPIC))) == {ARTICLE, SUPPLEMENT, QUESTION, "/faq/what-else/"}
    assert client.get("/topics/nothing/feed.atom").status_code == 404


def test_a_correction_says_what_was_wrong_and_stays_but_for_a_legal_reason(house, client):
    assert links(feed_of(client, CORRECTIONS)) == []
    correct(house)
    house.clock.forward(days=1)
    house.publish(replaced(house.document, lead="Newer."), entries=[house.article])

    entry = entry_of(feed_of(client, CORRECTIONS), ARTICLE)
    assert entry.summary.text == "It said 2 g <b>. It should have said 2 mg."
    assert entry.updated.text.startswith("2026-03-03")
    verbs.withdraw(house.article, by=house.publisher, reason="legal", clock=house.clock)
    assert links(feed_of(client, CORRECTIONS)) == []


def test_who_asks_again_gets_the_feed_only_where_it_changed(house, client):
    first = client.get(ALL)
    again = client.get(ALL, headers={"If-None-Match": first["ETag"]})
    verbs.withdraw(house.cramps, by=house.publisher, reason="wrong", clock=house.clock)
    changed = client.get(ALL, headers={"If-None-Match": first["ETag"]})

    assert [again.status_code, again.content, changed.status_code] == [304, b"", 200]
    assert "Last-Modified" not in first


def test_a_sign_that_xml_forbids_does_not_break_a_feed(house, client):
    models.Site.objects.update(name="Health\x0b & \x1fease", tagline="\ufffe")

    assert feed_of(client, ALL).title.text == "Health & ease: new and changed pages"
