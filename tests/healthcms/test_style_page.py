"""/style/: the parts of the readers' pages, for staff."""

from tests import factories
from tests.reading.house import soup, words

PARTS = (
    ".summary", ".lead", ".help .emergency", ".help .urgent", ".help .appointment", ".contents",
    ".glance", "table.stack", ".scroll table", ".question[open]", ".question:not([open])",
    "a.citation", ".citation-status", "a.term", ".explained", ".references .standing", ".facts",
    ".disclaimer", ".notice.emergency", "p.emergency", ".related", ".listing", "form.feedback",
    ".crumbs", ".find", ".results mark", ".choices", ".evidence", ".compared ins",
    ".high", ".moderate", ".low", ".very_low", ".not-graded", "blockquote", "code", "button",
)  # fmt: skip


def test_staff_see_every_part_in_its_states(client, editor):
    client.force_login(editor)
    response = client.get("/style/")
    page = soup(response)

    assert [part for part in PARTS if not page.select(part)] == []
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    ids = [tag["id"] for tag in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    assert {a["href"][1:] for a in page.select("a[href^='#']")} <= set(ids)
    assert "This answer was withdrawn" in words(page)


def test_nobody_else_does(client, db):
    reader = factories.person("reader")
    reader.is_staff = False
    reader.save()
    assert client.get("/style/").status_code == 302
    client.force_login(reader)
    assert client.get("/style/").status_code == 302
