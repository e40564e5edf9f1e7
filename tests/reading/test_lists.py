"""Lists that readers choose from: home, questions by topic, supplements, and odd addresses."""

from urllib.parse import urlencode

import pytest

from healthcms import kind_lists, listings
from publishing import models, verbs
from publishing.documents import replaced
from publishing.models import Topic
from supplements import about
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, SUPPLEMENT, soup, words


def test_home_says_what_the_site_is_and_leads_to_search_and_topics(house, client):
    below = factories.topic("below")
    Topic.objects.filter(pk=below.pk).update(parent=factories.topic("branch"))
    factories.topic("empty")
    house.publish(factories.question_document(house.editor, "in-a-branch", topics=[below.uid]))
    page = soup(client.get("/"))
    form = page.select_one("main form[role=search]")

    assert form["action"] == "/search/"
    assert form.select_one("label + div input")["name"] == "q"
    assert [words(a) for a in page.select("h2 + .choices a")] == ["Branch", "Magnesium"]
    assert [a["href"] for a in page.select(".listing a")] == [
        "/articles/cramps/", ARTICLE, "/about/",
    ]  # fmt: skip


def test_a_list_says_in_whole_sentences_what_each_page_says(house, client):
    long = "It may help [@smith2020]. " + "A second sentence of many words. " * 6 + "The last."
    changed = replaced(house.document, quick_summary=long)
    house.publish(changed, entries=[house.article])

    [line] = [
        words(each.p)
        for each in soup(client.get("/articles/")).select(".listing li")
        if each.a["href"] == ARTICLE
    ]

    assert line.startswith("It may help. A second sentence")
    assert line.endswith("of many words.")
    assert len(line) < len(long) - 40


def test_questions_are_chosen_by_topic(house, client):
    below = factories.topic("leg-cramps")
    Topic.objects.filter(pk=below.pk).update(parent=factories.topic("magnesium"))
    factories.topic("unused")
    house.publish(
        factories.question_document(house.editor, "at-night", topics=[below.uid]),
        factories.question_document(house.editor, "zinc", topics=[factories.topic("zinc").uid]),
    )
    every = soup(client.get("/faq/"))
    chosen = soup(client.get("/faq/?topic=magnesium"))

    assert [a["href"] for a in every.select(".choices a")] == [
        "/faq/", "/faq/?topic=leg-cramps", "/faq/?topic=magnesium", "/faq/?topic=zinc",
    ]  # fmt: skip
    assert [a["href"] for a in chosen.select(".listing a")] == [
        "/faq/at-night/", QUESTION, "/faq/what-else/",
    ]  # fmt: skip
    assert words(chosen.select_one(".choices [aria-current]")) == "Magnesium"
    assert words(chosen.title).startswith("Questions about Magnesium")
    assert "No question about Unused is answered yet." in words(
        soup(client.get("/faq/?topic=unused"))
    )


def test_a_supplement_says_what_it_is_how_sure_we_are_and_who_writes_of_it(house, client):
    effect = {"kind": "effect", "text": "It may [@smith2020].", "graded_by": "source"}
    points = [
        {
            **effect,
            "label": "Cramps",
            "text": "It may help against cramps [@smith2020].",
            "certainty": "low",
            "certainty_reason": "few trials",
        },
        {
            **effect,
            "label": "Sleep",
            "text": "You sleep no better [@smith2020].",
            "certainty": "high",
            "certainty_reason": "many trials",
        },
        {**effect, "label": "Pain", "certainty": "very_low", "certainty_reason": "one trial"},
        *(
            {
                **effect,
                "label": each,
                "certainty": "not_graded",
                "certainty_reason": "one trial",
                "study_design": "trial",
            }
            for each in ("Mood", "Skin")
        ),
        {"label": "Need", "text": "You need it [@smith2020].", "kind": "fact"},
    ]
    text = factories.supplement_document(
        house.editor, key_points=points, other_names=["Mg"], quick_summary="A mineral [@smith2020]."
    )
    house.publish(text, entries=[house.supplement])
    row = soup(client.get("/supplements/")).select_one(".listing li")

    assert [words(li) for li in row.select(".evidence li")] == [
        "We are very sure: You sleep no better.",
        "We are not very sure: It may help against cramps.",
        "1 more effect that was graded", "Not graded: 2 effects",
    ]  # fmt: skip
    assert [words(p) for p in row.select("p")] == ["Also called: Mg", "A mineral."]
    page = soup(client.get(SUPPLEMENT))
    assert page.select_one("#about-it + .listing a")["href"] == ARTICLE
    assert "Also called: Mg" in words(page.article)


