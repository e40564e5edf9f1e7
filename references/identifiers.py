"""Identifiers of publications, each in one normal form.

Every `normalise_…` takes what a person pasted (an address, a label and number, the number alone),
answers the normal form, or "" for nothing, and raises `IdentifierError` for anything else.
"""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f]+")
_DOI_LABEL = re.compile(r"(?:(?:urn|info):)?doi\s*[:=/]?\s*", re.IGNORECASE)
_DOI_HOST = re.compile(r"(?:https?:)?(?://)?(?:dx\.|www\.)?doi\.org/+", re.IGNORECASE)
_PMID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/"
    r"|(?:pubmed|pmid)\s*(?:id)?\s*[:#]?\s*)?(\d{1,9})(?:/?(?:[?#]\S*)?|[.,;])",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:(?:https?://)?(?:www\.|pmc\.)?(?:ncbi\.nlm\.nih\.gov/(?:pmc/)?articles|europepmc\.org"
    r"/(?:articles?|abstract)(?:/pmc)?)/|pmcid\s*:?\s*)?"
    r"pmc\s*(\d{1,9})(?:\.\d+)?(?:/\S*|[?#]\S*|[.,;])?",
    re.IGNORECASE,
)
_ISBN_LABEL = re.compile(r"(?:urn:)?isbn(?:[- ]?1[03])?\s*[:#]?\s*", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"https?://[^/\\\s]", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


class IdentifierError(ValueError):
    """The text is no such identifier. The message is for people: what is wrong, what to do."""


def normalise_doi(text: str) -> str:
    """A DOI as `10.…/…`, in lower case: DOIs differ by case in nothing (ISO 26324)."""
    given = _tidy(text)
    if not given:
        return ""
    value = given
    host = _DOI_HOST.match(value)
    if host:
        # In an address, signs of the DOI itself are written as %XX; a bare “?” begins a query.
        value = unquote(value[host.end() :].split("?")[0].split("#")[0])
    else:
        label = _DOI_LABEL.match(value)
        value = value[label.end() :] if label else value
        if re.match(r"10\.\d{4,9}%2f", value, re.IGNORECASE):
            value = unquote(value)
    value = _without_trailing_punctuation(value.strip())
    if not _DOI.fullmatch(value):
        raise IdentifierError(
            f"“{given}” is not a DOI. A DOI starts with “10.” and has a slash, such as "
            "10.1000/182. Copy it from the article's page."
        )
    return value.lower()


def normalise_pmid(text: str) -> str:
    """A PubMed number as its digits, without leading zeros."""
    given = _tidy(text)
    if not given:
        return ""
    match = _PMID.fullmatch(given)
    value = match[1].lstrip("0") if match else ""
    if not value:
        raise IdentifierError(
            f"“{given}” is not a PubMed number. It has digits only, such as 32956536. "
            "Copy it from the article's page on PubMed."
        )
    return value


def normalise_pmcid(text: str) -> str:
    """A PubMed Central number as `PMC` and its digits; the version after a point is left out."""
    given = _tidy(text)
    if not given:
        return ""
    match = _PMCID.fullmatch(given)
    value = match[1].lstrip("0") if match else ""
    if not value:
        raise IdentifierError(
            f"“{given}” is not a PubMed Central number. It starts with PMC, such as PMC8094171. "
            "Numbers without PMC belong in the PubMed field."
        )
    return f"PMC{value}"


def normalise_isbn(text: str) -> str:
    """An ISBN as its 13 digits, without hyphens; ISBN-10 is turned into ISBN-13.

    The check digit must be right (ISO 2108).
    """
    given = _tidy(text)
    if not given:
        return ""
    label = _ISBN_LABEL.match(given)
    digits = re.sub(r"[\s-]", "", given[label.end() :] if label else given).rstrip(".,;").upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        expected = _isbn10_check(digits)
        result = "978" + digits[:9]
        result += _isbn13_check(result)
    elif re.fullmatch(r"97[89]\d{10}", digits, re.ASCII):
        expected = _isbn13_check(digits)
        result = digits
    else:
        raise IdentifierError(
            f"“{given}” is not an ISBN. An ISBN has 13 digits and starts with 978 or 979, or has "
            "10. Copy it from the back of the title page."
        )
    if digits[-1] != expected:
        raise IdentifierError(
            f"The ISBN “{given}” has a typing error: its last digit should be {expected} if the "
            "others are right. Compare it with the book."
        )
    return result


NORMALISERS: dict[str, Callable[[str], str]] = {
    "doi": normalise_doi,
    "pmid": normalise_pmid,
    "pmcid": normalise_pmcid,
    "isbn": normalise_isbn,
}


def url_for(kind: str, value: str) -> str:
    """The public address of an identifier in its normal form; "" for an empty one.

    `kind` is doi, pmid, pmcid, isbn or url. An address that is not http or https gives "".
    Raises ValueError for any other kind.
    """
    if kind == "url":
        return value if _WEB_ADDRESS.match(value) else ""
    if kind not in NORMALISERS:
        raise ValueError(f"There are no addresses for identifiers of kind “{kind}”.")
    if not value:
        return ""
    base = {
        "doi": "https://doi.org/",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
        "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
        "isbn": "https://www.worldcat.org/isbn/",
    }[kind]
    return base + quote(value, safe="/:;()[]") + ("/" if kind in ("pmid", "pmcid") else "")


def _tidy(text: str) -> str:
    return _DASHES.sub("-", _INVISIBLE.sub("", text)).strip()


def _without_trailing_punctuation(value: str) -> str:
    while value:
        last = value[-1]
        # A closing bracket may be a part of an old DOI; one that nothing opened is not.
        unpaired = last in _PAIRS and value.count(last) > value.count(_PAIRS[last])
        if not unpaired and last not in ".,;:'\"”’":
            break
        value = value[:-1]
    return value


def _isbn10_check(digits: str) -> str:
    total = sum((10 - place) * int(digit) for place, digit in enumerate(digits[:9]))
    check = -total % 11
    return "X" if check == 10 else str(check)


def _isbn13_check(digits: str) -> str:
    total = sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(digits[:12]))
    return str(-total % 10)
