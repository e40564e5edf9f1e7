"""What readers get: the parts of each page in order, its links, statuses, and what never leaks."""

import gzip
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.test import RequestFactory

from articles import models as articles
from articles.documents import StaticPageDocument
from faq.models import Question
from healthcms import views as site_views
from healthcms.health import HealthMiddleware
from publishing import guards, kinds, models, verbs
from publishing.compose import resolve
from publishing.documents import replaced
from publishing.views import respond
from references import models as library
from supplements import models as supplements
from tests import factories

ARTICLE = "/articles/magnesium-and-muscles/"
SUPPLEMENT = "/supplements/magnesium/"
QUESTION = "/faq/does-it-help/"
ENTRY_PATHS = (
    ARTICLE,
    "/articles/cramps/",
    SUPPLEMENT,
    QUESTION,
    "/faq/what-else/",
    "/disclaimer/",
)


class House:
    """A small live site; every verb at one clock, by three people."""

    def __init__(self, clock, editor, reviewer, publisher) -> None:
        self.clock, self.editor, self.reviewer, self.publisher = clock, editor, reviewer, publisher

    def publish(self, *documents, entries=None):
        """Save, sign and publish Documents, new or the next of entries; return the entries."""
        if entries:
            changed = {"change_kind": "update", "change_note": "Newer words."}
            documents = [replaced(d, **changed) if d.change_kind == "" else d for d in documents]
        drafts = [kinds.draft_of(entry) for entry in entries or ()] or [None] * len(documents)
        revisions = [
            factories.saved(document, self.editor, self.clock, draft)
            for document, draft in zip(documents, drafts, strict=True)
        ]
        ticked = factories.EVERY_TICK
        verbs.sign_off(revisions, by=self.reviewer, ticked=ticked, clock=self.clock)
        verbs.publish(revisions, by=self.publisher, clock=self.clock)
        # Verbs at one instant follow each other by a microsecond.
        self.clock.forward(seconds=1)
        return [revision.entry for revision in revisions]

    def read(self, path) -> BeautifulSoup:
        """Return what a path shows at the clock's instant."""
        return soup(respond(resolve(path, self.clock.at)))


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def words(tag) -> str:
    return " ".join(tag.get_text().split())


@pytest.fixture
def house(clock, editor, reviewer, publisher, disclaimer) -> House:
    """A live article with two questions and a supplement's forms, a related one, a page."""
    house = House(clock, editor, reviewer, publisher)
    for key in ("jones2021", "lee2022", "further2023"):
        factories.reference(key)
    asked, other, supplement = house.publish(
        factories.question_document(
            editor, answer="<h2>In short</h2><p>It may [@jones2021], or not [@smith2020].</p>"
        ),
        factories.question_document(editor, "what-else"),
        factories.supplement_document(editor),
    )
    house.question, house.other, house.supplement = asked, other, supplement
    house.document = factories.article_document(
        editor,
        lead="Muscles need it [@lee2022].",
        body=(
            "<h2>References</h2><p>It is used [@smith2020].</p><p>[[forms:magnesium]]</p>"
            "<h3>How</h3><table><caption>Foods</caption><tr><th>Nuts</th></tr></table>"
            "<h2>The bottom line</h2><p>Eat well [@lee2022; @smith2020].</p>"
        ),
        questions=[asked.uid, other.uid],
        comparisons=[supplement.uid],
        further_references=["further2023"],
        get_help=[
            {"level": "appointment", "contact": "A doctor", "signs": "Lasting weakness."},
            {"level": "emergency", "contact": "An ambulance", "signs": "Sudden weakness."},
        ],
    )
    house.article, house.cramps = house.publish(
        house.document, factories.article_document(editor, "cramps", title="Why do cramps come?")
    )
    about = StaticPageDocument(slug="about", title="About us", body="<h2>Who</h2><p>We are.</p>")
    house.about = factories.published(
        about, by=editor, signer=house.publisher, publisher=house.publisher, clock=clock
    ).entry
    clock.forward(minutes=1)
    return house


