"""Telling our own pages' forms from those of other sites."""

from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """Say whether a browser sent a form from a page of this very site."""
    own = f"{request.scheme}://{request.get_host()}"
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.headers.get("Origin") == own and fetched == "same-origin"