@pytest.mark.parametrize("path", [ARTICLE, SUPPLEMENT])
def test_a_page_leads_to_its_topics(house, client, path):
    [link] = soup(client.get(path)).select("main > .away > a[href='/topics/magnesium/']")

    assert words(link) == "All pages about Magnesium"


def test_a_supplement_leads_to_every_article_about_it_and_says_why(house, client):
    """To those with its tables first, then to those of the topic that bears its name alone."""
    wide = models.Topic.objects.create(slug="wide", name="Muscle health", review_interval_months=12)
    own = models.Topic.objects.get(slug="magnesium")

    def written(slug, *topics):
        document = factories.article_document(house.editor, slug, topics=[t.uid for t in topics])
        return house.publish(document)[0]

    def listed():
        rows = soup(client.get(SUPPLEMENT)).select("#about-it + .listing li")
        return [(row.a["href"], words(row.select_one(".why"))) for row in rows]

    written("another-matter", wide)
    mentioned = written("newer", wide, own)
    text = factories.supplement_document(house.editor, topics=[wide.uid, own.uid])
    house.publish(text, entries=[house.supplement])
    tables, of_topic = "Shows the tables on Magnesium", "Also about Magnesium"

    assert listed() == [
        (ARTICLE, tables), ("/articles/newer/", of_topic), ("/articles/cramps/", of_topic),
    ]  # fmt: skip
    verbs.withdraw(mentioned, by=house.publisher, reason="wrong", clock=house.clock)
    assert listed() == [(ARTICLE, tables), ("/articles/cramps/", of_topic)]

    own.name = "Minerals"
    own.save()
    assert listed() == [
        (ARTICLE, tables), ("/articles/another-matter/", "Also about Muscle health"),
        ("/articles/cramps/", "Also about Minerals"),
    ]  # fmt: skip


def test_what_is_no_article_in_the_language_crowds_no_article_out(house, client, monkeypatch):
    """Nor what an article said before."""
    monkeypatch.setattr(about, "CROWD", 3)
    models.Site.objects.update(languages=["en", "es"])
    house.publish(replaced(house.document, lead="Newer."), entries=[house.article])
    house.publish(factories.article_document(house.editor, "otro", language="es"))
    house.publish(factories.question_document(house.editor, "newest"))

    rows = soup(client.get(SUPPLEMENT)).select("#about-it + .listing li a")
    assert [a["href"] for a in rows] == [ARTICLE, "/articles/cramps/"]


@pytest.mark.parametrize(
    "path", ["/", "/faq/", "/topics/magnesium/", "/supplements/", "/a-z/", "/contributors/"]
)
def test_what_is_scheduled_is_listed_when_its_time_has_come(house, client, monkeypatch, path):
    monkeypatch.setattr("publishing.clock.now", house.clock)
    writer = factories.person("wanda", "Editors")
    documents = [
        factories.article_document(writer, "later", title="Later?"),
        factories.question_document(writer, "later", question="Is it later?"),
        factories.supplement_document(writer, "later"),
    ]
    revisions = [factories.saved(each, writer, house.clock) for each in documents]
    verbs.sign_off(revisions, by=house.reviewer, ticked=factories.EVERY_TICK, clock=house.clock)
    begins = house.clock.forward(days=3)
    house.clock.forward(days=-3)
    before = client.get(path).content
    verbs.publish(revisions, by=house.publisher, at=begins, clock=house.clock)
    assert client.get(path).content == before

    house.clock.forward(days=3)
    assert client.get(path).content != before


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/articles/?page=0", 404), ("/articles/?page=²", 404), ("/supplements/?page=2", 404),
        ("/faq/?page=99", 404), ("/faq/?topic=no-such", 404), ("/faq/?topic=%00", 404),
        ("/faq/?topic=", 200), ("/faq/?at=2026-01-01", 200), ("/topics/no-such/", 404),
        ("/topics/magnesium/?kind=disclaimer", 404), ("/topics/magnesium/?kind=%F0%9F%99%82", 404),
        ("/topics/magnesium/?page=99999999999", 404), ("/topics/?page=3", 200),
        ("/a-z/?letter=AB", 404), ("/a-z/?letter=%F0%9F%99%82", 200), ("/a-z/?letter=", 200),
        ("/a-z/?letter=Q", 200), ("/a-z/?letter=D&page=2", 404), ("/a-z/?letter=%D0%96", 404),
        ("/glossary/?letter=m", 200), ("/glossary/?letter=%00", 200), ("/glossary/?page=2", 404),
        ("/contributors/no-such/", 404), ("/contributors/eddie/?page=2", 404),
        ("/contributors/00000000-0000-4000-8000-000000000000/", 404), ("/corrections/?page=2", 404),
        ("/corrections/?x=%27--", 200), (f"{ARTICLE}history/2/", 404),
        (f"{ARTICLE}history/0/", 404), (f"{ARTICLE}history/{'9' * 5000}/", 404),
        (f"{ARTICLE}history/compare/?from=1&to=7", 404), (f"{ARTICLE}history/compare/?from=²", 404),
        (f"{ARTICLE}history/compare/?to={'9' * 5000}", 404), ("/history/", 404),
        ("/articles/history/history/", 404), ("/disclaimer/nothing/history/compare/", 404),
    ],
)  # fmt: skip
def test_odd_addresses_are_answered(house, client, asked, status):
    assert client.get(asked).status_code == status


