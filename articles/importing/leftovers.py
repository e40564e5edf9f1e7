"""Marks that writers and machines left in a text, and that no reader should see."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.blocks import Block
from articles.importing.findings import Findings

# Pattern, what is wrong, what to do.
LEFTOVERS = (
    (
        re.compile(r"\{\s?Link:", re.I),
        gettext_lazy("A link could not be read: “%(words)s”."),
        gettext_lazy("Make it a link by hand."),
    ),
    (
        re.compile(r"\bTO ?DO\b|\bTBD\b|\bTBC\b|\bFIXME\b|\bXXX\b"),
        gettext_lazy("A note to the writer is left: “%(words)s”."),
        gettext_lazy("Write what is missing, or remove the note."),
    ),
    (
        re.compile(r"\blorem ipsum\b", re.I),
        gettext_lazy("Filler text is left: “%(words)s”."),
        gettext_lazy("Write the text that belongs here."),
    ),
    (
        re.compile(r"\[(?:insert|add|your|placeholder|citation needed|link to)\b[^]]{0,80}]", re.I),
        gettext_lazy("A gap to fill is left: “%(words)s”."),
        gettext_lazy("Write what belongs here."),
    ),
    (
        re.compile(r"\{\{[^{}]{1,200}\}\}"),
        gettext_lazy("Template code is left: “%(words)s”."),
        gettext_lazy("Write what it stands for, or remove it."),
    ),
    (
        re.compile("\ufffd"),
        gettext_lazy("Letters were lost before the file was saved: “%(words)s”."),
        gettext_lazy("Compare the passage with the original."),
    ),
)


def report_leftovers(blocks: list[Block], field: str, findings: Findings) -> None:
    """One JUNK-1 for each passage with such a mark."""
    heading = ""
    for block in blocks:
        text = block.text
        if block.kind == "heading":
            heading = text
        for pattern, message, hint in LEFTOVERS:
            match = pattern.search(text)
            if match:
                start = max(text.rfind(". ", 0, match.start()) + 1, 0)
                findings.problem(
                    "JUNK-1",
                    "error",
                    message % {"words": text[match.start() : match.start() + 40].strip()},
                    str(hint),
                    field=field,
                    heading=heading,
                    sentence=text[start:],
                    line=block.line,
                )


def report_empty_sections(body: list[Block], findings: Findings) -> None:
    """One JUNK-1 for each heading with nothing under it, not even a lower heading."""
    for index, block in enumerate(body):
        after = body[index + 1] if index + 1 < len(body) else None
        if block.kind != "heading":
            continue
        if after is None or (after.kind == "heading" and after.element.tag <= block.element.tag):
            findings.problem(
                "JUNK-1",
                "warning",
                _("The section “%(section)s” is empty.") % {"section": block.text},
                _("Write it, or remove its heading."),
                field="body",
                heading=block.text,
                line=block.line,
            )
