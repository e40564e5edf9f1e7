"""What the panel says of an entry's language, its original and its translations."""

from dataclasses import dataclass

from django.urls import reverse

from publishing import kinds, languages, permissions
from publishing.kinds import Kind
from publishing.models import Entry, Revision


@dataclass(frozen=True)
class Twin:
    """The same text in another language: what it is called there, and its change page."""

    language: str
    name: str
    url: str


@dataclass(frozen=True)
class InLanguages:
    """An entry's language; ``translate_url`` is "" where nobody can translate it, or all did."""

    language: str
    name: str
    twins: list[Twin]
    original: Twin | None = None
    made_from: Revision | None = None
    translate_url: str = ""
    up_to_date_url: str = ""


def in_languages(entry: Entry, kind: Kind, user) -> InLanguages | None:
    """Gather it; None, without a query, on a site of one language."""
    codes = languages.every()
    if len(codes) == 1 and not entry.translated_from_id:
        return None
    may_write = permissions.may(user, "write", kind)
    made_from = entry.translated_from
    twins = [] if made_from else [_twin(each) for each in _translations_of(entry)]
    left = {*codes} - {entry.language, *(twin.language for twin in twins)}
    return InLanguages(
        entry.language,
        languages.own_name(entry.language),
        twins,
        original=_twin(made_from.entry) if made_from else None,
        made_from=made_from,
        translate_url=_url(entry, "translate") if may_write and left and not made_from else "",
        up_to_date_url=_url(entry, "up_to_date") if may_write and made_from else "",
    )


def _translations_of(entry: Entry) -> list[Entry]:
    return list(Entry.objects.filter(translated_from__entry=entry.pk).order_by("language", "pk"))


def _twin(entry: Entry) -> Twin:
    return Twin(entry.language, languages.own_name(entry.language), _url(entry, "change"))


def _url(entry: Entry, name: str) -> str:
    meta = kinds.of(entry).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[entry.pk])
