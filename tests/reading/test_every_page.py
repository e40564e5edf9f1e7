"""What holds for every public page: structure, cost, the disclaimer, and what never leaks."""

import re
from itertools import pairwise

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import models as articles
from faq.models import Question, Term
from publishing import models, verbs
from publishing.documents import replaced
from references import models as library
from supplements import models as supplements
from tests import factories
from tests.reading.house import ARTICLE, ENTRY_PATHS, QUESTION, SUPPLEMENT, soup, words

LISTS = (
    "/articles/", "/supplements/", "/faq/", "/faq/?topic=magnesium", "/glossary/", "/topics/",
    "/topics/magnesium/", "/a-z/", "/a-z/?letter=D", "/contributors/", "/contributors/eddie/",
    "/contributors/rita/", "/corrections/",
)  # fmt: skip
HISTORIES = (
    "/disclaimer/history/", f"{ARTICLE}history/", f"{ARTICLE}history/compare/", "/about/history/"
)  # fmt: skip


OTHERS = (
    "/about/", "/", "/no/such/", "/search/", "/search/?q=muscles", "/search/?q=muscels",
    "/search/?q=xylophones", "/search/?q=muscles&page=9", "/feedback/thanks/", "/share/nothing/",
)  # fmt: skip


@pytest.mark.parametrize("path", [*ENTRY_PATHS, *LISTS, *HISTORIES, *OTHERS])
def test_every_page_has_one_h1_landmarks_unique_ids_and_links_that_land(house, client, path):
    response = client.get(path)
    page = soup(response)
    # Every tag is closed, nested and spelt as HTML says; `make audit` asks the whole standard.
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    ids = [tag["id"] for tag in page.select("[id]")]

    assert [len(page.find_all(tag)) for tag in ("h1", "header", "main", "footer")] == [1, 1, 1, 1]
    assert page.html["lang"] == "en"
    assert len(set(ids)) == len(ids)
    assert {a["href"][1:] for a in page.select("a[href^='#']")} <= set(ids)
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(table.caption and table.select("th[scope]") for table in page.select("table.stack"))
    # Forbidden in a table, and so told by reading.js.
    assert not page.select("table [role], table[role]")
    ours = "script:not([src^='/static/'], [type='application/ld+json'])"
    assert not page.select(f"{ours}, style, [style], [onclick]")
    assert not response.cookies


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (ARTICLE, 6), (SUPPLEMENT, 7), (QUESTION, 6), ("/disclaimer/", 3), ("/about/", 3),
        ("/disclaimer/history/", 3), (f"{ARTICLE}history/", 3), (f"{ARTICLE}history/compare/", 3),
        ("/", 7), ("/articles/", 4), ("/supplements/", 4), ("/faq/", 6), ("/glossary/", 3),
        ("/topics/", 3), ("/topics/magnesium/", 6), ("/a-z/", 4), ("/a-z/?letter=D", 4),
        ("/contributors/", 5), ("/contributors/eddie/", 6), ("/contributors/rita/", 6),
        ("/corrections/", 3), ("/faq/?topic=magnesium", 6), ("/no-such-page/history/", 3),
        ("/robots.txt", 1), ("/healthz", 0), ("/nothing/", 8),
        ("/sitemap.xml", 9), ("/sitemap-article-1.xml", 4), ("/llms.txt", 7), ("/feed.atom", 2),
        ("/topics/magnesium/feed.atom", 3), ("/corrections/feed.atom", 2),
    ],
)  # fmt: skip
def test_public_pages_take_few_queries(house, client, path, count):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)

    # PostgreSQL is asked for the time as well.
    assert len([q for q in queries if "clock_timestamp" not in q["sql"]]) == count


def test_the_costliest_pages_take_at_most_eight_queries(
    house, client, django_assert_max_num_queries
):
    house.clock.forward(days=30)
    changed = replaced(house.document, lead="New.")
    house.publish(changed, entries=[house.article])
    verbs.withdraw(house.question, by=house.publisher, reason="wrong", clock=house.clock)
    verbs.withdraw(
        house.cramps,
        by=house.publisher,
        reason="out_of_date",
        instead=house.article.uid,
        clock=house.clock,
    )
    for path, status in ((ARTICLE, 200), ("/articles/cramps/", 410)):
        with django_assert_max_num_queries(8):
            assert client.get(path).status_code == status


@pytest.mark.parametrize("path", [ARTICLE, SUPPLEMENT, QUESTION, "/", *LISTS, "/nothing/"])
def test_the_disclaimer_is_shown(house, client, path):
    shown = soup(client.get(path)).select_one(".disclaimer")

    assert shown.h2.get_text() == "About this information"
    assert "can't replace advice" in words(shown)
    assert "In force since 2 March 2026." in words(shown)
    assert shown.a["href"] == "/disclaimer/"


