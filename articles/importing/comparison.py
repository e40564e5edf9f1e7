"""Tells a comparison of a supplement's forms from any other table."""

import re

from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.importing.blocks import Block, line_of, make, plain_text
from articles.importing.columns import FORM_WORDS, supplement_in
from articles.importing.findings import Findings
from articles.importing.parsed import ParsedComparison

FORM, ABSORPTION, USE, SIDE_EFFECTS = "form", "absorption", "use", "side_effects"
FIELDS = (
    (
        SIDE_EFFECTS,
        re.compile(r"side.?effects?|adverse|drawback|downside|caution|reactions?|risks?\b", re.I),
    ),
    (ABSORPTION, re.compile(r"bio-?availab|absor[bp]", re.I)),
    (USE, re.compile(r"\b(?:uses?|used|usage|purpose|benefits?|(?:best|good) for)\b", re.I)),
    (FORM, re.compile(r"\b(?:forms?|types?|salts?|compounds?|supplement)\b", re.I)),
)
KNOWN = re.compile(
    r"\b(magnesium|iron|zinc|calcium|potassium|creatine|selenium|copper|iodine|chromium|manganese"
    r"|vitamin [a-ek]\d{0,2}|vitamin b-?\d{1,2}|folate|folic acid|omega-?3|coq10|melatonin"
    r"|turmeric|curcumin|ashwagandha|glutamine|collagen|protein|probiotics?|fish oil|niacin|biotin"
    r"|choline)\b",
    re.I,
)
NO_SUPPLEMENT = {"different", "common", "supplement", "the", "various", "best"}
FORMS_OF = re.compile(
    r"\b(?:forms|types) of ([\w-]+(?: [A-Z]\d{0,2}\b)?)"
    r"|\b([\w-]+(?: [A-Z]\d{0,2})?) (?:forms|types)\b",
    re.I,
)


def column_field(header: str) -> str:
    """What a column of a comparison holds: "form", "absorption", "use", "side_effects" or ""."""
    return next((field for field, pattern in FIELDS if pattern.search(header)), "")


def token_of(supplement: str) -> str:
    """The mark in the body where the comparison of a supplement's forms stood."""
    slug = slugify(supplement) or slugify(supplement, allow_unicode=True) or "supplement"
    return f"[[forms:{slug}]]"


def take_comparison(body: list[Block], title: str, findings: Findings) -> ParsedComparison | None:
    """Takes the first comparison of forms out of the body and marks its place there."""
    heading = ""
    for index, block in enumerate(body):
        if block.kind == "heading":
            heading = block.text
        if block.kind != "table":
            continue
        found = read_comparison(block, heading, title)
        if found:
            body[index] = Block("paragraph", make("p", token_of(found.supplement)), block.line)
            if found.guessed:
                _report_guess(found, heading, findings)
            return found
        if block.guessed:
            findings.guess(
                "body",
                _("The columns of this table were lost in the file and were guessed."),
                _("Compare each row with the original page."),
                heading=heading,
                sentence=block.text,
                line=block.line,
            )
    return None


def _report_guess(found: ParsedComparison, heading: str, findings: Findings) -> None:
    findings.guess(
        "comparison",
        _(
            "The columns of the table of %(supplement)s forms were lost in the file. They were "
            "guessed: %(rows)d rows and %(columns)d columns."
        )
        % {
            "supplement": found.supplement,
            "rows": len(found.rows),
            "columns": len(found.columns),
        },
        _("Compare each row with the original page."),
        heading=heading,
        sentence=" | ".join(found.rows[0]),
        line=found.line,
    )


def read_comparison(block: Block, heading: str, title: str) -> ParsedComparison | None:
    """The comparison that a table block is, or None where any column would be lost."""
    table = [[plain_text(cell) for cell in row] for row in block.element.iter("tr")]
    if len(table) < 2 or block.element.find(".//a") is not None:
        return None
    columns, rows = table[0], [row for row in table[1:] if any(row)]
    fields = [column_field(column) for column in columns]
    if fields and not fields[0] and not columns[0]:
        fields[0] = FORM
    supplement = supplement_of(columns, rows, block, heading, title)
    if fields and not fields[0] and supplement and columns[0].casefold() == supplement.casefold():
        fields[0] = FORM
    whole = all(fields) and len(set(fields)) == len(fields) >= 2 and FORM in fields
    if not whole or not rows or any(len(row) != len(columns) for row in rows) or not supplement:
        return None
    at = fields.index(FORM)
    if any(not row[at] for row in rows):
        return None
    order = [at, *(i for i in range(len(columns)) if i != at)]
    return ParsedComparison(
        supplement,
        tuple(columns[i] or "Form" for i in order),
        tuple(tuple(row[i] for i in order) for row in rows),
        block.guessed,
        line_of(block.element, block.line),
    )


def supplement_of(
    columns: list[str], rows: list[list[str]], block: Block, heading: str, title: str
) -> str:
    """The supplement whose forms a table compares, or ""."""
    named = next((c for c in columns if column_field(c) == FORM), "")
    if (
        named
        and (supplement := supplement_in(named))
        and FORM_WORDS & set(named.casefold().split())
    ):
        return supplement[:1].upper() + supplement[1:]
    caption = plain_text(block.element[0]) if block.element[0].tag == "caption" else ""
    for text in (caption, heading):
        match = FORMS_OF.search(text)
        word = (match[1] or match[2]) if match else ""
        if word and word.casefold() not in NO_SUPPLEMENT:
            return word[:1].upper() + word[1:]
    names = [row[0] for row in rows]
    shared = len(names) > 1 and len({name.casefold().partition(" ")[0] for name in names}) == 1
    if shared and (match := KNOWN.match(names[0])):
        return match[0][:1].upper() + match[0][1:]
    for text in (caption, heading, title):
        if match := KNOWN.search(text):
            return match[0][:1].upper() + match[0][1:]
    return names[0].partition(" ")[0] if shared else ""
