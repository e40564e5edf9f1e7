"""An article's page: its parts in order, and what each of them says."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from publishing.documents import replaced
from tests import factories
from tests.reading.house import ARTICLE, SUPPLEMENT, words


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
    assert page.select_one("#question-1 h4").get_text() == "In short"


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
        ("not_graded", "Not graded", "two trials. Study design: cohort."),
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
    assert "reviewed separately" not in words(second)
    assert "This table was updated on 2 April 2026" in words(page.select_one(".comparison"))
    assert "was updated on 2 April 2026 and reviewed separately" in words(page.select_one(".facts"))


def test_related_pages_say_why(house):
    by_hand = [{"uid": str(house.cramps.uid), "reason": "Cramps are another matter"}]
    changed = replaced(house.document, related=by_hand)
    house.publish(changed, entries=[house.article])

    related = house.read(ARTICLE).select(".related li")

    assert [(li.a["href"], words(li.select_one(".why"))) for li in related] == [
        ("/articles/cramps/", "Cramps are another matter"),
        (SUPPLEMENT, "Cites the same source"),
    ]


def test_a_page_with_its_styles_weighs_under_40_kb_compressed(house, client):
    styles = Path(finders.find("publishing/site.css")).read_bytes()
    sent = [gzip.compress(part) for part in (client.get(ARTICLE).content, styles)]

    assert len(styles) < 14_000
    assert sum(map(len, sent)) < 40_000
