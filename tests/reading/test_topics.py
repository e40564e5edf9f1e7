"""Topics: what each means, what is needed most, and every live page about it or below it."""

import pytest
from django.core.exceptions import ValidationError

from healthcms import listings
from publishing import verbs
from publishing.models import FirstPage, Topic
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, SUPPLEMENT, soup, words


def hrefs(page, selector: str) -> list[str]:
    return [a["href"] for a in page.select(f"{selector} a")]


@pytest.fixture
def topic(house) -> Topic:
    """The topic of every page of the house, with minerals above it and cramps below it."""
    topic = Topic.objects.get(slug="magnesium")
    topic.parent = factories.topic("minerals")
    topic.save()
    below = factories.topic("leg-cramps")
    Topic.objects.filter(pk=below.pk).update(parent=topic)
    return topic


def test_its_meaning_is_that_of_a_live_term_and_of_no_draft(house, topic, client):
    draft = factories.saved(
        factories.term_document(house.editor, "magnesium", definition="Unsigned words."),
        house.editor,
        house.clock,
    )
    Topic.objects.filter(pk=topic.pk).update(explained_by=draft.entry)
    assert "Unsigned words." not in words(soup(client.get("/topics/magnesium/")))

    text = factories.term_document(
        house.editor, "magnesium", definition="A mineral [@smith2020].", name="Magnesium"
    )
    house.publish(text, entries=[draft.entry])
    page = soup(client.get("/topics/magnesium/"))

    assert words(page.select_one("h1 + .lead")).startswith("A mineral. More about the word")
    assert hrefs(page, ".lead") == ["/glossary/magnesium/"]


def test_it_stands_below_its_parents_and_shows_what_is_below_it(topic, client):
    page = soup(client.get("/topics/leg-cramps/"))
    assert hrefs(page, ".crumbs") == ["/", "/topics/", "/topics/minerals/", "/topics/magnesium/"]
    assert "Nothing about Leg cramps is published yet." in words(page)

    assert hrefs(soup(client.get("/topics/minerals/")), "h2 + .listing")[:2] == [
        "/topics/magnesium/", "/topics/leg-cramps/",
    ]  # fmt: skip
    assert hrefs(soup(client.get("/topics/")), ".listing .listing .listing") == [
        "/topics/leg-cramps/"
    ]


def test_every_live_page_about_it_or_below_it_is_listed_by_kind(house, topic, client):
    verbs.withdraw(house.other, by=house.publisher, reason="wrong", clock=house.clock)
    below = factories.topic("leg-cramps").uid
    house.publish(factories.article_document(house.editor, "at-night", topics=[below]))
    house.publish(factories.question_document(house.editor, "elsewhere", topics=[
        factories.topic("zinc").uid
    ]))  # fmt: skip
    page = soup(client.get("/topics/minerals/"))

    assert [words(h) for h in page.select("h3")] == [
        "Articles", "Supplements", "Questions and answers",
    ]  # fmt: skip
    assert hrefs(page, "h3 + .listing") == [
        "/articles/at-night/", ARTICLE, "/articles/cramps/", SUPPLEMENT, QUESTION,
    ]  # fmt: skip
    assert hrefs(soup(client.get("/topics/minerals/?kind=question")), "h3 + .listing") == [QUESTION]
    assert hrefs(soup(client.get("/topics/leg-cramps/")), "h3 + .listing") == [
        "/articles/at-night/"
    ]


def test_a_page_about_two_of_its_topics_is_listed_once_and_pages_turn(
    house, topic, client, monkeypatch
):
    monkeypatch.setattr(listings, "PER_PAGE", 2)
    both = [topic.uid, factories.topic("leg-cramps").uid]
    house.publish(factories.article_document(house.editor, "at-night", topics=both))
    pages = [soup(client.get(f"/topics/magnesium/?page={n}")) for n in (1, 2, 3)]

    found = [href for page in pages for href in hrefs(page, "h3 + .listing")]
    assert len(found) == len(set(found)) == 6
    assert pages[1].select_one("a[rel=next]")["href"] == "/topics/magnesium/?page=3"
    assert pages[1].select_one("a[rel=prev]")["href"] == "/topics/magnesium/"
    second = soup(client.get("/topics/magnesium/?kind=article&page=2"))
    assert hrefs(second, "h3 + .listing") == ["/articles/cramps/"]
    assert second.select_one("a[rel=prev]")["href"] == "/topics/magnesium/?kind=article"


def test_what_editors_put_first_comes_first_while_it_is_live(house, topic, client):
    chosen = [house.other, house.cramps, house.supplement, house.article]
    for place, entry in enumerate(chosen):
        FirstPage.objects.create(topic=topic, entry=entry, position=place)
    FirstPage.objects.create(topic=topic.parent, entry=house.article, position=0)
    needed = "h2 + .listing"
    first = hrefs(soup(client.get("/topics/magnesium/")), needed)[:3]
    assert first == ["/faq/what-else/", "/articles/cramps/", SUPPLEMENT]

    verbs.withdraw(house.other, by=house.publisher, reason="wrong", clock=house.clock)
    first = hrefs(soup(client.get("/topics/magnesium/")), needed)[:3]
    assert first == ["/articles/cramps/", SUPPLEMENT, ARTICLE]
    home = soup(client.get("/"))
    assert hrefs(home.find("h2", string="Needed most").parent, ".listing") == [
        ARTICLE, "/articles/cramps/", SUPPLEMENT,
    ]  # fmt: skip


def test_topics_that_go_in_a_circle_are_refused_and_hang_nothing(topic, client):
    parent = topic.parent
    parent.parent = Topic.objects.get(slug="leg-cramps")
    with pytest.raises(ValidationError, match="“Leg cramps” stands below this one"):
        parent.clean()
    parent.save()

    for slug in ("minerals", "magnesium", "leg-cramps"):
        assert client.get(f"/topics/{slug}/").status_code == 200
    assert client.get("/topics/").status_code == 200


def test_titles_are_in_the_order_of_their_letters_whatever_their_case(house, topic, client):
    for slug, title in (("small", "bioavailability"), ("large", "Zinc or magnesium?")):
        house.publish(factories.article_document(house.editor, slug, title=title))

    for path, above in (("/topics/magnesium/?kind=article", "h3"), ("/contributors/eddie/", "h2")):
        titles = [words(a) for a in soup(client.get(path)).select(f"{above} + .listing a")]
        titles = [title for title in titles if title != "Leg cramps"]
        assert titles == sorted(titles, key=str.lower)
        assert titles[0] == "bioavailability"
