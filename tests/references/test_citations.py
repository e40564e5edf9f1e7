import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from references.citations import (
    CitationItem,
    Numbering,
    ResolvedReference,
    find,
    keys,
    replace,
)

STANDING = {"r": {"status": "retracted"}}
LIBRARY = {
    key: ResolvedReference(f"uid-{key[0]}", {"title": key}, STANDING.get(key[0], {}))
    for key in ("a", "a-again", "b", "c", "retracted")
}
PART = st.sampled_from(
    ["[", "]", "@", "[@a", "; @b]", "@c, p. 1]", "&nbsp;", "&amp;", "<b>", "</b>"]
    + ["<a href='[@a]'>", "</a>", "<", ">", " ", "me@site.example", "é", "word", "-@a"]
    + ["[@a]", "[[forms:x]]", "."]
)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("[@a]", [("a", "", "")]),
        ("[@a; @b]", [("a", "", ""), ("b", "", "")]),
        ("[@a;&nbsp;@b]", [("a", "", ""), ("b", "", "")]),
        ("[@a, @b]", [("a", "", ""), ("b", "", "")]),
        ("[@a, p. 12]", [("a", "p. 12", "")]),
        ("[@a p.&nbsp;12]", [("a", "p. 12", "")]),
        ("[see @a, pp. 3–4; also @b]", [("a", "pp. 3–4", "see"), ("b", "", "also")]),
        ("[@a, p. 1, and @b]", [("a", "p. 1, and", ""), ("b", "", "")]),
        ("[-@a]", [("a", "", "")]),
        ("[@a.]", [("a", ".", "")]),
        ("[@doe:2020.x-1_y/z+q]", [("doe:2020.x-1_y/z+q", "", "")]),
        ("[@a&amp;b]", [("a&b", "", "")]),
        ("[@gröber2015]", [("gröber2015", "", "")]),
        ("[<em>see</em> <strong>@a</strong>]", [("a", "", "see")]),
    ],
)
def test_one_citation_is_read(text, items):
    (group,) = find(f"x {text} y", html=True)
    assert (group.start, group.end) == (2, 2 + len(text))
    assert group.items == tuple(CitationItem(*item) for item in items)


@pytest.mark.parametrize(
    "text",
    ["[a]", "[@a", "@a", "@a]", "[]", "[@]", "[mail me@site.example]", "[me@site.example; x]"]
    + ["[a-@b]", "[@a.b@site.example]", "[[forms:magnesium]]", "[[@a]]", "[@a <em>b]</em>"]
    + ["[@a<p>b</p>]", '<img alt="[@a]">', '<a href="/x" title="[@a]">'],
)
def test_what_is_no_citation_is_left_alone(text):
    assert find(text, html=True) == ()
    assert Numbering().cite(text, LIBRARY.get) == text


def test_keys_come_once_in_the_order_of_the_text():
    assert keys("[@b; @a] [@a] <p>[@c]</p>", html=True) == ("b", "a", "c")


def test_replace_gives_each_citation_to_the_function():
    assert replace("x [@a] y [@b; @c]", lambda g: f"({len(g.items)})", html=True) == "x (1) y (2)"


@given(st.lists(PART, max_size=25).map("".join))
def test_nothing_outside_the_citations_changes(text):
    groups = find(text, html=True)
    assert all(g.items and text[g.start] == "[" and text[g.end - 1] == "]" for g in groups)
    assert replace(text, lambda group: text[group.start : group.end], html=True) == text
    assert keys(text, html=True) == tuple(
        dict.fromkeys(item.key for g in groups for item in g.items)
    )


