"""Markdown says what the HTML says: read by markdown-it-py, it is the same words and marks."""

import re
from urllib.parse import unquote

from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from publishing.markdown import to_markdown
from publishing.richtext import ALLOWED, clean, from_text
from tests.publishing.richtext.markup import SOUP

ADDRESS = "https://site.example/articles/x/"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What Markdown, GFM and HTML give a meaning to, and what they build it with.
SIGNS = st.lists(
    st.sampled_from([*"\\`*_{}[]()<>#+-.!|~=:&;/@\"' \n19ax\u00a0é”", "&amp;", "](#a", "\n\n"])
).map("".join)


def read(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(READER.render(markdown), "lxml")


def letters(page: BeautifulSoup) -> str:
    return re.sub(r"[ \t\n\r\f\v•]+", "", page.get_text())


@given(SIGNS)
@example("1. a")
@example("a\\\n- b")
@example("*a* __b__ <b>c</b> [d](#a) ![e](f) `g` ~~h~~ &copy; # i #")
@settings(max_examples=300, deadline=None)
def test_what_looks_like_markdown_is_read_as_the_words_that_were_typed(text):
    html = from_text(text)
    page = read(to_markdown(html, ADDRESS))

    assert letters(page) == letters(BeautifulSoup(html, "lxml"))
    assert {tag.name for tag in page.find_all(True)} <= {"html", "body", "p", "ul", "li"}


@given(SOUP)
@example("<p>a<b>b</b><i>c</i><b><i>d</i></b> un<i>believ</i>able <b>(e)</b>f</p>")
@example("<ul><li>a<ul><li>b</ul></ul><ul><li>c</ul><ol start=3><li>d<p>e</ol>")
@example("<table><tr><th colspan=2>a|b<td><ul><li>c<li>d</ul></table><blockquote># e</blockquote>")
@example('<p><a href="/a(b)&amp;copy;c">`d`</a><code>``e|f`</code><br>- g<br>=</p>')
@settings(max_examples=300, deadline=None)
def test_any_text_of_the_allow_list_keeps_its_words_and_marks(markup):
    html = clean(markup)
    written, page = BeautifulSoup(html, "lxml"), read(to_markdown(html, ADDRESS))

    assert letters(page) == letters(written)
    for tag in ("h2", "h3", "h4", "blockquote", "sup", "sub", "strong", "em"):
        assert [letters(t) for t in page(tag)] == [letters(t) for t in written(tag)], tag
    for tag in ("ul", "ol", "li"):
        assert len(page(tag)) == len([t for t in written(tag) if not t.find_parent("table")]), tag
    addresses = [unquote(a["href"]) for a in page("a")]
    assert len(addresses) == len([a for a in written("a") if a.get_text().strip()])


def test_every_tag_of_the_allow_list_is_written():
    text = (
        "<h2>H2</h2><h3>H3</h3><h4>H4</h4><p>A <strong>b</strong> <em>c</em> x<sup>2</sup> "
        'H<sub>2</sub>O <code>d</code><br><a href="/faq/e/">e</a> <a href="#f">f</a> '
        '<img src="/media/g.png" alt="g"> <img src="/media/h.png" alt="" role="presentation"></p>'
        "<ul><li>i<ul><li>j</li></ul></li></ul>"
        '<ol start="3"><li>k</li><li><p>l</p><p>m</p></li></ol>'
        "<blockquote><p>n</p><p>o</p></blockquote><table><caption>p</caption><thead><tr>"
        '<th scope="col">q</th><th>r</th></tr></thead><tbody><tr><th scope="row" rowspan="2">s</th>'
        "<td>t|u</td></tr><tr><td><ul><li>v</li><li>w</li></ul></td></tr></tbody></table>"
    )
    assert {t.name for t in BeautifulSoup(clean(text), "html.parser")(True)} == set(ALLOWED)

    assert to_markdown(clean(text), ADDRESS) == (
        "## H2\n\n### H3\n\n#### H4\n\n"
        "A **b** *c* x<sup>2</sup> H<sub>2</sub>O `d`\\\n[e](https://site.example/faq/e/) "
        "[f](https://site.example/articles/x/#f) ![g](https://site.example/media/g.png)\n\n"
        "- i\n\n  - j\n\n3. k\n\n4. l\n\n   m\n\n> n\n>\n> o\n\np\n\n"
        "| q | r |\n| --- | --- |\n| s | t\\|u |\n|  | • v<br>• w |\n"
    )


def test_a_citation_is_its_number_in_brackets_and_leads_to_the_list():
    cited = (
        '<p>It may<sup class="citations"><a href="#ref-1" id="cite-1-1" class="citation">1</a>,'
        '<a href="#ref-12" id="cite-12-1" class="citation">12</a></sup>.</p>'
    )
    assert to_markdown(cited, ADDRESS) == ("It may[[1]](#references)[[12]](#references).\n")


def test_marks_are_signs_where_they_are_read_as_marks_and_html_elsewhere():
    marked = (
        "<p><strong>Need:</strong> it <em>“may”</em>, <em>a</em><em>b</em> (<strong>(c)</strong>)"
        "<strong>(d)</strong>e</p>"
    )
    assert to_markdown(marked, ADDRESS) == (
        "**Need:** it *“may”*, *a*<em>b</em> (**(c)**)<strong>(d)</strong>e\n"
    )


def test_what_is_not_read_is_left_out():
    page = (
        '<nav><a href="#x">Menu</a></nav><svg aria-hidden="true"><title>S</title></svg>'
        '<p>A <span aria-hidden="true">●●○○ </span>b<span class="unseen">, c</span>'
        '<!-- d --> <a class="term" href="#word-1">e</a></p><form><p>f</p></form><p hidden>g</p>'
        '<dl><dt>H</dt><dd>i <span class="back">Back to <a href="#cite-1">1</a></span></dd></dl>'
        "<details><summary><h3>J</h3></summary><p>k</p></details>"
        "<details><summary>L</summary><p>m</p></details>"
    )
    assert to_markdown(page, ADDRESS) == ("A b, c e\n\n**H**\n\ni\n\n### J\n\nk\n\n**L**\n\nm\n")