@pytest.mark.parametrize("number", ["99", "0", "-1", "abc"])
@pytest.mark.parametrize(
    ("path", "module", "chosen"),
    [
        ("/articles/", kind_lists, {}), ("/faq/", kind_lists, {"topic": "magnesium"}),
        ("/topics/magnesium/", listings, {"kind": "question"}), ("/a-z/", listings, {}),
        ("/contributors/eddie/", listings, {}),
    ],
)  # fmt: skip
def test_past_its_end_a_list_says_where_it_ends(
    house, client, monkeypatch, path, module, chosen, number
):
    name = "PER_PAGE" if module is listings else "TEXTS_PER_PAGE"
    monkeypatch.setattr(module, name, 1)
    response = client.get(path, {**chosen, "page": number})
    page = soup(response)
    links = {words(a): a["href"] for a in page.select("main .choices a")}
    last = page.select_one("main .choices a")["href"]

    assert response.status_code == 404
    assert words(page.h1) == "There is no such page of this list"
    assert not page.select("link[rel=canonical]")
    assert links["The first page"] == f"{path}{'?' if chosen else ''}{urlencode(chosen)}"
    shown = soup(client.get(last))
    assert shown.select("a[rel=prev]")
    assert not shown.select("a[rel=next]")
    ends = words(shown.select_one(".pages p")).rpartition(" ")[2]
    assert f"It ends at page {ends}." in words(page.main)


def test_a_list_of_one_page_says_so_past_its_end(house, client):
    page = soup(client.get("/corrections/?page=2"))

    assert "This list has one page." in words(page.main)
    assert [a["href"] for a in page.select("main .choices a")] == ["/corrections/"]


def test_a_topics_page_of_one_kind_has_a_title_of_its_own(house, client):
    title = soup(client.get("/topics/magnesium/?kind=question")).title

    assert words(title).startswith("Magnesium: Questions and answers ·")


def test_a_list_is_called_the_same_in_its_tab_and_at_its_top_and_the_site_says_what_it_is(
    house, client
):
    house.publish(factories.term_document(house.editor, "absorption"))
    name = models.Site.current().name
    called = {
        "/faq/": "Questions and answers",
        "/faq/?topic=magnesium": "Questions about Magnesium",
        "/glossary/?letter=A": "Words explained: A",
        "/a-z/?letter=D": "From A to Z: D",
        "/topics/magnesium/?kind=article": "Magnesium: Articles",
    }
    for path, words_of_it in called.items():
        page = soup(client.get(path))
        assert (words(page.h1), words(page.title)) == (words_of_it, f"{words_of_it} · {name}")
    assert words(soup(client.get("/")).title) == f"Health information · {name}"
    models.Site.objects.update(tagline="Plain answers.")
    assert words(soup(client.get("/")).title) == f"Plain answers. · {name}"


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("/faq/?topic=no-such", "/faq/"),
        ("/topics/magnesium/?kind=poem", "/topics/magnesium/"),
        ("/a-z/?letter=AB", "/a-z/"),
        (f"{ARTICLE}history/999/", f"{ARTICLE}history/"),
        (f"{ARTICLE}history/compare/?to=7", f"{ARTICLE}history/"),
    ],
)
def test_a_choice_that_a_list_does_not_have_leads_to_the_list(house, client, path, whole):
    told = soup(client.get(path)).select_one("h1 + p")

    assert words(told) == "That choice is not in this list. See the list"
    assert told.a["href"] == whole
    assert client.get(whole).status_code == 200
