"""One normal layout for sanitised HTML.

Browsers, editors and word processors write the same text in many ways: other white space, bare
text between blocks, paragraphs around the only line of a list item, empty paragraphs. A text has
one digest, so it needs one layout. The layout is also a content model: whatever the order of the
tags that come in, the HTML that goes out parses to itself.
"""

import re
from dataclasses import dataclass, field

from publishing.richtext.allowlist import ALIASES, ALLOWED, BOUNDARIES, HEADINGS, INLINE
from publishing.richtext.inline import Format, Run

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_BULLET = re.compile(r"[·•◦▪▫‣⁃●○■□∙](?: |&nbsp;)")

_LISTS = ("ul", "ol")
_SECTIONS = ("thead", "tbody")
_CELLS = ("td", "th")
_FLOW = ("", "blockquote", "li", *_CELLS)

# Which parent a tag needs, and what is put in between where a level was left out.
_PARENTS: dict[str, tuple[str, ...]] = {
    "li": _LISTS,
    "caption": ("table",),
    "thead": ("table",),
    "tbody": ("table",),
    "tr": _SECTIONS,
    "td": ("tr",),
    "th": ("tr",),
}
_IMPLIED = {"ul": "li", "ol": "li", "table": "tbody", "thead": "tr", "tbody": "tr", "tr": "td"}


@dataclass
class _Block:
    tag: str
    attributes: str = ""
    children: list["_Block | str"] = field(default_factory=list)

    def paragraphs(self) -> None:
        self.children = [_Block("p", "", [c]) if isinstance(c, str) else c for c in self.children]

    def settle(self) -> "_Block | None":
        """Put the children in their normal form; None if nothing is left to show."""
        if self.tag in ("", "blockquote"):
            self.paragraphs()
            self._bullets_to_lists()
        elif self.tag in ("li", *_CELLS):
            self._settle_item()
        elif self.tag == "table":
            return self._settle_table()
        return self if self.children or self.tag in _CELLS else None

    def _settle_item(self) -> None:
        # A single leading paragraph needs no tag of its own; several do, to stay apart.
        texts = [c for c in self.children if isinstance(c, str) or c.tag == "p"]
        first = self.children[0] if self.children else None
        if len(texts) == 1 and texts[0] is first and isinstance(first, _Block):
            self.children[0] = first.children[0]
        elif len(texts) > 1 or (texts and texts[0] is not first):
            self.paragraphs()

    def _settle_table(self) -> "_Block | None":
        parts: dict[str, list[_Block | str]] = {"caption": [], "thead": [], "tbody": []}
        for part in self.children:
            parts[part.tag] += part.children
        parts["caption"] = [" ".join(parts["caption"])] if parts["caption"] else []
        if not parts["thead"] and not parts["tbody"]:
            return _Block("p", "", parts["caption"]) if parts["caption"] else None
        self.children = [_Block(tag, "", rows) for tag, rows in parts.items() if rows]
        return self

    def _bullets_to_lists(self) -> None:
        children: list[_Block | str] = []
        made: _Block | None = None
        for child in self.children:
            bullet = child.tag == "p" and _BULLET.match(child.children[0])
            if not bullet:
                made = None
                children.append(child)
                continue
            if made is None:
                made = _Block("ul")
                children.append(made)
            made.children.append(_Block("li", "", [child.children[0][bullet.end() :]]))
        self.children = children

    def write(self) -> str:
        inner = [c if isinstance(c, str) else c.write() for c in self.children]
        # Each block on its own line, a row of a table on one: a comparison by lines then says
        # which paragraph, item or row changed.
        if self.tag == "":
            return "\n".join(inner)
        if self.tag == "tr" or all(isinstance(c, str) for c in self.children):
            body = "".join(inner)
        else:
            lead = [] if isinstance(self.children[0], str) else [""]
            body = "\n".join([*lead, *inner, ""])
        return f"<{self.tag}{self.attributes}>{body}</{self.tag}>"


