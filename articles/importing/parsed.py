"""What a parsed article file holds: plain values, no models and no database."""

import re
from dataclasses import dataclass
from functools import cached_property

BODY_HEADING = re.compile(r"<h[234]>")
LIST_ITEM = re.compile(r"<li>")


class UnreadableFile(Exception):
    """The file cannot be read as an article. `str()` is one line for people that says why."""


@dataclass(frozen=True)
class Place:
    """Where in the article a problem stands: field, heading of the section, first words."""

    field: str = ""
    heading: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class FileProblem:
    """A problem known from the file alone.

    `id` is a check of the publication checks (FAQ-1, GUESS-1, JUNK-1, REF-1); `level` is
    "error", "warning" or "advice"; `line` counts from 1 in the file as it was given.
    """

    id: str
    level: str
    message: str
    hint: str
    place: Place
    line: int | None


@dataclass(frozen=True)
class ParsedKeyPoint:
    """One key point; `label` is empty where the file gives none, `text` is plain."""

    label: str
    text: str
    line: int


@dataclass(frozen=True)
class ParsedQuestion:
    """A question with its answer (HTML); `question` is empty where the file has only an answer."""

    question: str
    answer: str
    line: int


@dataclass(frozen=True)
class ParsedReference:
    """One entry of the file's list of references, read as far as it can be told.

    `key` is the citation key that stands in the texts as `[@key]`.
    """

    number: str
    text: str
    title: str
    url: str
    doi: str
    pmid: str
    year: str
    line: int
    key: str
    pmcid: str = ""


@dataclass(frozen=True)
class ParsedComparison:
    """Forms of one supplement compared; the first cell of a row is the form's name.

    `articles.importing.comparison.column_field` says what a column stands for.
    """

    supplement: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guessed: bool
    line: int


@dataclass(frozen=True)
class ParsedLink:
    """A link of the body or of an answer."""

    text: str
    url: str
    line: int


@dataclass(frozen=True)
class Guess:
    """Something that the file does not say and that a person must confirm."""

    field: str
    message: str
    line: int | None
    heading: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class ParsedArticle:
    """An article as it was read from a file.

    `body` and answers are HTML of h2–h4, p, ul, ol, li, strong, em, a, blockquote, table and its
    parts, sup, sub, code and br; everything else is plain text. Citations are `[@key]`.
    `[[forms:SLUG]]` in the body marks where the comparison stood.
    """

    title: str
    slug_hint: str
    lead: str
    quick_summary: str
    reading_time: str
    key_points: tuple[ParsedKeyPoint, ...]
    body: str
    questions: tuple[ParsedQuestion, ...]
    comparison: ParsedComparison | None
    references: tuple[ParsedReference, ...]
    disclaimer: str
    links: tuple[ParsedLink, ...]
    guesses: tuple[Guess, ...]
    problems: tuple[FileProblem, ...]
    language: str = ""
    empty_references: int = 0

    @cached_property
    def _counts(self) -> dict[str, int]:
        compared = self.comparison
        return {
            "key_points": len(self.key_points),
            "headings": len(BODY_HEADING.findall(self.body)),
            "list_items": len(LIST_ITEM.findall(self.body)),
            "questions": len(self.questions),
            "references": len(self.references),
            "comparison_rows": len(compared.rows) if compared else 0,
            "comparison_columns": len(compared.columns) if compared else 0,
            "links": len(self.links),
        }

    def counts(self) -> dict[str, int]:
        """How much of each part the file holds; `comparison_columns` includes the form's name."""
        return dict(self._counts)
