"""Bringing a file's references into the library: found again where they are known, else added."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify

from articles.importing.parsed import ParsedReference
from references import citations, identifiers
from references.identifiers import IdentifierError
from references.models import Reference

_LONGEST_KEY = 70
_KEY = re.compile(r"@([^\s,;\]]+)")


def take_references(parsed: Iterable[ParsedReference]) -> dict[str, str]:
    """Return the library's key for each key of a file. A record that exists is never changed."""
    return {reference.key: _known(reference) or _added(reference) for reference in parsed}


def with_library_keys(text: str, keys: dict[str, str], *, html: bool) -> str:
    """Return a text whose `[@key]` citations name the library's keys."""
    changed = {old: new for old, new in keys.items() if old != new}
    if not changed or "@" not in text:
        return text
    # The group is rewritten in place, so that prefixes and locators stay as they were escaped.
    return citations.replace(
        text,
        lambda group: _KEY.sub(
            lambda match: f"@{changed.get(match[1], match[1])}", text[group.start : group.end]
        ),
        html=html,
    )


def _known(parsed: ParsedReference) -> str | None:
    """Return the key of the record that a reference is, told by an identifier first of all."""
    same = Q()
    for name, value in _identifiers(parsed).items():
        if value:
            same |= Q(**{name: value})
    title = parsed.title or parsed.text
    if not same and (url := _address(parsed)):
        # Two pages of a site may both be cited by the address of its front page.
        front = not urlsplit(url).path.strip("/")
        same = Q(url=url, title=title) if front else Q(url=url)
    if not same:
        same = Q(key__startswith=_plain_key(parsed), title=title)
    return Reference.objects.filter(same).order_by("pk").values_list("key", flat=True).first()


def _added(parsed: ParsedReference) -> str:
    key = _free_key(_plain_key(parsed))
    year = int(parsed.year) if parsed.year.isdecimal() and len(parsed.year) == 4 else None
    Reference.objects.create(
        key=key,
        type=Reference.Types.ARTICLE if parsed.doi or parsed.pmid else Reference.Types.WEBPAGE,
        title=parsed.title or parsed.text,
        year=year,
        url=_address(parsed),
        **_identifiers(parsed),
    )
    return key


def _plain_key(parsed: ParsedReference) -> str:
    return slugify(parsed.key)[:_LONGEST_KEY] or "ref"


def _address(parsed: ParsedReference) -> str:
    """Return the address, or nothing where the library could not keep it whole: REF-1 asks then."""
    try:
        Reference._meta.get_field("url").run_validators(parsed.url)
    except ValidationError:
        return ""
    return parsed.url


def _identifiers(parsed: ParsedReference) -> dict[str, str]:
    values = {name: _normal(name, getattr(parsed, name)) for name in ("doi", "pmid", "pmcid")}
    return {name: value if len(value) <= _longest(name) else "" for name, value in values.items()}


def _longest(name: str) -> int:
    return Reference._meta.get_field(name).max_length


def _normal(name: str, value: str) -> str:
    """Return an identifier in its normal form; one that cannot be read is left out."""
    try:
        return identifiers.NORMALISERS[name](value)
    except IdentifierError:
        return ""


def _free_key(wanted: str) -> str:
    taken = set(Reference.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
