"""Terms of the glossary on a page: explained where they are used, in their live definition."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import verbs
from publishing.documents import replaced
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, SUPPLEMENT, soup, words

TERM = "/glossary/shortage/"


@pytest.fixture
def term(house):
    """A live term that the article's summary, body and answers use, with a source of its own."""
    factories.reference("term2024")
    document = factories.term_document(
        house.editor,
        "shortage",
        name="shortage",
        other_names=["short"],
        definition="Too little of something [@term2024].",
    )
    [entry] = house.publish(document)
    return entry


def test_a_page_explains_the_words_that_it_uses_once_a_section(house, term):
    changed = replaced(house.document, body=house.document.body + "<p>In short, a shortage.</p>")
    house.publish(changed, entries=[house.article])

    page = house.read(ARTICLE)

    links = page.select("a.term")
    assert [link.get_text() for link in links] == ["short", "short"]
    assert {link["href"] for link in links} == {"#word-1"}
    [line] = page.select(".explained li")
    assert line["id"] == "word-1"
    assert "shortage: Too little of something" in words(line)
    assert line.select_one(f"a[href='{TERM}']")
    assert line.select_one(".back a")["href"] == f"#{links[0]['id']}"
    source = page.select_one(line.select_one("a.citation")["href"])
    assert "A study of something" in words(source)


def test_headings_and_get_help_are_left_alone(house, term):
    helped = [{"level": "emergency", "contact": "A shortage", "signs": "A shortage."}]
    changed = replaced(
        house.document,
        get_help=helped,
        quick_summary="Perhaps.",
        body="<h2>Short</h2><p>Words.</p>",
    )
    house.publish(changed, entries=[house.article])

    page = house.read(ARTICLE)

    assert not page.select(".help a.term, h2 a.term, nav a.term, .facts a.term")


def test_a_term_is_explained_while_it_is_live_and_not_on_its_own_page(house, term):
    assert not house.read(TERM).select("a.term, .explained")
    before = house.clock.at
    house.clock.forward(days=1)
    [newer] = [factories.term_document(house.editor, "shortage", definition="Newer words.")]
    house.publish(replaced(newer, name="shortage", other_names=["short"]), entries=[term])
    assert "Newer words." in words(house.read(ARTICLE).select_one(".explained"))

    house.clock.forward(days=1)
    verbs.withdraw(term, by=house.publisher, reason="wrong", clock=house.clock)
    assert not house.read(ARTICLE).select("a.term, .explained")
    assert house.read(SUPPLEMENT).h1

    house.clock.at = before
    assert "Too little" in words(house.read(ARTICLE).select_one(".explained"))


def test_a_past_page_shows_no_term_that_was_closed_by_law_since(house, term, client, monkeypatch):
    monkeypatch.setattr("publishing.clock.now", house.clock)
    house.clock.forward(days=1)
    house.publish(replaced(house.document, lead="Newer."), entries=[house.article])
    past = f"{ARTICLE}history/1/"
    assert "Too little" in words(soup(client.get(past)))

    house.clock.forward(days=1)
    verbs.withdraw(term, by=house.publisher, reason="legal", clock=house.clock)
    house.clock.forward(days=1)
    assert "Too little" not in words(soup(client.get(past)))


@pytest.mark.parametrize(("path", "count"), [(ARTICLE, 6), (SUPPLEMENT, 7), (QUESTION, 6)])
def test_terms_cost_a_page_one_query_once_they_are_known(house, term, client, path, count):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)

    asked = [q["sql"] for q in queries if "clock_timestamp" not in q["sql"]]
    assert len(asked) == count
