"""The picture of a page, and what its head says to sites that show a link to it."""

import io

import pytest
from django.core.cache import cache
from PIL import Image, ImageChops

from publishing import cards, models, verbs
from publishing.card_drawing import draw
from publishing.documents import replaced
from tests.reading.house import ARTICLE, soup


def said(client, path: str) -> dict[str, str]:
    """Return what the head of a page says by Open Graph."""
    tags = soup(client.get(path)).select("meta[property]")
    return {tag["property"]: tag["content"] for tag in tags}


def picture_path(client, path: str = ARTICLE) -> str:
    return said(client, path)["og:image"].removeprefix("http://127.0.0.1:8000")


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_the_head_names_the_page_and_its_picture(house, client, settings):
    page, home = said(client, ARTICLE), said(client, "/")

    assert page["og:title"] == "Does magnesium and muscles help?"
    assert page["og:description"] == "Perhaps, if you are short of it."
    assert page["og:url"] == f"{settings.SITE_URL}{ARTICLE}"
    assert page["og:type"] == "article"
    assert page["article:published_time"].startswith("2026-03-02T09:00:")
    assert home["og:type"] == "website"
    head = soup(client.get(ARTICLE)).head
    assert head.select_one("link[rel=canonical]")["href"] == page["og:url"]
    assert head.select_one("meta[name='twitter:card']")["content"] == "summary_large_image"
    assert head.select_one("link[type='text/markdown']")["href"] == (
        "/articles/magnesium-and-muscles.md"
    )
    topic = said(client, "/topics/magnesium/")
    assert (topic["og:title"], topic["og:url"]) == (
        "Magnesium",
        f"{settings.SITE_URL}/topics/magnesium/",
    )
    feeds = soup(client.get("/topics/magnesium/")).select("link[type='application/atom+xml']")
    assert [feed["href"] for feed in feeds] == ["/feed.atom", "/topics/magnesium/feed.atom"]
    assert said(client, "/articles/")["og:title"] == "Articles"
    for path in (ARTICLE, "/"):
        response = client.get(picture_path(client, path))
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert drawn(response.content).size == (1200, 630)


def test_lists_people_and_histories_have_names_and_pictures_of_their_own(house, client):
    house.publish(replaced(house.document, title="Cramps & more?"), entries=[house.article])
    named = {
        "/": "Health pages",
        "/articles/": "Articles",
        "/topics/": "Topics",
        "/topics/magnesium/": "Magnesium",
        "/a-z/?letter=D": "From A to Z: D",
        "/search/": "Search",
        "/contributors/": "Who writes and reviews",
        "/contributors/eddie/": "Eddie",
        "/corrections/": "Corrections",
        f"{ARTICLE}history/": "Every text of “Cramps & more?”",
    }
    days = "2 March 2026 – 2 March 2026"
    named[f"{ARTICLE}history/compare/"] = f"What changed in “Cramps & more?”: {days}"
    heads = {path: said(client, path) for path in named}

    assert {path: head["og:title"] for path, head in heads.items()} == named
    assert {path: head["og:image:alt"] for path, head in heads.items()} == named
    assert len({head["og:image"] for head in heads.values()}) == len(named)
    for path in named:
        assert client.get(picture_path(client, path)).status_code == 200
    site = models.Site.current()
    card = cards.of_site(site, named[f"{ARTICLE}history/"])
    assert heads[f"{ARTICLE}history/"]["og:image"] == cards.address(card)
    models.Site.objects.update(tagline="Other words.")
    assert client.get(picture_path(client, "/topics/")).status_code == 200
    old = heads["/topics/"]["og:image"].removeprefix("http://127.0.0.1:8000")
    assert client.get(old).status_code == 404


def test_no_picture_has_words_of_strangers(house, client):
    assert picture_path(client, "/search/?q=muscles") == picture_path(client, "/search/")
    wanted = cards.of_site(models.Site.current(), "Take bleach")
    real = cards.address(wanted)
    assert client.get(real).status_code == 200
    body, _dot, rest = real.rpartition("/")[2].partition(".")
    for forged in (f"{body}x.{rest}", f"{body}.{'A' * 43}{rest[43:]}", f".{body}.{rest}"):
        assert client.get(f"/og/{forged}").status_code == 404


