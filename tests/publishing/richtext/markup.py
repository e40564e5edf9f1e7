"""Markup of every kind, and what may be left of it."""

import re
from html.parser import HTMLParser

from bs4 import BeautifulSoup
from hypothesis import strategies as st

from publishing.richtext import (
    ALLOWED,
)

ADDRESS = re.compile(r"(https?://[^/\\]|mailto:|tel:|/(?![/\\])|#)", re.IGNORECASE)

TAGS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h6",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "b",
    "i",
    "sup",
    "sub",
    "br",
    "a",
    "blockquote",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "code",
    "img",
    "div",
    "span",
    "section",
    "hr",
    "pre",
    "font",
    "script",
    "svg",
    "style",
    "iframe",
    "template",
    "textarea",
    "title",
    "form",
    "select",
    "o:p",
    "dl",
    "dt",
    "dd",
    "u",
    "center",
    "noscript",
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
