"""Which lines of plain text stay headings once the whole text is known, and which is the title."""

from articles.importing.blocks import Block, make
from articles.importing.page_lines import is_byline, is_furniture, reading_time
from articles.importing.part_names import part_of
from articles.importing.plain_lines import looks_like_heading


def without_furniture(blocks: list[Block]) -> list[Block]:
    """Leaves out menus and the like; what says who or how long stays, but heads nothing."""
    kept = [b for b in blocks if b.kind == "list" or part_of(b.text) or not is_furniture(b.text)]
    _unmake([b for b in kept if b.kind == "heading" and _is_about_article(b.text)])
    return kept


def _is_about_article(text: str) -> bool:
    return is_byline(text) or bool(reading_time(text))


def number_headings(blocks: list[Block]) -> list[Block]:
    """Numbered lines with prose below each ("1. Causes", text, "2. Signs", text) are headings."""
    single = [
        i
        for i, b in enumerate(blocks[:-1])
        if b.kind == "list"
        and b.element.tag == "ol"
        and len(b.element) == 1
        and not len(b.element[0])
        and looks_like_heading(b.element[0].text or "")
        and blocks[i + 1].kind in ("paragraph", "list")
    ]
    if len(single) < 2:
        return blocks
    for i in single:
        text, line = blocks[i].element[0].text or "", blocks[i].line
        blocks[i] = Block("heading", make("h2", text, line), line)
    return blocks


def settle_headings(blocks: list[Block]) -> list[Block]:
    """Takes back headings that head nothing: the last line, and rows of short lines."""
    index = 0
    while index < len(blocks):
        end = index
        while end < len(blocks) and blocks[end].kind == "heading" and not part_of(blocks[end].text):
            end += 1
        alone = end == len(blocks) and end > index
        first = index + 1 if index == 0 else index
        if end - index > 3:
            _unmake(blocks[first:end])
        elif alone and end > 1:
            _unmake(blocks[end - 1 : end])
        index = max(end, index) + 1
    return blocks


def _unmake(blocks: list[Block]) -> None:
    for block in blocks:
        block.kind = "paragraph"
        block.element.tag = "p"


def mark_title(blocks: list[Block]) -> None:
    """The first line that is not part of the page's furniture is the title, if it is short."""
    for index, block in enumerate(blocks):
        text = block.text
        if _is_about_article(text):
            continue
        short = (
            len(text) <= 200 and len(text.split()) <= 25 and block.kind in ("heading", "paragraph")
        )
        if short and not part_of(text) and index + 1 < len(blocks) and ". " not in text:
            block.kind, block.level = "heading", 1
            block.element.tag = "h2"
        return
