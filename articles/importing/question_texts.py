"""The wording of questions and answers: labels, numbers and bold beginnings taken off."""

import re
from copy import deepcopy

from articles.importing.blocks import Element, lined_text, make, plain_text, tidy

ASKS = ("?", "？", "؟")
Q_LABEL = re.compile(r"\s*(?:\*\*)?(?:Q|Question|F|Frage)\s?\d{0,3}\s?[:.)：–-]\s+", re.I)
A_MARK = r"(?:Answer|Antwort|A)\s?(?:\d{0,3}\s?[:：]|\d{1,3}\s?[.)])"
A_LABEL = re.compile(rf"\s*{A_MARK}\s+", re.I)
Q_THEN_A = re.compile(rf"\s+(?={A_MARK}\s)")
BARE_LABEL = re.compile(rf"\s*(?:{A_MARK}|A|Answer)\s*$", re.I)
ORDINAL = re.compile(r"^\s*\d{1,3}[.)]\s+")
MOST_WORDS = 40


def split_labelled(element: Element) -> tuple[str, str, Element | None]:
    """ "Q: … A: …" in one paragraph: the question, and the answer as an element of its own."""
    lined = lined_text(element)
    pieces = Q_THEN_A.split(lined, maxsplit=1)
    question = Q_LABEL.sub("", pieces[0], count=1)
    if len(pieces) == 1:
        lines = question.split("\n", 1)
        if len(lines) == 2 and lines[0].rstrip().endswith(ASKS):
            return lines[0], "", tidy(make("p", lines[1]))
        return question, "", None
    found = Q_THEN_A.search(plain_text(element))
    answer = cut_text(element, found.end() if found else 0)
    return question, "", without_label(answer)


def cut_text(element: Element, length: int) -> Element:
    """A copy of an inline element without the first `length` characters of its plain text."""
    copy = deepcopy(element)
    left = length
    for node in copy.iter():
        if node is not copy and node.tag == "br" and left > 0:
            left -= 1
        left = _cut_slot(node, "text", left)
        if node is not copy and not len(node):
            left = _cut_slot(node, "tail", left)
        if left <= 0:
            break
    return tidy(copy)


def _cut_slot(node: Element, slot: str, left: int) -> int:
    text = getattr(node, slot) or ""
    taken = min(left, len(text))
    setattr(node, slot, text[taken:] or None)
    return left - taken


def without_label(element: Element) -> Element:
    copy = deepcopy(element)
    for node in copy.iter():
        if (node.text or "").strip():
            stripped = A_LABEL.sub("", node.text + " ", count=1)
            if stripped == node.text + " ":
                stripped = BARE_LABEL.sub("", node.text)
            node.text = stripped
            break
    first = copy[0] if len(copy) else None
    if first is not None and not (copy.text or "").strip() and not (first.text or "").strip():
        first.tail = (first.tail or "").lstrip(" :")
    return tidy(copy)


def bold_question(element: Element) -> str:
    """The bold beginning of a paragraph or item, where it is a question."""
    if (element.text or "").strip() or not len(element) or element[0].tag not in ("strong", "em"):
        return ""
    words = plain_text(element[0])
    has_more = (element[0].tail or "").strip(" \n:") or len(element) > 1
    return words if has_more and words.rstrip(": ").endswith(ASKS) else ""


def after_first(element: Element) -> Element:
    copy = deepcopy(element)
    copy.tag = "p"
    tail = (copy[0].tail or "").lstrip(" \n:–—-")
    copy.remove(copy[0])
    copy.text = tail
    return tidy(copy)


def clean_question(text: str) -> str:
    """A question without "Q:", its number and outer marks."""
    text = ORDINAL.sub("", Q_LABEL.sub("", " ".join(text.split()), count=1))
    return text.strip(" *:").strip()
