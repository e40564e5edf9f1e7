"""One run of text inside a block, written in one normal way."""

import re
import unicodedata

# Text is in the sanitiser's escaped form, where a no-break space is always "&nbsp;".
_SPACE = re.compile(r"(?:[ \t\n\x0b\x0c\r\x85\u2028\u2029]|&nbsp;)+")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# A stroke with nothing to strike through. Composed with the “>” of the tag before it, it would
# make “≯”, and the tag would lose its end.
_LOOSE_STROKE = re.compile(r"(^|[ \t\n\x0b\x0c\r\x85\u2028\u2029]|&nbsp;)\u0338+")

Format = tuple[str, str]  # tag, attributes as written


def _collapse(match: re.Match[str]) -> str:
    return " " if match[0].replace("&nbsp;", "") else "&nbsp;"


class Run:
    """Collects text, line breaks and pictures, and writes them with the fewest tags.

    Space and line breaks wait until something follows them, so that they never stand at an edge
    of the run and always stand outside the tags that end or begin there. A no-break space is kept
    only where it stands alone between words: elsewhere it is what editors leave behind.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._pieces: list[str] = []
        self._open: list[Format] = []
        self._space = ""
        self._breaks = 0

    def text(self, escaped: str, formats: list[Format]) -> None:
        escaped = _NOT_TEXT.sub("", escaped)
        if not escaped.isascii():
            escaped = _LOOSE_STROKE.sub(r"\1", unicodedata.normalize("NFC", escaped))
        escaped = _SPACE.sub(_collapse, escaped)
        for space in (" ", "&nbsp;"):
            if escaped.startswith(space):
                self.space(space)
                escaped = escaped[len(space) :]
        after = next((s for s in (" ", "&nbsp;") if escaped.endswith(s)), "")
        escaped = escaped.removesuffix(after) if after else escaped
        if escaped:
            self._write(escaped, formats)
        if after:
            self.space(after)

    def space(self, space: str = " ") -> None:
        self._space = space if self._space in ("", space) else " "

    def line_break(self) -> None:
        self._breaks += 1

    def picture(self, tag: str, formats: list[Format]) -> None:
        self._write(tag, formats)

    def finish(self) -> str:
        """The run's HTML, empty if nothing was in it; the run is then ready for the next."""
        self._close_to(0)
        html = "".join(self._pieces)
        self._reset()
        return html

    def _write(self, content: str, formats: list[Format]) -> None:
        wanted: list[Format] = []
        for each in formats:
            if all(each[0] != tag for tag, _ in wanted):
                wanted.append(each)
        between = ""
        if self._pieces:
            between = "<br>" * self._breaks or self._space
        shared = 0
        for old, new in zip(self._open, wanted, strict=False):
            # Neighbours that touch are one: "<b>a</b><b>b</b>" is how word processors save "ab".
            if not (old is new or (old == new and not between)):
                break
            shared += 1
        self._close_to(shared)
        self._pieces.append(between)
        for tag, attributes in wanted[shared:]:
            self._pieces.append(f"<{tag}{attributes}>")
        self._open = wanted
        self._pieces.append(content)
        self._space, self._breaks = "", 0

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._pieces.append(f"</{self._open.pop()[0]}>")
