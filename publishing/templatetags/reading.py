"""Filters for the readers' templates."""

import re
from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from publishing import languages, prose
from publishing.words import plain_words

register = template.Library()

# The sign before each key within square brackets; marks may stand between them.
_CITED = re.compile(r"(?<=[\[\s>])@(?=\w[^\[\]]*\])")


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """Return a date as a `time` element in words: “3 March 2026”; nothing for no date."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", date_format(value, "DATE_FORMAT")
    )


@register.filter
def person(name: str, uid: str) -> str:
    """Return a name as a link to the person's page, by what never changes of them; else the name.

    The link is found by no query, and is the same whatever the person is called by now.
    """
    if not uid:
        return name
    return format_html('<a href="{}/contributors/{}/">{}</a>', languages.prefix(), uid, name)


@register.filter
def sources_named(html: str) -> SafeString:
    """Return a comparison of texts with each citation as the short name of its source: [smith2020].

    A comparison has no list to number them by.
    """
    return mark_safe(_CITED.sub("", html))  # noqa: S308


@register.filter
def uncited(text: str) -> str:
    """Return a plain text without its citations, for a place that has none."""
    return plain_words(text)


@register.filter
def inset(html: str, under: int) -> SafeString:
    """Return a Document's rich text for its place below a heading of a level.

    The text is safe: a Document sanitises it whenever it is read.
    """
    return mark_safe(prose.inset(html, under))  # noqa: S308
