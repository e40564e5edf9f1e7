"""The site's colours and logo as readers get them."""

import pytest
from bs4 import BeautifulSoup

from publishing import contrast, look
from publishing.models import Site


@pytest.fixture
def site(db) -> Site:
    return Site.objects.get_or_create(only_row=True)[0]


def test_a_site_without_colours_asks_for_no_stylesheet(client, site):
    assert look.colours_path(site) == ""
    assert "site-colours" not in client.get("/").content.decode()


def test_colours_are_served_for_good_under_their_digest_and_anew_when_changed(client, site):
    site.colour, site.colour_dark = "#0b5d5e", "#83cfe0"
    site.save()
    path = look.colours_path(site)
    assert f'href="{path}"' in client.get("/").content.decode()
    answer = client.get(path)
    assert "#0b5d5e" in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]
    again = client.get(path, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    Site.objects.update(colour="#333399")
    assert look.colours_path(Site.objects.get()) != path
    late = client.get(path)
    assert "#333399" in late.content.decode()
    assert "immutable" not in late["Cache-Control"]


def test_a_light_colour_alone_leaves_dark_pages_as_they_are(site):
    site.colour = "#0b5d5e"
    assert "prefers-color-scheme:light" in look.stylesheet(site)


def test_dark_pages_keep_a_dark_head_with_the_colour_on_it(site):
    site.colour_dark = "#83cfe0"
    assert look.stylesheet(site) == (
        "@media screen{\n@media (prefers-color-scheme:dark){:root{--brand:var(--tint);"
        "--brand-ink:#83cfe0;--link:#83cfe0}}\n}\n"
    )


def test_what_is_no_colour_reaches_no_stylesheet(site):
    site.colour = "}x{"
    assert look.stylesheet(site) == ""


def test_white_on_any_accepted_colour_can_be_read():
    # The head of a light page is white on the colour, which was judged on darker grounds.
    assert all(
        contrast.luminance(ground) <= contrast.luminance("#ffffff")
        for ground in contrast.LIGHT_GROUNDS
    )


def test_the_advice_line_stands_on_every_page_once_it_is_set(client, site):
    assert "For advice that can't wait" not in client.get("/").content.decode()
    site.advice_line = "111 (day and night)"
    site.save()
    footer = BeautifulSoup(client.get("/").content, "lxml").footer
    assert "For advice that can't wait: 111 (day and night)." in footer.get_text()


def test_no_other_file_of_the_media_folder_is_served(client, site):
    assert client.get("/media/site/logo.png").status_code == 404
    assert client.get("/media/other.png").status_code == 404
    assert client.get("/media/site/..%2f..%2fdb.sqlite3").status_code == 404


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("About us /about/", [("About us", "/about/")]),
        ("A charity,\n\n  no. 12 ", [("A charity,", ""), ("no. 12", "")]),
        ("Shop https://shop.example/a?b=1", [("Shop", "https://shop.example/a?b=1")]),
        ("Write mailto:us@site.example", [("Write", "mailto:us@site.example")]),
        ("/about/", [("/about/", "")]),
        ("Bad javascript:alert(1)", [("Bad javascript:alert(1)", "")]),
        ("Else //evil.example/", [("Else //evil.example/", "")]),
        ("Else /\\evil.example/", [("Else /\\evil.example/", "")]),
        ("", []),
    ],
)
def test_a_line_of_the_footer_that_ends_in_an_address_is_a_link(text, lines):
    assert [(line.words, line.href) for line in look.footer_lines(text)] == lines