def test_the_parts_of_an_article_stand_in_reading_order(house):
    page = house.read(ARTICLE)
    parts = [
        "a.skip", "h1", "p.meta", "#quick-summary", "#get-help", "#key-points", ".lead",
        "nav.contents", "#references-2", ".comparison", "#questions", "#about-this-page",
        "#references", "#disclaimer",
    ]  # fmt: skip

    everything = page.find_all(True)
    places = [everything.index(page.select_one(part)) for part in parts]

    assert places == sorted(places)
    assert page.find("a")["href"] == "#main"
    assert [h.get_text() for h in page.select(".help h3")] == [
        "Emergency: now",
        "Make an appointment",
    ]
    assert [a["href"] for a in page.select("nav.contents a")] == [
        "#references-2", "#how", "#the-bottom-line", "#questions",
    ]  # fmt: skip
    assert len(page.select("nav.contents ul ul a")) == 1
    assert page.select_one(".scroll")["aria-label"] == "Foods"


def test_a_page_with_its_styles_weighs_under_40_kb_compressed(house, client):
    styles = Path(finders.find("publishing/site.css")).read_bytes()
    sent = [gzip.compress(part) for part in (client.get(ARTICLE).content, styles)]

    assert len(styles) < 14_000
    assert sum(map(len, sent)) < 40_000


def test_the_lines_of_trust_say_who_when_and_until_when(house):
    page = house.read(ARTICLE)

    assert words(page.select_one("p.meta")) == (
        "1 min read · Medically reviewed by Rita, Registered dietitian · 2 March 2026"
    )
    facts = words(page.select_one(".facts"))
    assert "Whole page last reviewed 2 March 2026. Next review due 2 March 2027." in facts
    assert "Eddie, Registered dietitian (author). Interests declared: None." in facts
    assert "Paid for by its makers." in facts
    assert {time["datetime"] for time in page.select(".facts time")} == {"2026-03-02", "2027-03-02"}
    assert "was due for review" not in words(page)
    house.clock.forward(days=400)
    assert "This page was due for review on 2 March 2027. We are checking it." in words(
        house.read(ARTICLE)
    )


@pytest.mark.parametrize(
    ("certainty", "sure", "why"),
    [
        ("high", "We are very sure", "High certainty (GRADE), graded by us: two trials."),
        ("moderate", "We are fairly sure", "Moderate certainty (GRADE), graded by us: two trials."),
        ("low", "We are not very sure", "Low certainty (GRADE), graded by us: two trials."),
        ("very_low", "We can't be sure", "Very low certainty (GRADE), graded by us: two trials."),
        ("not_graded", "Not graded", "based on two trials. Study design: cohort."),
    ],
)
def test_certainty_is_said_in_words(house, certainty, sure, why):
    points = list(house.document.model_dump()["key_points"])
    points[1] = {
        **points[1],
        "certainty": certainty,
        "certainty_reason": "two trials.",
        "graded_by": "us",
        "study_design": "cohort" if certainty == "not_graded" else "",
    }
    changed = replaced(house.document, key_points=points)
    house.publish(changed, entries=[house.article])

    shown = house.read(ARTICLE).select(".points > li")[1].select_one(".certainty")

    assert words(shown.select_one(".sure")).lstrip("●○ ") == sure
    assert words(shown.select_one(".why")) == why


def test_citations_are_numbered_as_read_and_linked_both_ways(house):
    page = house.read(ARTICLE)
    cited = [a["href"] for a in page.select("main a.citation")]
    first_met = list(dict.fromkeys(cited))

    assert first_met == ["#ref-1", "#ref-2", "#ref-3"]
    assert [li["id"] for li in page.select(".references li")] == [f"ref-{n}" for n in (1, 2, 3, 4)]
    assert "not cited in the text" in words(page.select_one("#ref-4"))
    back = [a["href"] for a in page.select(".back a")]
    marks = [f"#{a['id']}" for a in page.select("a.citation")]
    assert sorted(back) == sorted(marks)
    assert len(set(marks)) == len(marks) == len(cited)


