"""References as CSL-JSON items, and as the plain fields that people edit.

Source: https://docs.citationstyles.org/en/stable/specification.html (CSL 1.0.2) and its schema.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

# CSL's types, with names for people. The common ones of this field come first.
CSL_TYPES: dict[str, str] = {
    "article-journal": "Journal article",
    "webpage": "Web page",
    "report": "Report or guideline",
    "book": "Book",
    "chapter": "Book chapter",
    "dataset": "Data set",
    "article": "Preprint or other article",
    "article-magazine": "Magazine article",
    "article-newspaper": "Newspaper article",
    "bill": "Bill",
    "broadcast": "Broadcast",
    "classic": "Classical work",
    "collection": "Collection",
    "document": "Other document",
    "entry": "Entry in a database",
    "entry-dictionary": "Dictionary entry",
    "entry-encyclopedia": "Encyclopedia entry",
    "event": "Event",
    "figure": "Figure",
    "graphic": "Picture",
    "hearing": "Hearing",
    "interview": "Interview",
    "legal_case": "Legal case",
    "legislation": "Law",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Film or video",
    "musical_score": "Musical score",
    "pamphlet": "Leaflet",
    "paper-conference": "Conference paper",
    "patent": "Patent",
    "performance": "Performance",
    "periodical": "Journal",
    "personal_communication": "Personal communication",
    "post": "Forum post",
    "post-weblog": "Blog post",
    "regulation": "Regulation",
    "review": "Review",
    "review-book": "Book review",
    "software": "Software",
    "song": "Sound recording",
    "speech": "Talk",
    "standard": "Standard",
    "thesis": "Thesis",
    "treaty": "Treaty",
}

# Our field → CSL's variable, for texts that are taken over as they are.
_TEXTS = {
    "title": "title",
    "container_title": "container-title",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "isbn": "ISBN",
    "url": "URL",
}
_NAME_PARTS = ("family", "given", "suffix", "dropping-particle", "non-dropping-particle")
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV", "2nd", "3rd", "4th"})
_STUDY_DESIGN = "study-design"  # in `custom`: CSL has no variable for it
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
_DOTTED = re.compile(r"[^\W\d_]\.(?:[ -]?[^\W\d_]\.){0,3}")

Name = dict[str, str]


def names_from_text(text: str) -> list[Name]:
    """Names from one line: `Garrison SR; Korownyk, Christina; {World Health Organization}`.

    Names are divided by semicolons or line ends. A name is a family name with initials, or
    `Family, Given` (with `, Jr` if need be). Anything else, and what stands in braces, is the
    name of an organisation and is kept whole.
    """
    found = re.findall(r"\s*\{[^{}]*\}|[^;\n]+", text)
    return [name for name in (_name(part.strip()) for part in found) if name]


def _name(text: str) -> Name | None:
    if text.startswith("{"):
        literal = _line(text.strip("{} "))
        return {"literal": literal} if literal else None
    text = _line(text)
    if not text:
        return None
    if "," in text:
        family, given, suffix = [*(part.strip() for part in text.split(",", 2)), ""][:3]
        return _some(family=family, given=given, suffix=suffix) or None
    words = text.split(" ")
    suffix = words.pop() if len(words) > 2 and words[-1].rstrip(".") in _SUFFIXES else ""
    if len(words) > 1 and _are_initials(words[-1]):
        given = _spaced_initials(words[-1])
        return _some(family=" ".join(words[:-1]), given=given, suffix=suffix)
    return {"literal": text}


def _are_initials(word: str) -> bool:
    return word.upper() == word and _INITIALS.fullmatch(word) is not None


def _spaced_initials(word: str) -> str:
    joined = re.sub(r"([^\W\d_])\.?(-?)", r"\1.\2 ", word).strip()
    return joined.replace("- ", "-").rstrip("-")


def names_to_text(names: list[Name]) -> str:
    """The line that `names_from_text` reads as these names."""
    return "; ".join(filter(None, (_name_to_text(name) for name in names)))


def _name_to_text(name: Mapping[str, str]) -> str:
    if name.get("literal"):
        literal = _line(re.sub(r"[{}]", "", name["literal"]))
        return literal if _name(literal) == {"literal": literal} else f"{{{literal}}}"
    name = _folded(name)
    family, given, suffix = (name.get(part, "") for part in ("family", "given", "suffix"))
    short = " ".join(filter(None, [family, re.sub(r"[. ]", "", given), suffix]))
    if _DOTTED.fullmatch(given) and names_from_text(short) == [name]:
        return short
    return f"{family}, {given}" + (f", {suffix}" if suffix else "")


def _folded(name: Mapping[str, Any]) -> Name:
    """A person's name with the particles in their places: “de Baaij” is a family name."""
    text = {part: _text(name.get(part)) for part in _NAME_PARTS}
    particles = (text["dropping-particle"], text["non-dropping-particle"])
    family = " ".join(filter(None, [*particles, text["family"]]))
    return _some(family=family, given=text["given"], suffix=text["suffix"])


