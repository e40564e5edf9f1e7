"""Tables in the way of GitHub Flavored Markdown: a row a line, a cell between two bars."""

from lxml.html import HtmlElement

from publishing.markdown.inline import Place, content, is_read, line

_WIDEST = 20
_IN_CELLS = frozenset(
    {"blockquote", "caption", "div", "li", "ol", "p", "table", "tbody", "td", "th", "thead", "tr"}
    | {"ul", *(f"h{level}" for level in range(1, 7))}
)


def table(element: HtmlElement, place: Place) -> list[str]:
    """Return a table, below its caption as a paragraph of its own.

    A cell that spans others leaves them empty. Markdown wants a row of headings; where a table
    has none, it is empty too.
    """
    captions = [line(content(caption), place) for caption in element.iterchildren("caption")]
    rows = element.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
    if not rows:
        return [*filter(None, captions)]
    grid = _grid(rows, Place(place.address, in_cell=True))
    if any(cell.tag == "td" for cell in rows[0]):
        grid.insert(0, [""] * len(grid[0]))
    grid.insert(1, ["---"] * len(grid[0]))
    return [*filter(None, captions), "\n".join(f"| {' | '.join(row)} |" for row in grid)]


def _grid(rows: list[HtmlElement], place: Place) -> list[list[str]]:
    """Return the cells' words, row by row, every row as wide as the widest."""
    cells: dict[tuple[int, int], str] = {}
    for down, row in enumerate(rows):
        right = 0
        for cell in row.iterchildren("th", "td"):
            while (down, right) in cells:
                right += 1
            for below in range(min(_span(cell, "rowspan"), len(rows) - down)):
                for beside in range(min(_span(cell, "colspan"), _WIDEST)):
                    cells[down + below, right + beside] = ""
            cells[down, right] = "<br>".join(_pieces(cell, place))
    width = max((right for _down, right in cells), default=0) + 1
    return [[cells.get((down, right), "") for right in range(width)] for down in range(len(rows))]


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    return int(value) if value.isdecimal() and int(value) else 1


def _pieces(element: HtmlElement, place: Place) -> list[str]:
    """Return the lines of a cell: its blocks, one after the other, whatever they are."""
    found: list[str] = []
    run: list[HtmlElement | str | None] = []

    def end() -> None:
        written = line(run, place)
        run.clear()
        if written:
            found.append(written)

    for part in content(element):
        if isinstance(part, str | None) or part.tag not in _IN_CELLS:
            run.append(part)
            continue
        end()
        inner = _pieces(part, place) if is_read(part) else []
        found += [f"• {inner[0]}", *inner[1:]] if part.tag == "li" and inner else inner
    end()
    return found
