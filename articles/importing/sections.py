"""Sorts the blocks of a file into the parts of an article."""

import re
from collections import Counter
from dataclasses import dataclass, field

from articles.importing import part_names as names
from articles.importing.blocks import (
    Block,
    Source,
    is_all_strong,
    is_linked,
    list_entries,
    make,
    plain_text,
)
from articles.importing.page_lines import is_byline, is_furniture, reading_time
from articles.importing.part_names import normalise, part_of
from articles.importing.reference_signs import looks_like_reference

LABELLED = (
    (
        names.DISCLAIMER,
        re.compile(r"(?:medical |health )?disclaimer\s{0,3}[:–—-]\s{1,5}(?=\S)", re.I),
    ),
    (
        names.SUMMARY,
        re.compile(
            r"(?:quick (?:summary|answer)|(?:the )?short answer|tl;?\s?dr|in brief|in short)"
            r"\s{0,3}[:–—-]\s{1,5}(?=\S)",
            re.I,
        ),
    ),
)
LEFT_OUT = {names.RELATED, names.AUTHOR}
EXPLICIT_POINTS = re.compile(r"(?:key|main) |takeaways|points|핵심|puntos")


@dataclass
class Parts:
    """The blocks of each part, in the order of the file."""

    body: list[Block] = field(default_factory=list)
    summary: list[Block] = field(default_factory=list)
    key_points: list[Block] = field(default_factory=list)
    faq: list[Block] = field(default_factory=list)
    references: list[Block] = field(default_factory=list)
    disclaimer: list[Block] = field(default_factory=list)
    left_out: dict[str, list[Block]] = field(default_factory=dict)
    bylines: list[Block] = field(default_factory=list)
    reading_time: str = ""
    contents: dict[str, int] = field(default_factory=dict)  # normalised heading → depth from 1


def split(source: Source) -> Parts:
    """Goes through the blocks once; a heading opens a part, the next one that fits none ends it."""
    splitter = _Splitter(source)
    for index in range(len(source.blocks)):
        splitter.read(index)
    return splitter.parts