def test_a_supplement_shows_its_limit_and_tables(house):
    page = house.read(SUPPLEMENT)

    assert "The most a day: 350 mg from supplements and medicines (Adults)." in words(
        page.select_one(".glance")
    ).replace("The most a day ", "The most a day: ")
    assert [[words(th) for th in t.select("thead th")] for t in page.select("table.stack")] == [
        ["Form", "Bioavailability and absorption", "Common use", "Possible side effects"],
        ["Taken with", "What happens", "What to do"],
    ]
    limit = [words(cell) for cell in page.select("#limits ~ .limits tr > *")]
    assert limit == ["For whom", "Amount a day", "Adults", "350 mg"]


def empty_every_draft() -> None:
    """Delete the rows of every draft, blank its columns, and scramble every slug."""
    for model in (
        models.KeyPoint, models.GetHelp, models.Authorship, models.Guess, models.Figure,
        articles.ArticleQuestion, articles.ArticleComparison, articles.RelatedArticle,
        supplements.Form, supplements.IntakeLimit, supplements.Interaction,
        library.Citation, library.FurtherReference, library.Reference,
        models.Entry.topics.through,
    ):  # fmt: skip
        model.objects.all().delete()
    articles.Article.objects.update(
        title="", other_names="", lead="", quick_summary="", body="", funding=""
    )
    articles.StaticPage.objects.update(title="", body="")
    Question.objects.update(question="", answer="")
    Term.objects.update(name="", other_names="", definition="", body="")
    supplements.Supplement.objects.update(
        title="", other_names="", quick_summary="", ask_first="", body=""
    )
    models.Disclaimer.objects.update(title="", body="")
    for entry in models.Entry.objects.all():
        models.Entry.objects.filter(pk=entry.pk).update(slug=f"scrambled-{entry.pk}")
    models.Contributor.objects.update(name="Somebody else")
    models.Credential.objects.update(name="Another credential")
    models.Disclosure.objects.update(text="Another interest")


def test_pages_stay_byte_identical_when_every_draft_is_emptied(house, client):
    [term] = house.publish(factories.term_document(house.editor, other_names=["uptake"]))
    models.Topic.objects.update(explained_by=term)
    models.FirstPage.objects.create(topic=models.Topic.objects.get(), entry=house.cramps)
    house.clock.forward(days=1)
    newer = replaced(
        house.document, lead="New.", change_kind="correction", change_note="It said old.",
        other_names=["Mg"], questions=[house.other.uid], requested_reviewer=None,
    )  # fmt: skip
    house.publish(newer, entries=[house.article])
    paths = [
        *ENTRY_PATHS, *LISTS, *HISTORIES, f"{ARTICLE}history/1/", "/about/", "/", "/sitemap.xml",
        "/nothing/", "/glossary/absorption/",
        "/sitemap-article-1.xml", "/feed.atom", "/corrections/feed.atom",
        "/topics/magnesium/feed.atom", "/llms.txt", "/articles/magnesium-and-muscles.md",
        "/supplements/magnesium.md",
    ]  # fmt: skip
    before = {path: client.get(path).content for path in paths}
    assert b"It said old." in before["/corrections/"]
    assert b"Muscles need it" in before[f"{ARTICLE}history/1/"]
    empty_every_draft()

    after = {path: client.get(path).content for path in paths}

    assert [path for path in paths if before[path] != after[path]] == []


def test_a_supplement_opens_with_how_sure_we_are_of_its_effects(house):
    document = factories.supplement_document(house.editor)
    effects = [
        {
            "label": label, "text": f"{label}: it does [@smith2020].", "kind": "effect",
            "certainty": certainty, "certainty_reason": "why", "graded_by": "us",
        }
        for label, certainty in (("Cramps", "low"), ("Sleep", "high"), ("Mood, low level", "low"))
    ]  # fmt: skip
    house.publish(replaced(document, key_points=effects), entries=[house.supplement])
    glance = house.read(SUPPLEMENT).select_one(".glance")

    assert [words(line) for line in glance.select("li")] == [
        "We are very sure: Sleep: it does.",
        "We are not very sure: Cramps: it does.",
        "1 more effect that was graded",
    ]


def test_a_supplement_names_at_a_glance_who_must_ask_first(house):
    people = "".join(
        f"<li>{each}</li>" for each in ("are ill [@smith2020]", "z" * 100, "are old and frail")
    )
    asked = f"<p>Ask a doctor first if you:</p><ul>{people}</ul>"
    document = factories.supplement_document(house.editor, ask_first=asked)
    house.publish(document, entries=[house.supplement])
    row = house.read(SUPPLEMENT).select(".glance > div")[-1]

    assert words(row.dt) == "Ask a doctor first if you"
    assert words(row.dd).startswith("are ill; zzz")
    assert words(row.dd).endswith(" 1 more reason to ask first")
    assert row.a["href"] == "#ask-first"


def test_a_supplement_without_an_upper_limit_says_so(house):
    document = factories.supplement_document(house.editor, limits=[])
    house.publish(document, entries=[house.supplement])
    glance = house.read(SUPPLEMENT).select_one(".glance")

    assert words(glance.dt) == "The most a day"
    assert words(glance.dd) == (
        "no upper limit is given here. That does not make a high dose safe."
    )
