"""The people: named as frozen, with what they wrote or signed and what is live."""

from publishing import verbs
from publishing.models import Contributor, Disclosure
from tests import factories
from tests.reading.house import ARTICLE, ENTRY_PATHS, SUPPLEMENT, soup, words


def test_bylines_lead_to_the_pages_of_those_named(house, client):
    page = soup(client.get(ARTICLE))
    links = [*page.select(".facts dd a[href^='/contributors/']"), page.select_one(".meta a")]

    assert [words(a) for a in links] == ["Eddie", "Rita", "Rita"]
    answers = [client.get(a["href"]) for a in links]
    assert [answer["Location"] for answer in answers] == [
        "/contributors/eddie/", "/contributors/rita/", "/contributors/rita/",
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {301}
    Contributor.objects.filter(slug="rita").update(slug="rita-roe")
    assert client.get(links[1]["href"])["Location"] == "/contributors/rita-roe/"


def test_a_person_is_shown_with_what_they_did_and_is_live(house, client):
    verbs.withdraw(house.cramps, by=house.publisher, reason="wrong", clock=house.clock)
    wrote, reviewed = (soup(client.get(f"/contributors/{who}/")) for who in ("eddie", "rita"))
    live = [path for path in ENTRY_PATHS if path not in ("/articles/cramps/", "/disclaimer/")]

    assert words(wrote.h2) == "Written by Eddie"
    assert words(reviewed.h2) == "Medically reviewed by Rita"
    for page in (wrote, reviewed):
        assert sorted(a["href"] for a in page.select(".listing a")) == sorted(live)
        assert words(page.select_one("h1 + .lead")) == "Registered dietitian"
        assert "Interests declared: None." in words(page)
    signed = soup(client.get("/contributors/dirk/"))
    assert words(signed.h2) == "Signed by Dirk"
    assert [a["href"] for a in signed.select(".listing a")] == ["/disclaimer/"]


def test_names_credentials_and_interests_are_those_of_the_newest_live_text(house, client):
    person = Contributor.objects.get(slug="eddie")
    person.name = "Eddie Newname"
    person.save()
    Disclosure.objects.create(contributor=person, text="Owns a farm.", declared_on="2026-03-01")
    assert words(soup(client.get("/contributors/eddie/")).h1) == "Eddie"

    newer = factories.supplement_document(house.editor, quick_summary="Newer.")
    house.publish(newer, entries=[house.supplement])
    page = soup(client.get("/contributors/eddie/"))

    assert words(page.h1) == "Eddie Newname"
    assert "Interests declared: Owns a farm." in words(page)
    listed = [words(li) for li in soup(client.get("/contributors/")).select(".listing li")]
    assert listed == [
        "Dirk, Registered dietitian Signs",
        "Eddie Newname, Registered dietitian Writes",
        "Rita, Registered dietitian Signs",
    ]


def test_whoever_stands_on_no_live_page_has_none(house, client):
    factories.person("nobody")
    assert client.get("/contributors/nobody/").status_code == 404
    assert client.get("/contributors/paula/").status_code == 404  # she signed a page of the site

    writer = factories.person("wanda", "Editors")
    house.editor = writer
    [zinc] = house.publish(factories.supplement_document(writer, "zinc"))
    assert client.get("/contributors/wanda/").status_code == 200
    verbs.withdraw(zinc, by=house.publisher, reason="out_of_date", clock=house.clock)
    assert client.get("/contributors/wanda/").status_code == 404
    assert "Wanda" not in words(soup(client.get("/contributors/")))


def test_who_writes_and_signs_is_told_apart_page_by_page(house, client):
    both = factories.person("bo", "Editors", "Medical reviewers")
    house.editor = both
    house.publish(factories.article_document(both, "by-bo"))
    house.editor, house.reviewer = Contributor.objects.get(slug="eddie").user, both
    house.publish(factories.supplement_document(house.editor, "zinc"))
    page = soup(client.get("/contributors/bo/"))

    assert [(words(h), words(h.find_next("a"))) for h in page.select("h2:not([id])")] == [
        ("Written by Bo", "Does by bo help?"), ("Medically reviewed by Bo", "Zinc"),
    ]  # fmt: skip
    listed = [words(li) for li in soup(client.get("/contributors/")).select(".listing li")]
    assert "Bo, Registered dietitian Writes, and signs what others wrote" in listed
    assert SUPPLEMENT not in str(page)
