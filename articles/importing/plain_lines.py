"""What a single line of plain text is: a bullet, a numbered item, a heading, a row of cells."""

import re
from dataclasses import dataclass

from articles.importing.part_names import part_of

BULLET = re.compile(r"(\s*)(?:[•·‣●▪▫◦○■∙⁃*+–—-]|o(?=\t))(?:\s+(\S.*))?$")
NUMBERED = re.compile(r"(\s*)[\[(]?(\d{1,3})[.)\]](?:\s+(\S.*)|\s*)$")
SENTENCE_INSIDE = re.compile(r"\w{4,}[.!?](?:\d{1,2}|\[[\d, –-]{1,12}\])? +[A-Z\"“]")
CITED_AT_END = re.compile(r"(?:\s?\[[^\[\]]{1,60}\]|(?<=[.!?])\d{1,2}|[⁰¹²³⁴-⁹]+)+$")
HEADING_END = (".", ",", ";", ":", "!", "…", "。", "、", "，", "；", "：", "।", "-", "–", "—")
SEPARATOR_LINE = re.compile(r"[\s|:+=-]+")
TABS, PIPES, GAPS = re.compile(r"\t+"), re.compile(r"\s*\|\s*"), re.compile(r"\s{2,}")


@dataclass(frozen=True)
class Item:
    """A line of a list: how far it is indented, its number ("" for a bullet) and its text."""

    indent: int
    number: str
    text: str


def read_item(line: str) -> Item | None:
    """The list item that a line begins, if it begins one."""
    match = BULLET.match(line)
    if match:
        return Item(_indent(match[1]), "", (match[2] or "").strip())
    match = NUMBERED.match(line)
    if match:
        return Item(_indent(match[1]), str(int(match[2])), (match[3] or "").strip())
    return None


def _indent(space: str) -> int:
    return len(space.expandtabs(4))


def looks_like_heading(text: str) -> bool:
    """Whether a line that stands alone reads like a heading: short, and no whole sentence."""
    text = CITED_AT_END.sub("", text.strip())
    if part_of(text):
        return True
    words = text.split()
    if not words or len(text) > 120 or len(words) > 16 or "://" in text:
        return False
    first = text.lstrip("\"“'‘¿¡([")[:1]
    if first.islower() or not any(map(str.isalpha, text)) or text.endswith(HEADING_END):
        return False
    if not text.isascii() and len(words) * 12 < len(text) and len(text) > 50:
        return False
    return not SENTENCE_INSIDE.search(text)


def split_cells(line: str) -> tuple[str, list[str]]:
    """The kind of separator of a line ("|", "tab", "gap" or "") and its cells."""
    text = line.strip()
    if text.count("|") and not text.startswith("||"):
        return "|", [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
    if "\t" in text:
        return "tab", [cell.strip() for cell in TABS.split(text)]
    if GAPS.search(text):
        return "gap", [cell.strip() for cell in GAPS.split(text)]
    return "", [text]


def find_rows(lines: list[tuple[int, str]]) -> tuple[int, list[tuple[int, list[str]]]]:
    """The longest stretch of lines with the same separators: its first index, and its cells."""
    best: tuple[int, list[tuple[int, list[str]]]] = (0, [])
    start, shape, rows = 0, ("", 0), []
    for index, (number, line) in enumerate([*lines, (0, "")]):
        if rows and shape[0] == "|" and SEPARATOR_LINE.fullmatch(line) and "|" in line:
            continue
        kind, cells = split_cells(line)
        if (kind, len(cells)) != shape or not kind:
            if _are_rows(shape[0], rows) and len(rows) > len(best[1]):
                best = (start, rows)
            start, shape, rows = index, (kind, len(cells)), []
        rows.append((number, cells))
    return best


def _are_rows(kind: str, rows: list[tuple[int, list[str]]]) -> bool:
    if not kind or len(rows) < 2 or len(rows[0][1]) < 2:
        return False
    if kind != "gap":
        return True
    cells = [cell for _, row in rows for cell in row]
    # Typists put two spaces after a full stop: that is prose.
    prose = any(cell.endswith((".", "!", "?", ":", ",")) or len(cell) > 60 for cell in cells)
    return not prose and (len(rows) >= 3 or len(rows[0][1]) >= 3)
