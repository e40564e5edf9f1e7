"""Lists of references: one entry after another, with what can be told about each."""

import re
import unicodedata
from dataclasses import dataclass, field

from articles.importing.blocks import (
    ANCHORS,
    Block,
    Element,
    line_of,
    lined_text,
    plain_text,
)
from articles.importing.findings import Findings
from articles.importing.parsed import ParsedReference
from articles.importing.reference_problems import report_references
from articles.importing.reference_signs import (
    DOI,
    WEB_ADDRESS,
    find_doi,
    find_pmcid,
    find_pmid,
    find_year,
)
from articles.importing.reference_titles import find_title, first_author

NUMBER = re.compile(
    r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.):](?=\s)|(\d{1,3})(?=\s+[A-Z\"“]))\s*"
)
NEXT_NUMBER = re.compile(r"\n(?=\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s*\S)")
BACK_MARKS = re.compile(r"^[\s^↑*†‡]+|(?:\bjump up(?: to)?:?\s)|[\s↩︎⤴↑]+$", re.I)
STATED_KEY = re.compile(r"\s*(?:\[@?([A-Za-z][\w:.-]{1,60})\]:?|@([A-Za-z][\w:.-]{1,60})[:,]?)\s+")
ANCHOR_KEY = re.compile(r"(?:ref|cite|bib|citeproc_bib_item)[-_]([A-Za-z][\w:.-]{2,60})")
KEY = re.compile(r"[^a-z0-9]+")
ADDRESS_LABEL = re.compile(
    r"\b(?:doi|url|link|available (?:at|from)|pmid|pmc(?:id|\d+)?)\b:?", re.I
)


@dataclass
class Entry:
    """One entry of the list before it is read: its number, text, addresses and anchors."""

    number: str
    text: str
    line: int
    links: list[tuple[str, str]] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    key: str = ""
    listed: bool = False  # an item of a list, which no other line belongs to


@dataclass
class ReferenceList:
    """The references read, and how the text may point at them: by number, anchor or key."""

    references: list[ParsedReference] = field(default_factory=list)
    by_number: dict[str, ParsedReference] = field(default_factory=dict)
    by_anchor: dict[str, ParsedReference] = field(default_factory=dict)
    by_key: dict[str, ParsedReference] = field(default_factory=dict)
    numbered: bool = False
    empty: int = 0  # entries that held nothing and were dropped


def read_references(blocks: list[Block], findings: Findings) -> ReferenceList:
    """Reads the blocks under the heading of the references; empty entries are dropped, and told."""
    made = ReferenceList()
    empty: list[int] = []
    untitled: list[ParsedReference] = []
    taken: set[str] = set()
    for entry in _joined(_entries(blocks)):
        if not any(map(str.isalpha, entry.text)) and not entry.links:
            empty.append(entry.line)
            continue
        reference, titled = _read(entry, taken, len(made.references) + 1)
        taken.add(reference.key)
        made.references.append(reference)
        made.by_key.setdefault(reference.key, reference)
        if entry.number:
            made.by_number.setdefault(entry.number, reference)
        for anchor in entry.anchors:
            made.by_anchor.setdefault(anchor, reference)
        if not titled:
            untitled.append(reference)
    made.numbered = bool(made.by_number)
    if not made.numbered:
        made.by_number = {str(n): r for n, r in enumerate(made.references, start=1)}
    made.empty = len(empty)
    report_references(empty, untitled, findings)
    return made


def _entries(blocks: list[Block]) -> list[Entry]:
    found: list[Entry] = []
    for block in blocks:
        if block.kind == "list":
            found.extend(_of_list(block.element, block.line))
        elif block.kind == "table":
            for row in block.element.iter("tr"):
                if row.find("td") is not None:
                    found.append(_of_element(row, line_of(row, block.line)))
        elif block.kind == "quote":
            found.extend(_of_element(p, line_of(p, block.line)) for p in block.element)
        elif block.kind in ("paragraph", "term", "heading"):
            found.extend(_of_paragraph(block))
    return found


def _of_list(element: Element, line: int) -> list[Entry]:
    found = []
    start = element.get("start", "1")
    number = int(start) if start.isdecimal() else 1
    for item in element:
        entry = _of_element(item, line_of(item, line))
        entry.listed = True
        if element.tag == "ol":
            value = item.get("value") or ""
            number = int(value) if value.isdecimal() and len(value) < 5 else number
            entry.number = str(number)
            number += 1
        found.append(entry)
    return found


def _of_element(element: Element, line: int) -> Entry:
    links = [
        (plain_text(a), a.get("href") or "")
        for a in element.iter("a")
        if not (a.get("href") or "#").startswith("#")
    ]
    quoted = [plain_text(e) for e in element.iter("em", "strong")]
    anchors = (element.get(ANCHORS) or "").split()
    entry = Entry("", plain_text(element), line, links, quoted, anchors)
    for anchor in anchors:
        match = ANCHOR_KEY.fullmatch(anchor)
        entry.key = match[1] if match and not match[1].isdecimal() else entry.key
    return _without_marks(entry)


def _of_paragraph(block: Block) -> list[Entry]:
    """A paragraph is one entry, or one for each line that begins with a number."""
    text = lined_text(block.element)
    pieces = NEXT_NUMBER.split(text)
    if len(pieces) == 1:
        return [_of_element(block.element, block.line)]
    found, line = [], block.line
    links = [(plain_text(a), a.get("href") or "") for a in block.element.iter("a")]
    for piece in pieces:
        flat = " ".join(piece.split())
        own = [(words, url) for words, url in links if words and words in flat]
        found.append(_without_marks(Entry("", flat, line, own)))
        line += piece.count("\n") + 1
    return found


def _without_marks(entry: Entry) -> Entry:
    """Takes the number and the stated key off the front of an entry."""
    entry.text = BACK_MARKS.sub("", entry.text).strip()
    match = NUMBER.match(entry.text + " ")
    if match and (match[1] or match[2] or match[3] or match[4]):
        entry.number = next(filter(None, match.groups()))
        entry.text = entry.text[match.end() :].strip()
    match = STATED_KEY.match(entry.text)
    if match:
        entry.key = match[1] or match[2]
        entry.text = entry.text[match.end() :].strip()
    return entry


def _joined(entries: list[Entry]) -> list[Entry]:
    """Puts an address that stands on a line of its own with the entry above it."""
    joined: list[Entry] = []
    for entry in entries:
        before = joined[-1] if joined else None
        alone = not entry.listed and not entry.number and _is_address(entry.text)
        if alone and before and before.text and not _is_address(before.text) and not before.links:
            before.text = f"{before.text} {entry.text}"
            before.links += entry.links
        else:
            joined.append(entry)
    return joined


def _is_address(text: str) -> bool:
    """Whether an entry is an address or identifiers and nothing besides."""
    rest = ADDRESS_LABEL.sub("", DOI.sub("", WEB_ADDRESS.sub("", text)))
    return bool(text) and not any(map(str.isalpha, rest))


def _read(entry: Entry, taken: set[str], position: int) -> tuple[ParsedReference, bool]:
    addresses = " ".join(url for _, url in entry.links)
    everything = f"{entry.text} {addresses}"
    title = find_title(entry.text, entry.links, entry.quoted)
    url = next((url for _, url in entry.links if url.startswith("http")), "")
    if not url and (match := WEB_ADDRESS.search(entry.text)):
        url = match[0].rstrip(".,;)]")
        url = url if url.startswith("http") else f"https://{url}"
    year = find_year(entry.text)
    key = entry.key if entry.key and entry.key not in taken else _key(entry, year, taken, position)
    reference = ParsedReference(
        number=entry.number,
        text=entry.text,
        title=title or entry.text,
        url=url,
        doi=find_doi(everything),
        pmid=find_pmid(everything),
        year=year,
        line=entry.line,
        key=key,
        pmcid=find_pmcid(everything),
    )
    return reference, bool(title)


def _key(entry: Entry, year: str, taken: set[str], position: int) -> str:
    """ "smith2020" where author and year are known, else "ref-3"; never one that is taken."""
    author = unicodedata.normalize("NFKD", first_author(entry.text)).casefold()
    author = KEY.sub("", author)
    base = f"{author}{year}" if author and year else f"ref-{entry.number or position}"
    joint = "" if author and year else "-"
    if base not in taken:
        return base
    # b … z, then numbers: 27 papers by one author in one year are rare, but not an error.
    endings = [*"bcdefghijklmnopqrstuvwxyz", *map(str, range(27, 10_000))]
    return next(key for e in endings if (key := f"{base}{joint}{e}") not in taken)
