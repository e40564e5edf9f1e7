"""Levels of the body's headings: h2 first, none skipped, at most h4; guessed for plain text."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from articles.importing.blocks import Block, Source, is_all_strong, make
from articles.importing.part_names import CONCLUSION, normalise, part_of

STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "help",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "my",
        "of",
        "on",
        "or",
        "role",
        "should",
        "that",
        "the",
        "their",
        "them",
        "to",
        "understanding",
        "was",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
        "guide",
        "complete",
        "everything",
        "need",
        "know",
        "about",
    ]
)
# Sections that articles have at the first level, whatever their title is about.
MAIN_SECTION = re.compile(
    r"(?:causes?|symptoms?|signs?|diagnosis|treatments?|prevention|risks?|benefits|overview"
    r"|introduction|background|outlook|complications|side effects|dosage|how much|how to|when to"
    r"|what|why|who|where|is|are|can|does|do|should|will|safety|interactions|tips|types"
    r"|living with)\b"
)
MOST_LEVEL = 4


def settle_levels(source: Source, body: list[Block], title: str, contents: dict[str, int]) -> None:
    """Sets the tag of every heading of the body."""
    if source.levels_stated:
        _promote_bold(source, body)
    headings = [b for b in body if b.kind == "heading"]
    if not source.levels_stated and headings:
        if contents and any(normalise(h.text) in contents for h in headings):
            for heading in headings:
                heading.level = 1 + min(contents.get(normalise(heading.text), 2), 2)
        else:
            _guess_levels(source, body, headings, title)
    open_levels: list[int] = []
    for heading in headings:
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        open_levels.append(heading.level)
        heading.element.tag = f"h{min(MOST_LEVEL, 1 + len(open_levels))}"


def _promote_bold(source: Source, body: list[Block]) -> None:
    """In a file without headings, short bold paragraphs are headings."""
    if any(b.kind == "heading" for b in body):
        return
    bold = [
        b
        for b, after in pairwise(body)
        if b.kind == "paragraph"
        and is_all_strong(b.element)
        and len(b.text.split()) <= 14
        and not b.text.endswith((".", ","))
        and not (after.kind == "paragraph" and is_all_strong(after.element))
    ]
    if len(bold) < 2:
        return
    for block in bold:
        block.kind, block.level = "heading", 2
        block.element = make("h2", block.text.rstrip(" :"), block.line)
    source.findings.guess(
        "body",
        _("The file has no headings. %(count)d bold lines were made headings.")
        % {"count": len(bold)},
        _("Check that each of them opens a section."),
        line=bold[0].line,
        heading=bold[0].text,
    )


def _guess_levels(source: Source, body: list[Block], headings: list[Block], title: str) -> None:
    """Main sections name what the article is about; the others are parts of the one before.

    Sections that are a mere list belong to the section before too, where most are prose.
    """
    topic = _words(title)
    lists = _list_sections(body)
    few_lists = len(lists) * 2 <= len(headings)
    on_topic = [h for h in headings if topic & _words(h.text)]
    telling = len(on_topic) * 2 >= len(headings) and len(headings) > 2
    for index, heading in enumerate(headings):
        name = normalise(heading.text)
        main = (
            index == 0
            or part_of(heading.text) == CONCLUSION
            or not telling
            or heading.text.endswith("?")
            or bool(topic & _words(heading.text))
            or (bool(MAIN_SECTION.match(name)) and len(name.split()) <= 4)
        )
        inside = telling and few_lists and heading.line in lists and index > 0
        heading.level = 2 if main and not inside else 3
    source.findings.guess(
        "body",
        _(
            "The file does not say which of its %(count)d headings are sections and which are "
            "parts of one. The levels were guessed."
        )
        % {"count": len(headings)},
        _("Check “In this article”, and change the level of a heading where it is wrong."),
        line=headings[0].line,
        heading=headings[0].text,
    )


def _words(text: str) -> set[str]:
    """The words that carry meaning, cut to their stems so that plurals meet."""
    words = (word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2)
    return {word[:5] for word in words if word not in STOP_WORDS}


def _list_sections(body: list[Block]) -> set[int]:
    """The lines of the headings whose sections are an introduction and a list, no more."""
    found: set[int] = set()
    current: Block | None = None
    inside: list[Block] = []
    for block in [*body, None]:
        if block is not None and block.kind != "heading":
            inside.append(block)
            continue
        kinds = [b.kind for b in inside]
        intro = len(inside) == 2 and kinds == ["paragraph", "list"] and inside[0].text.endswith(":")
        if current is not None and (intro or kinds == ["list"]):
            found.add(current.line)
        current, inside = block, []
    return found
