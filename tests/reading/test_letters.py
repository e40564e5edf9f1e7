"""From A to Z, under every name; and the glossary."""

import pytest

from healthcms import listings
from publishing import verbs
from tests import factories
from tests.reading.house import SUPPLEMENT, soup, words


@pytest.fixture
def named(house):
    """A supplement and a term that have other names."""
    text = factories.supplement_document(
        house.editor, title="Vitamin B12", other_names=["Cobalamin", "Ωmega", "5-cobalamin"]
    )
    house.publish(text, entries=[house.supplement])
    term = factories.term_document(
        house.editor, other_names=["uptake"], definition="How much gets in [@smith2020]."
    )
    [house.term] = house.publish(term)
    return house


def rows(page, selector=".listing li") -> list[str]:
    return [words(row) for row in page.select(selector)]


def test_everything_is_found_under_each_of_its_names(named, client):
    page = soup(client.get("/a-z/"))

    assert [words(h) for h in page.select("h2:not([id])")] == [
        "#Numbers and signs", "A", "C", "D", "U", "V", "W", "Ω",
    ]  # fmt: skip
    assert rows(page)[:3] == [
        "5-cobalamin: see Vitamin B12 Supplement",
        "absorption Word explained",
        "Cobalamin: see Vitamin B12 Supplement",
    ]
    under_c = soup(client.get("/a-z/?letter=c"))
    assert rows(under_c) == ["Cobalamin: see Vitamin B12 Supplement"]
    assert [a["href"] for a in under_c.select(".listing a")] == [SUPPLEMENT]
    assert rows(soup(client.get("/a-z/?letter=%23"))) == ["5-cobalamin: see Vitamin B12 Supplement"]


def test_letters_with_nothing_lead_nowhere_and_say_so(named, client):
    page = soup(client.get("/a-z/?letter=Q"))
    letters = page.select_one(".letters")

    assert "Nothing begins with Q yet." in words(page)
    assert [words(a) for a in letters.select("a")] == [
        "All", "#Numbers and signs", "A", "C", "D", "U", "V", "W", "Ω",
    ]  # fmt: skip
    assert words(letters.select_one("span[aria-current]")) == "Q"


def test_what_is_no_longer_live_or_called_so_is_not_listed(named, client):
    text = factories.supplement_document(
        named.editor,
        title="Vitamin B12",
        other_names=["B12"],
        change_note="Another name.",
        change_kind="update",
    )
    named.publish(text, entries=[named.supplement])
    verbs.withdraw(named.term, by=named.publisher, reason="wrong", clock=named.clock)
    found = " ".join(rows(soup(client.get("/a-z/"))))

    assert "B12: see Vitamin B12" in found
    assert "Cobalamin" not in found
    assert "absorption" not in found


def test_the_glossary_explains_each_word_and_leads_from_its_other_names(named, client, monkeypatch):
    page = soup(client.get("/glossary/"))

    assert rows(page, ".terms > div") == ["absorption How much gets in.", "uptake See absorption"]
    assert [a["href"] for a in page.select(".terms a")] == ["/glossary/absorption/"] * 2
    assert rows(soup(client.get("/glossary/?letter=u")), ".terms > div") == [
        "uptake See absorption"
    ]
    assert "No word that begins with B is explained yet." in words(
        soup(client.get("/glossary/?letter=B"))
    )
    monkeypatch.setattr(listings, "PER_PAGE", 1)
    first = soup(client.get("/glossary/"))
    assert first.select_one("a[rel=next]")["href"] == "/glossary/?page=2"
