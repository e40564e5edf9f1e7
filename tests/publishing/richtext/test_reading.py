import re

from bs4 import BeautifulSoup
from hypothesis import given, settings

from publishing.richtext import (
    Block,
    Heading,
    blocks,
    clean,
    headings,
    to_text,
    with_heading_anchors,
    word_count,
)
from tests.publishing.richtext.markup import SOUP

TEXT = clean(
    "<p>Lead [@a2020].</p><h2>Signs &amp; “symptoms”</h2><p>Weak<br>legs</p>"
    "<ul><li>one <b>two</b><ul><li>three</li></ul></li></ul>"
    "<h3>Signs symptoms [@b]</h3><table><caption>Doses</caption><tr><th scope=row>A<td>5&nbsp;mg"
    "</table>"
)


def test_blocks_say_where_each_text_stands():
    first, second = "Signs & “symptoms”", "Signs symptoms [@b]"
    assert blocks(TEXT) == [
        Block("p", "", "Lead [@a2020]."),
        Block("h2", "", first),
        Block("p", first, "Weak legs"),
        Block("li", first, "one two"),
        Block("li", first, "three"),
        Block("h3", first, second),
        Block("caption", second, "Doses"),
        Block("th", second, "A"),
        Block("td", second, "5 mg"),
    ]


def test_plain_text_keeps_blocks_apart_and_words_leave_tokens_out():
    assert to_text("<p>a<strong>b</strong></p>\n<p>&lt;c&gt;</p>") == "ab <c>"
    assert word_count(clean("<p>It – is 5&nbsp;mg [@a; @b]. [[forms:zinc]]</p>")) == 4


def test_anchors_are_made_of_the_words_and_unique():
    assert headings(TEXT) == (
        Heading(2, "Signs & “symptoms”", "signs-symptoms"),
        Heading(3, "Signs symptoms", "signs-symptoms-2"),
    )
    assert headings("<h2>?</h2>", taken={"section"})[0].anchor == "section-2"
    anchored = with_heading_anchors(TEXT)
    assert '<h2 id="signs-symptoms">Signs &amp; “symptoms”</h2>' in anchored
    assert '<h3 id="signs-symptoms-2">Signs symptoms [@b]</h3>' in anchored
    assert clean(anchored) == TEXT


@given(SOUP)
@settings(max_examples=100, deadline=None)
def test_every_heading_gets_an_anchor_of_its_own(markup):
    html = clean(markup)
    found = [heading.anchor for heading in headings(html)]
    ids = [tag["id"] for tag in BeautifulSoup(with_heading_anchors(html), "lxml").select("[id]")]
    assert ids == found
    assert len(set(found)) == len(found) == len(re.findall("<h[234]", html))
