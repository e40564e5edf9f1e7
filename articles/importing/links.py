"""Addresses in texts: which are safe to keep, `{Link: …}` marks and bare addresses."""

import re
from urllib.parse import urljoin, urlsplit

from articles.importing.blocks import (
    Block,
    Element,
    dissolve,
    line_of,
    make,
    plain_text,
    strip_dissolved,
    text_slots,
)
from articles.importing.parsed import ParsedLink

LINK_MARK = re.compile(
    r"\{\s?Link:[ \t\n]{0,5}(?P<text>[^{}]{0,300}?)[ \t\n]{0,5}"
    r"(?P<url>(?:https?://|www\.)[^\s{}]{1,1500}|(?<![^\s])[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}/[^\s{}]{0,1500})"
    r"\s{0,5}\}",
    re.IGNORECASE,
)
BARE_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"{}|\\^`]{3,1500}", re.IGNORECASE)
ADDRESS = re.compile(f"(?P<mark>{LINK_MARK.pattern})|(?P<bare>{BARE_ADDRESS.pattern})", re.I)
SAFE_SCHEMES = {"http", "https", "mailto", "tel"}
UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f]+")


def safe_address(url: str, base: str = "") -> str:
    """The address if a reader may follow it from another site, else "".

    Kept: http, https, mailto, tel and paths from the root. `#fragment` is kept as it is, for
    citations; it is dropped when the article is written out.
    """
    url = UNSAFE_IN_URL.sub("", url)
    if url.startswith("#"):
        return url
    try:
        if base and not urlsplit(url).scheme:
            url = urljoin(base, url)
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme in SAFE_SCHEMES:
        return url if parts.netloc or parts.scheme in ("mailto", "tel") else ""
    if parts.scheme or "\\" in url:
        return ""
    if url.startswith("//"):
        return "https:" + url if parts.netloc else ""
    return url if url.startswith("/") else ""


def trim_address(url: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
    url = url.rstrip(".,;:!?'\"*_»”’")
    while url.endswith((")", "]")):
        opening = "(" if url[-1] == ")" else "["
        if url.count(url[-1]) <= url.count(opening):
            break
        url = url[:-1].rstrip(".,;:!?'\"*_»”’")
    return url


def link_addresses(block: Block) -> None:
    """Makes real links of `{Link: text address}` and of bare addresses in a block."""
    for node, slot in list(text_slots(block.element)):
        text = getattr(node, slot)
        holder = node if slot == "text" else node.getparent()
        if ("://" not in text and "{" not in text) or in_tag(holder, "a", "code"):
            continue
        pieces, start = [], 0
        for match in ADDRESS.finditer(text):
            mark = match["mark"] is not None
            url = match["url"] if mark else trim_address(match["bare"])
            end = match.end() if mark else match.start() + len(url)
            if mark and "://" not in url:
                url = "https://" + url
            if end <= start or not safe_address(url):
                continue
            words = (match["text"] or "").strip(" \n:,-–—[]()") if mark else ""
            pieces.append((text[start : match.start()], words or url, url))
            start = end
        if pieces:
            _insert_links(node, slot, pieces, text[start:])


def in_tag(node: Element | None, *tags: str) -> bool:
    while node is not None:
        if node.tag in tags:
            return True
        node = node.getparent()
    return False


def _insert_links(node: Element, slot: str, pieces: list[tuple[str, str, str]], rest: str) -> None:
    if slot == "text":
        parent, position = node, 0
    else:
        parent = node.getparent()
        position = parent.index(node) + 1
    links = []
    for _, words, url in pieces:
        link = make("a", words)
        link.set("href", url)
        links.append(link)
    setattr(node, slot, pieces[0][0] or None)
    for link, following in zip(links, [piece[0] for piece in pieces[1:]] + [rest], strict=True):
        link.tail = following or None
    parent[position:position] = links


def drop_dead_links(element: Element) -> None:
    """Unwraps links to places on the file's own page, which the article does not have."""
    dead = [a for a in element.iter("a") if (a.get("href") or "#").startswith("#")]
    for link in dead:
        dissolve(link)
    strip_dissolved(element)


def links_in(element: Element, default_line: int) -> list[ParsedLink]:
    """The links of an element in the order of reading."""
    return [
        ParsedLink(plain_text(a), a.get("href") or "", line_of(a, default_line))
        for a in element.iter("a")
    ]
