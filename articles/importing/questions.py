"""Frequently asked questions in all their layouts: pairs of a question and an HTML answer."""

import re
from copy import deepcopy
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.importing.blocks import (
    Block,
    Element,
    is_all_strong,
    line_of,
    plain_text,
    tidy,
)
from articles.importing.findings import Findings
from articles.importing.question_texts import (
    A_LABEL,
    ASKS,
    MOST_WORDS,
    Q_LABEL,
    after_first,
    bold_question,
    clean_question,
    cut_text,
    split_labelled,
    without_label,
)

# A question and, after it, the beginning of its answer in the same paragraph.
QUESTION_FIRST = re.compile(r"[^.!?？]{8,250}[?？]\s+(?=\S)")


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
        question, _, answer = split_labelled(element)
        made: list[Exchange | tuple[Element, int]] = [Exchange(clean_question(question), line)]
        return [*made, (answer, line)] if answer is not None else made
    if A_LABEL.match(text):
        return [(without_label(element), line)]
    asked = text.endswith(ASKS) and len(text.split()) <= MOST_WORDS
    if asked and (is_all_strong(element) or (following is not None and ". " not in text)):
        return [Exchange(clean_question(text), line)]
    lead = bold_question(element)
    if lead:
        rest = after_first(element)
        return [Exchange(clean_question(lead), line), (rest, line)]
    return [(element, line)]


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
    if lead := bold_question(own):
        return lead, [after_first(own), *rest]
    if text.endswith(ASKS) and len(text.split()) <= MOST_WORDS:
        return text, rest
    match = QUESTION_FIRST.match(text)
    if match:
        answer = cut_text(own, match.end())
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
            made.append((cut_text(element, match.end()), line))
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


def _report_introduction(token: tuple[Element, int], findings: Findings) -> None:
    element, line = token
    findings.problem(
        "JUNK-1",
        "advice",
        _("Text before the first question was left out."),
        _("If readers need it, put it into an answer or into the body."),
        field="questions",
        sentence=plain_text(element),
        line=line,
    )
