"""Which language a request is answered in: readers by the address, staff by their browser."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from django.utils.cache import patch_vary_headers

from publishing import languages

# By path, since a name is found only once the language is known.
FOR_STAFF = ("/admin/", "/style/")


class SiteLanguage:
    """Middleware: activates the language of a request. Public pages never vary by their reader."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for_staff = request.path.startswith(FOR_STAFF)
        if for_staff:
            language = translation.get_language_from_request(request)
        else:
            language = languages.of_path(request.path)
        with languages.active(language):
            response = self.get_response(request)
        if for_staff:
            patch_vary_headers(response, ["Accept-Language"])
        return response


class _Prefix(LocalePrefixPattern):
    def __str__(self) -> str:
        return ""  # as the default's: it is asked for where there may be no database

    @property
    def language_prefix(self) -> str:
        prefix = languages.prefix()
        return f"{prefix[1:]}/" if prefix else ""


def in_each_language(*patterns) -> list[URLResolver]:
    """Return addresses that exist in each language of the site, below its prefix."""
    return [URLResolver(_Prefix(prefix_default_language=False), list(patterns))]
