"""Identifiers and other signs by which a line is known to be a reference."""

import re

from articles.importing.blocks import Element

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]{1,200}", re.I)
PMID = re.compile(
    r"\bPMID:?\s{0,3}(\d{1,8})\b|(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,8})\b",
    re.I,
)
PMCID = re.compile(r"\bPMC\s?(\d{3,8})\b", re.I)
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{3,1500}|\bwww\.[^\s<>\"{}|\\^`]{3,1500}", re.I)
YEAR_IN_PLACE = re.compile(
    r"\(((?:18|19|20)\d\d)[a-z]?(?:[,;][^()]{0,30})?\)|\b((?:18|19|20)\d\d)(?=\s?(?:[;:.]|,|$|[A-Z][a-z]{2}\b))"
)
YEAR = re.compile(r"(?<![\d/.-])((?:18|19|20)\d\d)(?![\d/-])")
SEEN_ON = re.compile(
    r"\b(?:accessed|retrieved|cited|viewed|updated|last reviewed)\b[^.;\])]{0,40}", re.I
)


def find_doi(text: str) -> str:
    """The first DOI in a text, in lower case and without the punctuation after it, or ""."""
    match = DOI.search(text)
    if not match:
        return ""
    doi = re.sub(r"(?:\.\s|[.,;:'’”])+$", "", match[0])
    while doi.endswith((")", "]", ">")) and doi.count(doi[-1]) > doi.count(
        "(" if doi[-1] == ")" else "["
    ):
        doi = doi[:-1].rstrip(".,;:")
    doi = re.split(r"[?#]|/(?:full|abstract|pdf|meta)$", doi)[0]
    return doi.lower()


def find_pmid(text: str) -> str:
    match = PMID.search(text)
    return (match[1] or match[2]).lstrip("0") if match else ""


def find_pmcid(text: str) -> str:
    match = PMCID.search(text)
    return f"PMC{match[1]}" if match else ""


def find_year(text: str) -> str:
    """The year of publication: one in its usual place, else the first; never a date of access."""
    text = SEEN_ON.sub(" ", WEB_ADDRESS.sub(" ", DOI.sub(" ", text)))
    match = YEAR_IN_PLACE.search(text)
    if match:
        return match[1] or match[2]
    match = YEAR.search(text)
    return match[1] if match else ""


def looks_like_reference(text: str, element: Element) -> bool:
    """Whether a text has an address, an identifier or a year, or is an empty numbered entry."""
    if any((a.get("href") or "").startswith("http") for a in element.iter("a")):
        return True
    if WEB_ADDRESS.search(text) or DOI.search(text) or PMID.search(text) or find_year(text):
        return True
    return not any(map(str.isalpha, text))
