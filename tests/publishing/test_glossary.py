"""Terms in a text: marked at the first use in a section, and nothing else of the text changes."""

import re
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from faq.documents import TermDocument
from publishing.glossary import LEFT_ALONE, Marks, Vocabulary, Word
from publishing.richtext import clean


def word(*names: str, uid: UUID | None = None, language: str = "en") -> Word:
    document = TermDocument(slug="t", name=names[0], other_names=list(names[1:]), language=language)
    return Word(uid or uuid4(), "/glossary/t/", document, {})


def marked(html: str, *words: Word, **of) -> list[str]:
    """Return the words that are marked in some HTML."""
    soup = BeautifulSoup(Marks(Vocabulary(words), **of).mark(html), "html.parser")
    return [link.get_text() for link in soup.select("a.term")]


PIECES = st.sampled_from(
    ["RDA", "rda", "upper limit", "upper", "limit", "limits", " ", ", ", "&amp;", "amp", "naïve"]
    + ["<p>", "</p>", "<h2>", "</h2>", "<h3>", "</h3>", "<em>", "</em>", "<code>", "</code>"]
    + ['<a href="/rda">', "</a>", "<ul><li>", "</li></ul>", "<sup>", "</sup>", "&nbsp;", "-", "’s"]
    + ['<img src="/media/x.png" alt="upper limit > RDA">', "<", ">", "d’eau", "25(OH)D"]
)
NAMES = [("RDA",), ("upper limit", "limits"), ("upper",), ("amp",), ("naïve",), ("25(OH)D",)]


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_text_stays_as_it_is_but_for_marks_in_running_words(typed):
    html = clean(typed)
    words = [word(*names) for names in NAMES]
    marks = Marks(Vocabulary(words))
    made = marks.mark(html)

    assert re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", made) == html
    soup = BeautifulSoup(made, "html.parser")
    links = soup.select("a.term")
    assert not [link for link in links if link.find_parent([*LEFT_ALONE])]
    assert {link["href"] for link in links} == {f"#{used.anchor}" for used in marks.used}
    sections = re.split(r"<h2>", made)
    for section in sections:
        targets = re.findall(r'class="term" href="(#word-\d+)"', section)
        assert len(targets) == len(set(targets))
    assert [u.first_use for u in marks.used] == [link["id"] for link in links if link.get("id")]


@pytest.mark.parametrize(
    ("names", "html", "found"),
    [
        (("RDA",), "<p>The RDA is set.</p>", ["RDA"]),
        (("RDA",), "<p>The rda, the Rda.</p>", []),
        (("aids",), "<p>AIDS is no aid, and these aids are.</p>", ["aids"]),
        (("sarcopenia",), "<p>Sarcopenia comes late.</p>", ["Sarcopenia"]),
        (("Sarcopenia",), "<p>It is sarcopenia.</p>", ["sarcopenia"]),
        (("vitamin D",), "<p>Vitamin D, not vitamin d.</p>", ["Vitamin D"]),
        (("vitamin D",), "<p>Vitamin&nbsp;D or vitamin\nD</p>", ["Vitamin\xa0D"]),
        (("upper limit",), "An upper\n\nlimit, an upper\nlimit.", ["upper\nlimit"]),
        (("dose",), "<p>A dose-dependent overdose, doses, mini-dose, dose’s.</p>", []),
        (("half-life",), "<p>Its half-life is short.</p>", ["half-life"]),
        (("25(OH)D",), "<p>Your 25(OH)D level.</p>", ["25(OH)D"]),
        (("B&C",), "<p>A B&amp;C test.</p>", ["B&C"]),
        (("amp",), "<p>This &amp; that.</p>", []),
        (("bone",), "<table><caption>Bone</caption><tr><th>Bone</th><td>Bone</td></tr></table>",
         ["Bone"]),
    ],
)  # fmt: skip
def test_whole_words_alone_with_the_capitals_of_abbreviations(names, html, found):
    assert marked(html, word(*names)) == found


def test_the_longest_name_is_taken_and_nothing_inside_it():
    assert marked(
        "<p>The upper intake limit, and an upper shelf. One more upper intake limit.</p>",
        word("upper"),
        word("limit"),
        word("upper intake limit", "UL"),
    ) == ["upper intake limit", "upper"]


def test_once_a_section_and_again_in_the_next_whatever_it_is_called():
    term = word("upper limit", "UL")
    html = "<p>The UL, the upper limit.</p><h2>UL</h2><p>A UL.</p><h3>More</h3><p>The UL.</p>"

    assert marked(html, term) == ["UL", "UL"]

    marks = Marks(Vocabulary([term]))
    first = marks.mark("<p>A UL.</p>")
    with marks.section():
        inside = marks.mark("<p>A UL.</p>")
    after = marks.mark("<p>A UL.</p>")
    assert ["term" in html for html in (first, inside, after)] == [True, True, False]


def test_a_terms_own_page_and_texts_in_another_language_are_left_alone():
    uid = uuid4()
    assert marked("<p>A UL.</p>", word("UL", uid=uid), without=uid) == []
    assert marked("<p>A UL.</p>", word("UL"), language="es") == []


def test_a_name_that_two_languages_share_is_marked_in_each():
    words = [word("zinc", language="es"), word("Zinc", language="en"), word("zinc oxide")]
    for language in ("en", "es"):
        assert marked("<p>It has zinc in it.</p>", *words, language=language) == ["zinc"]
    assert marked("<p>With zinc oxide.</p>", *words, language="es") == ["zinc"]
