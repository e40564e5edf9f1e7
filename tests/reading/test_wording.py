"""The fixed wording of the readers' pages: grade 8 or below, and no word that talks down."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.base import Lexer, TokenType

from publishing import readability

FOLDER = Path(settings.BASE_DIR) / "templates"
STAFF = {"admin", "registration"}
TEMPLATES = [
    path.relative_to(FOLDER)
    for path in sorted(FOLDER.rglob("*.html"))
    if not STAFF & set(path.relative_to(FOLDER).parts)
]
SAID = re.compile(r"trans(?:late)? (?:\"([^\"]*)\"|'([^']*)')")
TAG = re.compile(r"<[^>]+>")
GRADE = 8
# A grade is that of a text: two long words in a label of four would make it a scholar's.
FEWEST_WORDS = 7


def messages(path: Path) -> Iterator[str]:
    """Yield what a template gives to translators; what is filled in counts as one short word."""
    block: list[str] | None = None
    for token in Lexer((FOLDER / path).read_text()).tokenize():
        is_tag = token.token_type == TokenType.BLOCK
        name = token.contents.split()[0] if is_tag else ""
        if name.startswith("blocktrans"):
            block = [""]
        elif name.startswith("endblocktrans"):
            yield from (" ".join(TAG.sub("", form).split()) for form in block)
            block = None
        elif name == "plural":
            block.append("")
        elif block is not None:
            block[-1] += "it" if token.token_type == TokenType.VAR else token.contents
        elif is_tag and (said := SAID.match(token.contents)):
            yield TAG.sub("", said[1] or said[2])


WORDING = [(str(path), said) for path in TEMPLATES for said in messages(path)]


def test_the_wording_of_every_readers_template_is_known():
    assert {"base.html", "publishing/_certainty.html", "404.html"} <= {
        path for path, _said in WORDING
    }
    assert len(WORDING) > 400


def test_every_sentence_reads_at_grade_8_or_below():
    graded = {(path, said): readability.measure([said]) for path, said in WORDING}
    hard = {
        place: found.grade
        for place, found in graded.items()
        if found.words >= FEWEST_WORDS and found.grade > GRADE
    }
    assert hard == {}


def test_every_template_and_all_of_them_read_at_grade_8_or_below():
    hard = {}
    for path in ("", *{path for path, _said in WORDING}):
        found = readability.measure(said for place, said in WORDING if path in ("", place))
        if found.words >= FEWEST_WORDS * 3 and found.grade > GRADE:
            hard[path] = found.grade
    assert hard == {}


def test_no_words_that_beg_blame_or_shout():
    talks_down = re.compile(r"\b(?:please|oops|sorry|invalid)\b|!", re.IGNORECASE)
    assert [(path, said) for path, said in WORDING if talks_down.search(said)] == []
