"""Key points: one for each item of the list, with its label where it has one."""

import re

from articles.importing.blocks import Block, Element, line_of, plain_text
from articles.importing.parsed import ParsedKeyPoint

LABEL = re.compile(
    r"(?P<label>[^\s.!?:：;,–—](?:[^.!?:：;–—]{0,78}[^\s.!?:：;–—])?)(?:[:：]|\s[–—-])\s+(?=\S)"
)
MOST_LABEL_WORDS = 9
AFTER_LABEL = " \n:：.–—-"


def read_key_points(blocks: list[Block]) -> tuple[ParsedKeyPoint, ...]:
    """The key points in the blocks: the items of lists, or else the paragraphs."""
    lists = [b for b in blocks if b.kind == "list"]
    points: list[ParsedKeyPoint] = []
    for block in lists:
        points.extend(_point(item, line_of(item, block.line)) for item in block.element)
    if not lists:
        points.extend(_point(b.element, b.line) for b in blocks if b.kind in ("paragraph", "quote"))
    return tuple(point for point in points if point.text)


def _point(item: Element, line: int) -> ParsedKeyPoint:
    text = plain_text(item)
    first = item[0] if len(item) and not (item.text or "").strip() else None
    if first is not None and first.tag == "strong":
        label = plain_text(first)
        rest = text[len(label) :] if text.startswith(label) else ""
        marked = label[-1:] in (":", "：", ".") or rest.strip()[:1] in (":", "：", "–", "—", "-")
        if rest.strip(AFTER_LABEL) and (
            marked
            or (len(label.split()) <= MOST_LABEL_WORDS and (first.tail or "").startswith("\n"))
        ):
            return ParsedKeyPoint(label.rstrip(AFTER_LABEL), rest.lstrip(AFTER_LABEL), line)
        return ParsedKeyPoint("", text, line)
    match = LABEL.match(text)
    if match and len(match["label"].split()) <= MOST_LABEL_WORDS:
        return ParsedKeyPoint(match["label"].strip(), text[match.end() :], line)
    return ParsedKeyPoint("", text, line)
