"""Filters for the readers' templates."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from publishing import prose
from publishing.words import plain_words

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """Return a date as a `time` element in words: “3 March 2026”; nothing for no date."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", date_format(value, "j F Y")
    )


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
