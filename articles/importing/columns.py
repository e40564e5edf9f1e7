"""Finds the columns again of a comparison table whose separators were lost in plain text.

A split is offered only where the words of the header and of every row leave one reading open.
"""

from dataclasses import dataclass
from itertools import combinations, pairwise

from django.utils.translation import gettext

FORM_WORDS = {"form", "forms", "type", "types", "salt", "compound"}
FIELD_WORDS = {
    "bioavailability": "absorption", "absorption": "absorption", "absorbability": "absorption",
    "absorbed": "absorption", "use": "use", "uses": "use", "used": "use", "usage": "use",
    "purpose": "use", "benefit": "use", "benefits": "use", "side": "side_effects",
    "effects": "side_effects", "effect": "side_effects", "adverse": "side_effects",
    "drawbacks": "side_effects", "downsides": "side_effects", "cautions": "side_effects",
    "risks": "side_effects", "reactions": "side_effects",
}  # fmt: skip
# These stand before the word that they describe, so they open the next column.
DESCRIBING = {
    "common", "typical", "main", "primary", "potential", "possible", "key", "relative", "general",
    "usual", "known", "notable", "best", "good", "often", "likely", "estimated",
}  # fmt: skip
JOINING = {"and", "&", "/", "for", "of", "in", "rate", "level", "the", "to"}
# How the first word of a cell on absorption grades it.
GRADES = {
    "high", "highly", "higher", "highest", "very", "low", "lower", "lowest", "good", "better",
    "best", "moderate", "moderately", "medium", "poor", "poorly", "fair", "excellent", "easily",
    "well", "variable", "limited", "slow", "fast", "average", "unknown", "superior", "minimal",
    "mild",
}  # fmt: skip
CONNECTING = {
    "and", "or", "of", "for", "with", "in", "to", "the", "a", "an", "by", "on", "at", "from", "as",
    "than", "vs", "vs.", "&", "+", "/", "-", "–", "is", "are", "may", "can", "not", "no", "without",
}  # fmt: skip
MAX_WORDS, MAX_STARTS, MAX_NAME = 60, 14, 4