def _clean_name(name: Mapping[str, Any]) -> Name:
    literal = _text(name.get("literal"))
    return {"literal": literal} if literal else _folded(name)


def _some(**parts: str) -> Name:
    return {part: value for part, value in parts.items() if value}


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (Mapping, list)) else _line(str(value))


def _number(value: object, top: int) -> int | None:
    text = str(value).strip() if isinstance(value, (int, str)) else ""
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) and 0 < int(text) <= top else None


def date_parts(date: object) -> list[int]:
    """Year, month and day of a CSL date, as many as are known; of a range, its beginning."""
    if not isinstance(date, Mapping):
        return []
    ranges = date.get("date-parts")
    first = ranges[0] if isinstance(ranges, list) and ranges else None
    parts: list[int] = []
    for value, top in zip(first if isinstance(first, list) else [], (9999, 12, 31), strict=False):
        number = _number(value, top)
        if number is None:
            break
        parts.append(number)
    if not parts:
        written = _YEAR.search(_text(date.get("literal")) or _text(date.get("raw")))
        parts = [int(written[1])] if written else []
    return parts


def issued_year(csl: Mapping[str, Any]) -> int | None:
    """The year of publication, if the item says one."""
    parts = date_parts(csl.get("issued"))
    return parts[0] if parts else None


def item(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL-JSON item from our fields; what is empty is left out.

    Fields: key, csl_type, title, authors (a list of names), container_title, publisher,
    publisher_place, year, month, day (numbers or None), volume, issue, page, doi, pmid, pmcid,
    isbn, url, accessed (a date, or ISO text), study_design.

    Raises ValueError for a type that CSL does not have, or an `accessed` that is no ISO date.
    """
    kind = fields.get("csl_type") or "document"
    if kind not in CSL_TYPES:
        raise ValueError(f"“{kind}” is not one of CSL's types. Choose one of the list.")
    result: dict[str, Any] = {"id": _text(fields.get("key")), "type": kind}
    for field, variable in _TEXTS.items():
        if value := _text(fields.get(field)):
            result[variable] = value
    if authors := [name for name in map(_clean_name, fields.get("authors") or []) if name]:
        result["author"] = authors
    given = [fields.get("year"), fields.get("month"), fields.get("day")]
    if issued := date_parts({"date-parts": [given]}):
        result["issued"] = {"date-parts": [issued]}
    if accessed := fields.get("accessed"):
        day = datetime.date.fromisoformat(str(accessed)[:10])
        result["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    if design := _text(fields.get("study_design")):
        result["custom"] = {_STUDY_DESIGN: design}
    return result


def fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """Our fields from a CSL-JSON item, every one present; variables we have no field for stay out.

    Texts are "" where the item says nothing, year, month and day None, `accessed` an ISO text.
    """
    result: dict[str, Any] = {"key": _text(item.get("id"))}
    kind = _text(item.get("type"))
    result["csl_type"] = kind if kind in CSL_TYPES else "document"
    result |= {field: _text(item.get(variable)) for field, variable in _TEXTS.items()}
    authors = item.get("author")
    named = [a for a in authors if isinstance(a, Mapping)] if isinstance(authors, list) else []
    result["authors"] = [name for name in map(_clean_name, named) if name]
    issued = [*date_parts(item.get("issued")), None, None, None][:3]
    result |= dict(zip(("year", "month", "day"), issued, strict=True))
    result["accessed"] = _iso(date_parts(item.get("accessed")))
    result["study_design"] = study_design(item)
    return result


def study_design(item: Mapping[str, Any]) -> str:
    """The design of the study, such as “cohort study”, as staff wrote it; "" where they did not."""
    custom = item.get("custom")
    return _text(custom.get(_STUDY_DESIGN)) if isinstance(custom, Mapping) else ""


def _iso(parts: list[int]) -> str:
    try:
        return datetime.date(*parts).isoformat() if len(parts) == 3 else ""
    except ValueError:
        return ""
