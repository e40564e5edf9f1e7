"""Telling our own pages from those of other sites: whose form it is, where a link leads."""

from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes


def is_ours(request: HttpRequest) -> bool:
    """Say whether a browser sent a form from a page of this very site."""
    own = f"{request.scheme}://{request.get_host()}"
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.headers.get("Origin") == own and fetched == "same-origin"


def is_of_another_site(request: HttpRequest) -> bool:
    """Say whether a browser names another site as the one that sent a form.

    What keeps readers from being followed may take these headers out: then nobody is named.
    """
    origin = request.headers.get("Origin", "null")
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    own = f"{request.scheme}://{request.get_host()}"
    return origin not in {"null", own} or fetched in {"cross-site", "same-site"}


def own_path(path: str) -> str:
    """Return a request's path for a link to that page of ours.

    Written into a page as it came, “//example.org/” and “/\\example.org/” would lead away.
    """
    return escape_leading_slashes(escape_uri_path(path))