class _Splitter:
    def __init__(self, source: Source) -> None:
        self.blocks = source.blocks
        self.stated = source.levels_stated
        self.parts = Parts()
        self.part = ""
        self.level = 0
        self.begun = False  # whether a heading of the body was seen
        self.faq_level = 0
        self.folded = False
        self.left_out_name = ""
        self.repeated = Counter(normalise(block.text) for block in self.blocks)

    def read(self, index: int) -> None:
        block = self.blocks[index]
        text = block.text
        if self._is_aside(block, text):
            return
        name = self._name(block, text)
        if name == names.CONCLUSION or (name and not self._opens(name, index)):
            name = ""
            if block.kind == "heading":
                self._body_heading(block)
                return
        if name:
            self._open(name, block)
        elif block.kind == "heading":
            if self.part and self._stays(block, text, index):
                self._add(block)
            else:
                self._body_heading(block)
        elif not self._add_labelled(block, text):
            self._follow_terms(block, text)
            self._add(block)

    def _follow_terms(self, block: Block, text: str) -> None:
        """Questions that fold out are questions wherever they stand."""
        if block.kind == "term" and not self.part and text.endswith(("?", "？")):
            self.part, self.level, self.folded = names.FAQ, 0, True
        elif block.kind == "end" and self.folded:
            self.part, self.folded = "", False

    def _is_aside(self, block: Block, text: str) -> bool:
        """Takes out lines about the page or about the article itself."""
        if block.kind == "list":
            items = [plain_text(item) for item in block.element]
            return bool(items) and any(items) and all(is_furniture(t) for t in items if t)
        if block.kind not in ("paragraph", "heading"):
            return False
        if said := reading_time(text):
            self.parts.reading_time = self.parts.reading_time or said
            return True
        if is_byline(text):
            self.parts.bylines.append(block)
            return True
        return is_furniture(text) and not part_of(text)

    def _name(self, block: Block, text: str) -> str:
        if block.kind == "heading":
            return part_of(text)
        alone = block.kind == "paragraph" and len(text) < 60
        if alone and (is_all_strong(block.element) or text.endswith(":")):
            return part_of(text)
        return ""

    def _following(self, index: int) -> list[Block]:
        """The blocks up to the next heading."""
        found = []
        for block in self.blocks[index + 1 : index + 60]:
            if block.kind == "heading":
                break
            found.append(block)
        return found

    def _opens(self, name: str, index: int) -> bool:
        """Whether a heading with the name of a part is one here, by where it stands."""
        text = self.blocks[index].text
        following = self._following(index)
        if name == names.SUMMARY:
            return not self.begun and bool(following)
        if name == names.KEY_POINTS:
            listed = any(b.kind == "list" for b in following)
            return listed or (bool(EXPLICIT_POINTS.search(normalise(text))) and bool(following))
        if name == names.REFERENCES and normalise(text) in ("source", "sources", "citations"):
            heads = [b for b in self.blocks[index + 1 :] if b.kind == "heading"]
            last = not any(not part_of(b.text) for b in heads)
            return last or any(looks_like_reference(b.text, b.element) for b in following)
        if name in LEFT_OUT:
            linked = all(is_linked(b) for b in following)
            return self.begun and (not self.stated or linked or name == names.AUTHOR)
        return True

    def _open(self, name: str, block: Block) -> None:
        self.part = name
        self.folded = False
        self.level = block.level
        self.faq_level = 0
        if name in LEFT_OUT:
            self.parts.left_out.setdefault(block.text, [])
            self.left_out_name = block.text

    def _body_heading(self, block: Block) -> None:
        self.part = ""
        self.folded = False
        self.begun = True
        self.parts.body.append(block)

    def _stays(self, block: Block, text: str, index: int) -> bool:
        """Whether a heading without a part's name still belongs to the part that is open."""
        asks = text.rstrip().endswith(("?", "？"))
        deeper = self.stated and block.level > self.level > 0
        if self.part == names.CONTENTS:
            return self._is_contents_entry(text)
        if self.part == names.FAQ:
            level = block.level
            same = not self.faq_level or level == self.faq_level
            stays = deeper or (asks and (not self.stated or same or not self.level))
            if stays and not self.faq_level:
                self.faq_level = level
            return stays
        if self.part == names.REFERENCES:
            following = self._following(index)
            if not self.stated:
                prose = any(len(b.text.split()) > 12 for b in following)
                return looks_like_reference(text, block.element) or not prose
            return bool(deeper and following) and all(
                b.kind == "list" and looks_like_reference(b.text, b.element) for b in following
            )
        return self.part in LEFT_OUT and deeper

    def _is_contents_entry(self, text: str) -> bool:
        return self.repeated[normalise(text)] > 1

    def _add(self, block: Block) -> None:
        part = self.part
        if part == names.CONTENTS and not self._add_contents(block):
            self.part = part = ""
        if part in ("", names.CONTENTS):
            if part == "" and block.kind != "end":
                self.parts.body.append(block)
        elif part in LEFT_OUT:
            self.parts.left_out[self.left_out_name].append(block)
        elif block.kind == "heading" and part != names.FAQ:
            if part == names.REFERENCES and not self.stated:
                self.parts.references.append(Block("paragraph", block.element, block.line))
        elif part in (names.SUMMARY, names.KEY_POINTS) and self._is_past(block, part):
            self.part = ""
            self.parts.body.append(block)
        else:
            getattr(self.parts, part).append(block)

    def _is_past(self, block: Block, part: str) -> bool:
        """In files without levels a summary is one paragraph and key points are one list."""
        held = getattr(self.parts, part)
        if self.begun or not held or block.kind != "paragraph":
            return False
        if part == names.KEY_POINTS:
            return any(b.kind == "list" for b in held)
        led = any(b.kind == "paragraph" for b in self.parts.body)
        return not self.stated and not led

    def _add_contents(self, block: Block) -> bool:
        """Notes the entries of the file's own list of contents; False: this is none."""
        if block.kind == "list":
            entries = list(list_entries(block))
            known = [text for text, _ in entries if self.repeated[normalise(text)]]
            jumps = [a for a in block.element.iter("a") if (a.get("href") or "").startswith("#")]
            if len(known) * 2 < len(entries) and len(jumps) * 2 < len(entries):
                return False
            self.parts.contents.update((normalise(text), depth) for text, depth in entries)
            return True
        if block.kind in ("paragraph", "heading") and self._is_contents_entry(block.text):
            self.parts.contents[normalise(block.text)] = 1
            self.repeated[normalise(block.text)] -= 1
            return True
        return False

    def _add_labelled(self, block: Block, text: str) -> bool:
        """Reads paragraphs such as "Disclaimer: …" and "TL;DR: …", each a part by itself."""
        if block.kind not in ("paragraph", "quote") or self.part not in (
            "",
            names.FAQ,
            names.REFERENCES,
        ):
            return False
        for name, label in LABELLED:
            match = label.match(text)
            if match and (name != names.SUMMARY or not self.begun):
                made = make("p", text[match.end() :], block.line)
                getattr(self.parts, name).append(Block("paragraph", made, block.line))
                return True
        return False