@dataclass(frozen=True)
class Columns:
    """A table found again: header cells, rows of as many cells, and the line of each."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Unclear:
    """Lines that look like such a table, but leave more than one reading, or none."""

    line: int
    text: str
    why: str


def find_columns(lines: list[tuple[int, str]]) -> Columns | Unclear | None:
    """Reads (line number, text) pairs, header first. None: they are no such table."""
    header_line, header_text = lines[0]
    if not is_suspect(header_text):
        return None
    header = split_header(header_text)
    rows = lines[1:]
    if header is None or len(rows) < 2:
        if header is None:
            why = gettext("its column headings could not be told apart")
        else:
            why = gettext("it has one row")
        return Unclear(header_line, header_text, why)
    supplement = supplement_in(header[0])
    if supplement and rows[0][1].casefold().startswith(supplement.casefold() + " "):
        count = _rows_of(rows, supplement)
        rows = rows[:count]
    else:
        supplement = ""
    found = []
    fields = [column_words_field(cell) for cell in header]
    for number, text in rows:
        cells = split_row(text, fields, supplement)
        if cells is None:
            why = gettext("it cannot be split into %(count)d columns in one way")
            return Unclear(number, text, why % {"count": len(header)})
        found.append(cells)
    if len(found) < 2:
        return Unclear(header_line, header_text, gettext("fewer than 2 rows follow it"))
    return Columns(header, tuple(found), (header_line, *(number for number, _ in rows)))


def _rows_of(rows: list[tuple[int, str]], supplement: str) -> int:
    """How many lines belong to the table: prose that follows without a blank line does not."""
    for index, (_, text) in enumerate(rows):
        begins = text.casefold().startswith(supplement.casefold() + " ")
        prose = text.rstrip().endswith((".", "!", "?", ":")) or len(text.split()) > 25
        if prose and (not begins or len(text.split()) > 25):
            return index
    return len(rows)


def is_suspect(text: str) -> bool:
    """Whether a line reads like the headings of such a table run together."""
    words = [word.casefold().strip("()") for word in text.split()[:18]]
    if not 4 <= len(words) <= 16 or text.rstrip().endswith((".", ":", "!", "?", ",")):
        return False
    fields = {FIELD_WORDS[word] for word in words if word in FIELD_WORDS}
    return bool(FORM_WORDS & set(words[:4])) and len(fields) >= 2


def split_header(text: str) -> tuple[str, ...] | None:
    """The header cells of a flattened header line, or None where they cannot be told."""
    words = text.split()
    plain = [word.casefold().strip("(),") for word in words]
    first = next(
        (i for i, word in enumerate(plain) if word in FIELD_WORDS or word in DESCRIBING), None
    )
    if not first or not _names_forms(plain[:first]):
        return None
    cells = [words[:first]]
    current: list[str] = []
    field = ""
    for index in range(first, len(words)):
        word = plain[index]
        following = plain[index + 1] if index + 1 < len(words) else ""
        own = FIELD_WORDS.get(word, "")
        own = "use" if word in ("best", "good") and following == "for" else own
        if own and field and own != field:
            shifted = _describing_tail(current)
            cells.append(current[: len(current) - shifted])
            current = current[len(current) - shifted :]
        elif not own and word not in DESCRIBING | JOINING:
            return None
        field = own or field
        current.append(words[index])
    cells.append(current)
    kinds = [column_words_field(" ".join(cell)) for cell in cells[1:]]
    if len(set(kinds)) < len(kinds) or len(cells) < 3:
        return None
    return tuple(" ".join(cell) for cell in cells)


def _names_forms(words: list[str]) -> bool:
    """Whether the words are "Zinc form", "Type of zinc" or the like, and nothing more."""
    at = next((i for i, word in enumerate(words) if word in FORM_WORDS), None)
    return at is not None and (at == len(words) - 1 or words[at + 1] == "of")


def _describing_tail(words: list[str]) -> int:
    count = 0
    for word in reversed(words):
        if word.casefold() not in DESCRIBING:
            break
        count += 1
    return count


def column_words_field(cell: str) -> str:
    """What a header cell made of known words stands for: absorption, use or side_effects."""
    words = cell.casefold().split()
    field = next((FIELD_WORDS[word] for word in words if word in FIELD_WORDS), "")
    return field or ("use" if words[:2] in (["best", "for"], ["good", "for"]) else "")


def supplement_in(cell: str) -> str:
    """The supplement named in the header cell over the forms: "Magnesium Form" → "Magnesium"."""
    other = FORM_WORDS | {"of", "supplement", "supplements", "common", "the", "name", "different"}
    words = [w for w in cell.split() if w.casefold().strip("():") not in other]
    return " ".join(words)


def split_row(text: str, fields: list[str], supplement: str) -> tuple[str, ...] | None:
    """The cells of a row if its words leave exactly one reading open, else None."""
    words = text.split()
    if not len(fields) <= len(words) <= MAX_WORDS:
        return None
    named = len(supplement.split()) if supplement else 0
    if named and not text.casefold().startswith(supplement.casefold() + " "):
        return None
    starts = [i for i in range(named + 1, len(words)) if _may_begin_cell(words, i)]
    sure = [i for i in starts if not _is_acronym(words[i])]
    for candidates in (sure, starts) if starts != sure else (sure,):
        readings = _readings(words, candidates, fields, named)
        if len(readings) == 1:
            bounds = [0, *readings[0], len(words)]
            return tuple(" ".join(words[a:b]) for a, b in pairwise(bounds))
        if readings:
            return None
    return None


def _readings(
    words: list[str], starts: list[int], fields: list[str], named: int
) -> list[tuple[int, ...]]:
    if len(starts) > MAX_STARTS:
        return []
    found = [
        reading
        for reading in combinations(starts, len(fields) - 1)
        if reading[0] <= named + MAX_NAME
    ]
    if len(found) > 1 and "absorption" in fields[1:]:
        at = fields.index("absorption") - 1
        found = [r for r in found if words[r[at]].casefold().strip(",;") in GRADES]
    return found


def _may_begin_cell(words: list[str], index: int) -> bool:
    word, before = words[index], words[index - 1]
    joined = before.casefold() in CONNECTING or before.endswith((",", ";", ":", "(", "/", "&", "-"))
    return word[:1].isupper() and not joined


def _is_acronym(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)
