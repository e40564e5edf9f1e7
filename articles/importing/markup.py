"""HTML pages: which part of the page is the article, and what its head says about it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lxml import etree

from articles.importing.blocks import FORBIDDEN, Element, Source, make, plain_text
from articles.importing.cleaning import Cleaner
from articles.importing.findings import Findings
from articles.importing.parsed import UnreadableFile
from articles.importing.part_names import normalise
from articles.importing.site_furniture import article_root, drop_furniture

# Where nesting is deeper than the parser follows, wrappers go and the text stays.
WRAPPERS = re.compile(
    r"<(/?)(div|span|section|article|center|font|b|i|u|em|strong|small|big|blockquote|ul|ol|li|dl|dt|dd"
    r"|table|tbody|tr|td|a|form|fieldset|details|sup|sub|code|pre|q|ins|del|label|main|aside)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
SITE_NAME = re.compile(r"\s+[|–—·»:-]\s+|\s*\|\s*|\s+::\s+")
FOOTNOTES = re.compile(r"footnotes?|endnotes?|references|reflist|refs|bibliography|citations")
ENDNOTE_ROLES = {"doc-endnotes", "doc-bibliography"}


def read_html(text: str, findings: Findings) -> Source:
    """The blocks of the article in an HTML page, and its title, description and language."""
    tree = parse_html(text)
    body = tree.find("body")
    body = body if body is not None else tree
    source = Source([], findings, language=(tree.get("lang") or "").strip()[:35])
    heading = _page_heading(body)
    _read_head(tree, source, heading)
    root = article_root(body)
    drop_furniture(root, findings)
    mark_footnotes(root)
    cleaner = Cleaner(_base_address(tree))
    source.blocks = cleaner.blocks(root)
    if heading is not None and not any(b.level == 1 for b in source.blocks):
        source.title = source.title or plain_text(heading)
    note_pictures(cleaner, findings)
    return source


def parse_html(text: str) -> Element:
    """The tree of an HTML text. Raises UnreadableFile where it is nested beyond reading."""
    tree = _parse(text)
    if tree is None:
        tree = _parse(WRAPPERS.sub(r"<\1p>", text))
    if tree is None:
        raise UnreadableFile(_("Its HTML is nested too deeply to be read."))
    return tree


def _parse(text: str) -> Element | None:
    parser = etree.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    try:
        tree = etree.fromstring(text.encode("utf-8"), parser)
    except etree.LxmlError:
        tree = None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        return None
    if tree is None:
        return etree.Element("html")
    if "&#" in text:
        _drop_forbidden(tree)
    return tree


def _drop_forbidden(tree: Element) -> None:
    """Removes control characters that came as character references: lxml takes none back."""
    for node in tree.iter():
        if node.text and FORBIDDEN.search(node.text):
            node.text = FORBIDDEN.sub("", node.text)
        if node.tail and FORBIDDEN.search(node.tail):
            node.tail = FORBIDDEN.sub("", node.tail)
        for name, value in node.attrib.items():
            if FORBIDDEN.search(value):
                node.set(name, FORBIDDEN.sub("", value))


def note_pictures(cleaner: Cleaner, findings: Findings) -> None:
    if cleaner.pictures:
        many = ngettext(
            "The file shows %(count)d picture. Pictures are not imported.",
            "The file shows %(count)d pictures. Pictures are not imported.",
            cleaner.pictures,
        )
        findings.problem(
            "JUNK-1",
            "advice",
            many % {"count": cleaner.pictures},
            _("Add those that readers need under “Pictures”, or say in words what they show."),
            field="body",
        )


def mark_footnotes(root: Element) -> None:
    """Puts a heading before a list of notes or references that has none of its own."""
    for node in list(root.iter("section", "div", "ol", "ul", "aside")):
        names = f"{node.get('class') or ''} {node.get('id') or ''}".casefold().split()
        stated = (node.get("role") or "").casefold() in ENDNOTE_ROLES or node.get("id") == "refs"
        named = any(FOOTNOTES.fullmatch(name) for name in names) and node.find(".//li") is not None
        headed = next(node.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None
        parent = node.getparent()
        if headed or node is root or parent is None or not (stated or named):
            continue
        heading = make("h2", "References")
        heading.set("data-line", str(node.sourceline or 1))
        parent.insert(parent.index(node), heading)


def _page_heading(body: Element) -> Element | None:
    """The first h1 with text; where a site puts its name into the first, the one in the article."""
    headings = [h for h in body.iter("h1") if plain_text(h)]
    inside = [h for h in headings if any(a.tag in ("article", "main") for a in h.iterancestors())]
    return next(iter(inside or headings), None)


def _read_head(tree: Element, source: Source, heading: Element | None) -> None:
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").casefold()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            said.setdefault(name, content)
    source.description = said.get("description") or said.get("og:description") or ""
    title = tree.find(".//title")
    page_title = plain_text(title) if title is not None else ""
    source.other_title = said.get("og:title") or _without_site_name(
        page_title, plain_text(heading) if heading is not None else "", said.get("og:site_name", "")
    )


def _without_site_name(title: str, heading: str, site: str) -> str:
    pieces = [piece for piece in SITE_NAME.split(title) if piece.strip()]
    if len(pieces) < 2:
        return title
    for known in (heading, site):
        for piece in pieces:
            if known and normalise(piece) == normalise(known):
                return piece if known == heading else title.replace(piece, "").strip(" |–—·»:-")
    return (
        max(pieces, key=len).strip()
        if "|" in title
        else title.rsplit(pieces[-1], 1)[0].strip(" |–—·»:-")
    )


def _base_address(tree: Element) -> str:
    base = tree.find(".//base[@href]")
    if base is not None:
        return base.get("href") or ""
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and link.get("href"):
            return link.get("href") or ""
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:url":
            return meta.get("content") or ""
    return ""
