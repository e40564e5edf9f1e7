"""Blocks: paragraphs, headings, lists, quotations and tables, one below the other."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from publishing.markdown.inline import Place, content, emphasis, is_read, line
from publishing.markdown.tables import table

_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_LISTS = ("ul", "ol")
_TERMS = frozenset({"dt", "summary"})
_HOLDING = frozenset(
    {"article", "blockquote", "dd", "details", "div", "dl", "figcaption", "figure"}
    | {"footer", "header", "li", "main", "p", "section"}
)
_BLOCKS = _HOLDING | _TERMS | frozenset({*_HEADINGS, *_LISTS, "table"})


def blocks(parent: HtmlElement, place: Place) -> list[str]:
    """Return what an element holds, block by block; words between blocks are paragraphs."""
    found: list[str] = []
    run: list[HtmlElement | str | None] = []
    before = ""  # the list that ended just now, and its marker: another would run into it

    def paragraph() -> None:
        nonlocal before
        written = line(run, place)
        run.clear()
        if written:
            found.append(written)
            before = ""

    for part in content(parent):
        if isinstance(part, str | None) or part.tag not in _BLOCKS:
            run.append(part)
            continue
        paragraph()
        if part.tag in _LISTS:
            before = _marker(part, before)
            found += _list(part, place, before)
        elif made := _block(part, place):
            found += made
            before = ""
    paragraph()
    return found


def _block(element: HtmlElement, place: Place) -> list[str]:
    tag = element.tag
    if tag in _HEADINGS:
        words = line(content(element), Place(place.address, in_cell=True)).replace("<br>", " ")
        # A “#” at the end would be read as the heading's own mark.
        words = f"{words[:-1]}\\#" if words.endswith("#") else words
        return [f"{_HEADINGS[tag]} {words}"] if words else []
    if tag == "table":
        return table(element, place)
    inner = blocks(element, place)
    if tag in _TERMS and not any(part.startswith("#") for part in inner):
        return [emphasis("<br>".join(inner), "strong")] if inner else []
    if tag == "blockquote":
        return ["\n".join(f"> {row}".rstrip(" ") for row in _rows(inner))] if inner else []
    return inner


def _rows(inner: list[str]) -> Iterator[str]:
    return iter("\n\n".join(inner).split("\n"))


def _marker(element: HtmlElement, before: str) -> str:
    """Return the sign of a list's items, another than that of a list that ends just before it."""
    first, other = ("-", "*") if element.tag == "ul" else (".", ")")
    return other if before == first else first


def _list(element: HtmlElement, place: Place, marker: str) -> list[str]:
    start = element.get("start", "1")
    number = int(start) if start.isdecimal() else 1
    items = []
    for item in element.iterchildren("li"):
        inner = blocks(item, place) if is_read(item) else []
        if inner:
            sign = marker if element.tag == "ul" else f"{number}{marker}"
            items.append((len(inner), _item(sign, inner)))
        number += 1
    apart = "\n\n" if any(count > 1 for count, _written in items) else "\n"
    return [apart.join(written for _count, written in items)] if items else []


def _item(sign: str, inner: list[str]) -> str:
    indent = " " * (len(sign) + 1)
    first, *rest = _rows(inner)
    return "\n".join([f"{sign} {first}", *(f"{indent}{row}" if row else "" for row in rest)])
