"""References in AMA style (AMA Manual of Style, 11th edition), as safe HTML.

citeproc-py renders; this module gives it only what it can take, and mends what it gets wrong.
"""

import html
import json
import re
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from references.csl import CSL_TYPES, date_parts, issued_year
from references.identifiers import url_for

_TEXTS = (
    "title",
    "container-title",
    "container-title-short",
    "publisher",
    "publisher-place",
    "volume",
    "issue",
    "page",
    "number",
    "edition",
    "genre",
    "chapter-number",
    "collection-title",
    "collection-number",
    "event",
    "event-place",
    "DOI",
    "URL",
)
_WEB = frozenset({"webpage", "post", "post-weblog"})
_BOOKS = frozenset({"book", "report", "graphic", "motion_picture", "song", "bill", "legislation"})

# Signs of HTML travel through citeproc as characters of Unicode's private area: it escapes
# nothing, and it would read an entity as a word. One more stands for “editor” after names.
_STAND_INS = {"&": "\ue000", "<": "\ue001", ">": "\ue002", '"': "\ue003"}
_EDITORS = "\ue004"
_PRIVATE = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ud800-\udfff]")
# CSL-JSON allows this markup in titles; it is dropped, the words stay.
_TITLE_MARKUP = re.compile(r"<(i|b|em|strong|sc|sub|sup)>(.*?)</\1>", re.DOTALL)
_DOI_AT_END = re.compile(r"doi:(\S+)\Z")
_URL_AT_END = re.compile(r"https?://\S+\Z", re.IGNORECASE)

_lock = threading.Lock()  # a style keeps state while it renders


