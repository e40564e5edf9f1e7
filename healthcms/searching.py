"""The readers' search: a page with a plain form, and suggestions for who is still typing."""

import re
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string

from publishing import clock, disclaimers, languages, search
from publishing.models import Site
from publishing.pages import shown
from publishing.search import missed
from publishing.views import FRESH, render_page

_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
# What is no number asks for a page past the end of whatever is found.
_NO_PAGE = 1_000_000


def search_page(request: HttpRequest) -> HttpResponse:
    """Show what ``?q=`` finds, narrowed by ``kind=`` and ``topic=``, ten at a time."""
    at = clock.now()
    asked = _asked(request)
    number = request.GET.get("page", "1")
    page = int(number) if _PAGE_NUMBER.fullmatch(number) else _NO_PAGE
    found = search.find(
        request.GET.get("q", ""),
        at,
        kind=asked.get("kind", ""),
        topic=asked.get("topic", ""),
        page=page,
    )
    if found.missed and page == 1:
        missed.note(request, asked["q"], found.words, at)
    beyond = bool(found.words) and page > found.pages
    edition = disclaimers.edition_for("", None, (), at)
    context = {
        "here": "/search/",
        "site": Site.current(),
        "asked": asked,
        "found": found,
        "answered_in": _answered_in(asked.get("q", ""), at) if found.nowhere else [],
        "beyond": beyond,
        "previous": page - 1,
        "next": page + 1 if page < found.pages else 0,
        "disclaimer": shown(edition) if edition else None,
    }
    return render_page("site/search.html", context, 404 if beyond else 200)


def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer the live pages whose title has what is being typed in ``?q=``, the best first.

    Each with its kind in words.
    """
    found = search.suggest(request.GET.get("q", ""), clock.now())
    names = {kind: _in_words(kind) for kind in {edition.entry.kind for edition in found}}
    suggested = [
        {"title": each.title, "kind": names[each.entry.kind], "path": each.path} for each in found
    ]
    response = JsonResponse({"suggestions": suggested})
    response["Cache-Control"] = FRESH
    return response


def _answered_in(text: str, at: datetime) -> list[str]:
    """Return the other languages in which a page has every word."""
    codes = [code for code in languages.every() if not languages.same(code)]
    return [code for code in codes if _is_answered(text, at, code)]


def _is_answered(text: str, at: datetime, language: str) -> bool:
    with languages.active(language):
        return search.has_all(text, at)


def _in_words(kind: str) -> str:
    return render_to_string("site/_one_kind.html", {"kind": kind}).strip()


def _asked(request: HttpRequest) -> QueryDict:
    """Return the parameters that we know and that say something, fit to be shown and sent again."""
    asked = QueryDict(mutable=True)
    for name in ("q", "kind", "topic"):
        value = " ".join(request.GET.get(name, "").replace("\x00", " ").split())
        if value:
            asked[name] = value[: search.MOST_CHARACTERS]
    return asked