@pytest.mark.parametrize(
    "path", [*ENTRY_PATHS, "/about/", "/disclaimer/history/", "/", "/articles/", "/no/such/"]
)
def test_every_page_has_one_h1_landmarks_unique_ids_and_links_that_land(house, client, path):
    response = client.get(path)
    page = soup(response)
    ids = [tag["id"] for tag in page.select("[id]")]

    assert [len(page.find_all(tag)) for tag in ("h1", "header", "main", "footer")] == [1, 1, 1, 1]
    assert page.html["lang"] == "en"
    assert len(set(ids)) == len(ids)
    assert {a["href"][1:] for a in page.select("a[href^='#']")} <= set(ids)
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(table.caption and table.select("th[scope]") for table in page.select("table.stack"))
    assert not page.select("script, style, [style], [onclick]")
    assert not response.cookies


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (ARTICLE, 5), (SUPPLEMENT, 5), (QUESTION, 5), ("/disclaimer/", 3), ("/about/", 3),
        ("/disclaimer/history/", 4), ("/", 5), ("/articles/", 4), ("/supplements/", 4),
        ("/faq/", 4), ("/sitemap.xml", 1), ("/robots.txt", 0), ("/healthz", 0), ("/nothing/", 4),
    ],
)  # fmt: skip
def test_public_pages_take_few_queries(house, client, path, count, django_assert_num_queries):
    with django_assert_num_queries(count):
        client.get(path)


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
    for path in (ARTICLE, "/articles/cramps/"):
        with django_assert_max_num_queries(8):
            client.get(path)


@pytest.mark.parametrize("path", [ARTICLE, SUPPLEMENT, QUESTION, "/", "/faq/", "/nothing/"])
def test_the_disclaimer_is_shown(house, client, path):
    shown = soup(client.get(path)).select_one(".disclaimer")

    assert shown.h2.get_text() == "About this information"
    assert "can't replace advice" in words(shown)
    assert "In force since 2 March 2026." in words(shown)
    assert shown.a["href"] == "/disclaimer/"


def test_a_supplement_shows_its_limit_and_tables(house):
    page = house.read(SUPPLEMENT)

    assert "The most: 350 mg from supplements and medicines (Adults)." in words(
        page.select_one(".glance")
    ).replace("The most ", "The most: ")
    assert [[words(th) for th in t.select("thead th")] for t in page.select("table.stack")] == [
        ["Form", "Bioavailability and absorption", "Common use", "Possible side effects"],
        ["What it is", "For whom", "Amount", "What it counts", "Set by"],
        ["Taken with", "What happens", "What to do"],
    ]
    limit = [words(cell) for cell in page.select("#limits ~ table tbody tr > *")]
    assert limit == [
        "Upper limit", "Adults", "350 mg of the element alone", "Supplements and medicines only",
        "US/Canada1",
    ]  # fmt: skip


def test_a_comparison_that_has_no_place_in_the_text_follows_it(house):
    body = "<h2>Forms</h2><ul><li>See [[forms:magnesium]] here</li></ul><p>The end.</p>"
    changed = replaced(house.document, body=body)
    house.publish(changed, entries=[house.article])

    prose = house.read(ARTICLE).select_one(".prose")

    assert words(prose.li) == "See here"
    assert len(prose.select("table")) == 1
    assert prose.select_one("p + .comparison")


def test_an_embed_reviewed_later_says_so(house):
    house.clock.forward(days=31)
    changed = factories.question_document(house.editor)
    house.publish(changed, entries=[house.question])
    forms = factories.supplement_document(house.editor)
    house.publish(forms, entries=[house.supplement])

    page = house.read(ARTICLE)

    first, second = page.select(".question")
    note = "This answer was updated on 2 April 2026 and reviewed separately."
    assert note in words(first)
    assert note not in words(second)
    assert "This table was updated on 2 April 2026" in words(page.select_one(".comparison"))
    assert "was updated on 2 April 2026 and reviewed separately" in words(page.select_one(".facts"))


