"""The reference list of a page as a file, from the page as it is composed now."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from publishing import clock
from publishing.compose import resolve
from publishing.pages import Moved, Page
from publishing.views import FRESH, ShortLivedRedirect, not_found_page, respond
from references import exporting

_FORMATS = {
    "ris": (exporting.ris, "application/x-research-info-systems"),
    "json": (exporting.csl_json, "application/vnd.citationstyles.csl+json"),
}


@require_safe
def references_file(request: HttpRequest, form: str, **_path_parts: str) -> HttpResponse:
    """Answer the references of the page that the address names, in the order of its list."""
    name = f"references.{form}"
    found = resolve(request.path.removesuffix(name), clock.now())
    if isinstance(found, Moved):
        return ShortLivedRedirect(f"{found.path}{name}")
    if not isinstance(found, Page):
        return respond(found)
    listed = found.main.kind.view(found).get("references")
    if not listed:
        return not_found_page()
    write, kind = _FORMATS[form]
    response = HttpResponse(
        write([source.item for source in listed]), content_type=f"{kind}; charset=utf-8"
    )
    file_name = f"{found.main.document.slug}-{name}"
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    response["Cache-Control"] = FRESH
    response["X-Robots-Tag"] = "noindex"
    return response
