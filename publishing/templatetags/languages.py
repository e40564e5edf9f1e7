"""What templates need to know of the language that they speak; every template has these."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from publishing import languages, telephones
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
    return written_in(found.words, found.language)


@register.filter
def dialled(words: SafeString | str) -> SafeString:
    """Return words with each number of a telephone as a link that dials it."""
    return telephones.linked(words)


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
    """Return words that are kept in the site's default language alone, marked as such.

    So are those about a person, and a picture's credit.
    """
    return written_in(words, "")


@register.filter
def written_in(words: str, code: str) -> SafeString | str:
    """Return words, marked with their language where that is not the page's.

    Without a code they are in the site's default.
    """
    code = code or languages.default()
    if not words or languages.same(code):
        return conditional_escape(words)
    return format_html('<span lang="{}">{}</span>', code, words)


@register.filter
def amount(value: str) -> str:
    """Return a decimal amount as it is written in the active language: “3,400”, “37,5”."""
    return number_format(value, force_grouping=True) if value else ""


@register.filter
def in_words(code: str) -> str:
    """Return a language in the words of the active one: “inglés”.

    Not called ``language_name``: Django's filter of that name says “English” in any language.
    """
    return languages.translated_name(code)


@register.inclusion_tag("site/_elsewhere.html", takes_context=True)
def elsewhere(context: Context) -> dict[str, Any]:
    """Lead from a list that holds nothing in this language to the same in the site's default.

    A search leads to what it finds in other languages.
    """
    answered = context.get("answered_in")
    codes = (languages.default(),) if answered is None else answered
    return {"others": _in(codes, context), "answered": answered}


@register.inclusion_tag("site/_languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Show where the page can be read in another language, each by its own name.

    A list leads to the same list, a search to the same search; somebody's page to theirs in the
    languages in which they have pages. Nothing leads away from past texts.
    """
    page = context.get("page")
    if context.get("asked_at") or context.get("history"):
        return {}
    if page is not None:
        versions = page.versions
        return {"others": [(v.language, languages.own_name(v.language), v.path) for v in versions]}
    if not context.get("is_found"):
        return {}
    codes = context.get("spoken", ()) if context.get("person") else languages.every()
    return {"others": _in(codes, context)}


def _in(codes: Iterable[str], context: Context) -> list[tuple[str, str, str]]:
    """Return the same list in those of some languages that are not the active one."""
    plain, asked = _plain_path(context), _asked(context)
    return [
        (code, languages.own_name(code), f"{languages.below(plain, code)}{asked}")
        for code in codes
        if not languages.same(code)
    ]


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[tuple[str, str]]:
    """Return the addresses of a page in all its languages, with “x-default”; none if it has one.

    A search that found nothing, which is no page for search engines, has none.
    """
    page = context.get("page")
    if context.get("asked") and not context["found"].results:
        return []
    if context.get("past") or context.get("asked_at") or not context.get("is_found", True):
        return []
    if page is not None:
        own = page.main
        found = {own.document.language: own.edition.path}
        found |= {version.language: version.path for version in page.versions}
    else:
        codes, path = _twins(context), _plain_path(context)
        found = {code: languages.below(path, code) for code in codes}
        if languages.current() not in found:
            return []
    if len(found) == 1:
        return []
    first = found.get(languages.default()) or next(iter(found.values()))
    return [*found.items(), ("x-default", first)]


def _twins(context: Context) -> list[str]:
    """Return the languages that have the same list: its first page, with nothing chosen.

    A list that is empty in a language is none there, where ``spoken`` tells that.
    """
    listing = context.get("listing")
    is_first = listing is not None and listing.url == listing.path
    if not (context.get("here") or is_first):
        return []
    spoken = context.get("spoken")
    return [code for code in languages.every() if spoken is None or code in spoken]


def _plain_path(context: Context) -> str:
    listing = context.get("listing")
    if listing is not None:
        return languages.plain(listing.path)
    return context.get("here") or "/"


def _asked(context: Context) -> str:
    """Return what was asked of a list and can be asked in any language: a search, or a topic."""
    asked, listing = context.get("asked"), context.get("listing")
    if asked:
        return f"?{asked.urlencode()}"
    topic = listing.chosen.get("topic") if listing is not None else ""
    return f"?{urlencode({'topic': topic})}" if topic else ""
