"""The title and the first author of a reference, where its form gives them away."""

import re

from articles.importing.reference_signs import DOI, PMCID, PMID, WEB_ADDRESS, find_year

QUOTED = re.compile(r"[“\"«„‘]([^”\"»“’]{8,300})[”\"»“’]")
# "Smith AB, Lee C, et al." as in AMA and Vancouver.
NAME = r"[^\W\d_][\w'’-]{1,30}(?:[ -][^\W\d_][\w'’-]{1,30}){0,2}"
INITIALS = r"(?:[A-Z][A-Z-]{0,4}|[A-Z]\.(?:[ -]?[A-Z]\.){0,3})"
VANCOUVER = re.compile(
    rf"((?:{NAME} {INITIALS}(?:, | and |, and | & |; ))*?{NAME} {INITIALS}(?:,? et al)?)\.\s+"
)
APA = re.compile(r"([^()]{2,600}?)\s*\((?:18|19|20)\d\d[a-z]?(?:,[^()]{0,30})?\)[.:]?\s+")
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z]\.[A-Z])(?<!\bvs)(?<!\bet al)(?<!\bNo)(?<!\bVol)[.?!](?=\s+[^\sa-z])|[?!.]$"
)
# In front of a title, a single letter is an initial.
ORGANISATION_END = re.compile(r"(?<!\b[A-Z])(?<!\bet al)[.?!](?=\s)|[?!.]$")
NO_TITLE = re.compile(
    r"(?:pubmed|pmc|(?:free )?full text|free article|link|here|source|doi|cross ?ref"
    r"|google scholar|view(?: article)?|abstract|pdf|article|web of science|scopus|read more"
    r"|website|https?:.*|www\..*|10\..*|et al\.?|\W*)",
    re.I,
)
TAIL = re.compile(r"[\s.,;:(\[–—-]+$")
WORD = re.compile(r"[^\W\d_]{2,}")


def find_title(text: str, links: list[tuple[str, str]], quoted: list[str]) -> str:
    """The title of a reference, or "" where its form does not say.

    `links` are (words, address) pairs of the entry, `quoted` its words in italics or bold.
    """
    inside = QUOTED.search(text)
    if inside and _is_title(inside[1]):
        return inside[1].strip(" .,")
    words = [words for words, _ in links if _is_title(words)]
    linked = words[0].strip(' "“”.,') if len(words) == 1 and len(words[0]) < 400 else ""
    for pattern in (VANCOUVER, APA):
        match = pattern.match(text)
        # Without a year, names in front may be the publisher's: the link says more.
        told = match and (find_year(text) or not linked)
        if told and (title := _sentence(text[match.end() :])):
            return title
    if linked:
        return linked
    return _after_organisation(text) or _only_piece(text, quoted)


def _is_title(words: str) -> bool:
    return bool(WORD.search(words)) and not NO_TITLE.fullmatch(words.strip())


def _sentence(text: str) -> str:
    end = SENTENCE_END.search(text)
    title = text[: end.end()] if end else text
    title = TAIL.sub("", title[:-1] if title.endswith(".") else title)
    title = TAIL.sub("", re.split(r"https?://|\bdoi:", title)[0])
    return title if _is_title(title) and len(title) > 3 else ""


def _after_organisation(text: str) -> str:
    """ "Institute of Health. Zinc: fact sheet. https://…" has its title second."""
    rest = _without_addresses(text)
    end = ORGANISATION_END.search(rest)
    if not end:
        return ""
    first, second = rest[: end.start()], _sentence(rest[end.end() :].strip())
    named = 1 < len(first.split()) <= 9 and not re.search(r"\d", first) and first[:1].isupper()
    return second if named and len(second.split()) >= 2 else ""


def _only_piece(text: str, quoted: list[str]) -> str:
    """A reference with an address and one sentence besides has that sentence for a title."""
    rest = _without_addresses(text)
    emphasised = [words for words in quoted if len(words.split()) >= 2 and _is_title(words)]
    if len(emphasised) == 1 and emphasised[0] != rest:
        return emphasised[0].strip(" .,")
    has_address = rest != text.strip(" .,;:-–—")
    one = rest and not SENTENCE_END.search(rest) and 2 <= len(rest.split()) <= 30
    return rest if has_address and one and _is_title(rest) else ""


def _without_addresses(text: str) -> str:
    for pattern in (WEB_ADDRESS, DOI, PMID, PMCID):
        text = pattern.sub(" ", text)
    text = re.sub(
        r"(?i)\b(?:available (?:at|from)|doi|retrieved from|url|pmid|pmcid)\b:?", " ", text
    )
    text = re.sub(r"[(\[<]\s*[)\]>]", " ", text)
    return " ".join(text.split()).strip(" .,;:-–—").removesuffix("(").rstrip(" .,;:-–—")


def first_author(text: str) -> str:
    """The surname with which a reference begins, or "" where it begins otherwise."""
    match = VANCOUVER.match(text)
    if match:
        return re.split(rf" {INITIALS}(?:\b|\.|,|$)", match[1])[0].split(",")[0]
    match = APA.match(text)
    if match and re.match(rf"{NAME}, {INITIALS}", match[1]):
        return match[1].split(",")[0]
    return ""
