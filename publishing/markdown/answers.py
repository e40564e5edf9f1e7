"""Answering in Markdown: who asked for it, and how a page or a refusal is sent."""

import lxml.html
from django.http import HttpRequest, HttpResponse

from publishing.markdown import to_markdown

MEDIA_TYPE = "text/markdown"
CONTENT_TYPE = f"{MEDIA_TYPE}; charset=utf-8"


def is_asked_for(request: HttpRequest) -> bool:
    """Say whether a request names Markdown among what it takes, and no less than HTML.

    ``*/*`` names nothing: such a reader gets the page.
    """
    named = (kind for kind in request.accepted_types if kind.sub_type == "markdown")
    markdown, html = next(named, None), request.accepted_type("text/html")
    return markdown is not None and (html is None or markdown.quality >= html.quality)


def path_of(path: str) -> str:
    """Return the address of a page's Markdown: “/faq/x/” has it at “/faq/x.md”."""
    return f"{path.rstrip('/')}.md"


def page_of(path: str) -> str:
    """Return the address of the page whose Markdown has this one; any other as it is."""
    return f"{path.removesuffix('.md')}/" if path.endswith(".md") else path


def answer(html: str, address: str, status: int = 200) -> HttpResponse:
    """Send HTML of ours as Markdown; ``address`` is where the page itself is."""
    response = HttpResponse(to_markdown(html, address), CONTENT_TYPE, status)
    if status == 200:
        # One text at two addresses: the page's own is the one to keep and to show.
        response["Link"] = f'<{address}>; rel="canonical"'
    return response


def in_markdown(response: HttpResponse, address: str) -> HttpResponse:
    """Send what a whole page says within its main part as Markdown, with its status."""
    page = lxml.html.document_fromstring(response.content.decode())
    main = lxml.html.tostring(page.find(".//main"), encoding="unicode")
    made = answer(main, address, response.status_code)
    made["Cache-Control"] = response["Cache-Control"]
    return made
