"""What the head of a page says to programs: its graph, its picture, its other forms."""

import html
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publishing import cards, languages, structured_data, structured_lists
from publishing.markdown import answers
from publishing.templatetags.languages import plainly

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data_of(context: Context) -> SafeString:
    """Return the page's graph, escaped for its place within a script element.

    Every list has one of its own. A search has none: what it lists is a reader's choice.
    """
    said: dict[str, Any] = context.flatten()
    page, listing, here = said.get("page"), said.get("listing"), said.get("here", "/")
    if page is not None:
        graph = structured_data.graph_of_page(page, said)
    elif "asked" in said or (listing is None and here == "/"):
        graph = structured_lists.graph_of_site(said["site"])
    else:
        path = listing.url if listing else languages.below(here)
        graph = structured_lists.graph_of_list(said["site"], path, _name(context), said)
    return mark_safe(graph)  # noqa: S308


@register.simple_tag(takes_context=True)
def card_address(context: Context) -> str:
    """Return the absolute address of the picture that stands for the page."""
    page, site = context.get("page"), context["site"]
    if page is not None:
        return cards.address(cards.of_edition(page.main.edition, site), page.main.edition)
    title = "" if context.get("here") == "/" else _name(context)
    return cards.address(cards.of_site(site, title))


@register.simple_block_tag(takes_context=True, end_name="endcalled")
def called(context: Context, content: str) -> str:
    """Show the words between the tags, which are what the page is called, and remember them."""
    context["called"] = mark_safe(" ".join(content.split()))  # noqa: S308
    return content


@register.simple_tag(takes_context=True)
def heading(context: Context) -> str:
    """Return what links call a page. The home page goes by the site's name.

    A search goes by that: its title has a reader's words, and they are not the site's.
    """
    if context.get("here") == "/":
        return context["site"].name
    if "asked" in context:
        return _("Search")
    return context["title"] if context.get("page") else context["called"]


def _name(context: Context) -> str:
    return html.unescape(heading(context))


@register.filter
def markdown_path(path: str) -> str:
    """Return the path of a page's Markdown."""
    return answers.path_of(path)


@register.simple_block_tag(takes_context=True, end_name="enddescribe")
def describe(context: Context, content: str) -> SafeString:
    """Say in the head what the page holds: in the words between the tags, if there are any.

    What programs show of a page that has none is what the site says of itself.
    """
    words = " ".join(content.split())
    head = format_html('<meta name="description" content="{}">\n', mark_safe(words))  # noqa: S308
    is_shown = context.get("is_public") or (context.get("is_found") and not context.get("page"))
    shared = mark_safe(words) or plainly(context["site"], "tagline")  # noqa: S308
    card = format_html('<meta property="og:description" content="{}">\n', shared)
    return (head if words else mark_safe("")) + (card if is_shown and shared else mark_safe(""))
