"""Plain text, as copied out of a web page or typed: lines into blocks."""

from itertools import pairwise

from django.utils.translation import gettext as _

from articles.importing.blocks import Block, Element, Source, make
from articles.importing.columns import Columns, Unclear, find_columns
from articles.importing.findings import Findings
from articles.importing.part_names import part_of
from articles.importing.plain_headings import (
    mark_title,
    number_headings,
    settle_headings,
    without_furniture,
)
from articles.importing.plain_lines import Item, find_rows, looks_like_heading, read_item
from articles.importing.scattered_tables import find_scattered

Line = tuple[int, str]
MAX_INDENT_LEVELS = 6
WRAP_LIMIT = 110


def read_plain(text: str, findings: Findings) -> Source:
    """The blocks of a plain text. Its headings are guessed from their form, their levels later."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1)]
    reader = PlainReader(_wrap_width(lines), findings)
    runs = _runs(lines)
    index = 0
    while index < len(runs):
        scattered = find_scattered(runs, index)
        if scattered and isinstance(scattered[0], Columns):
            reader.add_found(scattered[0])
            index += scattered[1]
            continue
        reader.read_run(runs[index])
        if scattered and isinstance(scattered[0], Unclear):
            reader.report_unclear(scattered[0])
        index += 1
    reader.close_list()
    blocks = settle_headings(number_headings(without_furniture(reader.blocks)))
    mark_title(blocks)
    return Source(blocks, findings, levels_stated=False)


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Stretches of lines without a blank line between them."""
    runs: list[list[Line]] = [[]]
    for number, line in lines:
        if line.strip():
            runs[-1].append((number, line.rstrip()))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the file's lines were broken, or 0 where they were not."""
    widths = [0 if "://" in line else len(line.rstrip()) for _, line in lines]
    widest = max(widths, default=0)
    inner = [a for a, b in pairwise(widths) if a and b]
    full = sum(1 for width in inner if width >= 0.8 * widest)
    return widest if widest <= WRAP_LIMIT and full * 2 >= len(inner) else 0


