"""What stands in a line: words that mean themselves, emphasis, links, citations."""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from lxml.html import HtmlElement

# No-break spaces are not in it: they are words to Markdown, and to readers.
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_SIGN = re.compile(r"[\\`*_\[\]<|~]|&(?=#?\w+;)")
_LINE_START = re.compile(
    r"^(?:(?=[-+](?:\s|$)|--|:-|[=#>])|(\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE
)
_IN_ADDRESS = re.compile(r"[()<>\\`\[\]|\s]")
_CITED = re.compile(r"#ref-\d+")
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
# Links that only pages have: to a word's explanation, and round a number to call.
_WORDS_ALONE = frozenset({"term", "call"})
_LETTER = "x"
_PLAIN = {"b": "strong", "i": "em"}
_SKIPPED = frozenset({"script", "style", "template", "nav", "form", "button", "svg"})


@dataclass(frozen=True)
class Place:
    """Where words stand: on the page of an absolute address, perhaps in a cell of a table."""

    address: str
    in_cell: bool = False

    @property
    def line_break(self) -> str:
        """A break within a paragraph; a cell must stay on one line."""
        return "<br>" if self.in_cell else "\\\n"


def is_read(element: HtmlElement) -> bool:
    """Say whether an element is something that is read, not a comment, menu, form or way back."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return False
    if element.get("class") == "back":
        return False
    return element.get("aria-hidden") != "true" and "hidden" not in element.attrib


def line(parts: Iterable[HtmlElement | str | None], place: Place) -> str:
    """Return words and inline elements as one paragraph's Markdown; "" where nothing is said."""
    written = re.sub(r" {2,}", " ", _run(parts, place))
    written = written.replace(f" {place.line_break}", place.line_break)
    written = written.replace(f"{place.line_break} ", place.line_break)
    while (bare := written.strip(" ").removesuffix(place.line_break)) != written:
        written = bare
    if place.in_cell:
        return written
    return _LINE_START.sub(lambda match: f"{match[1] or ''}\\", written)


def content(element: HtmlElement) -> Iterator[HtmlElement | str | None]:
    """Yield what an element holds: its words, and its elements each with the words after it."""
    yield element.text
    for child in element:
        if is_read(child):
            yield child
        yield child.tail


def _run(
    parts: Iterable[HtmlElement | str | None], place: Place, before: str = "", after: str = ""
) -> str:
    """Write a run of parts.

    ``before`` and ``after`` are what stands round it, so that marks are kept apart: "" is an edge,
    where no letter touches it.
    """
    found = [part for part in parts if part is not None and part != ""]
    written = ""
    for part, follower in pairwise([*found, after]):
        if isinstance(part, str):
            written += _SIGN.sub(r"\\\g<0>", _SPACE.sub(" ", part))
        else:
            touching = follower if isinstance(follower, str) else _LETTER
            written += _element(part, place, before + written, touching)
    return written


def _element(element: HtmlElement, place: Place, before: str, after: str) -> str:
    tag = element.tag
    if tag == "br":
        return place.line_break
    if tag == "img":
        return _picture(element, place)
    if tag == "code":
        return _code(element, place)
    if tag == "sup" and element.get("class") == "citations":
        return "".join(_citation(child, place) for child in element)
    if tag in _EMPHASIS:
        return emphasis(_run(content(element), place), tag, before, after)
    if tag in ("sup", "sub"):
        inner = _run(content(element), place)
        return f"<{tag}>{inner}</{tag}>" if inner else ""
    if tag == "a" and element.get("class") not in _WORDS_ALONE:
        inner = _run(content(element), place)
        return f"[{inner}]({_address(element.get('href', ''), place)})" if inner.strip() else inner
    return _run(content(element), place, before, after)


def emphasis(inner: str, tag: str, before: str = "", after: str = "") -> str:
    """Mark written words, by HTML where signs of Markdown would not be read as marks.

    They are read where each of their sides has a letter within, or no letter outside, and where
    no other mark touches them (CommonMark 0.31, “Emphasis and strong emphasis”).
    """
    if not inner.strip():
        return inner
    opens = inner[0].isalnum() or _is_edge(before[-1:])
    closes = inner[-1].isalnum() or _is_edge(after[:1])
    touched = "*" in (before[-1:], inner[0], inner[-1])
    if opens and closes and not touched and inner == inner.strip():
        return f"{_EMPHASIS[tag]}{inner}{_EMPHASIS[tag]}"
    name = _PLAIN.get(tag, tag)
    return f"<{name}>{inner}</{name}>"


def _is_edge(sign: str) -> bool:
    return not sign or sign.isspace() or sign in string.punctuation


def _code(element: HtmlElement, place: Place) -> str:
    if len(element):
        return f"<code>{_run(content(element), place)}</code>"
    text = _SPACE.sub(" ", element.text or "")
    if not text.strip():
        return text
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text[0] in " `" or text[-1] in " `" else ""
    if place.in_cell:
        text = text.replace("|", "\\|")
    return f"{fence}{pad}{text}{pad}{fence}"


def _citation(element: HtmlElement, place: Place) -> str:
    """Return a number in brackets that leads to the list; inside a link it can't be one."""
    number = _run(content(element), place)
    if _CITED.fullmatch(element.get("href", "")):
        return f"[[{number}]](#references)"
    return f"\\[{number}\\]"


def _picture(element: HtmlElement, place: Place) -> str:
    """Return a picture by its words; one that only decorates says nothing."""
    words = _run([element.get("alt")], place).strip()
    return f"![{words}]({_address(element.get('src', ''), place)})" if words else ""


def _address(href: str, place: Place) -> str:
    absolute = urljoin(place.address, href) if href[:1] in ("/", "#") else href
    quoted = _IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", absolute)
    return re.sub(r"&(?=#?\w+;)", r"\\&", quoted)
