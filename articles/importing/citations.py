"""Citations in the text: numbers, footnote marks and Pandoc keys, made into `[@key]`."""

import re
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from articles.importing.blocks import (
    GONE,
    Block,
    Element,
    dissolve,
    line_of,
    plain_text,
    strip_dissolved,
    text_slots,
)
from articles.importing.findings import Findings
from articles.importing.links import in_tag
from articles.importing.parsed import ParsedReference
from articles.importing.reference_lines import ReferenceList

NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,30}"
BRACKETED = re.compile(
    rf"\[(?P<numbers>{NUMBERS})\]|\[\^(?P<note>[\w-]{{1,40}})\]|\[(?P<keys>[^\[\]\n]{{0,80}}-?@[^\[\]]{{1,300}})\]"
)
IN_SUP = re.compile(rf"\[?\(?(?P<numbers>{NUMBERS})\)?\]?")
PANDOC_KEY = re.compile(r"(?<![\w.])-?@\{?([A-Za-z0-9_][\w:.#$%&+?<>~/-]*[\w])\}?")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,")
RAISED = re.compile(r"(?<=[^\W\d_]|[.,;:!?)”\"’])[¹²³⁴-⁹][⁰¹²³⁴-⁹⁻˒,]{0,20}")
# m², cm², 10³, s⁻¹ and "95% CI [1, 3]" are quantities.
UNIT_BEFORE = re.compile(r"(?:\d|\b(?:[kcdmµn]?m|s|in|ft|yd|h|CO|O|H))$")
INTERVAL_BEFORE = re.compile(r"(?:\bCI|\binterval|\brange|\bIQR|\bbetween)[\s:,]{0,3}$", re.I)
MOST_IN_RANGE = 30


@dataclass
class _Slot:
    """Where a piece of text stands, for the problems that it causes."""

    block: Block
    heading: str
    line: int
    field: str