def test_the_sites_own_picture_speaks_the_language_of_its_page(house, client):
    spoken = {"languages": ["en", "es"], "tagline": "Answers."}
    models.Site.objects.update(said_in={"es": {"tagline": "Respuestas."}}, **spoken)
    english, spanish = picture_path(client, "/"), picture_path(client, "/es/")

    assert english != spanish
    assert client.get(english).content != client.get(spanish).content
    assert client.get(spanish).status_code == 200


def test_a_picture_is_kept_for_good_and_moves_with_what_stands_on_it(house, client):
    cache.clear()
    path = picture_path(client)
    first, again = client.get(path), client.get(path)

    assert first.content == again.content
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert not first.cookies
    house.publish(replaced(house.document, title="Another title?"), entries=[house.article])
    assert picture_path(client) != path
    assert client.get(path).status_code == 404


def test_no_other_picture_is_drawn(house, client):
    path = picture_path(client)
    for wrong in (
        path.replace(".png", "0.png"), path[:-5] + ("0" if path[-5] != "0" else "1") + ".png",
        "/og/site-0000000000000000.png", f"/og/{house.cramps.uid.hex}-0000000000000000.png",
        "/og/x.png", "/og/-.png", f"/og/{'f' * 3000}.png", "/og/..%2fx.png",
    ):  # fmt: skip
        assert client.get(wrong).status_code == 404, wrong
    verbs.withdraw(house.article, by=house.publisher, reason="legal", clock=house.clock)
    assert client.get(path).status_code == 404


def test_a_picture_takes_one_query_of_its_own(house, client, django_assert_max_num_queries):
    path = picture_path(client)
    # The site's row, the edition, and on PostgreSQL the time.
    with django_assert_max_num_queries(3):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "title",
    ["Short", "Long words " * 40, "Unbreakable" * 40, "האם מגנזיום עוזר?", "هل يساعد المغنيسيوم؟"],
)
def test_any_title_is_drawn_the_same_each_time_within_the_picture(title):
    content = draw(title, "Health", "Reviewed 2 March", "#0b5d5e")
    picture = drawn(content).convert("L")

    assert content == draw(title, "Health", "Reviewed 2 March", "#0b5d5e")
    without = drawn(draw("", "Health", "Reviewed 2 March", "#0b5d5e")).convert("L")
    ink = ImageChops.difference(picture, without).point([0] * 40 + [255] * 216)
    left, top, right, bottom = ink.getbbox()
    assert left >= 100
    assert right <= 1130
    assert 150 <= top < bottom <= 530
    is_rtl = title[0] in "הه"
    assert (right > 1100) if is_rtl else (left < 125)


def test_the_line_below_is_cut_only_where_there_is_no_room():
    line = "Plain answers about muscles and four supplements, with the source of every claim."
    cut = "Plain answers about muscles and four supplements, with the"

    def differ(title: str, start: str) -> bool:
        """Say whether a longer line makes another picture."""
        return draw(title, "", start, "#0b5d5e") != draw(title, "", f"{start} 1 2 3", "#0b5d5e")

    assert differ("Health", line)
    assert differ("Health", cut)
    # Four lines of the largest letters.
    title = "Why do muscles cramp at night, and does magnesium really stop that from?"
    assert not differ(title, f"{line} {line}")
    plain, full = (drawn(draw("Health", "", said, "#0b5d5e")) for said in ("", line))
    ink = ImageChops.difference(plain.convert("L"), full.convert("L"))
    left, top, right, bottom = ink.point([0] * 40 + [255] * 216).getbbox()
    assert (left >= 100, right <= 1130, bottom <= 585) == (True, True, True)
    # Two lines.
    assert 60 < bottom - top < 90


def test_letters_that_no_font_has_leave_no_boxes():
    nothing = draw("", "Health", "Reviewed 2 March", "#0b5d5e")

    assert draw("镁有助于肌肉吗？", "Health", "Reviewed 2 March", "#0b5d5e") == nothing
    assert draw("Iron 😀", "Health", "", "#0b5d5e") == draw("Iron", "Health", "", "#0b5d5e")


def test_the_picture_takes_the_colour_of_the_site(house, client):
    models.Site.objects.update(colour="#aa0000")

    picture = drawn(client.get(picture_path(client)).content).convert("RGB")

    assert picture.getpixel((5, 300))[0] > 140
    assert picture.getpixel((5, 300))[1] < 30
