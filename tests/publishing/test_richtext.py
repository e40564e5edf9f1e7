import json
import re
import time
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import nh3
import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publishing.richtext import (
    ALLOWED,
    LINK_SCHEMES,
    Block,
    Heading,
    Place,
    RichTextField,
    RichTextFormField,
    RichTextWidget,
    allowed_content,
    blocks,
    clean,
    editor_config,
    from_text,
    headings,
    images_without_alt,
    sanitiser_arguments,
    skipped_headings,
    tables_without_headers,
    to_text,
    vague_links,
    with_heading_anchors,
    word_count,
)

XSS = Path(__file__).parents[2] / "../shared/corpus/xss/DOMPurify__test__fixtures__expect.mjs"

ADDRESS = re.compile(r"(https?://[^/\\]|mailto:|tel:|/(?![/\\])|#)", re.IGNORECASE)

TAGS = (
    *("p h1 h2 h3 h4 h6 ul ol li strong em b i sup sub br a blockquote table caption").split(),
    *("thead tbody tfoot tr th td code img div span section hr pre font script svg style").split(),
    *("iframe template textarea title form select o:p dl dt dd u center noscript").split(),
)
ATTRIBUTES = (
    "href=/faq/",
    'href="https://site.example/a?b=1&amp;c=2"',
    "href=javascript:alert(1)",
    'href="jav&#9;ascript:alert(1)"',
    "href=//host.example",
    'href="/&#9;/host.example"',
    'href="/\\host.example"',
    "href=data:text/html,x",
    "href=mailto:desk@site.example",
    "src=/media/a.png",
    "src=/media/%2e%2E/x",
    "src=//host/x.png",
    'alt="a &quot;b&quot; <b>"',
    "alt=",
    "role=presentation",
    "role=button",
    "onclick=x()",
    "style=color:red",
    "class=MsoNormal",
    "id=x",
    "title=t",
    "scope=col",
    "scope=x",
    "colspan=2",
    "rowspan=0",
    "start=3",
    "width=20",
)
TEXTS = (
    *("word", "two words", " ", "\n\t", "&nbsp;", "&nbsp; ", "é", "e\u0301", "\u0338", "&#x338;"),
    *("&lt;b&gt;", "&amp;nbsp;", "[@key2020; @b]", "[[forms:magnesium]]", "· item", "•&nbsp;x"),
    *("\u0387 x", "&#1;", "&#133;", "\r\n", "\x0b", "\u2028", "\ufeff", "&ldquo;", "<", "-->"),
    *("<![CDATA[x]]>", "<![if !x]>", "5 < 6", '"', "'", ">", "\xa0", "&#xd800;", "<!-- c -->"),
)


def _tag(draw_attributes):
    return st.builds(
        lambda close, tag, attributes: f"</{tag}>" if close else f"<{tag} {' '.join(attributes)}>",
        st.booleans(),
        st.sampled_from(TAGS),
        draw_attributes,
    )


SOUP = st.lists(
    st.one_of(
        _tag(st.lists(st.sampled_from(ATTRIBUTES), max_size=3)),
        st.sampled_from(TEXTS),
        st.text(st.characters(codec="utf-8"), max_size=6),
    ),
    max_size=30,
).map("".join)


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs))


