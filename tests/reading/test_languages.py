"""Pages in another language: the way of a translation from the desk to its readers."""

import json

import pytest

from articles.documents import ArticleDocument
from publishing import kinds, models, verbs
from publishing.documents import load_payload, replaced
from tests import factories
from tests.reading.house import ARTICLE, SUPPLEMENT, soup, words

SPANISH = "/es/articles/el-magnesio-y-los-musculos/"


@pytest.fixture
def two_languages(house):
    """The site in English and Spanish; its topic has a Spanish name."""
    site = models.Site.objects.get()
    site.languages = ["en", "es"]
    site.said_in = {"es": {"emergency_line": "112"}}
    site.tagline = "Plain answers."
    site.save()
    models.Topic.objects.update(said_in={"es": {"name": "Magnesio"}})
    return house


@pytest.fixture
def spanish(two_languages):
    """The article in Spanish, live."""
    house = two_languages
    draft = verbs.translate(
        house.article, "es", "El magnesio y los músculos", by=house.editor, clock=house.clock
    )
    revision = draft.revisions.latest()
    house.sign_and_publish(revision)
    house.spanish = draft
    return house


def test_a_page_names_its_language_and_its_other_versions(spanish, client):
    for path, language, other in ((SPANISH, "es", ARTICLE), (ARTICLE, "en", SPANISH)):
        page = soup(client.get(path))

        assert page.html["lang"] == language
        links = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
        assert {code: link.partition("8000")[2] for code, link in links.items()} == {
            "en": ARTICLE, "es": SPANISH, "x-default": ARTICLE,
        }  # fmt: skip
        switch = page.select_one(".tongues a")
        assert (switch["href"], switch["lang"]) == (other, "en" if language == "es" else "es")
    assert words(switch) == "español"


def test_a_spanish_page_says_in_spanish_what_is_not_its_text(spanish, client):
    page = soup(client.get(SPANISH))

    assert "Revisión médica: Rita" in words(page.select_one(".meta"))
    assert "2 de marzo de 2026" in words(page.select_one(".facts"))
    assert words(page.select_one("footer .emergency")).endswith("llame al 112.")
    assert page.select_one(".disclaimer h2")["lang"] == "en"
    assert page.select_one(".references li > span")["lang"] == "en"
    assert not soup(client.get(ARTICLE)).select(".references [lang]")
    assert words(page.select_one(".tongues a")) == "English"
    assert {link["href"] for link in page.select("header nav a")} >= {"/es/topics/", "/es/faq/"}
    questions = page.select(".question h3")
    assert {question["lang"] for question in questions} == {"en"}


def test_a_pictures_credit_is_marked_where_the_page_is_in_another_language(two_languages, client):
    house = two_languages
    picture = factories.picture(house.editor, credit="drawn here", licence="All free")
    figure = {"key": "leaf", "picture": picture.digest, "decorative": True, "leads": True}
    house.publish(replaced(house.document, pictures=[figure]), entries=[house.article])
    draft = verbs.translate(house.article, "es", "El magnesio", by=house.editor, clock=house.clock)
    house.sign_and_publish(draft.revisions.latest())

    credit = soup(client.get("/es/articles/el-magnesio/")).select_one(".credit")
    assert words(credit) == "Imagen: drawn here. All free."
    assert [words(mark) for mark in credit.select("[lang=en]")] == ["drawn here", "All free"]
    assert not soup(client.get(ARTICLE)).select(".credit [lang]")