def test_a_withdrawn_question_leaves_its_title_and_the_date(house):
    house.clock.forward(days=31)
    verbs.withdraw(house.question, by=house.publisher, reason="wrong", clock=house.clock)
    house.clock.forward(days=1)

    first = house.read(ARTICLE).select_one("#question-1")

    assert first.h3.get_text() == "Does does it help matter to muscles?"
    assert "This answer was withdrawn on 2 April 2026." in words(first)
    assert "It may" not in words(first)
    assert not first.select("a")


def test_a_renewal_moves_the_review_and_not_the_text(house):
    edition = models.Edition.objects.get(path=ARTICLE)
    house.clock.forward(days=31)
    verbs.renew([edition], by=house.reviewer, ticked=factories.EVERY_TICK, clock=house.clock)
    facts = words(house.read(ARTICLE).select_one(".facts"))

    assert "Whole page last reviewed 2 April 2026." in facts
    assert "Text last changed" not in facts


def test_related_pages_say_why(house):
    by_hand = [{"uid": str(house.cramps.uid), "reason": "Cramps are another matter"}]
    changed = replaced(house.document, related=by_hand)
    house.publish(changed, entries=[house.article])

    related = house.read(ARTICLE).select(".related li")

    assert [(li.a["href"], words(li.select_one(".why"))) for li in related] == [
        ("/articles/cramps/", "Cramps are another matter"),
        (SUPPLEMENT, "Rests on one of the same sources"),
    ]


def test_an_old_path_redirects_for_a_short_time(house, client):
    house.publish(
        replaced(house.document, slug="magnesium-now"),
        entries=[house.article],
    )
    response = client.get(ARTICLE)

    assert response.status_code == 301
    assert response["Location"] == "/articles/magnesium-now/"
    assert response["Cache-Control"] == "max-age=300"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("out_of_date", "This page was out of date, so we took it down. Read instead: Why do"),
        ("wrong", "ask a doctor or pharmacist"),
        ("legal", "This page is no longer available."),
    ],
)
def test_a_withdrawn_page_is_gone_and_says_why(house, client, reason, said):
    instead = house.cramps.uid
    verbs.withdraw(
        house.article, by=house.publisher, reason=reason, instead=instead, clock=house.clock
    )
    response = client.get(ARTICLE)
    page = soup(response)

    assert response.status_code == 410
    assert said in words(page.main)
    assert "magnesium and muscles help" in words(page.h1)
    assert "Withdrawn 2 March 2026" in words(page.main)
    assert "In an emergency, call your local emergency number." in words(page.main)
    assert "Muscles need" not in words(page)
    assert ("Read instead" in words(page)) == (reason != "legal")
    assert page.select_one(".disclaimer")


def test_an_unknown_path_is_not_found(house, client):
    response = client.get("/articles/never-there/")

    assert response.status_code == 404
    assert soup(response).h1.get_text() == "We can't find that page"


def test_past_texts_are_for_staff(house, client):
    before = house.clock.at.isoformat()
    house.clock.forward(days=10)
    changed = replaced(house.document, quick_summary="A newer answer.")
    house.publish(changed, entries=[house.article])

    refused = client.get(ARTICLE, {"at": before})
    assert refused.status_code == 403
    assert soup(refused).select(f"main a[href='{ARTICLE}']")
    assert soup(client.get("/disclaimer/?at=2026-03-05")).select("a[href='/disclaimer/history/']")

    client.force_login(house.editor)
    past = client.get(ARTICLE, {"at": before})
    page = soup(past)
    assert past.status_code == 200
    assert past["Cache-Control"] == "private, no-store"
    assert "Perhaps, if you are short of it." in words(page)
    assert "A newer answer." not in words(page)
    assert "As it stood on 2 March 2026, 09:01 (UTC)." in words(page.main)
    assert page.select_one(".past a")["href"] == ARTICLE
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    now = soup(client.get(ARTICLE))
    assert "A newer answer." in words(now)
    assert not now.select("meta[name=robots], .past")