def ama(csl_items: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Each item in AMA style, as HTML with `i` and `a` alone, without its number.

    A DOI or an address is a link, and a PubMed number is added as one. Never raises: an item
    that citeproc cannot render is given as authors, title, container and year.
    """
    return tuple(_rendered(_canonical(item)) for item in csl_items)


def _canonical(item: Mapping[str, Any]) -> str:
    return json.dumps(
        {key: value for key, value in item.items() if key != "id"},
        sort_keys=True,
        default=str,
        skipkeys=True,
    )


@lru_cache(maxsize=4096)
def _rendered(canonical: str) -> str:
    item = json.loads(canonical)
    try:
        text = _mended(_by_citeproc(_for_citeproc(item)))
    except Exception:  # citeproc-py has no error class of its own
        text = _plain(item)
    return _linked(text, item)


@lru_cache(maxsize=1)
def _style() -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle("american-medical-association", validate=False)


def _by_citeproc(item: dict[str, Any]) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with _lock:
        source = CiteProcJSON([item])
        bibliography = CitationStylesBibliography(_style(), source, formatter.html)
        bibliography.register(Citation([CitationItem(item["id"])]))
        text = str(bibliography.bibliography()[0])
    if not text.startswith("1."):
        raise ValueError("citeproc rendered nothing")
    return text.removeprefix("1.")


def _for_citeproc(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item with only what citeproc-py knows: anything else makes it warn or fail."""
    kind = item.get("type")
    result: dict[str, Any] = {"id": "x", "type": kind if kind in CSL_TYPES else "document"}
    result["language"] = (_text(item.get("language")) or "en")[:2].lower()
    for variable in _TEXTS:
        if value := _protected(item.get(variable)):
            result[variable] = value
    if not url_for("url", _text(item.get("URL"))):
        result.pop("URL", None)
    for variable in ("issued", "accessed"):
        if parts := date_parts(item.get(variable)):
            result[variable] = {"date-parts": [parts]}
    if "accessed" in result and len(result["accessed"]["date-parts"][0]) < 3:
        del result["accessed"]
    authors, editors = _names(item.get("author")), _names(item.get("editor"))
    if not authors and editors and result["type"] in _BOOKS:
        # Without authors the editors lead, once: citeproc-py would print them twice.
        authors, editors = [*editors, {"literal": _EDITORS * min(len(editors), 2)}], []
    # Also where there are none: without the variable citeproc-py would print the title twice.
    result["author"] = authors
    if editors:
        result["editor"] = editors
    publisher = result.get("publisher")
    if result["type"] in _WEB and publisher and {"literal": publisher} not in authors:
        # AMA wants the name of the site or its publisher; the style asks for the container alone.
        result.setdefault("container-title", publisher)
    return result


def _text(value: object) -> str:
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    return " ".join(_PRIVATE.sub(" ", _TITLE_MARKUP.sub(r"\2", str(value))).split())


def _protected(value: object) -> str:
    return _text(value).translate(str.maketrans(_STAND_INS))


def _names(value: object) -> list[dict[str, str]]:
    found = []
    for name in value if isinstance(value, list) else []:
        if not isinstance(name, Mapping):
            continue
        literal = _protected(name.get("literal"))
        particles = [name.get("dropping-particle"), name.get("non-dropping-particle")]
        parts = [*(_protected(particle) for particle in particles), _protected(name.get("family"))]
        family = " ".join(filter(None, parts))
        if literal or not family:
            literal = literal or _protected(name.get("given"))
            found += [{"literal": literal}] if literal else []
            continue
        person = {"family": family, "given": _initials(_protected(name.get("given")))}
        person["suffix"] = _protected(name.get("suffix")).rstrip(".")
        found.append({part: text for part, text in person.items() if text})
    return found


def _initials(given: str) -> str:
    """“Chiung-ju” and “CJ” alike as “C. J.”, which citeproc-py then prints as “CJ”."""
    words = re.findall(r"[^\W\d_]+", given)
    if len(words) == 1 and len(given) <= 3 and given.isupper():
        words = list(given)
    return " ".join(f"{word[0].upper()}." for word in words)


def _mended(text: str) -> str:
    """citeproc's text as HTML, with the punctuation that AMA has."""
    for mark, word in ((_EDITORS * 2, "eds"), (_EDITORS, "ed")):
        text = text.replace(mark, word)
    text = text.replace("eds.)", "eds)").replace("ed.)", "ed)")
    # A title that ends with its own mark takes no full stop after it.
    text = re.sub(r"([?!…][”’\ue003]?)((?:</i>)?)\.(?=\s|\Z)", r"\1\2", text)
    text = re.sub(r"(?<!\.)\.((?:</i>)?)\.(?=\s|\Z)", r".\1", text)
    text = re.sub(r"\s+([.,;])(?=\s|\Z)", r"\1", text)
    text = re.sub(r" {2,}", " ", text).strip()
    text = "" if text == "." else text
    for sign, stand_in in _STAND_INS.items():
        text = text.replace(stand_in, html.escape(sign))
    return text


def _plain(item: Mapping[str, Any]) -> str:
    """Authors, title, container, year, identifier: for what citeproc cannot render."""
    names = [_plain_name(name) for name in _names(item.get("author"))]
    year = issued_year(item)
    parts = [
        ", ".join(names if len(names) < 7 else [*names[:3], "et al"]),
        _protected(item.get("title")),
        _protected(item.get("container-title")),
        str(year) if year else "",
    ]
    text = "".join(f"{part}. " for part in parts if part)
    doi = _protected(item.get("DOI"))
    address = url_for("url", _text(item.get("URL"))).translate(str.maketrans(_STAND_INS))
    return _mended(text + (f"doi:{doi}" if doi else address))


def _plain_name(name: Mapping[str, str]) -> str:
    initials = re.sub(r"[. ]", "", name.get("given", ""))
    parts = (name.get("literal"), name.get("family"), initials, name.get("suffix"))
    return " ".join(filter(None, parts))


def _linked(text: str, item: Mapping[str, Any]) -> str:
    doi, address = _DOI_AT_END.search(text), _URL_AT_END.search(text)
    if doi:
        target = url_for("doi", html.unescape(doi[1]).lower())
        text = text[: doi.start()] + _link(target, doi[0])
    elif address:
        text = text[: address.start()] + _link(html.unescape(address[0]), address[0])
    pmid = _text(item.get("PMID"))
    if pmid.isascii() and pmid.isdigit():
        text += "" if text.endswith((".", "?", "!")) or not text else "."
        text = f"{text} {_link(url_for('pmid', pmid), f'PMID: {pmid}')}".strip()
    return text


def _link(target: str, escaped: str) -> str:
    return f'<a href="{html.escape(target)}">{escaped}</a>'
