"""What templates need to know of the language that they speak; every template has these."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from publishing import languages
from publishing.models import Topic
from publishing.models.said import Said, SaidInLanguages

register = template.Library()


@register.simple_tag
def root() -> str:
    """Return what stands before the plain path of a list: "", or “/es” on Spanish pages."""
    return languages.prefix()


@register.simple_tag
def lang(code: str = "") -> SafeString | str:
    """Return the attribute of words in another language than the page's; "" where it is the same.

    Without a code they are in the site's default.
    """
    code = code or languages.default()
    return "" if languages.same(code) else format_html(' lang="{}"', code)


@register.filter
def said(row: SaidInLanguages, field: str) -> SafeString | str:
    """Return words of a register in the page's language; else the default's, marked as such."""
    found = _said(row, field)
    code = found.language or languages.default()
    if not found.words or languages.same(code):
        return conditional_escape(found.words)
    return format_html('<span lang="{}">{}</span>', code, found.words)


@register.filter
def plainly(row: SaidInLanguages, field: str) -> str:
    """Return the same words without a mark, for an attribute or a title."""
    return _said(row, field).words


@register.filter
def named(topic: Topic) -> SafeString | str:
    """Return a topic's name in the page's language; else the default's, marked as such."""
    return said(topic, "name")


def _said(row: SaidInLanguages, field: str) -> Said:
    return row.said(field, languages.current()) if row else Said("")


@register.filter
def as_frozen(words: str) -> SafeString | str:
    """Return words about a person, which are kept in the site's default language, marked so."""
    code = languages.default()
    if not words or languages.same(code):
        return words
    return format_html('<span lang="{}">{}</span>', code, words)


@register.filter
def amount(value: str) -> str:
    """Return a decimal amount as it is written in the active language: “3,400”, “37,5”."""
    return number_format(value, force_grouping=True) if value else ""


@register.filter
def language_name(code: str) -> str:
    """Return a language in the words of the active one: “inglés”."""
    return languages.translated_name(code)


@register.inclusion_tag("site/_elsewhere.html", takes_context=True)
def elsewhere(context: Context) -> dict[str, Any]:
    """Lead from a list that holds nothing in this language to the same in the site's default."""
    code = languages.default()
    if languages.same(code):
        return {}
    path = languages.below(_plain_path(context), code)
    return {"path": path, "code": code, "name": languages.own_name(code)}


@register.inclusion_tag("site/_languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Show where the page can be read in another language, each by its own name.

    A list leads to the same list; what is of one language alone, to that language's home page.
    """
    page = context.get("page")
    if context.get("past") or context.get("asked_at"):
        return {}
    if page is not None:
        paths = {version.language: version.path for version in page.versions}
    else:
        plain = _plain_path(context)
        codes = languages.every() if context.get("is_found") else ()
        paths = {c: languages.below(plain, c) for c in codes if not languages.same(c)}
    return {"others": [(code, languages.own_name(code), at) for code, at in paths.items()]}


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[tuple[str, str]]:
    """Return the addresses of a page in all its languages, with “x-default”; none if it has one."""
    page = context.get("page")
    if context.get("past") or context.get("asked_at") or not context.get("is_found", True):
        return []
    if page is not None:
        own = page.main
        found = {own.document.language: own.edition.path}
        found |= {version.language: version.path for version in page.versions}
    elif _has_twins(context):
        path = _plain_path(context)
        found = {code: languages.below(path, code) for code in languages.every()}
    else:
        return []
    if len(found) == 1:
        return []
    first = found.get(languages.default()) or next(iter(found.values()))
    return [*found.items(), ("x-default", first)]


def _has_twins(context: Context) -> bool:
    """Say whether the same list is there in each language: its first page, with nothing chosen."""
    listing = context.get("listing")
    if context.get("person"):
        return False
    return bool(context.get("here")) or (listing is not None and listing.url == listing.path)


def _plain_path(context: Context) -> str:
    listing = context.get("listing")
    if context.get("person"):
        return "/"
    if listing is not None:
        return languages.plain(listing.path)
    return context.get("here") or "/"
