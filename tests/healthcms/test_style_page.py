"""/style/: the parts of the readers' pages, for staff."""

import re
from pathlib import Path

import publishing
from publishing import contrast
from publishing.models import Site
from tests import factories
from tests.reading.house import soup, words

STATIC = Path(publishing.__file__).parent / "static/publishing"
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


def test_the_tokens_are_shown_with_their_values_and_what_can_be_read(client, editor):
    Site.objects.update(colour="#0b5d5e")
    client.force_login(editor)
    page = soup(client.get("/style/"))
    said = {words(item.strong): words(item) for item in page.select(".swatches li")}

    rules = (STATIC / "site.css").read_text()
    ink, dark_ink = re.findall(r"--ink: (#[0-9a-f]{6});", rules)[:2]
    tint, dark_tint = re.findall(r"--tint: (#[0-9a-f]{6});", rules)[:2]
    ratios = [contrast.shown(contrast.ratio(*p)) for p in ((ink, tint), (dark_ink, dark_tint))]
    assert said["ink"] == (
        f"ink Light pages: {ink}, {ratios[0]} with tint. "
        f"Dark pages: {dark_ink}, {ratios[1]} with tint."
    )
    assert f"Dark pages: {dark_tint}, {ratios[1]} with ink." in said["tint"]
    # The site's own colour, over the token; dark pages keep theirs.
    assert "Light pages: #0b5d5e, " in said["link"]
    assert "Dark pages: #0b5d5e, " not in said["link"]
    sizes = [words(line) for line in page.select(".scale .small")]
    assert sizes[0] == "text-s: 0.9375rem"
    assert sizes[-1] == "space-6: 2.5rem"
    sheet = (STATIC / "style-page.css").read_text()
    for item in page.select(".swatch, .scale [class^=text], .space"):
        assert f".{item['class'][-1]}" in sheet
    glance = words(page.select_one(".glance"))
    assert "Ask first if you" in glance
    assert "1 more reason to ask first" in glance


def test_nobody_else_does(client, db):
    reader = factories.person("reader")
    reader.is_staff = False
    reader.save()
    assert client.get("/style/").status_code == 302
    client.force_login(reader)
    assert client.get("/style/").status_code == 302