def assert_only_allowed(html):
    """Read by two parsers, nothing is there that the allow-list does not name."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    soup = [(t.name, list(t.attrs.items())) for t in BeautifulSoup(html, "lxml").find_all()]
    for tag, attributes in parser.seen + [each for each in soup if each[0] not in ("html", "body")]:
        assert tag in ALLOWED
        for name, value in attributes:
            assert name in ALLOWED[tag]
            if name == "href":
                assert ADDRESS.match(value)
            if name == "src":
                assert value.startswith("/media/")


def reformatted_by_the_editor(html):
    """What CKEditor hands back for an untouched text: its line ends, tabs, entities, fillers."""
    html = re.sub(r"<(p|h[234])>", r"\n<\1>", html)
    html = re.sub(r"<(ul|li|table|tr|t[hd]|thead|tbody|blockquote)(?=[ >])", r"\n\t<\1", html)
    html = re.sub(r"</(p|h[234]|ul|ol|li|table|tr|thead|tbody|blockquote)>", r"</\1>\n\n", html)
    html = html.replace("<br>", "<br />\n").replace("<td></td>", "<td>&nbsp;</td>")
    html = re.sub(r"<img([^>]*)>", lambda m: "<img" + _backwards(m[1]) + " />", html)
    return "<p>&nbsp;</p>\r\n" + html.replace("\n", "\r\n") + "\r\n<p>&nbsp;</p>\r\n"


def _backwards(attributes):
    return "".join(reversed(re.findall(r' [a-z]+="[^"]*"', attributes)))


# Sanitising


@given(SOUP)
@example("<b><p>x<p>y</b>z")
@example("<p>\u0387 x")
@example("<p><b></b>\u0338</p>")
@example("<ul>text<p>a<ul><li>b</ul><li>c")
@example("<table><tr><td>a<table><caption>c</table>")
@settings(max_examples=300, deadline=None)
def test_any_markup_becomes_a_text_of_the_allow_list_that_cleans_to_itself(markup):
    cleaned = clean(markup)
    assert_only_allowed(cleaned)
    assert clean(cleaned) == cleaned
    assert clean(reformatted_by_the_editor(cleaned)) == cleaned
    # HTML's own parser reads the layout as it is written.
    assert nh3.Cleaner(**sanitiser_arguments()).clean(cleaned) == cleaned


@given(SOUP)
@settings(max_examples=100, deadline=None)
def test_cleaned_text_is_composed_and_free_of_control_characters(markup):
    cleaned = clean(markup)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]", cleaned)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://site.example/a?b=1#c", True),
        ("HTTP://site.example", True),
        ("mailto:desk@site.example", True),
        ("tel:+15550100", True),
        ("/faq/why/", True),
        ("#dose", True),
        ("//host.example", False),
        ("/\\host.example", False),
        ("/\t/host.example", False),
        ("\\\\host.example", False),
        ("https:/\\host.example", False),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("ftp://site.example/", False),
        ("faq/why/", False),
        ("?page=2", False),
        ("", False),
    ],
)
def test_links_lead_to_safe_addresses_or_are_no_links(address, kept):
    cleaned = clean(f'<p>see <a href="{address}">the page</a></p>')
    assert ("<a href=" in cleaned) is kept
    assert to_text(cleaned) == "see the page"


@pytest.mark.parametrize(
    "source",
    ["https://host.example/a.png", "//host/a.png", "/media/../admin/", "/media/%2E%2e/admin/"]
    + ["/media/a\\b", "/media//host", "data:image/png;base64,AA", "/static/a.png", "/media/?x"],
)
def test_pictures_come_from_the_sites_own_media_alone(source):
    assert clean(f'<p>a <img src="{source}" alt="x"> b</p>') == "<p>a b</p>"


def test_a_picture_keeps_what_describes_and_sizes_it():
    assert clean('<img width=20 onerror=x alt=" A\nleg " src=/media/a.png height=3 role=x>') == (
        '<p><img src="/media/a.png" alt="A leg" width="20" height="3"></p>'
    )


def test_scripts_go_with_their_text_and_other_unknown_tags_leave_theirs():
    assert clean("<p>a<script>x()</script><style>b{}</style><font color=red>c</font></p>") == (
        "<p>ac</p>"
    )


def test_old_tags_are_read_as_those_of_the_house():
    assert clean("<h1>T</h1><p><b>b</b> <i>i</i></p><h6>s</h6>") == (
        "<h2>T</h2>\n<p><strong>b</strong> <em>i</em></p>\n<h4>s</h4>"
    )


def test_blocks_that_are_unwrapped_still_divide_words():
    assert clean("<div>one<div>two</div>three</div><h2><div>a</div><div>b</div></h2>") == (
        "<p>one</p>\n<p>two</p>\n<p>three</p>\n<h2>a b</h2>"
    )


@pytest.mark.skipif(not XSS.exists(), reason="the shared corpus is not beside the repository")
def test_published_attack_vectors_leave_only_what_the_allow_list_names():
    vectors = re.findall(r'"payload": ("(?:[^"\\]|\\.)*")', XSS.read_text(encoding="utf-8"))
    assert len(vectors) > 150
    for vector in vectors:
        payload = json.loads(re.sub(r"\\x(..)", r"\\u00\1", vector), strict=False)
        assert_only_allowed(clean(payload))


# Layout


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
        '<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->'
        '<p class="MsoListParagraph" style="mso-list:l0"><![if !supportLists]>'
        '<span style="font-family:Symbol">·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>'
        "<b>Weak</b> legs<o:p></o:p></p>"
        '<p class="MsoListParagraph">·&nbsp;&nbsp; Cramps<o:p>&nbsp;</o:p></p>'
        '<p class="MsoNormal">Then rest.<o:p></o:p></p>'
    )
    assert clean(pasted) == (
        "<ul>\n<li><strong>Weak</strong> legs</li>\n<li>Cramps</li>\n</ul>\n<p>Then rest.</p>"
    )


def test_characters_are_normalised_once():
    assert clean("<p>e\u0301\x00 a\r\nb\x0bc&#1;</p>") == "<p>é a b c</p>"


def test_half_a_character_is_refused_with_its_place():
    with pytest.raises(ValueError, match=r"position 10, after “<p>weak l”"):
        clean("<p>weak l\ud83d</p>")


def test_plain_text_keeps_its_signs():
    assert from_text("a <b> & c\n\n5 < 6") == "<p>a &lt;b&gt; &amp; c</p>\n<p>5 &lt; 6</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "".join(f"<b x={i}><p>y" for i in range(4000)),
        "<blockquote>x" * 5000,
        "<ul><li>x" * 7000,
        "<table><tr><td>x" * 4000,
        '<a "' * 16000,
        "<" * 65000,
    ],
    ids=["reopened", "quotes", "lists", "tables", "unclosed attributes", "signs"],
)
def test_deep_nesting_is_cleaned_in_a_moment(hostile):
    before = time.perf_counter()
    cleaned = clean(hostile)
    assert time.perf_counter() - before < 3  # unguarded, the first takes 12 s and most of 1 GB
    assert len(cleaned) < 10 * len(hostile)
    assert clean(cleaned) == cleaned


@given(st.lists(st.sampled_from([*TAGS[:17], "a href=/x", "/p", "/li", "/ul", "/b", "/a"])))
@settings(max_examples=100, deadline=None)
def test_no_layout_loses_or_moves_a_word(tags):
    markup = "".join(f"<{tag}> w{number} " for number, tag in enumerate(tags))
    assert to_text(clean(markup)).split() == [f"w{number}" for number in range(len(tags))]


def test_deep_nesting_loses_no_words():
    assert word_count(clean("<blockquote> x <b> y " * 500)) == 1000


# Reading

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


# Places that a screen reader's user would stumble over


def test_heading_levels_that_skip_are_named():
    html = clean("<h3>A</h3><h2>B</h2><h4>C</h4><h3>D</h3>")
    assert skipped_headings(html) == (Place("", "A"), Place("B", "C"))
    assert skipped_headings(html, above=2) == (Place("B", "C"),)


def test_tables_without_header_cells_are_named():
    html = clean(
        "<h2>H</h2><table><caption>Doses</caption><tr><td>a</table>"
        "<table><thead><tr><td>x<td>y</thead></table><table><tr><th>b<td>c</table>"
    )
    assert tables_without_headers(html) == (Place("H", "Doses"), Place("H", "x y"))


def test_pictures_need_an_alternative_or_to_be_marked_decorative():
    html = clean(
        "<h2>H</h2><p><img src=/media/a.png><img src=/media/b.png alt=''>"
        "<img src=/media/c.png alt='A leg'><img src=/media/d.png alt='' role=presentation></p>"
    )
    assert images_without_alt(html) == (Place("H", "/media/a.png"), Place("H", "/media/b.png"))


def test_links_that_do_not_say_where_they_lead_are_named():
    html = clean(
        "<h2>H</h2><table><tr><td><a href=/a>Click <b>here</b>!</a></table>"
        "<p><a href=/b>Read more…</a> <a href='https://site.example/x'>https://site.example/x</a>"
        "<a href=/c>How much magnesium</a> <a href=/d><img src=/media/a.png alt='A leg'></a>"
        "<a href=/e><img src=/media/a.png></a></p>"
    )
    assert vague_links(html) == (
        Place("H", "Click here !"),
        Place("H", "Read more…"),
        Place("H", "https://site.example/x"),
        Place("H", "/e"),
    )


# The editor


def test_editor_and_sanitiser_name_the_same_tags_attributes_and_schemes():
    content, arguments = allowed_content(), sanitiser_arguments()
    named = {
        tag: {name.lstrip("!") for name in rule["attributes"]} if rule is not True else set()
        for tag, rule in content.items()
    }
    assert {tag: named[tag] for tag in ALLOWED} == {t: set(a) for t, a in ALLOWED.items()}
    assert {t: set(a) for t, a in ALLOWED.items() if a} | {"*": set()} == arguments["attributes"]
    assert set(LINK_SCHEMES) == arguments["url_schemes"] == {"https", "http", "mailto", "tel"}


def test_known_holes_of_the_editor_are_closed_by_its_configuration():
    config = editor_config()
    removed = config["removePlugins"].split(",")
    assert {"preview", "exportpdf", "scayt", "wsc", "codesnippetgeshi"} <= set(removed)
    assert config["fullPage"] is False
    assert config["versionCheck"] is False
    assert config["allowedContent"] == config["pasteFilter"] == allowed_content()
    assert not {"script", "style", "iframe", "object"} & set(config["allowedContent"])
    assert "Source" not in [button for group in config["toolbar"] for button in group]


# The field


class Leaflet:
    body = "<p>a\r\n<b>b</b>"


def field() -> RichTextField:
    column = RichTextField("body text")
    column.set_attributes_from_name("body")
    return column


def test_saving_cleans_what_is_stored_and_what_the_instance_holds():
    leaflet = Leaflet()
    assert field().pre_save(leaflet, add=True) == "<p>a <strong>b</strong></p>"
    assert leaflet.body == "<p>a <strong>b</strong></p>"


def test_update_cleans_too_and_a_look_up_searches_for_the_words_as_typed():
    assert field().get_db_prep_save("<p>a<script>x</script>", connection) == "<p>a</p>"
    assert field().get_prep_value("a  b") == "a  b"


def test_validating_a_model_cleans_before_it_asks_whether_anything_is_there():
    assert field().clean("<h1>T</h1>", None) == "<h2>T</h2>"
    with pytest.raises(ValidationError, match="blank"):
        field().clean("<p>&nbsp;</p>", None)
    with pytest.raises(ValidationError, match="half of a character"):
        field().clean("\ud83d", None)


def test_migrations_name_the_package():
    assert field().deconstruct()[1] == "publishing.richtext.RichTextField"


def test_the_admins_own_text_area_does_not_replace_the_editor():
    form_field = field().formfield(widget=AdminTextareaWidget)
    assert isinstance(form_field.widget, RichTextWidget)
    assert isinstance(field().formfield(widget=forms.HiddenInput).widget, forms.HiddenInput)


def test_the_form_cleans_and_says_which_character_is_broken():
    form_field = RichTextFormField(label="Body", required=False)
    assert form_field.clean("<h1>T</h1>") == "<h2>T</h2>"
    assert form_field.clean(None) == ""
    with pytest.raises(ValidationError, match="half of a character"):
        form_field.clean("<p>\ud83d</p>")


def test_a_required_text_is_missing_when_nothing_is_left_to_read():
    with pytest.raises(ValidationError):
        RichTextFormField().clean("<p>&nbsp;</p>")


def test_an_untouched_text_has_not_changed():
    form_field = RichTextFormField(required=False)
    assert not form_field.has_changed("<p>a</p>\n<p>b</p>", "<p>a</p>\r\n\r\n<p>b</p>\r\n")
    assert form_field.has_changed("<p>a</p>", "<p>b</p>")
    assert not form_field.has_changed(None, "")


def test_the_widget_carries_the_houses_configuration_and_the_fields_name():
    form_field = field().formfield()
    with translation.override(None):
        html = form_field.widget.render("body", "<p>a</p>", {"id": "id_body"})
    config = json.loads(BeautifulSoup(html, "lxml").textarea["data-config"])
    assert config["title"] == "Body text"
    assert config["language"] == "en"
    assert config["versionCheck"] is False
    assert config["allowedContent"] == allowed_content()
    assert config["contentsCss"][0].endswith(".css")
