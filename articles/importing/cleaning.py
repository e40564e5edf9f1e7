"""From a tree of any HTML to clean blocks. Nothing that could run or style survives."""

from collections.abc import Iterator

from lxml import etree

from articles.importing.blocks import (
    ANCHORS,
    FORBIDDEN,
    LINE,
    Block,
    Element,
    append_text,
    dissolve,
    make,
    move_content,
    plain_text,
    strip_dissolved,
    tidy,
)
from articles.importing.clean_tables import nearest, read_table
from articles.importing.links import safe_address
from articles.importing.runs import Run

INLINE = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em",
    "a": "a", "sup": "sup", "sub": "sub", "code": "code", "kbd": "code", "samp": "code",
    "var": "em", "tt": "code",
}  # fmt: skip
TRANSPARENT_INLINE = {
    "span", "font", "u", "s", "strike", "del", "ins", "small", "big", "mark", "abbr", "acronym",
    "q", "time", "label", "data", "bdi", "bdo", "wbr", "ruby", "rb", "nobr", "img", "input",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
NESTING = HEADINGS | {"ul", "ol", "menu", "table", "blockquote", "dl", "details", "pre"}
PERMALINKS = {"¶", "#", "§", "🔗", "↩", "↩︎", "^", "↑", "⏎", ""}
MAX_DEPTH = 12


class Cleaner:
    """Turns an element into blocks; `pictures` counts what could not be taken over."""

    def __init__(self, base: str = "", offset: int = 0) -> None:
        self.base = base
        self.pictures = 0
        self.line = 1

    def line_at(self, node: Element) -> int:
        # libxml2 counts lines in 16 bits; the Markdown reader writes them into the tree.
        stated = node.get("data-line", "")
        line = int(stated) if stated.isdecimal() and len(stated) < 9 else node.sourceline or 0
        self.line = line if 0 < line < 65_535 or stated else self.line
        return self.line

    def blocks(self, root: Element, depth: int = 0) -> list[Block]:
        """The blocks of everything inside an element."""
        found: list[Block] = []
        run = Run()
        for event, node in self._walk(root, run):
            done = run.take()
            if done is not None:
                line = int(done.get(LINE) or self.line_at(root))
                found.append(Block("paragraph", done, line))
            if event == "block":
                found.extend(self._block(node, depth))
        return found

    def _walk(self, root: Element, run: Run) -> Iterator[tuple[str, Element]]:
        """Feeds inline content to the run; yields at each boundary between blocks."""
        run.text(root.text, self.line_at(root))
        stack: list[tuple[Element, Iterator[Element], str]] = [(root, iter(list(root)), "block")]
        while stack:
            parent, children, role = stack[-1]
            node = next(children, None)
            if node is None:
                stack.pop()
                if role == "format":
                    run.leave()
                elif role == "block":
                    yield "edge", parent
                if parent is not root:
                    run.text(parent.tail, self.line_at(parent))
                continue
            if not isinstance(node.tag, str):
                run.text(node.tail, self.line)
                continue
            role = self._open(node, run)
            if role in ("edge", "nested"):
                yield ("block" if role == "nested" else "edge"), node
                run.text(node.tail, self.line)
            elif role == "skip":
                run.text(node.tail, self.line)
            else:
                if role == "block":
                    yield "edge", node
                self._note_anchor(node, run)
                run.text(node.text, self.line_at(node))
                stack.append((node, iter(list(node)), role))

    def _open(self, node: Element, run: Run) -> str:
        """How a node is read: "nested", "edge", "skip", "format", "inline" or "block"."""
        tag = node.tag
        line = self.line_at(node)
        if tag in NESTING:
            return "nested"
        if tag == "hr":
            return "edge"
        if tag == "br":
            run.break_line()
            return "skip"
        if tag in ("img", "picture", "input"):
            self.pictures += tag != "input"
            return "skip"
        if tag in INLINE:
            href = safe_address(node.get("href") or "", self.base) if tag == "a" else ""
            if tag == "a" and href.startswith("#") and plain_text(node) in PERMALINKS:
                return "skip"
            if tag == "a" and not href:
                return "inline"
            return "format" if run.enter(INLINE[tag], href, line) else "inline"
        return "inline" if tag in TRANSPARENT_INLINE else "block"

    @staticmethod
    def _note_anchor(node: Element, run: Run) -> None:
        name = node.get("id") or (node.get("name") if node.tag == "a" else "")
        if name and not any(c.isspace() for c in name):
            run.anchor(name)

    def _block(self, node: Element, depth: int) -> list[Block]:
        line = self.line_at(node)
        if depth >= MAX_DEPTH:
            text = " ".join("".join(node.itertext()).split())
            return [Block("paragraph", make("p", text, line), line)] if text else []
        if node.tag in HEADINGS:
            return self._heading(node, line, depth)
        if node.tag in ("ul", "ol", "menu"):
            made = self._list(node, line, depth)
            return [Block("list", made, line)] if len(made) else []
        if node.tag == "table":
            return read_table(self, node, line, depth)
        if node.tag == "blockquote":
            return self._quote(node, line, depth)
        if node.tag == "pre":
            return self._code(node, line)
        return self._terms(node, line, depth)

    def _heading(self, node: Element, line: int, depth: int) -> list[Block]:
        parts = self.blocks(node, depth + 1)
        if not parts:
            return []
        joined = self.join(parts, make("h2", "", line))
        for inner in list(joined.iter("strong", "a", "br")):
            dissolve(inner, replacement=" " if inner.tag == "br" else None)
        strip_dissolved(joined)
        return [Block("heading", tidy(joined), line, level=int(node.tag[1]))]

    def join(self, parts: list[Block], target: Element) -> Element:
        """Puts the content of blocks into one element that holds inline content and lists."""
        for block in parts:
            if block.kind == "end":
                continue
            if block.kind == "list":
                target.append(block.element)
                continue
            if (len(target) and target[-1].tag not in ("ul", "ol")) or target.text:
                etree.SubElement(target, "br")
            if anchors := block.element.get(ANCHORS):
                target.set(ANCHORS, f"{target.get(ANCHORS, '')} {anchors}".strip())
            if block.kind in ("table", "quote"):
                append_text(target, plain_text(block.element))
            elif block.kind in ("heading", "term") and len(parts) > 1:
                target.append(make("strong", block.text))
            else:
                move_content(block.element, target)
        return target

    def _list(self, node: Element, line: int, depth: int) -> Element:
        made = make("ol" if node.tag == "ol" else "ul", "", line)
        start = node.get("start", "")
        if made.tag == "ol" and start.isdecimal() and len(start) < 6 and int(start) > 1:
            made.set("start", str(int(start)))
        for child in node:
            if not isinstance(child.tag, str):
                continue
            if child.tag in ("ul", "ol") and len(made):
                # A list put straight into a list, as old editors write it.
                made[-1].append(self._list(child, self.line_at(child), depth + 1))
                continue
            item_line = self.line_at(child)
            item = self.join(self.blocks(child, depth + 1), make("li", "", item_line))
            names = [child.get("id") or "", item.get(ANCHORS) or ""]
            item.set(ANCHORS, " ".join(filter(None, names)))
            if (value := child.get("value", "")).isdecimal():
                item.set("value", value[:6])
            if plain_text(item) or child.tag == "li":
                made.append(tidy(item))
        return made

    def _quote(self, node: Element, line: int, depth: int) -> list[Block]:
        quote = make("blockquote", "", line)
        for block in self.blocks(node, depth + 1):
            if block.kind in ("heading", "term"):
                quote.append(make("p", "", block.line, make("strong", block.text)))
            elif block.kind == "quote":
                quote.extend(list(block.element))
            elif block.kind == "table":
                quote.append(make("p", plain_text(block.element), block.line))
            elif block.kind != "end":
                quote.append(block.element)
        return [Block("quote", quote, line)] if len(quote) else []

    def _code(self, node: Element, line: int) -> list[Block]:
        code = make("code")
        for index, text in enumerate("".join(node.itertext()).strip("\n").split("\n")):
            if index:
                etree.SubElement(code, "br")
            append_text(code, FORBIDDEN.sub("", text))
        paragraph = tidy(make("p", "", line, code))
        return [Block("paragraph", paragraph, line)] if plain_text(paragraph) else []

    def _terms(self, node: Element, line: int, depth: int) -> list[Block]:
        """A dl or details: each dt or summary is a term, and what explains it follows."""
        found: list[Block] = []
        end = Block("end", make("p"), line)
        if node.tag == "details":
            summary = node.find("summary")
            if summary is not None:
                found.append(self._term(summary, depth))
                dissolve(summary, replacement="")
                strip_dissolved(node)
            return [*found, *self.blocks(node, depth + 1), end]
        for child in node.iter("dt", "dd"):
            if nearest(child, "dl") is not node:
                continue
            if child.tag == "dt":
                found.append(self._term(child, depth))
            else:
                found.extend(self.blocks(child, depth + 1))
        return [*found, end]

    def _term(self, node: Element, depth: int) -> Block:
        line = self.line_at(node)
        term = tidy(self.join(self.blocks(node, depth + 1), make("p", "", line)))
        return Block("term", term, line)
