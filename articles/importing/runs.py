"""Collects the inline content between two block boundaries of HTML."""

from lxml import etree

from articles.importing.blocks import ANCHORS, FORBIDDEN, LINE, Element, append_text, make, tidy


class Run:
    """Collects inline content into a paragraph, reopening what a block interrupted."""

    def __init__(self) -> None:
        self.open: list[tuple[str, str]] = []
        self.pieces: list[str] = []
        self.start()

    def start(self) -> None:
        self.root = self.at = make("p")
        for tag, href in self.open:
            self._enter(tag, href)

    def _enter(self, tag: str, href: str) -> None:
        child = etree.SubElement(self.at, tag)
        if href:
            child.set("href", href)
        self.at = child

    def text(self, text: str | None, line: int) -> None:
        if text:
            if text.strip() and not self.root.get(LINE):
                skipped = text[: len(text) - len(text.lstrip())].count("\n")
                self.root.set(LINE, str(max(1, line + skipped)))
            self.pieces.append(FORBIDDEN.sub("", text))

    def flush_text(self) -> None:
        if self.pieces:
            append_text(self.at, "".join(self.pieces))
            self.pieces = []

    def enter(self, tag: str, href: str, line: int) -> bool:
        """Opens a format unless it is open already (so nesting stays shallow)."""
        if any(tag == name for name, _ in self.open):
            return False
        self.flush_text()
        self.open.append((tag, href))
        self._enter(tag, href)
        self.at.set(LINE, str(line))
        return True

    def leave(self) -> None:
        self.flush_text()
        self.open.pop()
        self.at = self.at.getparent()

    def break_line(self) -> None:
        self.flush_text()
        etree.SubElement(self.at, "br")

    def anchor(self, name: str) -> None:
        self.root.set(ANCHORS, f"{self.root.get(ANCHORS, '')} {name}".strip())

    def take(self) -> Element | None:
        """The paragraph so far, or None if it holds no text; the next one is begun."""
        self.flush_text()
        done = tidy(self.root)
        anchors = done.get(ANCHORS, "")
        self.start()
        if done.text or len(done):
            return done
        if anchors:
            self.root.set(ANCHORS, anchors)
        return None