def test_an_empty_list_in_spanish_is_told_in_sentences_that_are_marked_as_spanish(
    two_languages, client
):
    house = two_languages
    text = factories.term_document(house.editor, "mineral", definition="A mineral.")
    (term,) = house.publish(text)
    models.Topic.objects.filter(slug="magnesium").update(explained_by=term)

    page = soup(client.get("/es/topics/magnesium/"))

    assert "Todo de la A a la Z. Puede que haya" in words(page.main)
    lead = page.select_one("h1 + .lead")
    assert (words(lead.select_one("[lang=en]")), lead.get("lang")) == ("A mineral.", None)
    assert lead.a["hreflang"] == "en"
    # The words round the term are Spanish.
    assert (lead.a.get("lang"), words(lead.a.select_one("[lang=en]"))) == (None, "mineral")
    for name in ("og:title", "og:image:alt"):
        assert page.select_one(f"meta[property='{name}']")["content"] == "Magnesio"
    # A description can't say in which language it is.
    described = page.select_one("meta[name=description]")["content"]
    assert described.startswith("Todas las páginas sobre Magnes")


def test_lists_and_search_hold_what_is_in_their_language(spanish, client):
    def listed(path):
        return {a["href"] for a in soup(client.get(path)).select("main .listing a, .results a")}

    assert listed("/es/articles/") == {SPANISH}
    assert SPANISH not in listed("/articles/")
    assert SPANISH in listed("/es/")
    assert SPANISH in listed("/es/topics/magnesium/")
    assert words(soup(client.get("/es/topics/magnesium/")).h1) == "Magnesio"
    assert {path.partition("#")[0] for path in listed("/es/search/?q=muscles")} == {SPANISH}
    assert SPANISH not in {p.partition("#")[0] for p in listed("/search/?q=musculos")}
    asked = client.get("/es/search/suggest?q=magn").json()["suggestions"]
    assert [(each["path"], each["kind"]) for each in asked] == [(SPANISH, "Artículo")]


def test_an_empty_list_leads_to_the_same_in_the_default_language(spanish, client):
    page = soup(client.get("/es/supplements/"))

    assert page.html["lang"] == "es"
    link = page.select_one("main p a[hreflang=en]:not(.tongues a)")
    assert (link["href"], link["lang"]) == ("/supplements/", "en")


def test_an_address_that_leads_nowhere_is_searched_without_its_language(spanish, client):
    page = soup(client.get("/es/el-magnesio/aqui/"))

    assert words(page.select_one("section h2")) == "Resultados para “el magnesio aqui”"


def test_a_search_for_no_search_engine_names_no_other_language(spanish, client):
    counts = {
        path: len(soup(client.get(path)).select("link[hreflang]"))
        for path in ("/search/", "/search/?q=muscles", "/search/?q=xylophones")
    }
    assert list(counts.values()) == [3, 3, 0]


SWITCHES = {
    "/search/?q=muscles": "/es/search/?q=muscles",
    "/es/search/?q=m%C3%BAsculos&kind=article": "/search/?q=m%C3%BAsculos&kind=article",
    "/search/?q=xylophones": "/es/search/?q=xylophones",
    "/faq/?topic=magnesium": "/es/faq/?topic=magnesium",
    "/topics/magnesium/?kind=question": "/es/topics/magnesium/",
    "/contributors/eddie/": "/es/contributors/eddie/",
    "/es/contributors/rita/": "/contributors/rita/",
    "/contributors/dirk/": None,
    f"{ARTICLE}history/": None,
    f"{ARTICLE}history/compare/": None,
    "/search/?q=muscles&page=9": None,
}


def test_the_switch_leads_to_the_same_place_in_the_other_language(spanish, client):
    found = {}
    for path in SWITCHES:
        link = soup(client.get(path)).select_one(".tongues a")
        found[path] = link and link["href"]
        assert not link or client.get(link["href"]).status_code == 200
    assert found == SWITCHES


def test_a_search_in_vain_leads_to_the_languages_that_have_something(spanish, client):
    for root, other, code, word in (("", "/es", "es", "magnesio"), ("/es", "", "en", "cramps")):
        page = soup(client.get(f"{root}/search/?q={word}&topic=magnesium"))
        (link,) = page.select(".number a")
        assert (link["href"], link["hreflang"]) == (
            f"{other}/search/?q={word}&topic=magnesium", code,
        )  # fmt: skip
        assert not soup(client.get(f"{root}/search/?q=xylophones")).select(".number a")
    # “magnesioo” is a typo here; and no page has it there.
    assert [a["href"] for a in soup(client.get("/es/search/?q=magnesioo")).select(
        ".did-you-mean a"
    )] == ["?q=magnesio"]  # fmt: skip


