"""What the head of a page says to programs: its graph, its picture, its other forms."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from publishing import cards, structured_data
from publishing.markdown import answers
from publishing.structured_data import list_name

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data_of(context: Context) -> SafeString:
    """Return the page's graph, escaped for its place within a script element."""
    said: dict[str, Any] = context.flatten()
    page = said.get("page")
    if page is None:
        return mark_safe(structured_data.graph_of_site(said["site"]))  # noqa: S308
    return mark_safe(structured_data.graph_of_page(page, said))  # noqa: S308


@register.simple_tag(takes_context=True)
def card_address(context: Context) -> str:
    """Return the absolute address of the picture that stands for the page."""
    page, site = context.get("page"), context["site"]
    if page is None:
        return cards.address(cards.of_site(site))
    return cards.address(cards.of_edition(page.main.edition, site), page.main.edition)


@register.simple_tag(takes_context=True)
def heading(context: Context) -> str:
    """Return what a page is called: by its title, by what it lists, or else by the site."""
    for name in ("topic", "person"):
        if context.get(name):
            return context[name].name
    if context.get("title"):
        return context["title"]
    return list_name(context["kind"]) if context.get("kind") else context["site"].name


@register.filter
def markdown_path(path: str) -> str:
    """Return the path of a page's Markdown."""
    return answers.path_of(path)
