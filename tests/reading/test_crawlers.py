"""What programs ask for first."""

import re

from healthcms import crawlers
from publishing import models, verbs
from tests.reading.house import ARTICLE


def llms_of(client) -> str:
    response = client.get("/llms.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode()


def test_robots_keep_out_of_what_is_not_public(house, client, settings):
    robots = client.get("/robots.txt").content.decode()

    assert robots.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /share/",
        "Disallow: /search/suggest",
        "Disallow: /search/*kind=",
        "Disallow: /search/*topic=",
        "Disallow: /search/*page=",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]


def test_llms_txt_has_the_parts_of_its_format_and_links_that_lead_somewhere(house, client):
    models.Site.objects.update(name="Health [pages]", tagline="Plain answers.")
    text = llms_of(client)
    sections = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert text.startswith("# Health \\[pages\\]\n\n> Plain answers.\n\n")
    assert sections == [
        "Articles", "Questions and answers", "Supplements", "Disclaimers", "Pages", "Optional",
    ]  # fmt: skip
    assert (
        "- [Does magnesium and muscles help?](http://127.0.0.1:8000/articles/"
        "magnesium-and-muscles.md): Perhaps, if you are short of it.\n"
    ) in text
    links = re.findall(r"\]\(http://127\.0\.0\.1:8000(/[^)]*)\)", text)
    assert len(links) >= 10
    assert {client.get(link).status_code for link in links} == {200}


def test_llms_txt_holds_what_is_live_and_not_too_much(house, client, monkeypatch):
    verbs.withdraw(house.cramps, by=house.publisher, reason="wrong", clock=house.clock)
    assert "/articles/cramps" not in llms_of(client)
    monkeypatch.setattr(crawlers, "PER_SECTION", 1)
    assert len(re.findall(r"/faq/[\w-]+\.md", llms_of(client))) == 1
    assert ARTICLE[:-1] in llms_of(client)
