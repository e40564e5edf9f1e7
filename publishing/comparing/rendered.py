"""Two rich texts as one: its headings, lists and tables, with deleted and inserted words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from publishing.comparing.blocks import Block, Leaf, Node, parse
from publishing.comparing.pairing import Pair, overlap, paired
from publishing.comparing.words import marked, steps

_TABLE_PARTS = ("caption", "thead", "tbody")


@dataclass(frozen=True)
class Passage:
    """A top-level block of the comparison as HTML, and whether anything in it differs.

    ``before`` and ``after`` are the block on either side alone; "" where it stands on one only.
    """

    html: str
    changed: bool
    before: str = ""
    after: str = ""


def passages(before: str, after: str) -> list[Passage]:
    """Compare two texts that ``richtext.clean`` returned; return the blocks of both, merged.

    Tags are always balanced, ``ins`` and ``del`` stand inside the innermost block, and any
    difference, of formatting or of a link's address too, is marked. Without what is in ``ins`` it
    is the old text, without what is in ``del`` the new one.
    """
    return [_passage(old, new) for old, new in _pairs(parse(before), parse(after))]


def merged(before: str, after: str) -> str:
    """Return the whole comparison as HTML; see ``passages``."""
    return "".join(passage.html for passage in passages(before, after))


def sides(found: Sequence[Passage], gap: str) -> tuple[str, str]:
    """Return what changed as HTML on either side, with ``gap`` in place of what did not."""
    left: list[str] = []
    right: list[str] = []
    for changed, group in groupby(found, key=lambda p: p.changed):
        if changed:
            differing = list(group)
            left += [p.before for p in differing]
            right += [p.after for p in differing]
        else:
            left.append(gap)
            right.append(gap)
    return "".join(left), "".join(right)


def _passage(old: Node | None, new: Node | None) -> Passage:
    if old is not None and new is not None and old.html == new.html:
        return Passage(new.html, changed=False)
    return Passage(
        _write(old, new),
        changed=True,
        before=_write(old, new, inserted=False),
        after=_write(old, new, deleted=False),
    )


def _write(old: Node | None, new: Node | None, deleted: bool = True, inserted: bool = True) -> str:
    """Write one pair; without ``inserted`` (or ``deleted``) as the old (or new) side alone."""
    if old is None or new is None:
        tag, node = ("ins", new) if old is None else ("del", old)
        return _whole(node, tag) if (inserted if old is None else deleted) else ""
    if isinstance(new, Leaf):
        return marked(steps(old.words, new.words), deleted=deleted, inserted=inserted)
    inner = (_write(*pair, deleted, inserted) for pair in _inside(old, new))
    return f"<{new.tag}{new.attributes}>{''.join(inner)}</{new.tag}>"


def _whole(node: Node, tag: str) -> str:
    if isinstance(node, Leaf):
        return f"<{tag}>{node.html}</{tag}>"
    # An empty cell has no words to mark.
    inner = "".join(_whole(child, tag) for child in node.children) or f"<{tag}></{tag}>"
    return f"<{node.tag}{node.attributes}>{inner}</{node.tag}>"


def _inside(old: Block, new: Block) -> list[Pair]:
    """Pair what stands inside two blocks of one sort."""
    if new.tag == "table":
        return [
            (_part(old, tag), _part(new, tag))
            for tag in _TABLE_PARTS
            if _part(old, tag) or _part(new, tag)
        ]
    if new.tag == "tr" and [c.sort for c in old.children] == [c.sort for c in new.children]:
        return list(zip(old.children, new.children, strict=True))
    first = [block.children[0] if block.children else None for block in (old, new)]
    if all(isinstance(child, Leaf) for child in first):
        # The words of an item, a cell or a paragraph that is the same one, whatever they say now.
        return [(first[0], first[1]), *_pairs(old.children[1:], new.children[1:])]
    return _pairs(old.children, new.children)


def _part(table: Block, tag: str) -> Block | None:
    return next((part for part in table.children if part.tag == tag), None)


def _pairs(old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    return paired(old, new, _key, _likeness)


def _key(node: Node) -> str:
    return node.html


def _likeness(old: Node, new: Node) -> float:
    return overlap(old.said, new.said) if old.sort == new.sort else 0.0
