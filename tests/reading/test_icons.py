"""The site's icon: linked by every page, and where programs ask unbidden."""

import io

from PIL import Image

from publishing import models
from tests.reading.house import soup


def links(client) -> list[str]:
    page = soup(client.get("/nothing/"))
    return [tag["href"] for tag in page.select("link[rel~=icon], link[rel=apple-touch-icon]")]


def test_the_icon_is_the_sites_own_and_kept_for_good_where_it_is_linked(house, client):
    models.Site.objects.update(name="«Iron» pages", colour="#aa0000")
    pictures = {path: client.get(path) for path in links(client)}

    assert [Image.open(io.BytesIO(a.content)).size[0] for a in pictures.values()] == [96, 180]
    for answer in pictures.values():
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        drawn = Image.open(io.BytesIO(answer.content))
        middle = drawn.size[0] // 2
        # The stem of the I.
        assert (drawn.getpixel((2, 2)), drawn.getpixel((middle, middle))) == (
            (170, 0, 0), (255, 255, 255),
        )  # fmt: skip
    models.Site.objects.update(colour="#00aa00")
    assert not set(links(client)) & set(pictures)
    for path in pictures:
        assert "immutable" not in client.get(path)["Cache-Control"]


def test_programs_that_ask_unbidden_get_it_too(house, client):
    for path, kind, form in (
        ("/favicon.ico", "image/x-icon", "ICO"),
        ("/apple-touch-icon.png", "image/png", "PNG"),
    ):
        answer = client.get(path)

        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert Image.open(io.BytesIO(answer.content)).format == form
        assert answer["Cache-Control"] == "public, max-age=86400"
        again = client.get(path, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
        assert not answer.cookies
    assert client.get("/icon-5000-x.png").status_code == 404
    # A name whose letter no font has, or that has none.
    for name in ("镁", "!", ""):
        models.Site.objects.update(name=name)
        assert client.get("/favicon.ico").status_code == 200
