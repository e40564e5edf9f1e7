"""The common form of every file: a flat list of blocks, each a small clean lxml tree.

HTML, Markdown and plain text are all read into this form; everything after works on it.
Elements carry their line in the private attribute LINE until they are written out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from articles.importing.findings import Findings

LINE = "line"
ANCHORS = "anchors"
KEPT_ATTRIBUTES = {"href", "start"}
WHITE = re.compile(r"\s+")
# A line break of the file inside a paragraph is kept as "\n" until the HTML is written: lists of
# references and "Q:/A:" pairs need it.
INNER_WHITE = re.compile(r"[^\S\n]*\n\s*")
SIDE_WHITE = re.compile(r"[^\S\n]+")
# lxml refuses these; HTML can smuggle them in as character references.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
GONE = "gone"
EMPTY_TAGS = {"strong", "em", "a", "sup", "sub", "code"}

Element = etree._Element


@dataclass
class Block:
    """A heading, paragraph, list, table, quote, term (dt or summary) or the end of terms.

    `level` is 1–6 for headings whose level the file states, 0 for others.
    """

    kind: str
    element: Element
    line: int
    level: int = 0
    guessed: bool = False

    @property
    def text(self) -> str:
        return plain_text(self.element)


@dataclass
class Source:
    """What a format's reader found: the blocks, and what the file says about itself."""

    blocks: list[Block]
    findings: Findings
    title: str = ""
    other_title: str = ""  # used where the file has no heading for a title
    description: str = ""
    slug: str = ""
    language: str = ""
    levels_stated: bool = True
    contents: list[tuple[str, int]] = field(default_factory=list)


def plain_text(element: Element) -> str:
    """The text of an element on one line."""
    if next(element.iterchildren(), None) is None:
        return WHITE.sub(" ", element.text or "").strip()
    pieces = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces.append("\n" if node.tag == "br" else "")
            if node.tag in ("li", "p", "tr", "td", "th"):
                pieces.append(" ")
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return WHITE.sub(" ", "".join(pieces)).strip()


def lined_text(element: Element) -> str:
    """The text of an element with its line breaks kept."""
    pieces = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces.append("\n" if node.tag == "br" else "")
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return "".join(pieces).strip()


def make(tag: str, text: str = "", line: int = 0, *children: Element) -> Element:
    element = etree.Element(tag)
    element.text = FORBIDDEN.sub("", text) or None
    if line:
        element.set(LINE, str(line))
    element.extend(children)
    return element


def line_of(element: Element, default: int = 0) -> int:
    """The line of an element, or of the nearest one around it that knows."""
    while element is not None:
        if element.get(LINE):
            return int(element.get(LINE))
        element = element.getparent()
    return default


def text_slots(element: Element) -> Iterator[tuple[Element, str]]:
    """Every (node, "text" or "tail") of an element, in the order of reading."""
    slots = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.text:
            slots.append((node, "text"))
        elif event == "end" and node is not element and node.tail:
            slots.append((node, "tail"))
    yield from slots


def append_text(element: Element, text: str) -> None:
    """Adds text at the end of an element's content."""
    last = next(element.iterchildren(reversed=True), None)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def dissolve(node: Element, replacement: str | None = None) -> None:
    """Marks an element to go, leaving its content (or a text) where it stood.

    `strip_dissolved` then removes the marked ones in one pass: one by one would be quadratic.
    """
    if replacement is not None:
        for child in list(node):
            node.remove(child)
        node.text = replacement or None
    node.tag = GONE


def strip_dissolved(element: Element) -> None:
    etree.strip_tags(element, GONE)


def move_content(source: Element, target: Element) -> None:
    """Moves text and children of one element to the end of another."""
    if source.text:
        append_text(target, source.text)
    for child in list(source):
        target.append(child)


def tidy(element: Element) -> Element:
    """Collapses white space across nodes, and drops empty inline elements and outer breaks."""
    if next(element.iterchildren(), None) is None:
        if element.text:
            element.text = _collapse(element.text).strip() or None
        return element
    for node in list(element.iter(*EMPTY_TAGS)):
        if node is not element and not "".join(node.itertext()).strip():
            dissolve(node, replacement=" " if "".join(node.itertext()) else "")
    strip_dissolved(element)
    gap = True
    last: tuple[Element, str] | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.tag in ("br", "li", "ul", "ol", "p", "tr", "td", "th"):
            gap = True
        slot = "text" if event == "start" else "tail"
        text = getattr(node, slot) if event == "start" or node is not element else None
        if not text:
            continue
        text = _collapse(text)
        text = text.lstrip() if gap else text
        setattr(node, slot, text or None)
        if text:
            gap = text[-1].isspace()
            last = (node, slot)
    if last:
        setattr(last[0], last[1], getattr(last[0], last[1]).rstrip() or None)
    trim_breaks(element)
    return element


def _collapse(text: str) -> str:
    return SIDE_WHITE.sub(" ", INNER_WHITE.sub("\n", text))


def trim_breaks(element: Element) -> None:
    """Removes line breaks at the start and at the end of an element."""
    children = list(element)
    text = (element.text or "").strip()
    start = 0
    while not text and start < len(children) and children[start].tag == "br":
        text = (children[start].tail or "").lstrip()
        element.remove(children[start])
        start += 1
    if start:
        element.text = text or None
    end = len(children) - 1
    while end >= start and children[end].tag == "br" and not (children[end].tail or "").strip():
        element.remove(children[end])
        end -= 1
    if end < len(children) - 1:
        last = children[end] if end >= start else None
        if last is not None and last.tail:
            last.tail = last.tail.rstrip() or None
        elif last is None and element.text:
            element.text = element.text.rstrip() or None


def to_html(element: Element) -> str:
    """The HTML of an element without private attributes, its white space on one line."""
    for node in element.iter():
        for name in set(node.attrib) - KEPT_ATTRIBUTES:
            del node.attrib[name]
        if node.text:
            node.text = WHITE.sub(" ", node.text)
        if node.tail:
            node.tail = WHITE.sub(" ", node.tail)
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def is_all_strong(element: Element) -> bool:
    """Whether all the text of a paragraph is bold: a heading or question in disguise."""
    if (element.text or "").strip() or not len(element):
        return False
    return any(child.tag == "strong" for child in element) and all(
        child.tag in ("strong", "br") and not (child.tail or "").strip(" \n:") for child in element
    )


def list_entries(block: Block) -> list[tuple[str, int]]:
    """Return the text of each item of a list, its sub-lists left out, and how deep it stands."""
    found = []
    for item in block.element.iter("li"):
        depth = sum(1 for a in item.iterancestors() if a.tag in ("ul", "ol"))
        own = make("li", item.text or "")
        own.extend(make("em", plain_text(child)) for child in item if child.tag not in ("ul", "ol"))
        found.append((plain_text(own), depth))
    return found


def is_linked(block: Block) -> bool:
    """Whether a block is links for the most part, as lists of further pages are."""
    linked = sum(len(plain_text(a)) for a in block.element.iter("a"))
    return linked * 2 >= len(block.text)