def test_an_empty_topic_is_told_to_search_engines_in_no_language(spanish, client):
    def told(path):
        page = soup(client.get(path))
        robots = page.select_one("[name=robots]")
        return robots and robots["content"], len(page.select("link[hreflang]"))

    assert told("/topics/magnesium/") == told("/es/topics/magnesium/") == (None, 3)
    verbs.withdraw(spanish.spanish, by=spanish.publisher, reason="wrong", clock=spanish.clock)
    assert told("/es/topics/magnesium/") == ("noindex", 0)
    assert told("/topics/magnesium/") == (None, 0)


def test_programs_are_told_of_the_languages(spanish, client):
    graph = {node["@id"]: node for node in _graph(client.get(SPANISH))}
    page = graph[f"http://127.0.0.1:8000{SPANISH}"]

    assert page["inLanguage"] == "es"
    assert page["translationOfWork"] == {"@id": f"http://127.0.0.1:8000{ARTICLE}"}
    sitemap = client.get("/sitemap-site-1.xml").content.decode()
    assert "<loc>http://127.0.0.1:8000/es/articles/</loc>" in sitemap
    assert f"8000{SPANISH}</loc>" in client.get("/sitemap-article-1.xml").content.decode()
    feed = client.get("/es/feed.atom").content.decode()
    assert SPANISH in feed
    assert ARTICLE + '"' not in feed
    markdown = client.get(f"{SPANISH[:-1]}.md").content.decode()
    assert "Revisión médica: [Rita]" in markdown


def test_a_translation_of_what_was_taken_down_says_so(spanish, client):
    spanish.clock.forward(days=2)
    verbs.withdraw(spanish.article, by=spanish.publisher, reason="wrong", clock=spanish.clock)
    page = soup(client.get(SPANISH))

    [why] = page.main.select(f".notice a[href='{ARTICLE}'][hreflang=en]")
    assert client.get(why["href"]).status_code == 410


def test_a_translation_older_than_its_original_says_so(spanish, client):
    house = spanish
    house.clock.forward(days=1)
    assert not soup(client.get(SPANISH)).select("main .notice")
    house.renew(house.article)
    assert not house.read(SPANISH).select("main .notice")

    house.publish(replaced(house.document, lead="New."), entries=[house.article])

    notice = house.read(SPANISH).select_one("main .notice")
    assert "más antigua" in words(notice)
    assert "3 de marzo de 2026" in words(notice)
    assert words(notice.a) == "Leer el original (inglés)"
    assert notice.a["href"] == ARTICLE
    newest = house.article.editions.latest("pk").revision.number
    verbs.bring_up_to_date(house.spanish, newest, by=house.editor, clock=house.clock)
    house.spanish.refresh_from_db()
    head = house.spanish.head
    text = load_payload(ArticleDocument, head.payload.text)[0]
    changed = {"change_kind": "update", "change_note": "Como el original."}
    house.publish(replaced(text, **changed), entries=[house.spanish])
    assert not house.read(SPANISH).select("main .notice")


