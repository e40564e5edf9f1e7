"""Reference lists as files for reference managers: RIS and CSL-JSON.

Sources: the RIS specification of Research Information Systems, 2001, with the tags that Zotero,
EndNote and Mendeley read today; CSL 1.0.2 for the JSON.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from references.csl import date_parts, study_design
from references.identifiers import url_for

_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "paper-conference": "CONF",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_TAGS = {
    "title": "TI",
    "container-title": "T2",
    "volume": "VL",
    "issue": "IS",
    "publisher": "PB",
    "publisher-place": "CY",
    "DOI": "DO",
    "ISBN": "SN",
    "note": "N1",
}


def ris(items: Sequence[Mapping[str, Any]]) -> str:
    """Return CSL-JSON items as one RIS file, in their order; lines end as RIS asks, in CRLF."""
    lines = (f"{tag}  - {value}" for item in items for tag, value in _tagged(item))
    return "".join(f"{line}\r\n" for line in lines)


def csl_json(items: Sequence[Mapping[str, Any]]) -> str:
    """Return items as one CSL-JSON file."""
    return json.dumps(list(items), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _tagged(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(item.get("type", ""), "GEN")
    for tag, people in (("AU", item.get("author")), ("ED", item.get("editor"))):
        for name in people or []:
            yield tag, name.get("literal") or _person(name)
    for variable, tag in _TAGS.items():
        if item.get(variable):
            yield tag, _line(item[variable])
    yield from _when(item)
    first, _dash, last = _line(item.get("page", "")).replace("–", "-").partition("-")
    for tag, value in (("SP", first), ("EP", last), ("M3", study_design(item))):
        if value:
            yield tag, value
    if item.get("PMID"):
        yield "AN", f"PMID: {_line(item['PMID'])}"
    for address in _addresses(item):
        yield "UR", address
    yield "ER", ""


def _when(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    parts = date_parts(item.get("issued"))
    if parts:
        yield "PY", str(parts[0])
        yield "DA", "/".join([*(f"{part:02d}" for part in parts), "", ""][:3]) + "/"


def _addresses(item: Mapping[str, Any]) -> Iterator[str]:
    for kind in ("url", "doi", "pmid", "pmcid"):
        value = item.get("URL") if kind == "url" else item.get(kind.upper())
        if value and (address := url_for(kind, str(value))):
            yield address


def _person(name: Mapping[str, str]) -> str:
    """Return “Family, Given, Suffix”."""
    parts = (name.get("family", ""), name.get("given", ""), name.get("suffix", ""))
    return ", ".join(_line(part) for part in parts if part)


def _line(text: object) -> str:
    return " ".join(str(text).split())