class Citer:
    """Rewrites the citations of blocks against one list of references."""

    def __init__(self, listed: ReferenceList, findings: Findings) -> None:
        self.listed = listed
        self.findings = findings
        self.by_position = False

    def cite(self, blocks: list[Block], field: str) -> None:
        """Rewrites every citation in the blocks; one without a reference stays, and is told."""
        heading = ""
        for block in blocks:
            if block.kind == "heading":
                heading = block.text
            slot = _Slot(block, heading, block.line, field)
            self._cite_elements(block.element, slot)
            for node, name in text_slots(block.element):
                text = getattr(node, name)
                holder = node if name == "text" else node.getparent()
                if in_tag(holder, "code"):
                    continue
                slot.line = line_of(holder, block.line)
                new = text
                if "[" in text:
                    new = BRACKETED.sub(partial(self._bracket, slot=slot), text)
                if not new.isascii():
                    new = RAISED.sub(partial(self._raised, slot=slot), new)
                if new != text:
                    setattr(node, name, new)

    def _cite_elements(self, element: Element, slot: _Slot) -> None:
        for node in list(element.iter("sup", "a")):
            if node is element or in_tag(node.getparent(), GONE):
                continue
            slot.line = line_of(node, slot.block.line)
            if node.tag == "sup":
                self._cite_sup(node, slot)
            else:
                self._cite_link(node, slot)
        strip_dissolved(element)

    def _cite_sup(self, node: Element, slot: _Slot) -> None:
        words = plain_text(node)
        links = [a for a in node.iter("a") if (a.get("href") or "").startswith("#")]
        found = [r for a in links if (r := self._by_anchor(a))]
        if found and len(found) == len(links):
            dissolve(node, replacement=_marks(found))
            return
        match = IN_SUP.fullmatch(words)
        if not match or (UNIT_BEFORE.search(_text_before(node)) and not links and words[:1] != "["):
            return
        if not self.listed.references and not links and words[:1] != "[":
            return
        if marks := self._numbers(match["numbers"], words, slot):
            dissolve(node, replacement=marks)

    def _cite_link(self, node: Element, slot: _Slot) -> None:
        words = plain_text(node)
        match = IN_SUP.fullmatch(words)
        found = self._by_anchor(node) if (node.get("href") or "").startswith("#") else None
        if found and len(words) < 60:
            # "[<a>3</a>]": the brackets around the link go with it.
            _strip_brackets(node)
            dissolve(node, replacement=_marks([found]))
        elif match and words[:1] == "[" and (marks := self._numbers(match["numbers"], words, slot)):
            dissolve(node, replacement=marks)
        elif match and self.listed.by_number.get(words) and node.getparent().tag != "sup":
            before = _text_before(node)
            if before.endswith("[") and (node.tail or "").startswith("]"):
                _strip_brackets(node)
                dissolve(node, replacement=_marks([self.listed.by_number[words]]))

    def _by_anchor(self, link: Element) -> ParsedReference | None:
        return self.listed.by_anchor.get((link.get("href") or "")[1:])

    def _bracket(self, match: re.Match[str], slot: _Slot) -> str:
        before = match.string[max(0, match.start() - 12) : match.start()]
        if match["numbers"]:
            if INTERVAL_BEFORE.search(before):
                return match[0]
            return self._numbers(match["numbers"], match[0], slot) or match[0]
        if match["note"]:
            return self._numbers(match["note"], match[0], slot) or match[0]
        return self._keys(match, slot)

    def _raised(self, match: re.Match[str], slot: _Slot) -> str:
        before = match.string[max(0, match.start() - 4) : match.start()]
        if UNIT_BEFORE.search(before) or not self.listed.references:
            return match[0]
        numbers = match[0].translate(SUPERSCRIPTS).rstrip(",-")
        rest = "," if match[0].endswith(",") else ""
        marks = self._numbers(numbers, match[0], slot, known_only=True)
        return marks + rest if marks else match[0]

    def _keys(self, match: re.Match[str], slot: _Slot) -> str:
        keys = PANDOC_KEY.findall(match["keys"])
        if not keys or "@" in PANDOC_KEY.sub("", match["keys"]):
            return match[0]
        found = [self.listed.by_key.get(k) or self.listed.by_anchor.get(f"ref-{k}") for k in keys]
        missing = [key for key, reference in zip(keys, found, strict=True) if not reference]
        for key in missing:
            self._report(f"“[@{key}]”", match[0], slot)
        return match[0] if missing else _marks([r for r in found if r])

    def _numbers(self, said: str, shown: str, slot: _Slot, known_only: bool = False) -> str:
        numbers = _expand(said)
        found = [
            self.listed.by_number.get(n) or self.listed.by_anchor.get(f"fn{n}") for n in numbers
        ]
        missing = [n for n, reference in zip(numbers, found, strict=True) if not reference]
        if missing:
            if not known_only:
                named = ", ".join(missing[:5])
                self._report(f"“{shown}”", shown, slot, named)
            return ""
        if not self.listed.numbered and not self.by_position:
            self.by_position = True
            self.findings.guess(
                "references",
                _(
                    "The references have no numbers. The numbers in the text were read as their "
                    "order."
                ),
                _("Check that each citation points at the right reference."),
                line=slot.line,
                heading=slot.heading,
                sentence=slot.block.text,
            )
        return _marks([r for r in found if r])

    def _report(self, mark: str, shown: str, slot: _Slot, named: str = "") -> None:
        lacks = (
            _("The list of references has no number %(number)s.") % {"number": named}
            if named
            else _("It is not in the list of references.")
        )
        if not self.listed.references:
            lacks = _("The file has no references.")
        self.findings.problem(
            "REF-1",
            "error",
            _("%(mark)s cites a reference that is not there. %(lacks)s")
            % {"mark": mark, "lacks": lacks},
            _("Add the reference and cite it, or remove the mark."),
            field=slot.field,
            heading=slot.heading,
            sentence=_around(slot.block.text, shown),
            line=slot.line,
        )


def _expand(said: str) -> list[str]:
    """ "1,3-5" → 1, 3, 4, 5; a range that runs backwards or too far stays as its two ends."""
    numbers: list[str] = []
    for piece in re.split(r"[,;]", said):
        ends = [end.strip() for end in re.split(r"[–-]", piece) if end.strip()]
        if len(ends) == 2 and ends[0].isdecimal() and ends[1].isdecimal():
            first, last = int(ends[0]), int(ends[1])
            if first < last <= first + MOST_IN_RANGE:
                ends = [str(n) for n in range(first, last + 1)]
        numbers.extend(str(int(end)) if end.isdecimal() else end for end in ends)
    return list(dict.fromkeys(numbers))


def _marks(references: list[ParsedReference]) -> str:
    keys = dict.fromkeys(reference.key for reference in references)
    return "[" + "; ".join(f"@{key}" for key in keys) + "]"


def _text_before(node: Element) -> str:
    previous = node.getprevious()
    if previous is not None:
        return (previous.tail or "")[-12:]
    parent = node.getparent()
    return (parent.text or "")[-12:] if parent is not None else ""


def _strip_brackets(node: Element) -> None:
    """Removes "[" before and "]" after a link that is about to become a citation."""
    if not _text_before(node).endswith("[") or not (node.tail or "").startswith("]"):
        return
    node.tail = node.tail[1:]
    previous = node.getprevious()
    if previous is not None:
        previous.tail = previous.tail[:-1]
    else:
        parent = node.getparent()
        parent.text = parent.text[:-1]


def _around(text: str, shown: str) -> str:
    """The sentence of a text in which a mark stands."""
    at = max(text.find(shown), 0)
    start = max(text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0, 0)
    return text[start:]
