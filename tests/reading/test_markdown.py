"""Pages in Markdown: the same words in the same order, at an address of their own or on asking."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from markdown_it import MarkdownIt

from publishing import models, verbs
from publishing.documents import replaced
from tests.reading.house import ARTICLE, ENTRY_PATHS, QUESTION, SUPPLEMENT, soup, words

MARKDOWN = "text/markdown; charset=utf-8"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def markdown_of(client, path: str, status: int = 200) -> str:
    response = client.get(f"{path.rstrip('/')}.md")
    assert (response.status_code, response["Content-Type"]) == (status, MARKDOWN)
    return response.content.decode()


def test_an_article_is_written_in_reading_order(house, client, settings):
    text = markdown_of(client, ARTICLE)
    parts = [
        "# Does magnesium and muscles help?\n",
        "Medically reviewed by [Rita](",
        "Next review due 2 March 2027.\n",
        "## Quick summary\n\nPerhaps, if you are short of it.\n",
        "## Get help\n\n### Emergency: now\n\nAn ambulance\n\nSudden weakness.\n",
        "### Make an appointment\n",
        "## Key points\n\n- **Need:** Muscles need it[[1]](#references).\n",
        "**Effect:** It may help[[1]](#references).\n",
        "We are not very sure",
        "few small trials",
        "This is our own editorial advice.",
        "Muscles need it[[2]](#references).\n",
        "## References\n\nIt is used[[1]](#references).\n",
        "| Form | Bioavailability and absorption | Common use | Possible side effects |\n",
        "| Citrate | Good[[1]](#references) | No data | Loose stools |\n",
        "Foods\n\n| Nuts |\n| --- |\n",
        "Eat well[[2]](#references)[[1]](#references).\n",
        "## Frequently asked questions\n\n### Does does it help matter to muscles?\n",
        "#### In short\n\nIt may[[3]]",
        "## About this page\n",
        "Whole page last reviewed 2 March 2026. Next review due 2 March 2027.\n",
        "## References\n\nWe have not checked these sources for retraction yet.\n",
        "\n1. Smith J. A study of something",
        "(https://doi.org/10.1000/test.",
        "4. Smith J. A study of something",
        "Further reading, not cited in the text.\n",
        "## About this information\n\nGeneral information; it can't replace advice",
        f"This page on the web: [{settings.SITE_URL}{ARTICLE}]({settings.SITE_URL}{ARTICLE})\n",
    ]
    at = 0
    for part in parts:
        at = text.find(part, at) + 1
        assert at, part
    assert "[@" not in text
    assert "[[forms" not in text


@pytest.mark.parametrize("path", [*ENTRY_PATHS, "/about/"])
def test_every_page_says_in_markdown_what_it_says_in_html(house, client, path):
    page = soup(client.get(path))
    text = MarkdownIt("commonmark").enable("table").render(markdown_of(client, path))
    said = letters(BeautifulSoup(text, "lxml"))

    for part in page.select("h1, .prose p, .disclaimer p:not(.small), td"):
        assert letters(part) in said, part


def letters(tag) -> str:
    """Return the letters and digits alone: Markdown sets numbers of sources in brackets."""
    return "".join(re.findall(r"\w", tag.get_text()))


def test_a_supplement_has_its_amounts_and_cautions_as_tables(house, client):
    text = markdown_of(client, SUPPLEMENT)

    assert "## Who must ask first\n\nPeople with kidney disease.\n" in text
    assert (
        "Magnesium: Upper limit\n\n| For whom | Amount a day |\n| --- | --- |\n"
        "| Adults | 350 mg |\n\n"
        "Counts supplements and medicines only. Amounts are of the element alone. "
        "Set by US/Canada.[[1]](#references)\n"
    ) in text
    assert "| Antibiotics | Less absorbed. | Keep apart. |\n" in text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/markdown", MARKDOWN),
        ("text/markdown; charset=utf-8, text/html;q=0.9", MARKDOWN),
        ("text/markdown, text/html, */*", MARKDOWN),
        ("text/html, text/markdown;q=0.5", "text/html; charset=utf-8"),
        ("text/markdown;q=0", "text/html; charset=utf-8"),
        ("text/*", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
        ("nonsense;;q=x, text/markdown", MARKDOWN),
    ],
)
def test_a_page_is_sent_in_markdown_to_who_names_it(house, client, accept, kind):
    response = client.get(QUESTION, headers={"Accept": accept})

    assert response["Content-Type"] == kind
    assert "Accept" in response["Vary"]
    if kind == MARKDOWN:
        assert response.content == client.get("/faq/does-it-help.md").content
        assert response["Link"] == f'<http://127.0.0.1:8000{QUESTION}>; rel="canonical"'


def test_what_moved_is_gone_or_never_was_is_answered_in_markdown_too(house, client):
    moved = replaced(
        house.document, slug="magnesium", change_kind="update", change_note="A shorter address."
    )
    house.publish(moved, entries=[house.article])
    verbs.withdraw(
        house.cramps,
        by=house.publisher,
        reason="out_of_date",
        instead=house.article.uid,
        clock=house.clock,
    )
    response = client.get("/articles/magnesium-and-muscles.md")
    gone = markdown_of(client, "/articles/cramps", 410)
    missing = markdown_of(client, "/articles/nothing", 404)

    assert (response.status_code, response["Content-Type"]) == (301, MARKDOWN)
    assert response["Location"] == "/articles/magnesium.md"
    assert response["Cache-Control"] == "max-age=300"
    asked = client.get(ARTICLE, headers={"Accept": "text/markdown"})
    assert asked["Location"] == "/articles/magnesium/"
    assert gone.startswith("# “Why do cramps come?” was withdrawn\n")
    assert "Read instead: [Does magnesium and muscles help?](http://127.0.0.1:8000/" in gone
    assert missing.startswith("# We can't find that page\n")
    for text in (gone, missing):
        assert "In an emergency, call your local emergency number." in text
        assert "can't replace advice" in text
    for odd in ("/.md", "/a/../b.md", f"/{'x' * 3000}.md", "/%0a.md", "/articles/é.md"):
        assert client.get(odd).status_code == 404, odd


def test_markdown_costs_no_more_queries_than_the_page(house, client):
    for path in (ARTICLE, SUPPLEMENT, QUESTION, "/disclaimer/", "/about/"):
        counts = []
        for address in (path, f"{path.rstrip('/')}.md"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        assert counts[1] <= counts[0], path


def test_signs_of_markdown_in_any_text_stay_the_words_that_were_typed(house, client):
    typed = "1. *a* _b_ [c](#d) `e` # <b>f</b> | g &amp; ![h](i)"
    models.Site.objects.update(emergency_line=typed)
    changed = replaced(
        house.document,
        title=typed,
        quick_summary=typed,
        key_points=[{**house.document.model_dump()["key_points"][0], "label": typed}] * 3,
        get_help=[{"level": "urgent", "contact": typed, "signs": f"- x\n\n{typed}"}],
    )
    house.publish(changed, entries=[house.article])

    html = MarkdownIt("commonmark").enable("table").render(markdown_of(client, ARTICLE))
    page = BeautifulSoup(html, "lxml")

    assert page.h1.get_text() == typed
    assert words(page).count(typed) >= 6
    assert {em.get_text() for em in page.select("em")} == {"Journal of Tests"}
    assert not page.select("img, b, a[href='#d'], h1 ~ h1")


def test_a_number_to_call_is_no_link_where_nobody_can_press_it(house, client):
    models.Site.objects.update(emergency_line="999 or 112")
    help_text = [{"level": "urgent", "contact": "Call 111 today", "signs": "A sign."}]
    house.publish(replaced(house.document, get_help=help_text), entries=[house.article])

    page = house.read(ARTICLE)
    numbers = [(a["href"], words(a)) for a in page.select("a[href^='tel:']")]
    assert numbers == [("tel:111", "111"), ("tel:999", "999"), ("tel:112", "112")]
    text = markdown_of(client, ARTICLE) + markdown_of(client, "/articles/nothing", 404)
    assert "Call 111 today" in text
    assert "In an emergency, call 999 or 112." in text


def test_an_address_that_no_database_compares_is_not_found(house, client):
    assert "# We can't find that page" in markdown_of(client, "/never%00there", 404)


def test_staff_may_ask_for_the_past_and_nobody_else(house, client):
    past = "/articles/magnesium-and-muscles.md?at=2026-03-02T09:30:00Z"
    house.clock.forward(days=1)
    house.publish(replaced(house.document, lead="Newer."), entries=[house.article])
    refused = client.get(past)
    assert refused.status_code == 403
    assert soup(refused).select(f"main a[href='{ARTICLE}history/']")
    client.force_login(house.editor)

    response = client.get(past)

    assert response["Cache-Control"] == "private, no-store"
    assert "As it stood on" in response.content.decode()
    assert "Newer." not in response.content.decode()


def test_a_past_text_is_sent_in_markdown_as_it_stood(house, client):
    house.clock.forward(days=1)
    house.publish(replaced(house.document, lead="Newer."), entries=[house.article])
    past = f"{ARTICLE}history/1/"
    response = client.get(past, headers={"Accept": "text/markdown"})
    text, page = response.content.decode(), client.get(past)

    assert (response["Content-Type"], page["Content-Type"]) == (
        MARKDOWN,
        "text/html; charset=utf-8",
    )
    assert all("Accept," in answer["Vary"] for answer in (response, page))
    assert response["Cache-Control"] == page["Cache-Control"]
    assert "**This text was here from 2 March 2026 until 3 March 2026." in text
    assert f"This page on the web: [http://127.0.0.1:8000{past}](" in text
    assert "Muscles need it" in text
    assert "can't replace advice" in text
    assert "Newer." not in text