class _Layout:
    def __init__(self) -> None:
        self.stack = [_Block("")]
        self.leaf = ""  # "p" or a heading, while one is open
        self.run = Run()
        self.formats: list[Format] = []
        # One record for each tag that is open in the source: what to undo at its end.
        self.open: list[tuple[str, _Block | None, str]] = []

    def start(self, tag: str, attributes: str) -> None:
        if tag in INLINE:
            # A link without an address is no link.
            if tag == "a" and not attributes:
                self.open.append(("nothing", None, ""))
                return
            self.formats.append((tag, attributes))
            self.open.append(("format", None, ""))
        elif self.leaf in HEADINGS or self.stack[-1].tag == "caption":
            self.run.space()
            self.open.append(("space", None, ""))
        elif tag in _PARENTS:
            self._start_part(tag, attributes)
        elif tag == "p" or tag in HEADINGS or tag in BOUNDARIES:
            self.flush()
            self.open.append(("leaf", None, self.leaf))
            self.leaf = "" if tag in BOUNDARIES else tag
        else:
            self.flush()
            if tag in _LISTS:
                self._reopen_item()
            self._flow()
            self._push(tag, attributes)

    def _start_part(self, tag: str, attributes: str) -> None:
        self.flush()
        floor = self._floor()
        self._pop_to(floor)
        path, at = [], floor.tag
        while at not in _PARENTS[tag] and at in ("table", *_SECTIONS):
            at = _IMPLIED[at]
            path.append(at)
        if at not in _PARENTS[tag]:
            self.open.append(("leaf", None, self.leaf))
            self.leaf = ""
            return
        self.stack += [_Block(implied) for implied in path]
        self._push(tag, attributes)

    def end(self) -> None:
        kind, block, leaf = self.open.pop()
        if kind == "format":
            self.formats.pop()
        elif kind == "space":
            self.run.space()
        elif kind == "leaf":
            self.flush()
            self.leaf = leaf
        elif kind == "block":
            self.flush()
            self._pop_to(block)
            self._pop()
            self.leaf = leaf

    def text(self, escaped: str) -> None:
        self.run.text(escaped, self.formats)

    def flush(self) -> None:
        html = self.run.finish()
        if not html:
            return
        home = self._flow()
        home.children.append(_Block(self.leaf, "", [html]) if self.leaf else html)

    def finish(self) -> str:
        self.flush()
        self._pop_to(self.stack[0])
        root = self.stack[0].settle()
        return root.write() if root else ""

    def _floor(self) -> _Block:
        """The innermost block that the source itself opened."""
        return next((b for kind, b, _ in reversed(self.open) if kind == "block"), self.stack[0])

    def _flow(self) -> _Block:
        """The block that text or a list may go into, with any level made that was left out."""
        while self.stack[-1].tag not in (*_FLOW, "caption"):
            self.stack.append(_Block(_IMPLIED[self.stack[-1].tag]))
        return self.stack[-1]

    def _reopen_item(self) -> None:
        # A list straight inside a list belongs to the item before it.
        if self.stack[-1].tag in _LISTS and self.stack[-1].children:
            self.stack.append(self.stack[-1].children.pop())

    def _push(self, tag: str, attributes: str) -> None:
        block = _Block(tag, attributes)
        self.stack.append(block)
        self.open.append(("block", block, self.leaf))
        self.leaf = ""

    def _pop(self) -> None:
        settled = self.stack.pop().settle()
        if settled:
            self.stack[-1].children.append(settled)

    def _pop_to(self, block: _Block) -> None:
        while self.stack[-1] is not block:
            self._pop()


def _attributes(tag: str, written: str) -> str:
    found = dict(_ATTRIBUTE.findall(written))
    return "".join(f' {name}="{found[name]}"' for name in ALLOWED.get(tag, ()) if name in found)


def lay_out(sanitised: str) -> str:
    """The normal layout of HTML that the sanitiser wrote (well-formed, escaped, allow-listed)."""
    layout = _Layout()
    for closing, name, written, text in _TOKEN.findall(sanitised):
        tag = ALIASES.get(name, name)
        if text:
            layout.text(text)
        elif closing:
            layout.end()
        elif tag == "br":
            layout.run.line_break()
        elif tag == "hr":
            layout.flush()
        elif tag == "img":
            attributes = _attributes(tag, written)
            if ' src="' in attributes:
                layout.run.picture(f"<img{attributes}>", layout.formats)
        else:
            layout.start(tag, _attributes(tag, written))
    return layout.finish()
