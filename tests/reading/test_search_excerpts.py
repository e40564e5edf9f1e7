"""The passage that a result shows, and that it leads to it."""

from publishing import search
from publishing.documents import replaced
from publishing.search.excerpts import LENGTH
from tests.reading.house import ARTICLE, SUPPLEMENT


def excerpt(found, path):
    [result] = [result for result in found.results if result.edition.path == path]
    return result


def marked(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.marked]


PASSAGES = [
    ("perhaps", ARTICLE, "quick-summary"),
    ("ambulance", ARTICLE, "get-help"),
    ("need", ARTICLE, "key-points"),
    ("nuts", ARTICLE, "how"),
    ("eat well", ARTICLE, "the-bottom-line"),
    ("used", ARTICLE, "references-2"),
    ("kidney", SUPPLEMENT, "ask-first"),
    ("oxide", SUPPLEMENT, "forms"),
    ("us canada", SUPPLEMENT, "limits"),
    ("antibiotics", SUPPLEMENT, "interactions"),
    ("short", "/faq/does-it-help/", "in-short"),
]
HEADINGS = {"how": "How", "the-bottom-line": "The bottom line", "in-short": "In short"}


def test_an_excerpt_leads_to_a_passage_that_is_on_the_page(house):
    for typed, path, anchor in PASSAGES:
        result = excerpt(search.find(typed, house.clock.at), path)

        assert result.address == f"{path}#{anchor}"
        assert house.read(path).find(id=anchor) is not None
        assert marked(result.excerpt.pieces), typed
        assert result.excerpt.heading == HEADINGS.get(anchor, result.excerpt.heading)


def test_no_citation_or_token_is_shown_or_found(house):
    result = excerpt(search.find("used", house.clock.at), ARTICLE)
    assert "[" not in "".join(piece.text for piece in result.excerpt.pieces)
    assert not search.find("smith2020", house.clock.at).anywhere


def test_the_passage_with_most_of_the_words_is_shown_round_the_first(house):
    much = "Nothing of the kind. " * 30
    body = (
        f"<h2>One</h2><p>Selenium. {much}</p>"
        f"<h2>Two</h2><p>{much} Chromium goes with selenium in this one. {much}</p>"
        "<h2>The bottom line</h2><p>Eat well.</p>"
    )
    house.publish(replaced(house.document, body=body), entries=[house.article])
    result = excerpt(search.find("selenium chromium", house.clock.at), ARTICLE)

    assert result.excerpt.heading == "Two"
    assert marked(result.excerpt.pieces) == ["Chromium", "selenium"]
    text = "".join(piece.text for piece in result.excerpt.pieces)
    assert (text[:8], text[-2:]) == ("Nothing ", " …")
    assert len(text) < LENGTH + 10


def test_an_excerpt_says_whether_it_begins_within_a_sentence(house):
    much = "This says “nothing.” " * 15
    long = "It is quite a long way from here on until at last one comes to the word of"
    short = "This one, as everybody knows who has been here before, is of"
    body = (
        f"<h2>One</h2><p>Ask first if you take:</p><ul><li>selenium, or {much}</li></ul>"
        f"<h2>Two</h2><p>{much}{short} chromium.</p>"
        f"<h2>Three</h2><p>{much}{long} molybdenum.</p>"
        f"<h2>Four</h2><p>“Cobalt” is here.</p>"
    )
    house.publish(replaced(house.document, body=body), entries=[house.article])
    begun = {}
    for word in ("selenium", "chromium", "molybdenum", "cobalt"):
        [result] = search.find(word, house.clock.at).results
        begun[word] = "".join(piece.text for piece in result.excerpt.pieces)[:9]

    assert begun == {
        "selenium": "… seleniu", "chromium": "This one,", "molybdenum": "… long wa",
        "cobalt": "“Cobalt” ",
    }  # fmt: skip


def test_titles_are_marked_too_whatever_their_letters(house):
    title = "<b>Œdème</b> & Sjögren"
    house.publish(replaced(house.document, title=title), entries=[house.article])
    [result] = search.find("sjogren", house.clock.at).results

    assert marked(result.title) == ["Sjögren"]
    assert "".join(piece.text for piece in result.title) == title
