"""Pictures at the desk: uploading, refusals that keep what was typed, and the rows of a text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from publishing import kinds
from publishing.models import Figure, Picture
from tests import factories
from tests.forms import form_data, texts

ADD = "/admin/publishing/picture/add/"
TYPED = {"title": "Green leaves", "credit": "Ann", "licence": "CC BY 4.0", "source": ""}
LEAVES = factories.upload(Image.new("RGB", (640, 400), "green"))


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


def send(desk, data: bytes = LEAVES, name: str = "leaves.png", **typed):
    return desk.post(ADD, {**TYPED, **typed, "file": SimpleUploadedFile(name, data)})


def test_a_picture_is_added_and_listed(desk, editor):
    assert send(desk).status_code == 302
    picture = Picture.objects.get()
    assert (picture.title, picture.credit, picture.by) == ("Green leaves", "Ann", editor)
    listed = desk.get(reverse("admin:publishing_picture_changelist")).content.decode()
    assert f"/media/pictures/{picture.digest}/320.webp" in listed
    shown = desk.get(reverse("admin:publishing_picture_change", args=[picture.pk]))
    assert "640 × 400" in shown.content.decode()
    assert 'type="file"' not in shown.content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Not added. The file is empty."),
        (b"<html>", "Not added. This file is no picture, whatever its name says."),
        (
            b"\xff\xd8\xff" + bytes(15_000_001),
            "Not added. The file has 15.1 MB; 15 MB is the most.",
        ),
        (LEAVES[:200], "Not added. The file is damaged"),
        (b"<svg/>", "Not added. An SVG file can hold programs"),
    ],
    ids=["empty", "a page", "huge", "cut short", "svg"],
)
def test_a_refusal_says_why_at_the_file_and_keeps_what_was_typed(desk, data, says):
    response = send(desk, data)
    page = response.content.decode()
    assert response.status_code == 200
    [said] = texts(page, ".field-file .errorlist li")
    assert said.startswith(says)
    assert form_data(page)["title"] == ["Green leaves"]
    assert not Picture.objects.exists()


def test_without_a_file_or_with_another_field_wrong_nothing_is_added(desk):
    page = desk.post(ADD, TYPED).content.decode()
    assert texts(page, ".field-file .errorlist li") == ["Not added. Choose a file."]
    page = send(desk, source="not an address").content.decode()
    assert texts(page, ".field-source .errorlist li")
    [said] = texts(page, ".field-file .errorlist li")
    assert said == "Choose the file again: browsers don't keep it. What you typed is kept."
    assert not Picture.objects.exists()


def test_the_same_picture_leads_to_the_one_that_is_there(desk):
    send(desk)
    page = send(desk, title="Again").content.decode()
    [said] = texts(page, ".field-file .errorlist li")
    assert said.startswith("Not added again. This picture is in the library as “Green leaves”.")
    assert reverse("admin:publishing_picture_change", args=[Picture.objects.get().pk]) in page


@pytest.fixture
def article(editor, clock):
    picture = factories.picture(editor)
    shown = {"key": "leaf", "picture": picture.digest, "alt": "A leaf.", "leads": True}
    document = factories.article_document(editor, pictures=[shown])
    return factories.saved(document, editor, clock).entry


def url_of(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def added(data: dict, picture: Picture, **row) -> dict:
    """Return a form's data with one more picture."""
    number = int(data["pictures-TOTAL_FORMS"][0])
    typed = {"picture": picture.pk, "focal_x": 50, "focal_y": 50, **row}
    rows = {f"pictures-{number}-{name}": value for name, value in typed.items()}
    return {**data, **rows, "pictures-TOTAL_FORMS": number + 1}


def test_an_article_takes_a_picture_and_names_it_after_its_title(desk, article, editor):
    other = factories.picture(editor, (900, 600), title="A cup of tea")
    data = form_data(desk.get(url_of(article)).content.decode())

    response = desk.post(url_of(article), added(data, other, alt="Tea.", focal_x=20))

    assert response.status_code == 302, texts(response.content.decode(), ".errorlist li")
    document = kinds.get("article").to_document(kinds.draft_of(article))
    assert [(f.key, f.alt, f.focal_x, f.leads) for f in document.pictures] == [
        ("leaf", "A leaf.", 50, True),
        ("a-cup-of-tea", "Tea.", 20, False),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"alt": "Tea.", "decorative": "on"}, "A decorative picture has no alternative text."),
        ({"alt": "Tea.", "leads": "on"}, "Another picture leads the page already."),
        ({"alt": "Tea.", "key": "leaf"}, "Two pictures have the same name in the text."),
        ({"alt": "Tea.", "focal_x": "101"}, "less than or equal to 100"),
        ({"alt": "Tea.", "key": "no name"}, "letters, numbers, underscores or hyphens"),
    ],
)
def test_a_row_that_can_not_be_is_refused_with_what_was_typed(desk, article, editor, row, says):
    other = factories.picture(editor, (900, 600))
    data = form_data(desk.get(url_of(article)).content.decode())

    response = desk.post(url_of(article), added(data, other, **row))

    page = response.content.decode()
    assert response.status_code == 200
    assert any(says in said for said in texts(page, ".errorlist li")), texts(page, ".errorlist li")
    assert form_data(page)["pictures-1-alt"] == ["Tea."]
    assert Figure.objects.count() == 1


def test_names_of_pictures_can_be_swapped(desk, article, editor):
    other = factories.picture(editor, (900, 600))
    data = form_data(desk.get(url_of(article)).content.decode())
    desk.post(url_of(article), added(data, other, alt="Tea.", key="tea"))
    data = form_data(desk.get(url_of(article)).content.decode())
    response = desk.post(
        url_of(article), {**data, "pictures-0-key": "tea", "pictures-1-key": "leaf"}
    )
    assert response.status_code == 302, texts(response.content.decode(), ".errorlist li")
    assert list(Figure.objects.order_by("position").values_list("key", flat=True)) == [
        "tea",
        "leaf",
    ]


def test_another_picture_can_lead_whichever_row_it_stands_in(desk, article, editor):
    other = factories.picture(editor, (900, 600))
    data = form_data(desk.get(url_of(article)).content.decode())
    desk.post(url_of(article), added(data, other, alt="Tea.", key="tea"))
    for led, leads in ((0, 1), (1, 0)):
        data = form_data(desk.get(url_of(article)).content.decode())
        del data[f"pictures-{led}-leads"]
        response = desk.post(url_of(article), {**data, f"pictures-{leads}-leads": "on"})
        assert response.status_code == 302, texts(response.content.decode(), ".errorlist li")
        rows = Figure.objects.order_by("position").values_list("leads", flat=True)
        assert list(rows) == [leads == 0, leads == 1]


def test_a_picture_that_a_text_shows_can_not_be_deleted(desk, article, editor):
    used, unused = Picture.objects.get(), factories.picture(editor, (900, 600))
    delete = [reverse("admin:publishing_picture_delete", args=[p.pk]) for p in (used, unused)]
    assert [desk.post(path, {"post": "yes"}).status_code for path in delete] == [403, 302]
    assert list(Picture.objects.all()) == [used]