def test_a_page_in_two_languages_costs_no_query_more(
    two_languages, client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        assert client.get(SUPPLEMENT).status_code == 200


def test_a_page_answers_alike_whatever_the_browser_prefers(spanish, client):
    english = client.get(ARTICLE)
    asked = client.get(ARTICLE, headers={"accept-language": "es"})

    assert asked.content == english.content
    assert "Accept-Language" not in asked.headers.get("Vary", "")


def test_staff_read_the_desk_in_the_language_of_their_browser(spanish, client):
    client.force_login(spanish.editor)

    page = client.get("/admin/", headers={"accept-language": "es"})

    assert soup(page).html["lang"] == "es"
    assert "Accept-Language" in page["Vary"]
    assert soup(client.get("/admin/")).html["lang"].startswith("en")


def _graph(response):
    script = soup(response).select_one("script[type='application/ld+json']")
    return json.loads(script.string)["@graph"]


def test_what_is_needed_most_is_shown_by_its_translation(spanish, client):
    topic = models.Topic.objects.get()
    for position, entry in enumerate([spanish.supplement, spanish.article]):
        models.FirstPage.objects.create(topic=topic, entry=entry, position=position)

    for path in ("/es/", "/es/topics/magnesium/"):
        assert [a["href"] for a in soup(client.get(path)).select(".cards a")] == [SPANISH]
    assert [a["href"] for a in soup(client.get("/")).select(".cards a")] == [SUPPLEMENT, ARTICLE]


def test_an_address_without_its_slash_leads_to_the_one_with_it(spanish, client):
    for path in ("/articles", "/es/articles", SPANISH[:-1]):
        response = client.get(path)
        assert (response.status_code, response.headers.get("Location")) == (301, f"{path}/")


def test_programs_find_the_page_of_a_person_in_the_language_of_the_text(two_languages, client):
    house = two_languages
    author = factories.editor("solo")
    revision = factories.saved(
        factories.article_document(author, "solo", language="es"), author, house.clock
    )
    house.sign_and_publish(revision)

    graph = _graph(client.get("/es/articles/solo/"))

    [person] = [node for node in graph if node.get("name") == "Solo"]
    uid = author.contributor.uid
    assert person["@id"] == f"http://127.0.0.1:8000/contributors/{uid}/#person"
    assert person["url"] == f"http://127.0.0.1:8000/es/contributors/{uid}/"
    page = client.get(person["url"].partition("8000")[2], follow=True)
    assert words(soup(page).h1) == "Solo"


def test_pages_picked_in_another_language_take_no_place_of_related_ones(two_languages, client):
    house = two_languages
    documents = [factories.article_document(house.editor, f"a{n}") for n in range(6)]
    picked = [{"uid": entry.uid} for entry in house.publish(*documents)]
    document = factories.article_document(house.editor, "main", related=picked)
    original = house.publish(document)[0]
    house.publish(factories.article_document(house.editor, "otro", language="es", title="Otro"))
    draft = verbs.translate(original, "es", "Principal", by=house.editor, clock=house.clock)
    house.sign_and_publish(draft.revisions.latest())

    links = soup(client.get("/es/articles/principal/")).select(".related li a")
    assert [link["href"] for link in links] == ["/es/articles/otro/"]
    assert len(soup(client.get("/articles/main/")).select(".related li")) == 6


@pytest.mark.parametrize("reason", ["out_of_date", "wrong", "legal"])
def test_a_withdrawn_page_leads_to_the_same_in_another_language(
    spanish, client, django_assert_max_num_queries, reason
):
    def others(path):
        with django_assert_max_num_queries(8):
            page = soup(client.get(path))
        return [(a["href"], a["lang"], words(a)) for a in page.main.select("a[hreflang]")], page

    english = (ARTICLE, "en", "Does magnesium and muscles help?")
    translated = (SPANISH, "es", "El magnesio y los músculos")
    told = reason != "legal"
    verbs.withdraw(spanish.spanish, by=spanish.publisher, reason=reason, clock=spanish.clock)
    found, page = others(SPANISH)
    assert found == ([english] if told else [])
    assert page.html["lang"] == "es"

    spanish.clock.forward(days=1)
    document = kinds.get("article").to_document(kinds.draft_of(spanish.spanish))
    spanish.publish(document, entries=[spanish.spanish])
    verbs.withdraw(
        spanish.article, by=spanish.publisher, reason=reason, instead=spanish.cramps.uid,
        clock=spanish.clock,
    )  # fmt: skip
    found, page = others(ARTICLE)
    assert found == ([translated] if told else [])
    assert ("may say the same" in words(page)) == (reason == "wrong")
