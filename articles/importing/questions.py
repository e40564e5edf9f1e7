"""Frequently asked questions in all their layouts: pairs of a question and an HTML answer."""

import re
from copy import deepcopy
from dataclasses import dataclass, field

from articles.importing.blocks import (
    Block,
    Element,
    is_all_strong,
    line_of,
    lined_text,
    make,
    plain_text,
    tidy,
)
from articles.importing.findings import Findings

ASKS = ("?", "？", "؟")
Q_LABEL = re.compile(r"\s*(?:\*\*)?(?:Q|Question|F|Frage)\s?\d{0,3}\s?[:.)：–-]\s+", re.I)
A_MARK = r"(?:Answer|Antwort|A)\s?(?:\d{0,3}\s?[:：]|\d{1,3}\s?[.)])"
A_LABEL = re.compile(rf"\s*{A_MARK}\s+", re.I)
Q_THEN_A = re.compile(rf"\s+(?={A_MARK}\s)")
BARE_LABEL = re.compile(rf"\s*(?:{A_MARK}|A|Answer)\s*$", re.I)
ORDINAL = re.compile(r"^\s*\d{1,3}[.)]\s+")
# A question and, after it, the beginning of its answer in the same paragraph.
QUESTION_FIRST = re.compile(r"[^.!?？]{8,250}[?？]\s+(?=\S)")
MOST_WORDS = 40


@dataclass
class Exchange:
    """One question ("" where the file has none) with the clean elements of its answer."""

    question: str
    line: int
    answer: list[Element] = field(default_factory=list)
    asked: bool = True


def read_questions(blocks: list[Block], findings: Findings) -> list[Exchange]:
    """Pairs questions with answers; without a single question each paragraph is an answer."""
    tokens: list[Exchange | tuple[Element, int]] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        tokens.extend(_tokens(block, following))
    tokens = _with_inline_questions(tokens)
    if not any(isinstance(token, Exchange) for token in tokens):
        return _answers_alone([t for t in tokens if not isinstance(t, Exchange)])
    found: list[Exchange] = []
    for token in tokens:
        if isinstance(token, Exchange):
            found.append(token)
        elif found:
            found[-1].answer.append(token[0])
        else:
            _report_introduction(token, findings)
    return found


def _tokens(block: Block, following: Block | None) -> list[Exchange | tuple[Element, int]]:
    text = block.text
    if block.kind == "end" or not text:
        return []
    if block.kind in ("heading", "term"):
        return [Exchange(clean_question(text), block.line)]
    if block.kind == "list":
        return _list_tokens(block, following)
    if block.kind == "table":
        return _table_tokens(block)
    if block.kind == "paragraph":
        return _paragraph_tokens(block, text, following)
    return [(block.element, block.line)]


def _paragraph_tokens(
    block: Block, text: str, following: Block | None
) -> list[Exchange | tuple[Element, int]]:
    element, line = block.element, block.line
    if Q_LABEL.match(text):
        question, _, answer = _split_labelled(element)
        made: list[Exchange | tuple[Element, int]] = [Exchange(clean_question(question), line)]
        return [*made, (answer, line)] if answer is not None else made
    if A_LABEL.match(text):
        return [(_without_label(element), line)]
    asked = text.endswith(ASKS) and len(text.split()) <= MOST_WORDS
    if asked and (is_all_strong(element) or (following is not None and ". " not in text)):
        return [Exchange(clean_question(text), line)]
    lead = _bold_question(element)
    if lead:
        rest = _after_first(element)
        return [Exchange(clean_question(lead), line), (rest, line)]
    return [(element, line)]


def _split_labelled(element: Element) -> tuple[str, str, Element | None]:
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
    answer = _cut(element, found.end() if found else 0)
    return question, "", _without_label(answer)


def _cut(element: Element, length: int) -> Element:
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


def _without_label(element: Element) -> Element:
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


def _bold_question(element: Element) -> str:
    """The bold beginning of a paragraph or item, where it is a question."""
    if (element.text or "").strip() or not len(element) or element[0].tag not in ("strong", "em"):
        return ""
    words = plain_text(element[0])
    has_more = (element[0].tail or "").strip(" \n:") or len(element) > 1
    return words if has_more and words.rstrip(": ").endswith(ASKS) else ""


def _after_first(element: Element) -> Element:
    copy = deepcopy(element)
    copy.tag = "p"
    tail = (copy[0].tail or "").lstrip(" \n:–—-")
    copy.remove(copy[0])
    copy.text = tail
    return tidy(copy)


