"""Readers' pages are for reading: whatever else is sent to them is told so, in the readers' frame.

Otherwise the check of the desk's forms would answer first, and talk of a form that nobody sent.
"""

from django.http import HttpRequest, HttpResponse

from healthcms.languages import FOR_STAFF
from publishing.models import Site
from publishing.origins import own_path
from publishing.views import render_page

ALLOWED = ("GET", "HEAD", "OPTIONS")


class ReadingOnly:
    """Middleware: 405 for a public page that is asked for by any method but the reading ones.

    The few public forms are the views that are exempt from the token, as readers have no cookie.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, _args, _kwargs) -> HttpResponse | None:
        """Answer before the token is looked for, and without reading what was sent."""
        takes_forms = request.path.startswith(FOR_STAFF) or getattr(view, "csrf_exempt", False)
        if request.method in ALLOWED or takes_forms:
            return None
        context = {"site": Site.current(), "path": own_path(request.path)}
        response = render_page("405.html", context, 405)
        response["Allow"] = ", ".join(ALLOWED)
        response["Cache-Control"] = "private, no-store"
        return response
