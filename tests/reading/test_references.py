"""The list of references: what each line says of its source, and the list as files."""

import json
from datetime import date

import pytest

from publishing import verbs
from publishing.documents import replaced
from references.models import Reference
from tests.reading.house import ARTICLE, words


@pytest.fixture
def republish(house):
    """A function that changes smith2020 in the library, and publishes the article anew."""

    def change(**fields):
        Reference.objects.filter(key="smith2020").update(**fields)
        house.publish(replaced(house.document, lead="Newer."), entries=[house.article])
        page = house.read(ARTICLE)
        line = next(li for li in page.select(".references li") if "number" in words(li))
        return page, line

    return change


def test_a_line_says_what_sort_of_study_when_and_where_everybody_can_read_it(republish):
    _page, line = republish(study_design="cohort study", pmcid="PMC42", pmid="77")

    assert words(line.select_one(".source")).startswith("Cohort study 2020 Free to read: PMC42")
    assert [a["href"] for a in line.select("a[href^=http]")] == [
        line.select_one("a[href*='doi.org']")["href"],
        "https://pubmed.ncbi.nlm.nih.gov/77/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC42/",
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("concern", "The journal has raised a concern about this study (1 February 2026)."),
        ("corrected", "The journal has corrected this study (1 February 2026)."),
    ],
)
def test_a_line_says_how_the_source_stands_and_when_it_was_checked(republish, status, said):
    page, line = republish(
        status=status,
        status_on=date(2026, 2, 1),
        status_notice="https://journal.example/notice",
        checked_on=date(2026, 3, 1),
    )

    assert words(line.select_one(".standing")).startswith(said)
    assert line.select_one(".standing a")["href"] == "https://journal.example/notice"
    assert "Checked for retraction 1 March 2026" in words(line)
    assert page.select(".citation-status") == []


def test_where_nobody_looked_that_is_said_once_or_of_each(house, republish):
    never = "We have not checked these sources for retraction yet."
    assert never in words(house.read(ARTICLE).select_one(".references"))
    page, line = republish(checked_on=date(2026, 3, 1))
    assert never not in words(page)
    said = [
        words(li).count("Not checked for retraction yet") for li in page.select(".references li")
    ]
    assert sorted(said) == [0, 1, 1, 1]
    assert "Not checked" not in words(line)


def test_how_a_source_stands_goes_along_wherever_the_list_goes(client, republish):
    page, _line = republish(
        status="corrected", status_on=date(2026, 2, 1), status_notice="https://journal.example/n"
    )
    ris, json_ = (client.get(a["href"]).content.decode() for a in page.select(".downloads a"))
    note = "Corrected, 2026-02-01, https://journal.example/n"
    assert ris.count(f"N1  - {note}\r\n") == ris.count("N1  - ") == 1
    assert [item["note"] for item in json.loads(json_) if "note" in item] == [note]
    graph = json.loads(page.select_one("script[type='application/ld+json']").string)["@graph"]
    assert [n["creativeWorkStatus"] for n in graph if "creativeWorkStatus" in n] == [note]
    markdown = client.get(f"{ARTICLE[:-1]}.md").content.decode()
    assert "The journal has corrected this study (1 February 2026)." in markdown.replace(
        "\xa0", " "
    )


def test_what_the_library_learns_later_changes_no_signed_page(house, client):
    before = client.get(ARTICLE).content
    Reference.objects.update(status="retracted", checked_on=date(2026, 3, 9))

    assert client.get(ARTICLE).content == before


def test_the_list_can_be_taken_away_as_it_stands(house, client):
    page = house.read(ARTICLE)
    ris, json_ = (client.get(link["href"]) for link in page.select(".downloads a"))

    listed = [words(li) for li in page.select(".references li")]
    items = json.loads(json_.content)
    assert len(items) == len(listed) == 4
    assert all(item["title"] in line for item, line in zip(items, listed, strict=True))
    assert ris.content.decode().count("TY  - JOUR\r\n") == 4
    assert ris["Content-Type"].startswith("application/x-research-info-systems")
    assert 'filename="magnesium-and-muscles-references.ris"' in ris["Content-Disposition"]
    assert not ris.cookies
    assert b"citation" not in json_.content


def test_the_files_move_and_go_with_their_page(house, client):
    house.publish(replaced(house.document, slug="magnesium-now"), entries=[house.article])
    moved = client.get(f"{ARTICLE}references.ris")
    assert (moved.status_code, moved["Location"]) == (
        301,
        "/articles/magnesium-now/references.ris",
    )
    verbs.withdraw(house.article, by=house.publisher, reason="wrong", clock=house.clock)
    assert client.get("/articles/magnesium-now/references.json").status_code == 410


@pytest.mark.parametrize(
    "path",
    ["/articles/no/references.ris", "/faq/what-else/references.ris", f"{ARTICLE}references.bib"],
)
def test_where_there_is_no_list_there_is_no_file(house, client, path):
    assert client.get(path).status_code == 404