def _list_tokens(block: Block, following: Block | None) -> list[Exchange | tuple[Element, int]]:
    items = [item for item in block.element if plain_text(item)]
    asked = [_item_question(item) for item in items]
    if not items or not all(asked):
        return [(block.element, block.line)]
    if len(items) > 1 and all(not rest for _, rest in asked if asked) and following is None:
        return [
            Exchange(clean_question(q), line_of(i, block.line))
            for (q, _), i in zip(asked, items, strict=True)
        ]
    made: list[Exchange | tuple[Element, int]] = []
    for item, (question, rest) in zip(items, asked, strict=True):
        line = line_of(item, block.line)
        made.append(Exchange(clean_question(question), line))
        made.extend((element, line) for element in rest)
    return made


def _item_question(item: Element) -> tuple[str, list[Element]] | None:
    """The question in a list item, and the elements that answer it."""
    lists = [child for child in item if child.tag in ("ul", "ol")]
    own = deepcopy(item)
    for child in [c for c in own if c.tag in ("ul", "ol")]:
        own.remove(child)
    own = tidy(own)
    text = plain_text(own)
    rest = [deepcopy(child) for child in lists]
    for element in rest:
        element.tail = None
    if lead := _bold_question(own):
        return lead, [_after_first(own), *rest]
    if text.endswith(ASKS) and len(text.split()) <= MOST_WORDS:
        return text, rest
    match = QUESTION_FIRST.match(text)
    if match:
        answer = _cut(own, match.end())
        answer.tag = "p"
        return match[0].strip(), [answer, *rest]
    return None


def _table_tokens(block: Block) -> list[Exchange | tuple[Element, int]]:
    rows = [row for row in block.element.iter("tr") if row.find("td") is not None]
    if not rows or any(len(row) != 2 for row in rows):
        return [(block.element, block.line)]
    if not all(plain_text(row[0]).endswith(ASKS) for row in rows):
        return [(block.element, block.line)]
    made: list[Exchange | tuple[Element, int]] = []
    for row in rows:
        answer = deepcopy(row[1])
        answer.tag, answer.tail = "p", None
        line = line_of(row, block.line)
        made += [Exchange(clean_question(plain_text(row[0])), line), (answer, line)]
    return made


def _with_inline_questions(
    tokens: list[Exchange | tuple[Element, int]],
) -> list[Exchange | tuple[Element, int]]:
    """Where every paragraph begins with a question of its own, that is the layout."""
    if any(isinstance(token, Exchange) for token in tokens):
        return tokens
    paragraphs = [t for t in tokens if not isinstance(t, Exchange) and t[0].tag == "p"]
    matches = [QUESTION_FIRST.match(plain_text(element)) for element, _ in paragraphs]
    if len(paragraphs) < 2 or len(paragraphs) < len(tokens) or not all(matches):
        return tokens
    made: list[Exchange | tuple[Element, int]] = []
    for (element, line), match in zip(paragraphs, matches, strict=True):
        if match:
            made.append(Exchange(clean_question(match[0]), line))
            made.append((_cut(element, match.end()), line))
    return made


def _answers_alone(tokens: list[tuple[Element, int]]) -> list[Exchange]:
    """Each paragraph is an answer; what a colon announces, and a list, belongs to the one above."""
    found: list[Exchange] = []
    for element, line in tokens:
        announced = found and plain_text(found[-1].answer[-1]).endswith((":", "："))
        if found and (announced or element.tag in ("ul", "ol", "table")):
            found[-1].answer.append(element)
        elif element.tag in ("ul", "ol") and not element.find(".//ul") is not None:
            found.extend(_as_answers(element, line))
        else:
            found.append(Exchange("", line, [element], asked=False))
    return found


def _as_answers(element: Element, line: int) -> list[Exchange]:
    made = []
    for item in element:
        answer = deepcopy(item)
        answer.tag, answer.tail = "p", None
        if plain_text(answer):
            made.append(Exchange("", line_of(item, line), [answer], asked=False))
    return made


def clean_question(text: str) -> str:
    """A question without "Q:", its number and outer marks."""
    text = ORDINAL.sub("", Q_LABEL.sub("", " ".join(text.split()), count=1))
    return text.strip(" *:").strip()


def _report_introduction(token: tuple[Element, int], findings: Findings) -> None:
    element, line = token
    findings.problem(
        "JUNK-1",
        "advice",
        "Text before the first question was left out.",
        "If readers need it, put it into an answer or into the body.",
        field="questions",
        sentence=plain_text(element),
        line=line,
    )
