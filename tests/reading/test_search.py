"""The search page, its suggestions, and the search of an address that leads nowhere."""

from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from publishing import verbs
from publishing.documents import replaced
from publishing.models import MissedSearch
from publishing.search import finding
from tests.reading.house import ARTICLE, SUPPLEMENT, soup, words

NASTY = [
    "x" * 10_000, "word " * 2_000, "'", '"', '""', '"half', "a AND b OR NOT c NEAR d", "NEAR(a b)",
    "*", "a*", ":", "title:x", "{title}:x", "^a", "-a", "+a", "(", ")", "a)(b", "%", "_", "\\", " ",
    "!a & b | c <-> d:*", "'; DROP TABLE publishing_edition; --", "' OR 1=1", "\x00", "a\x00b",
    "🧪👩‍⚕️", "\u202eمرحبا", "שלום", "漢字", "ß İ ﬁ ²", "١٢٣", "\ufffe\u2028", "{{ 7 }}",
    "<script>alert(1)</script>",
]  # fmt: skip


def find(client, **asked):
    return soup(client.get("/search/", asked))


def test_a_search_shows_how_many_it_found_and_leads_to_the_passages(house, client):
    page = find(client, q="kidney disease")
    [result] = page.select(".results > li")

    assert page.select_one("input[name=q]")["value"] == "kidney disease"
    assert words(page.select_one(".number")) == "1 page found"
    assert [a["href"] for a in result.select("a")] == [SUPPLEMENT, f"{SUPPLEMENT}#ask-first"]
    assert words(result.select_one(".why")) == "Supplement · Who must ask first"
    assert [words(mark) for mark in result.select(".excerpt mark")] == ["kidney", "disease"]
    assert len(page.select("h1")) == len(page.select("form[role=search]")) == 1
    assert page.select_one(".disclaimer")


def test_the_form_alone_is_there_before_anything_is_asked(house, client):
    for asked in ({}, {"q": ""}, {"q": " \t"}, {"unknown": "x"}):
        response = client.get("/search/", asked)
        assert response.status_code == 200
        assert soup(response).select_one("form[role=search] input[name=q]")
        assert not soup(response).select(".results, .number")
    assert "words and numbers only" in words(find(client, q="🧪?!").main)


def test_search_engines_may_know_the_search_and_what_it_found_but_no_words_of_strangers(
    house, client, settings
):
    for q, is_known in (("", True), ("muscles", True), ("buy xylophones", False)):
        page = find(client, **({"q": q} if q else {}))
        link, robots = page.select_one("link[rel=canonical]"), page.select_one("[name=robots]")
        assert (link and link["href"]) == (f"{settings.SITE_URL}/search/" if is_known else None)
        assert (robots and robots["content"]) == (None if is_known else "noindex")


def test_a_typo_is_asked_about_and_leads_to_what_was_meant(house, client):
    page, right = find(client, q="magnesum"), find(client, q="magnesium")
    asked = page.select_one(".did-you-mean")

    assert words(asked) == "Did you mean magnesium? No page has “magnesum”."
    assert (words(asked.a), asked.a["href"]) == ("magnesium", "?q=magnesium")
    # What was meant is found at once, under a heading of its own.
    assert asked.find_next("h2") == page.select_one("h2.number")
    count = len(right.select(".results > li"))
    assert words(page.select_one("h2.number")) == f"{count} pages for “magnesium”"
    results = [
        [words(a) for a in p.select(".results > li > :first-child a")] for p in (page, right)
    ]
    assert results[0] == results[1] != []
    assert page.select(".results h3")
    assert not right.select(".did-you-mean, h2.number, .results h3")
    narrowed = find(client, q="magnesum", kind="supplement")
    assert words(narrowed.select_one(".number")) == "1 page for “magnesium”"
    assert words(narrowed.select_one(".facets summary")) == "Narrowed to: Supplements"
    # Where the right words are on no one page, pages have some of them.
    some = find(client, q="magnesum selenium")
    assert "pages have some of them" in words(some.select_one("p.number"))


def test_results_are_narrowed_by_links_that_keep_the_words(house, client):
    page = find(client, q="muscles")
    links = {words(a): a["href"] for a in page.select(".facets a")}

    assert links["Articles (2)"] == "?q=muscles&kind=article"
    assert links["Magnesium (4)"] == "?q=muscles&topic=magnesium"
    narrowed = find(client, q="muscles", kind="article", topic="magnesium")
    assert words(narrowed.select_one(".number")) == "2 pages found"
    assert {words(a) for a in narrowed.select(".facets a[aria-current]")} == {
        "Articles (2)", "Magnesium (2)",
    }  # fmt: skip
    assert narrowed.select_one("a[href='?q=muscles&topic=magnesium']")
    unknown = find(client, q="muscles", kind="poem")
    assert "no such kind of page or topic" in words(unknown.main)
    assert words(unknown.select_one(".number")) == "4 pages found"


