"""The title of an article: stated at its head, its first heading, or guessed."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from articles.importing.blocks import Block, Source
from articles.importing.part_names import normalise, part_of

GENERIC_NAMES = {
    "",
    "pasted",
    "paste",
    "upload",
    "untitled",
    "index",
    "article",
    "document",
    "file",
    "text",
    "input",
    "stdin",
    "readme",
    "new",
}
MOST_WORDS = 10


def take_title(source: Source) -> str:
    """The title that the file states, or ""; its heading leaves the blocks."""
    top = [b for b in source.blocks if b.kind == "heading" and b.level == 1]
    if source.title:
        _drop_same(source, source.title, top)
        return source.title
    if top:
        title = top[0].text
        _drop_before(source, top[0])
        _drop_same(source, title, top)
        return title
    if source.other_title:
        _drop_same(
            source, source.other_title, [b for b in source.blocks if b.kind == "heading"][:1]
        )
        return source.other_title
    first = source.blocks[0] if source.blocks else None
    if first and first.kind == "heading" and not part_of(first.text):
        rivals = [b for b in source.blocks if b.kind == "heading" and b.level <= first.level]
        if len(rivals) == 1 and first.level:
            source.blocks = source.blocks[1:]
            return first.text
    return ""


def guess_title(source: Source, filename: str) -> str:
    """A title for a file that has none: its name, or its first words."""
    stem = PurePath(filename.replace("\\", "/")).stem
    words = " ".join(stem.replace("-", " ").replace("_", " ").split())
    if normalise(words).rstrip("0123456789 ") in GENERIC_NAMES or not any(map(str.isalpha, words)):
        texts = (b.text for b in source.blocks if b.kind in ("paragraph", "heading") and b.text)
        words = " ".join(next(texts, "").split()[:MOST_WORDS])[:120].rstrip(" .,;:")
    title = words[:1].upper() + words[1:]
    if title:
        source.findings.guess(
            "title",
            _("The file has no title. “%(title)s” was taken.") % {"title": title},
            _("Type the title that readers should see."),
            line=source.blocks[0].line if source.blocks else 1,
        )
    return title


def _drop_same(source: Source, title: str, headings: list[Block]) -> None:
    """Drops the headings that repeat the title; one other heading of level 1 is told of."""
    for block in headings:
        same = normalise(block.text) == normalise(title)
        alone = len(headings) == 1 and block.level == 1
        if not same and not alone:
            continue
        source.blocks = [b for b in source.blocks if b is not block]
        if not same:
            source.findings.guess(
                "title",
                _("The file has two titles. “%(title)s” was taken, “%(other)s” was left out.")
                % {"title": title, "other": block.text},
                _("Keep the one that readers should see."),
                line=block.line,
            )


def _drop_before(source: Source, heading: Block) -> None:
    """Drops labels above the title, such as the name of a category."""
    at = next(i for i, b in enumerate(source.blocks) if b is heading)
    above = source.blocks[:at]
    if all(b.kind == "paragraph" and len(b.text.split()) <= 5 for b in above):
        source.blocks = source.blocks[at:]
