"""Tables of HTML: clean cells, spans filled in, tables that only lay out a page taken apart."""

from copy import deepcopy
from typing import Protocol

from articles.importing.blocks import (
    FORBIDDEN,
    Block,
    Element,
    dissolve,
    make,
    plain_text,
    strip_dissolved,
    tidy,
)

MAX_SPAN = 50
TABLE_PARTS = ("tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup")


class CellReader(Protocol):
    """What a table needs of the cleaner around it."""

    def blocks(self, root: Element, depth: int = 0) -> list[Block]: ...

    def join(self, parts: list[Block], target: Element) -> Element: ...

    def line_at(self, node: Element) -> int: ...


def read_table(reader: CellReader, node: Element, line: int, depth: int) -> list[Block]:
    """One table block, or the blocks inside a table that is there for the layout alone."""
    rows = [row for row in node.iter("tr") if nearest(row, "table") is node]
    widths = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows]
    if not rows or max(widths) < 2 or node.find(".//table") is not None:
        return reader.blocks(_as_container(node), depth + 1)
    table = make("table", "", line)
    caption = node.find("caption")
    if caption is not None and plain_text(caption):
        table.append(make("caption", FORBIDDEN.sub("", plain_text(caption)), line))
    head, body = make("thead", "", line), make("tbody", "", line)
    for row in _filled_rows(reader, rows, depth):
        if all(cell.tag == "th" for cell in row) and not len(body):
            head.append(row)
        else:
            body.append(row)
    table.extend(part for part in (head, body) if len(part))
    return [Block("table", table, line)] if plain_text(table) else []


def _filled_rows(reader: CellReader, rows: list[Element], depth: int) -> list[Element]:
    """The rows with every cell in its own column.

    A cell that spans rows is repeated, so that no value slips into its neighbour's column.
    """
    made_rows = []
    hanging: dict[int, tuple[int, Element]] = {}
    for row in rows:
        made = make("tr", "", reader.line_at(row))
        below: dict[int, tuple[int, Element]] = {}
        _add_hanging(made, hanging, below)
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            content = _cell(reader, cell, depth)
            if (down := _span(cell, "rowspan") - 1) > 0:
                below[len(made)] = (down, content)
            made.append(content)
            made.extend(make(cell.tag) for _ in range(_span(cell, "colspan") - 1))
            _add_hanging(made, hanging, below)
        hanging = below
        if len(made):
            made_rows.append(made)
    return made_rows


def _add_hanging(
    made: Element, hanging: dict[int, tuple[int, Element]], below: dict[int, tuple[int, Element]]
) -> None:
    while len(made) in hanging:
        left, content = hanging.pop(len(made))
        if left > 1:
            below[len(made)] = (left - 1, content)
        made.append(deepcopy(content))


def _span(cell: Element, name: str) -> int:
    span = cell.get(name, "1").strip()
    return min(max(int(span), 1), MAX_SPAN) if span.isdecimal() and len(span) < 5 else 1


def _cell(reader: CellReader, cell: Element, depth: int) -> Element:
    content = reader.join(reader.blocks(cell, depth + 1), make(cell.tag))
    for inner in list(content.iter("ul", "ol")):
        if nearest(inner, "ul") is None and nearest(inner, "ol") is None:
            text = "; ".join(filter(None, (plain_text(item) for item in inner.iter("li"))))
            dissolve(inner, replacement=" " + text)
    strip_dissolved(content)
    return tidy(content)


def nearest(node: Element, tag: str) -> Element | None:
    """The closest element of a tag around a node."""
    node = node.getparent()
    while node is not None and node.tag != tag:
        node = node.getparent()
    return node


def _as_container(table: Element) -> Element:
    table.tag = "div"
    for part in list(table.iter(*TABLE_PARTS)):
        if nearest(part, "table") is None:
            part.tag = "div"
    return table
