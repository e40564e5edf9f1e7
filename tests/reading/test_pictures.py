"""Pictures on the readers' pages: where they stand, how large, and what is said for them."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from publishing import verbs
from publishing.documents import replaced
from publishing.models import Figure, Picture
from publishing.pictures.library import add_picture
from publishing.placing import filled
from tests import factories
from tests.reading import schema_org
from tests.reading.house import ARTICLE, SUPPLEMENT, soup, words

MARKDOWN = "/articles/magnesium-and-muscles.md"
AGAIN = {"change_kind": "update", "change_note": "Another picture."}
IN_TEXT = "<h2>Text</h2><p>See.</p><p>[[picture:leaf]]</p>"


@pytest.fixture
def shown(house):
    """The article with a picture that leads it and a decorative one in its text."""
    tall = factories.picture(house.editor, (600, 1200), credit="Ann", licence="CC BY 4.0")
    photograph = factories.upload(Image.new("RGB", (400, 300), "green"), "JPEG")
    small = add_picture(
        photograph, by=house.editor, title="Leaf", credit="Bo", source="https://example.org/leaf"
    )
    house.pictures = tall, small
    pictures = [
        {
            "key": "tree", "picture": tall.digest, "alt": 'A “tree” & <leaves>.', "leads": True,
            "caption": "It grows [@jones2021].", "focal_x": 10, "focal_y": 28,
        },
        {"key": "leaf", "picture": small.digest, "decorative": True},
    ]  # fmt: skip
    house.illustrated = replaced(
        house.document, pictures=pictures, body=IN_TEXT + house.document.body
    )
    house.publish(house.illustrated, entries=[house.article])
    return house


def test_a_picture_has_its_sizes_dimensions_and_words(shown):
    page = shown.read(ARTICLE)
    tree, leaf = page.select("figure")
    tall, _small = shown.pictures

    assert tree.find_previous_sibling()["class"] == ["lead"]
    image = tree.img
    assert (image["alt"], image["loading"], image["decoding"]) == (
        "A “tree” & <leaves>.", "lazy", "async",
    )  # fmt: skip
    assert image["class"] == ["cut-tall", "at-3"]
    assert image["src"] == f"/media/pictures/{tall.digest}/600.jpg"
    widths = ("320", "480", "600")
    assert tree.source["type"] == "image/webp"
    for tag, ending in ((tree.source, "webp"), (image, "jpg")):
        assert tag["srcset"].split(", ") == [
            f"/media/pictures/{tall.digest}/{w}.{ending} {w}w" for w in widths
        ]
        assert tag["sizes"] == "(min-width: 632px) 600px, calc(100vw - 32px)"
    assert words(tree.figcaption) == "It grows3. Picture: Ann. CC BY 4.0."
    assert leaf.img["alt"] == ""
    assert (leaf.img["width"], leaf.img["height"]) == ("400", "300")
    assert not leaf.img.get("class")
    assert leaf.figcaption.a["href"] == "https://example.org/leaf"
    assert leaf.find_parent(class_="prose")
    assert words(leaf.find_previous_sibling()) == "See."


def test_a_picture_costs_no_query_more(house, shown, client):
    with CaptureQueriesContext(connection) as queries:
        client.get(ARTICLE)
    assert len(queries) <= 8
    assert not any("picture" in query["sql"].partition(" FROM ")[2] for query in queries)


def test_a_tall_picture_in_a_text_fits_a_screen_as_a_whole(shown):
    body = IN_TEXT.replace("leaf", "tree")
    shown.publish(replaced(shown.illustrated, body=body, **AGAIN), entries=[shown.article])
    _leading, placed = shown.read(ARTICLE).select("figure img")
    assert (placed["width"], placed["height"]) == ("320", "640")
    assert not placed.get("class")


@pytest.mark.parametrize("token", ["[[picture:leaf]]", "[[forms:magnesium]]"])
def test_a_place_in_an_address_breaks_no_markup(token):
    html = f'<p><a href="https://example.org/?q={token}">Leaf</a></p>'
    made = dict.fromkeys(("picture", "forms"), lambda key: "<figure></figure>")
    assert filled(html, str, made) == html
    after = f"{html}<p>{token}</p>"
    assert filled(after, str, made) == f"{html}<figure></figure>"


def test_a_supplement_shows_pictures_too(house):
    picture = factories.picture(house.editor)
    document = factories.supplement_document(
        house.editor,
        body="<p>[[picture:salt]]</p>",
        pictures=[{"key": "salt", "picture": picture.digest, "alt": "Salt.", "leads": True}],
    )
    house.publish(document, entries=[house.supplement])
    leading, placed = house.read(SUPPLEMENT).select("figure img")
    assert leading["alt"] == placed["alt"] == "Salt."


def test_programs_get_it_too(shown, client):
    tall, _small = shown.pictures
    text = client.get(MARKDOWN).content.decode()
    assert f"/media/pictures/{tall.digest}/600.jpg)" in text
    assert "![A “tree” & \\<leaves>.](" in text
    assert "It grows" in text
    graph = json.loads(soup(client.get(ARTICLE)).select_one("[type='application/ld+json']").string)
    assert schema_org.faults(graph) == []
    [page] = [node for node in graph["@graph"] if "primaryImageOfPage" in node]
    assert page["primaryImageOfPage"] == {
        "@type": "ImageObject",
        "contentUrl": f"http://127.0.0.1:8000/media/pictures/{tall.digest}/600.jpg",
        "description": "A “tree” & <leaves>.",
        "creditText": "Ann",
        "copyrightNotice": "CC BY 4.0",
    }
    assert page["image"].startswith("http://127.0.0.1:8000/og/")


def test_a_past_page_shows_the_picture_that_it_had(shown, client):
    shown.publish(replaced(shown.document, **AGAIN), entries=[shown.article])
    Figure.objects.all().delete()
    Picture.objects.update(credit="Somebody else", licence="", files={})

    past = soup(client.get(f"{ARTICLE}history/2/"))

    assert "Picture: Ann. CC BY 4.0." in words(past.figure)
    tall, _small = shown.pictures
    assert client.get(f"/media/pictures/{tall.digest}/480.webp").status_code == 200
    assert client.get(ARTICLE).content.decode().count("<figure") == 0
    compared = soup(client.get(f"{ARTICLE}history/compare/?from=1&to=2"))
    assert {img["src"].rpartition("/")[2] for img in compared.select("ins img")} == {"320.webp"}


def test_what_is_said_of_a_picture_is_found(shown, client):
    found = soup(client.get("/search/?q=leaves"))
    assert found.select_one(".results a")["href"].startswith(ARTICLE)


def test_a_picture_is_withdrawn_with_its_last_page_for_a_legal_reason(shown, client):
    tall, small = (f"/media/pictures/{picture.digest}/320.jpg" for picture in shown.pictures)
    figure = {"key": "leaf", "picture": shown.pictures[1].digest, "alt": "A leaf."}
    document = factories.article_document(
        shown.editor, "other", title="Other", pictures=[figure], body="<p>[[picture:leaf]]</p>"
    )
    other = shown.publish(document)[0]
    etag = client.get(tall)["ETag"]

    verbs.withdraw(shown.article, by=shown.publisher, reason="legal", clock=shown.clock)
    with CaptureQueriesContext(connection) as queries:
        gone = client.get(tall, headers={"If-None-Match": etag})
    assert len([query for query in queries if "publishing_editiontie" in query["sql"]]) == 1
    assert (gone.status_code, gone["Cache-Control"]) == (410, "private, no-store")
    assert client.get(small).status_code == 200

    verbs.withdraw(other, by=shown.publisher, reason="out_of_date", clock=shown.clock)
    assert client.get(small).status_code == 200
    client.force_login(shown.editor)
    seen = client.get(tall)
    assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-store")
