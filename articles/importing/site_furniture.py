"""What stands around an article on a web page, and how to tell it from the article."""

import re

from django.utils.translation import gettext as _

from articles.importing.blocks import Element, plain_text
from articles.importing.findings import Findings
from articles.importing.page_lines import is_furniture
from articles.importing.part_names import part_of

NEVER_TEXT = (
    "script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "applet",
    "svg", "math", "canvas", "audio", "video", "map", "select", "option", "textarea", "button",
    "head", "title", "meta", "link", "base", "xml",
)  # fmt: skip
AROUND = ("nav", "header", "footer", "aside", "form", "dialog")
NAMES_AROUND = {
    "cookie", "cookies", "consent", "gdpr", "newsletter", "subscribe", "subscription", "signup",
    "share", "sharing", "social", "breadcrumb", "breadcrumbs", "sidebar", "related", "recommended",
    "comments", "disqus", "advert", "adverts", "advertisement", "ads", "adsbygoogle", "banner",
    "promo", "popup", "modal", "navbar", "navigation", "menu", "toc", "pagination", "pager", "skip",
    "skiplink", "masthead",
}  # fmt: skip
ROLES_AROUND = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"}
HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS_OF_TEXT = {"p", "li", "dd", "dt", "blockquote", "td", "h2", "h3", "h4", "summary"}


def text_lengths(root: Element) -> dict[Element, int]:
    """How many characters of text every element holds, in one pass."""
    lengths: dict[Element, int] = {}
    for node in reversed(list(root.iter())):
        if not isinstance(node.tag, str) or node.tag in NEVER_TEXT:
            lengths[node] = 0
            continue
        own = len((node.text or "").strip())
        lengths[node] = own + sum(lengths[c] + len((c.tail or "").strip()) for c in node)
    return lengths


def article_root(body: Element) -> Element:
    """The element that holds the article: main, the longest article, or the densest block."""
    lengths = text_lengths(body)
    whole = lengths[body] or 1
    for tag in ("main", "article"):
        found = [n for n in body.iter(tag) if lengths[n]]
        if tag == "main":
            found += [n for n in body.iter("div") if n.get("role") == "main" and lengths[n]]
        best = max(found, key=lambda n: lengths[n], default=None)
        # An empty shell is no article, and one teaser of many is not the page.
        if best is not None and (lengths[best] > 200 or lengths[best] * 2 > whole):
            return best
    return _densest(body)


def _densest(body: Element) -> Element:
    """Goes down while one child holds nearly all of the running text."""
    weights = text_lengths(body)
    for node in body.iter(*AROUND):
        if node.tag in ("nav", "footer", "aside"):
            weights[node] = 0
    running: dict[Element, int] = {}
    for node in reversed(list(body.iter())):
        inside = sum(running[c] for c in node)
        text = isinstance(node.tag, str) and node.tag in BLOCKS_OF_TEXT
        running[node] = max(inside, weights[node]) if text else inside
    root = body
    while True:
        heaviest = max(
            (c for c in root if isinstance(c.tag, str)), key=lambda c: running[c], default=None
        )
        enough = heaviest is not None and running[heaviest] >= 0.85 * max(running[root], 1)
        if heaviest is None or not enough or heaviest.tag in BLOCKS_OF_TEXT | {"ul", "ol", "table"}:
            return root
        root = heaviest


def drop_furniture(root: Element, findings: Findings) -> None:
    """Removes from the article's element what is not text of the article."""
    for node in list(root.iter(*NEVER_TEXT)):
        if node is not root:
            _remove(node)
    lengths = text_lengths(root)
    whole = lengths[root] or 1
    removed: set[Element] = set()
    for node in list(root.iter()):
        if node is root or not isinstance(node.tag, str):
            continue
        if node.getparent() in removed:
            removed.add(node)
            continue
        reason = _why_around(node)
        if not reason or lengths[node] * 2 > whole or _holds_a_part(node, reason):
            continue
        removed.add(node)
        first = next((plain_text(h) for h in node.iter(*HEADINGS, "strong")), "")
        if reason == "aside" and lengths[node] > 60 and not is_furniture(first):
            _note_aside(node, findings)
        _remove(node)


def _why_around(node: Element) -> str:
    if node.get("hidden") is not None or HIDDEN_STYLE.search(node.get("style") or ""):
        return "hidden"
    if node.get("aria-hidden") == "true":
        return "hidden"
    if node.tag in AROUND:
        return node.tag
    if (node.get("role") or "").casefold() in ROLES_AROUND:
        return "role"
    if node.tag in ("p", "a", "li", "td", "th", "tr", "strong", "em", *HEADINGS):
        return ""
    names = f"{node.get('class') or ''} {node.get('id') or ''}".casefold()
    words = set(re.split(r"[\s_-]+", names))
    return "name" if words & NAMES_AROUND else ""


def _holds_a_part(node: Element, reason: str) -> bool:
    """Footers may hold the references, boxes the key points, headers the title."""
    if reason == "hidden":
        return False
    if node.tag == "header":
        return node.find(".//nav") is None or node.find(".//h1") is not None
    if node.find(".//h1") is not None:
        return True
    for heading in node.iter(*HEADINGS, "strong", "summary"):
        if part_of(plain_text(heading)) in (
            "summary", "key_points", "faq", "references", "disclaimer",
        ):  # fmt: skip
            return True
    return False


def _note_aside(node: Element, findings: Findings) -> None:
    text = plain_text(node)
    findings.problem(
        "JUNK-1",
        "advice",
        _("A box beside the text was left out."),
        _("If it belongs to the article, copy it into the body."),
        field="body",
        sentence=text,
        line=node.sourceline,
    )


def _remove(node: Element) -> None:
    """Removes an element with its content, and keeps the text that follows it."""
    parent = node.getparent()
    if parent is None:
        return
    tail = node.tail
    previous = node.getprevious()
    parent.remove(node)
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