def test_the_history_of_the_disclaimer_shows_every_text(house, client):
    house.clock.forward(days=31)
    writer = models.Contributor.objects.get(slug="dora").user
    signer = models.Contributor.objects.get(slug="dirk").user
    document = factories.disclaimer_document(
        body="<p>Newer words.</p>", change_kind="update", change_note="Plainer."
    )
    entry = models.Disclaimer.objects.get()
    factories.published(
        document, by=writer, signer=signer, publisher=signer, clock=house.clock, entry=entry
    )
    page = soup(client.get("/disclaimer/history/"))

    assert [words(h) for h in page.find_all("h2")] == [
        "In force since 2 April 2026",
        "In force from 2 March 2026 until 2 April 2026",
    ]
    assert [words(div) for div in page.select(".prose")] == [
        "Newer words.",
        "General information; it can't replace advice from a doctor.",
    ]


def test_a_disclaimer_withdrawn_for_a_legal_reason_has_no_public_history(house, client):
    entry = models.Disclaimer.objects.get()
    verbs.withdraw(entry, by=house.publisher, reason="legal", clock=house.clock)
    response = client.get("/disclaimer/history/")

    assert response.status_code == 410
    assert "can't replace advice" not in words(soup(response))


def empty_every_draft() -> None:
    """Delete the rows of every draft, blank its columns, and scramble every slug."""
    for model in (
        models.KeyPoint, models.GetHelp, models.Authorship, models.Guess,
        articles.ArticleQuestion, articles.ArticleComparison, articles.RelatedArticle,
        supplements.Form, supplements.IntakeLimit, supplements.Interaction,
        library.Citation, library.FurtherReference, library.Reference,
        models.Entry.topics.through,
    ):  # fmt: skip
        model.objects.all().delete()
    articles.Article.objects.update(title="", lead="", quick_summary="", body="", funding="")
    articles.StaticPage.objects.update(title="", body="")
    Question.objects.update(question="", answer="")
    supplements.Supplement.objects.update(title="", quick_summary="", ask_first="", body="")
    models.Disclaimer.objects.update(title="", body="")
    for entry in models.Entry.objects.all():
        models.Entry.objects.filter(pk=entry.pk).update(slug=f"scrambled-{entry.pk}")
    models.Contributor.objects.update(name="Somebody else")
    models.Credential.objects.update(name="Another credential")
    models.Disclosure.objects.update(text="Another interest")


def test_pages_stay_byte_identical_when_every_draft_is_emptied(house, client):
    paths = [
        *ENTRY_PATHS, "/about/", "/disclaimer/history/", "/", "/articles/", "/supplements/",
        "/faq/", "/sitemap.xml", "/nothing/",
    ]  # fmt: skip
    before = {path: client.get(path).content for path in paths}
    empty_every_draft()

    after = {path: client.get(path).content for path in paths}

    assert [path for path in paths if before[path] != after[path]] == []