def test_pages_of_results_follow_each_other_and_end(house, client, monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 3)
    first, last = find(client, q="muscles"), find(client, q="muscles", page="2")

    assert not find(client, q="muscles", page="9").select(".pages")
    assert first.select_one("a[rel=next]")["href"] == "?q=muscles&page=2"
    assert last.select_one("a[rel=prev]")["href"] == "?q=muscles"
    assert not last.select("a[rel=next]")
    assert last.select_one(".results")["start"] == "4"
    for number in ("0", "3", "x", "²", "-1", "9" * 5000):
        response = client.get("/search/", {"q": "muscles", "page": number})
        assert response.status_code == 404
        assert "The last is page 2." in words(soup(response).main)
        links = [a["href"] for a in soup(response).select(".number a")]
        assert links == ["?q=muscles", "?q=muscles&page=2"]
        assert not soup(response).select("link[rel=canonical], .results")


def test_no_page_of_a_search_says_what_was_typed_as_markup(house, client):
    typed = "<script>alert(1)</script> muscles"
    page = find(client, q=typed)

    assert page.select_one("input[name=q]")["value"] == typed
    assert not page.select("script:not([src], [type='application/ld+json'])")


def test_what_is_found_is_live_now(house, client):
    verbs.withdraw(house.article, by=house.publisher, reason="wrong", clock=house.clock)
    page = find(client, q="magnesium muscles")
    assert ARTICLE not in {a["href"] for a in page.select("a")}


def test_suggestions_are_titles_and_where_they_lead(house, client):
    response = client.get("/search/suggest", {"q": "why do cr"})

    assert response.json() == {
        "suggestions": [
            {"title": "Why do cramps come?", "kind": "Article", "path": "/articles/cramps/"}
        ]
    }
    assert response["Cache-Control"] == "max-age=0, must-revalidate"
    assert not response.cookies
    assert client.get("/search/suggest").json() == {"suggestions": []}


def test_an_address_that_leads_nowhere_shows_what_its_words_find(house, client):
    response = client.get("/articles/why-cramps-comes/")
    page = soup(response)

    assert response.status_code == 404
    assert words(page.select_one("section h2")) == "Results for “why cramps comes”"
    assert page.select_one(".results a")["href"] == "/articles/cramps/"
    for path in ("/articles/", "/wp-login.php", "/%F0%9F%A7%AA/", "/a/b/c"):
        assert not soup(client.get(f"{path}x/")).select(".results")


def test_what_is_found_in_vain_is_counted_and_what_is_found_is_not(house, client):
    cache.clear()
    for number in range(9):
        reader = {"REMOTE_ADDR": f"198.51.100.{number % 3}"}
        for text in ("selenium", "muscles selenium", "muscles", "magnesum", "muscles 07946000000"):
            client.get("/search/", {"q": text}, **reader)
        client.get("/search/", {"q": "chromium", "page": "2"}, **reader)

    assert set(MissedSearch.objects.values_list("query", "count")) == {
        ("selenium", 3), ("muscles selenium", 3),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "most"), [("muscles", 12), ("magnesium", 12), ("muscles magnesium selenium", 20)]
)
def test_a_search_takes_few_queries(house, client, asked, most):
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"q": asked})
    assert len([q for q in queries if "clock_timestamp" not in q["sql"]]) <= most


def test_whatever_is_typed_gets_an_answer(house, client):
    for typed in NASTY:
        look_everywhere(client, typed)


# What is counted of searches in vain is rolled back with the test.
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=60), st.text(max_size=10), st.sampled_from(["and", "magnesium", "vit d"]))
@example("\x00", "%", "'")
def test_whatever_letters_there_are_get_an_answer(house, client, typed, other, known):
    look_everywhere(client, f"{known} {typed}", other)
    look_everywhere(client, typed, other)


def look_everywhere(client, typed: str, other: str = "x") -> None:
    typed = typed.encode("utf-8", "replace").decode()
    page = client.get("/search/", {"q": typed, other or "y": typed})
    assert page.status_code == 200
    odd = client.get("/search/", {"q": typed, "kind": other, "topic": typed, "page": other})
    assert odd.status_code in (200, 404)
    assert soup(odd).h1
    assert client.get("/search/suggest", {"q": typed}).status_code == 200
    assert client.get(f"/articles/{quote(typed, safe='')}/").status_code in (200, 301, 404)


def test_a_published_text_of_any_letters_is_indexed(house, client):
    typed = "Œ ß İ ﬁ ² 漢字 \u202eمرحبا 👩‍⚕️ ' \" <b> & a\x00b \u2028 " + "w" * 5000
    document = replaced(house.document, title=typed[:60], lead=typed, quick_summary="Selenium.")
    house.publish(document, entries=[house.article])
    assert [a["href"] for a in find(client, q="selenium").select(".results h2 a")] == [ARTICLE]


def test_words_are_shown_as_they_were_typed(house, client):
    nowhere = find(client, q="  Magnézium-3  (xyz), “ZEBRA’s”  ").select_one(".number")
    assert "No page has “Magnézium-3 xyz ZEBRA’s”." in words(nowhere)
    # In their own direction, whatever that is.
    assert words(nowhere.bdi) == "Magnézium-3 xyz ZEBRA’s"
    meant = find(client, q="MUSCLES muscels")
    assert words(meant.select_one("h2.number bdi")) == "MUSCLES muscles"
    meant = meant.select_one(".did-you-mean a")
    assert (words(meant), meant["href"]) == ("MUSCLES muscles", "?q=MUSCLES+muscles")
    cut = find(client, q="É " * 13).select_one("main .small bdi")
    assert words(cut) == " ".join("É" * 12)
