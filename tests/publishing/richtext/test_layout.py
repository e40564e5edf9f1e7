import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.richtext import (
    clean,
    to_text,
)
from tests.publishing.richtext.markup import TAGS


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", ""),
        ("<p>&nbsp;</p>\n\t<p></p><p><br></p><h2> </h2><ul><li></li></ul>", ""),
        ("one\ntwo\n\nthree & four", "<p>one two</p>\n<p>three &amp; four</p>"),
        ("<p> a  <b> b </b>c<br /> </p>", "<p>a <strong>b</strong> c</p>"),
        ("<p>a <br>\n b<br></p>", "<p>a<br>b</p>"),
        ("<p>350&nbsp;mg&nbsp; daily&nbsp;</p>", "<p>350&nbsp;mg daily</p>"),
        ("<p>350\xa0mg &ldquo;&eacute;&rdquo;</p>", "<p>350&nbsp;mg “é”</p>"),
        ("<p><b>a</b><b>b</b></p>", "<p><strong>ab</strong></p>"),
        ("<p><b>a</b> <b>b</b></p>", "<p><strong>a</strong> <strong>b</strong></p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>"),
        ("<p>a<ul><li>b</ul>c", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>"),
        ("<ul><li><p>a</p></li></ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("<ul><li>a<p>b</ul>", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"),
        (
            "<ul><li>a</li><ul><li>b</li></ul></ul>",
            "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>",
        ),
        ('<ol start="1"><li>a</ol>', "<ol>\n<li>a</li>\n</ol>"),
        ('<ol start="3"><li>a</ol>', '<ol start="3">\n<li>a</li>\n</ol>'),
        ("<blockquote>a</blockquote>", "<blockquote>\n<p>a</p>\n</blockquote>"),
        (
            "<table border=1><tr><th scope=COL colspan=1>a<td rowspan='2'><p>b</p><td>&nbsp;"
            "<tfoot><tr><td>c",
            '<table>\n<tbody>\n<tr><th scope="col">a</th><td rowspan="2">b</td><td></td></tr>\n'
            "<tr><td>c</td></tr>\n</tbody>\n</table>",
        ),
        (
            "<table><caption>a</caption><caption>b</caption><tr><td>c</table>",
            "<table>\n<caption>a b</caption>\n<tbody>\n<tr><td>c</td></tr>\n</tbody>\n</table>",
        ),
        ("<table><caption>a</table>", "<p>a</p>"),
        (
            "<table><caption>T</caption><thead><tr><th>a</thead><tr><td>b</table>",
            "<table>\n<caption>T</caption>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n<tbody>\n"
            "<tr><td>b</td></tr>\n</tbody>\n</table>",
        ),
    ],
)
def test_there_is_one_way_to_lay_a_text_out(written, expected):
    assert clean(written) == expected
    assert clean(expected) == expected


def test_tokens_in_the_text_pass_untouched():
    html = "<p>[@a2020; @b-c, pp. 3–4] [see @d]</p>\n<p>[[forms:magnesium]]</p>"
    assert clean(html) == html


def test_a_paste_from_a_word_processor_comes_out_as_a_list():
    pasted = (
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
        '<p class="MsoListParagraph" style="mso-list:l0"><![if !supportLists]>'
        '<span style="font-family:Symbol">·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>'
        "<b>Weak</b> legs<o:p></o:p></p>"
        '<p class="MsoListParagraph">·&nbsp;&nbsp; Cramps<o:p>&nbsp;</o:p></p>'
        '<p class="MsoNormal">Then rest.<o:p></o:p></p>'
    )
    assert clean(pasted) == (
        "<ul>\n<li><strong>Weak</strong> legs</li>\n<li>Cramps</li>\n</ul>\n<p>Then rest.</p>"
    )


@given(st.lists(st.sampled_from([*TAGS[:17], "a href=/x", "/p", "/li", "/ul", "/b", "/a"])))
@settings(max_examples=100, deadline=None)
def test_no_layout_loses_or_moves_a_word(tags):
    markup = "".join(f"<{tag}> w{number} " for number, tag in enumerate(tags))
    assert to_text(clean(markup)).split() == [f"w{number}" for number in range(len(tags))]