class PlainReader:
    """Reads runs of lines into blocks, joining wrapped lines and the items of lists."""

    def __init__(self, width: int, findings: Findings) -> None:
        self.width = width
        self.findings = findings
        self.blocks: list[Block] = []
        self.items: list[tuple[Item, int]] = []

    def read_run(self, run: list[Line]) -> None:
        start, rows = find_rows(run) if not any(read_item(line) for _, line in run[:2]) else (0, [])
        if rows:
            last = rows[-1][0]
            self.read_lines(run[:start])
            self.close_list()
            self.add_table([cells for _, cells in rows], [number for number, _ in rows])
            self.read_run([line for line in run if line[0] > last] or [])
            return
        for index in range(max(0, len(run) - 2)) if len(run) < 400 else ():
            found = find_columns([(n, line.strip()) for n, line in run[index:]])
            if isinstance(found, Columns):
                self.read_lines(run[:index])
                self.add_found(found)
                self.read_lines(run[index + len(found.lines) :])
                return
            if isinstance(found, Unclear):
                self.report_unclear(found)
                self.close_list()
                for number, line in run:
                    self.add("paragraph", line.strip(), number)
                return
        self.read_lines(run)

    def read_lines(self, run: list[Line]) -> None:
        index = 0
        while index < len(run):
            number, line = run[index]
            item = read_item(line)
            used = 1
            if item is None and self.items and self._continues_item(run, index):
                last, at = self.items[-1]
                self.items[-1] = (
                    Item(last.indent, last.number, f"{last.text} {line.strip()}".strip()),
                    at,
                )
            elif item is not None:
                self.items.append((item, number))
            else:
                self.close_list()
                used = self._read_paragraph(run, index)
            index += used

    def _continues_item(self, run: list[Line], index: int) -> bool:
        """Whether a line goes on with the list item above it, in the same run."""
        if not index:
            # After a blank line only a deeper indentation than the bullet's goes on with it.
            indent = len(run[0][1]) - len(run[0][1].lstrip())
            return indent >= self.items[-1][0].indent + 2 and indent >= 2
        last = self.items[-1][0]
        line = run[index][1]
        indented = len(line) - len(line.lstrip()) > last.indent
        return not last.text or indented or self._wraps(run[index - 1][1], line)

    def _wraps(self, line: str, following: str) -> bool:
        """Whether a line was broken only because the next word did not fit."""
        if not self.width or read_item(following) or part_of(following):
            return False
        words = following.split()
        if len(line) + 1 + len(words[0]) > self.width - 3:
            return True
        return words[0][:1].islower() and not line.endswith((".", "!", "?", ":"))

    def _read_paragraph(self, run: list[Line], index: int) -> int:
        number, line = run[index]
        pieces = [line.strip()]
        while index + len(pieces) < len(run) and self._wraps(
            run[index + len(pieces) - 1][1], run[index + len(pieces)][1]
        ):
            pieces.append(run[index + len(pieces)][1].strip())
        text = " ".join(pieces)
        after = run[index + len(pieces)][1] if index + len(pieces) < len(run) else ""
        self.add("heading" if self._opens(run, index, text, after) else "paragraph", text, number)
        return len(pieces)

    @staticmethod
    def _opens(run: list[Line], index: int, text: str, after: str) -> bool:
        """Whether a line is a heading: alone in its run, or with its section right below."""
        if part_of(text):
            return True
        if not looks_like_heading(text):
            return False
        if not after:
            return not index
        words = len(after.split())
        return words > 12 or (words > 3 and after.endswith(".")) or bool(read_item(after))

    def add(self, kind: str, text: str, line: int) -> None:
        element = make("h2" if kind == "heading" else "p", text, line)
        self.blocks.append(Block(kind, element, line))

    def add_found(self, found: Columns) -> None:
        self.close_list()
        self.add_table([found.header, *found.rows], list(found.lines), guessed=True)

    def add_table(
        self, rows: list[list[str] | tuple[str, ...]], lines: list[int], guessed: bool = False
    ) -> None:
        head = make("thead", "", lines[0], _row(rows[0], lines[0], "th"))
        body = make("tbody", "", lines[0])
        body.extend(_row(row, n, "td") for row, n in zip(rows[1:], lines[1:], strict=True))
        table = make("table", "", lines[0], head, body)
        self.blocks.append(Block("table", table, lines[0], guessed=guessed))

    def close_list(self) -> None:
        """Turns the items gathered so far into list blocks."""
        if self.items:
            self.blocks.extend(_lists(self.items))
            self.items = []

    def report_unclear(self, found: Unclear) -> None:
        self.findings.problem(
            "GUESS-1",
            "warning",
            _(
                "Line %(line)d looks like part of a table that lost its columns, but %(why)s. The "
                "lines were left as text."
            )
            % {"line": found.line, "why": found.why},
            _("Make the table by hand from the original page."),
            field="comparison",
            sentence=found.text,
            line=found.line,
        )


def _row(cells: list[str] | tuple[str, ...], line: int, tag: str) -> Element:
    return make("tr", "", line, *(make(tag, cell, line) for cell in cells))


def _lists(items: list[tuple[Item, int]]) -> list[Block]:
    """Nested lists by indentation; a change of kind at the outer level begins a new list."""
    made: list[Block] = []
    open_lists: list[tuple[int, Element]] = []
    for item, line in items:
        tag = "ol" if item.number else "ul"
        while open_lists and item.indent < open_lists[-1][0] - 1 and len(open_lists) > 1:
            open_lists.pop()
        deeper = open_lists and item.indent > open_lists[-1][0] + 1 and len(open_lists[-1][1])
        if deeper and len(open_lists) < MAX_INDENT_LEVELS:
            inner = make(tag, "", line)
            open_lists[-1][1][-1].append(inner)
            open_lists.append((item.indent, inner))
        elif not open_lists or (len(open_lists) == 1 and open_lists[0][1].tag != tag):
            open_lists = [(item.indent, make(tag, "", line))]
            made.append(Block("list", open_lists[0][1], line))
            if item.number not in ("", "0", "1"):
                open_lists[0][1].set("start", item.number)
        entry = make("li", item.text, line)
        if item.number:
            entry.set("value", item.number)
        open_lists[-1][1].append(entry)
    return made
