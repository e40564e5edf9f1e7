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
        ("not_graded", "Not graded", "Not graded: based on two trials. Study design: cohort."),
    ],
)
def test_certainty_is_said_in_words_and_a_shape_and_explained(house, certainty, sure, why):
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

    filled = {"high": 4, "moderate": 3, "low": 2, "very_low": 1, "not_graded": 0}[certainty]
    assert words(shown.summary) == sure
    assert len(shown.select("summary path:not(.off)")) == filled
    assert words(shown.select_one(".why")).startswith(why)


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
    assert len(prose.select("table")) == 3
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
    assert "These tables were updated on 2 April 2026" in words(page.select_one(".comparison"))
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
    styles, script = (
        Path(finders.find(f"publishing/{name}")).read_bytes() for name in ("site.css", "reading.js")
    )
    sent = [gzip.compress(part) for part in (client.get(ARTICLE).content, styles)]

    # The longest page that this house knows has 15 KB of its own.
    assert sum(map(len, sent)) < 40_000 - 15_000
    assert len(gzip.compress(styles)) < 6_000
    assert len(script) < 10_000


def test_a_page_is_sent_compressed_and_not_at_all_where_it_is_known(house, client):
    sent = client.get(ARTICLE, headers={"accept-encoding": "gzip, br"})

    assert sent["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in sent["Vary"]
    assert gzip.decompress(sent.content) == client.get(ARTICLE).content
    known = {"accept-encoding": "gzip", "if-none-match": sent["ETag"]}
    assert client.get(ARTICLE, headers=known).status_code == 304


def test_questions_fold_where_there_are_more_than_three(house):
    more = [factories.question_document(house.editor, f"more-{n}") for n in range(2)]
    entries = [house.question, house.other, *house.publish(*more)]
    for count, folded in ((3, False), (4, True)):
        asked = [entry.uid for entry in entries[:count]]
        note = {"change_kind": "update", "change_note": f"{count} questions."}
        house.publish(replaced(house.document, questions=asked, **note), entries=[house.article])
        shown = house.read(ARTICLE).select("details.question")
        assert [each.has_attr("open") for each in shown] == [not folded] * count
        assert all(each.summary.h3 for each in shown)


def test_nothing_about_safety_folds(house):
    page, supplement = house.read(ARTICLE), house.read(SUPPLEMENT)

    for part in (".help", ".notice", ".ask-first", ".comparison", "table", ".disclaimer"):
        for shown in (page, supplement):
            assert not [tag for tag in shown.select(part) if tag.find_parent("details")]


def test_limits_and_interactions_stand_where_forms_are_shown(house):
    shown = house.read(ARTICLE).select_one(".comparison")

    assert [words(table.caption) for table in shown.select("table")] == [
        "Magnesium: its forms compared",
        "Magnesium: Upper limit",
        "Magnesium: what it does together with other things",
    ]
    assert [words(cell) for cell in shown.select(".limits tbody tr > *")] == ["Adults", "350 mg"]
    assert words(shown.select_one(".limits .small")) == (
        "Counts supplements and medicines only. Amounts are of the element alone. "
        "Set by US/Canada.1"
    )


def test_figures_that_share_their_sort_and_source_stand_in_one_table(house):
    supplement = factories.supplement_document(house.editor)
    upper = supplement.limits[0].model_dump()
    limits = [
        upper, {**upper, "population": "Children", "value": "65"},
        {**upper, "kind": "recommended", "label": "Daily amount", "counts": "all", "value": "300"},
    ]  # fmt: skip
    house.publish(replaced(supplement, limits=limits), entries=[house.supplement])

    tables = house.read(SUPPLEMENT).select(".limits table")

    assert [[words(cell) for cell in table.select("tbody tr > *")] for table in tables] == [
        ["Adults", "350 mg", "Children", "65 mg"],
        ["Adults", "300 mg"],
    ]
    assert words(tables[1].caption) == "Magnesium: Daily amount"
    assert words(tables[1].parent.p).startswith("Counts food, drink and supplements together.")


def test_the_way_to_every_text_and_the_address_for_paper_stand_on_a_public_page(house, settings):
    page = house.read(ARTICLE)

    assert page.select_one(f".facts a[href='{ARTICLE}history/']")
    assert f"{settings.SITE_URL}{ARTICLE}" in words(page.select_one(".printed"))