@pytest.mark.parametrize("hostile", ["[", "[@", "[@a", "<a ", "[@a.", "[@a;", "&nbsp;[@a]", "]@["])
def test_reading_takes_time_in_proportion_to_the_text(hostile):
    text = hostile * (400_000 // len(hostile))
    # Anything quadratic takes minutes, and no test may (faulthandler_timeout).
    assert Numbering().cite(text + " " * 100_000 + "[@a]", LIBRARY.get)


# Numbers


def test_references_are_numbered_in_order_of_appearance_and_keep_their_number():
    page = Numbering()
    first = page.cite("<p>One [@b]. Two [@a; @b].</p>", LIBRARY.get)
    second = page.cite("<p>Three [@a].</p>", LIBRARY.get)
    assert first == (
        '<p>One<sup class="citations"><a href="#ref-1" id="cite-1-1" class="citation" '
        'aria-label="Reference 1">1</a></sup>. Two<sup class="citations">'
        '<a href="#ref-2" id="cite-2-1" class="citation" aria-label="Reference 2">2</a>,'
        '<a href="#ref-1" id="cite-1-2" class="citation" aria-label="Reference 1">1</a></sup>.</p>'
    )
    assert 'id="cite-2-2"' in second
    assert [(e.number, e.uid, e.anchor, e.back_ids) for e in page.entries] == [
        (1, "uid-b", "ref-1", ["cite-1-1", "cite-1-2"]),
        (2, "uid-a", "ref-2", ["cite-2-1", "cite-2-2"]),
    ]
    assert page.entries[0].csl == {"title": "b"}


def test_two_keys_of_one_reference_share_a_number():
    page = Numbering()
    shown = page.cite("[@a; @a-again] [@a-again]", LIBRARY.get)
    assert len(page.entries) == 1
    assert shown.count("<a ") == 2
    assert page.entries[0].back_ids == ["cite-1-1", "cite-1-2"]


def test_a_key_without_a_reference_is_left_out_and_recorded():
    page = Numbering()
    shown = page.cite("<p>One&nbsp;[@x; @y]. Two [@x; @a].</p>", LIBRARY.get)
    assert shown.startswith("<p>One. Two<sup")
    assert page.unresolved == ("x", "y")
    assert [entry.uid for entry in page.entries] == ["uid-a"]


def test_the_accessible_name_carries_locator_and_retraction():
    page = Numbering(label="Source {number}", retracted_label="withdrawn")
    shown = page.cite('[see @a, p. 1 "x"] [@retracted]', LIBRARY.get)
    first, second = BeautifulSoup(shown, "html.parser").find_all("a")
    assert first["aria-label"] == 'Source 1, see, p. 1 "x"'
    assert second["aria-label"] == "Source 2, withdrawn"
    assert second.get_text() == "2 withdrawn"


def test_a_citation_inside_a_link_is_no_link_in_a_link():
    page = Numbering()
    shown = page.cite('<a href="/x/">one [@a]</a> two [@a]', LIBRARY.get)
    soup = BeautifulSoup(shown, "html.parser")
    assert not soup.select("a a")
    assert soup.select_one("a > sup > span")["id"] == "cite-1-1"
    assert soup.select_one("sup > a")["id"] == "cite-1-2"


def test_plain_text_is_escaped_and_numbered():
    shown = Numbering().cite_text("5 < 6 & <b> [@a]", LIBRARY.get)
    assert shown.startswith("5 &lt; 6 &amp; &lt;b&gt;<sup")
    assert Numbering().cite_text("[@a&b]", {"a&b": LIBRARY["a"]}.get).startswith("<sup")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("is <low [@a] or >high", ("a",)),
        ("[@a <b>, see @b]", ("a", "b")),
        ("[@a&amp;b]", ("a&amp",)),
        ("<p title='[@c]'>", ("c",)),
    ],
)
def test_a_plain_text_has_no_tags_and_what_is_shown_is_what_is_frozen(text, cited):
    page = Numbering()
    page.cite_text(text, lambda key: None)
    assert keys(text, html=False) == page.unresolved == cited


def test_a_reference_can_be_listed_without_a_citation():
    page = Numbering()
    page.cite("[@b]", LIBRARY.get)
    assert page.add(LIBRARY["c"]).number == 2
    assert page.add(LIBRARY["b"]).number == 1
    assert [entry.back_ids for entry in page.entries] == [["cite-1-1"], []]


@given(st.lists(PART, max_size=25).map("".join))
def test_every_link_of_a_page_has_its_entry_and_every_entry_its_links(text):
    page = Numbering()
    shown = page.cite_text(text, LIBRARY.get)
    soup = BeautifulSoup(shown, "html.parser")
    ids = [link["id"] for link in soup.select("a.citation")]
    assert sorted(ids) == sorted(back for entry in page.entries for back in entry.back_ids)
    assert [entry.number for entry in page.entries] == list(range(1, len(page.entries) + 1))
    assert {link["href"] for link in soup.select("a")} == {f"#{e.anchor}" for e in page.entries}
    assert set(page.unresolved) == {key for key in keys(text, html=False) if key not in LIBRARY}
    assert not re.search(r"<(?!/?(a|sup|span)[ >])", shown)


@pytest.mark.parametrize(
    ("first", "second", "both"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_reference_is_cited_as_retracted_where_every_text_does_so(first, second, both):
    page = Numbering()
    standing = [{"status": "retracted"}, {}]
    for known, kept in zip(standing, (first, second), strict=True):
        page.add(ResolvedReference("uid-a", {"title": "a"}, known, as_retracted=kept))
    [entry] = page.entries
    assert (entry.reference.retracted, entry.reference.as_retracted) == (True, both)


def test_a_reference_is_listed_as_retracted_where_any_text_knew_it_so():
    page = Numbering()
    known = ResolvedReference("uid-a", {"title": "a"}, {"status": "retracted"})
    page.cite("[@a]", LIBRARY.get)
    page.cite("[@a]", lambda key: known)
    page.cite("[@a]", LIBRARY.get)

    assert [entry.reference for entry in page.entries] == [known]
