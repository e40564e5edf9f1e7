"""What holds for every file: no crash, clean HTML, no skipped heading."""

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from articles.importing.parsed import UnreadableFile
from articles.importing.reader import read_article

ALLOWED = {
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "blockquote",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "sup",
    "sub",
    "code",
    "br",
}
NAMES = st.sampled_from(["x.txt", "x.md", "x.html", "x.mdx", "x", "x.docx"])
PIECES = [
    "# Tea\n",
    "## Leaves\n",
    "##### Deep\n",
    "- item\n",
    "  - inner\n",
    "1. one\n",
    "• dot\n",
    "\n",
    "\n\n",
    "Frequently Asked Questions\n",
    "## FAQ\n",
    "Is it safe?\n",
    "Q: Is it? A: It is.\n",
    "**Bold?** yes\n",
    "References\n",
    "## References\n",
    "[1] Lee C. Zinc. J. 2015;1:2.\n",
    "[^1]: note\n",
    "see [1] and [^1] [@k]\n",
    "Key Points\n",
    "  • Label: text\n",
    "Medical Disclaimer\n",
    "In This Article\n",
    "a\tb\tc\n",
    "| a | b |\n|---|---|\n",
    "Iron Form Absorption Use Side Effects\nIron Sulfate High Sleep Gas\nIron Oxide Low Rest Few\n",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<h1>T</h1>",
    "<h4>x</h4>",
    "<ul><li>",
    "</ul>",
    "<table><tr><td>a<td>b",
    "</table>",
    "<dl><dt>Q?<dd>a",
    "<details><summary>Q?</summary>",
    "<sup>1</sup>",
    "<a href='#r'>1</a>",
    "<a href='javascript:x'>j</a>",
    "<script>x</script>",
    "<b><i>",
    "<blockquote>",
    "<!--",
    "&#1;",
    "<br>",
    "<pre>",
    "{% raw %}\n",
    "{Link: a https://example.org/}",
    "{Link:",
    "---\n",
    "title: x\n",
    "+++\n",
    "import x from 'y'\n",
    "Some plain words that make a sentence of prose. ",
    "Heading Here\n",
    "https://example.org/a_(b). ",
    "¹",
    "\u2028",
]


def check(article):
    answers = [question.answer for question in article.questions]
    for html in [article.body, *answers]:
        tree = etree.fromstring(
            f"<html><body>{html}</body></html>".encode(), etree.HTMLParser(encoding="utf-8")
        )
        for node in tree.find("body").iter():
            if node.tag != "body":
                assert node.tag in ALLOWED
                assert set(node.attrib) <= ({"href"} if node.tag == "a" else {"start"})
                assert (
                    not node.get("href", "")
                    .casefold()
                    .startswith(("javascript", "data", "//", "#"))
                )
    level = 1
    for found in map(int, re.findall(r"<h(\d)>", article.body)):
        assert 2 <= found <= level + 1
        level = found
    assert article.title
    assert all(isinstance(count, int) and count >= 0 for count in article.counts().values())
    for problem in article.problems:
        assert problem.message
        assert problem.hint
        assert problem.level in ("error", "warning", "advice")


def read(data, name):
    try:
        check(read_article(data, name))
    except UnreadableFile as error:
        reason = str(error)
    else:
        return
    assert reason
    assert "\n" not in reason


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), NAMES)
def test_any_bytes(data, name):
    read(data, name)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), NAMES)
def test_any_text(text, name):
    read((text + " words" * 40).encode("utf-8", "surrogatepass"), name)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), NAMES)
@example("<h4>x</h4><p>" + "words " * 50, "x.html")
@example("# Tea\n| a | b |\n|---|---|\n| | x |\n| y | |\n", "x.md")
def test_any_order_of_known_pieces(text, name):
    read((text + "\n\nwords that follow" * 12).encode(), name)