def test_tags_typed_into_any_field_never_reach_a_page(house, client):
    typed = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    models.Site.objects.update(
        name=typed, tagline=typed, emergency_line=typed, funding=typed, time_zone=typed[:60]
    )
    models.Contributor.objects.update(name=typed)
    models.Credential.objects.update(name=typed)
    models.Disclosure.objects.update(text=typed)
    library.Reference.objects.update(
        title=typed, container_title=typed, authors=[{"family": typed, "given": typed}]
    )
    question = factories.question_document(
        house.editor, question=f"{typed} Why?", answer=f"<p>{typed}</p>", change_note=typed
    )
    supplement = replaced(
        factories.supplement_document(house.editor, change_note=typed),
        title=typed,
        ask_first=f"<p>{typed}</p>",
        forms=[{"name": typed, "absorption": typed, "common_use": typed, "side_effects": typed}],
        limits=[
            {
                "label": typed, "kind": "upper", "value": "1", "unit": typed, "basis": "elemental",
                "population": typed, "authority": typed, "counts": "all", "citations": typed,
            }
        ],
        interactions=[{"substance": typed, "effect": typed, "advice": typed}],
    )  # fmt: skip
    points = [
        {
            "label": typed, "text": f"{typed} [@smith2020]", "kind": "effect", "graded_by": "us",
            "certainty": "not_graded", "certainty_reason": typed, "study_design": typed,
        }
    ] * 3  # fmt: skip
    article = replaced(
        house.document,
        title=typed,
        lead=typed,
        quick_summary=typed,
        body=f"<h2>{typed} A</h2><p>{typed}</p><table><caption>{typed} T</caption><tr><th>a</th>"
        "</tr></table><p>[[forms:magnesium]]</p>",
        key_points=points,
        get_help=[{"level": "urgent", "contact": typed, "signs": typed}],
        funding=typed,
        change_note=typed,
        change_kind="correction",
        related=[{"uid": str(house.cramps.uid), "reason": typed}],
    )
    house.publish(
        question, supplement, article, entries=[house.question, house.supplement, house.article]
    )
    pages = [soup(client.get(path)) for path in (ARTICLE, SUPPLEMENT, QUESTION, "/", "/articles/")]
    verbs.withdraw(house.article, by=house.publisher, reason="wrong", clock=house.clock)
    pages.append(soup(client.get(ARTICLE)))

    for page in pages:
        assert "<script>alert(1)</script>" in page.get_text()
        assert page.select("script, img, iframe") == []
        assert [t for t in page.find_all(True) if any(a.startswith("on") for a in t.attrs)] == []


def test_the_lists_hold_what_is_live_and_turn_pages(house, client, monkeypatch):
    monkeypatch.setattr(site_views, "PER_PAGE", 1)
    first, second = soup(client.get("/faq/")), soup(client.get("/faq/?page=2"))

    assert [a["href"] for a in first.select(".listing a")] == [QUESTION]
    assert first.select_one("a[rel=next]")["href"] == "/faq/?page=2"
    assert [a["href"] for a in second.select(".listing a")] == ["/faq/what-else/"]
    assert second.select_one("a[rel=prev]")["href"] == "/faq/"
    for number in ("0", "3", "x", "²", "9" * 5000):
        assert client.get("/faq/", {"page": number}).status_code == 404


def test_the_sitemap_lists_live_pages_and_no_other(house, client):
    verbs.withdraw(house.cramps, by=house.publisher, reason="wrong", clock=house.clock)
    factories.saved(factories.article_document(house.editor, "a-draft"), house.editor, house.clock)
    response = client.get("/sitemap.xml")
    map_ = BeautifulSoup(response.content, "xml")

    assert response["Content-Type"] == "application/xml"
    assert response.content.startswith(b"<?xml")
    live = {ARTICLE, SUPPLEMENT, QUESTION, "/faq/what-else/", "/disclaimer/", "/about/"}
    assert {loc.text.removeprefix("http://127.0.0.1:8000") for loc in map_.find_all("loc")} == {
        "/", "/articles/", "/supplements/", "/faq/", *live,
    }  # fmt: skip
    assert {date.fromisoformat(day.text) for day in map_.find_all("lastmod")} == {date(2026, 3, 2)}


def test_robots_and_probes(house, client):
    robots = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in robots
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in robots
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"ready": True, "faults": []}


def test_a_missing_guard_makes_the_site_not_ready(house, client):
    guards.drop()
    response = client.get("/readyz")

    assert response.status_code == 503
    assert "missing or altered" in response.json()["faults"][0]


def test_a_database_that_is_down_gives_a_plain_page(rf: RequestFactory):
    middleware = HealthMiddleware(lambda request: None)
    response = middleware.process_exception(rf.get(ARTICLE), OperationalError("gone"))
    emergency = "In an emergency, call your local emergency number."

    assert response.status_code == 503
    assert emergency in words(soup(response))
    assert emergency in words(soup(site_views.failed(rf.get(ARTICLE))))
