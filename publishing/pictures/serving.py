"""Answering the files of pictures: those that readers get, by names that never change."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from publishing import clock
from publishing.pictures import frozen
from publishing.pictures.library import file_name

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[1-9]\d{0,4}\.(?:webp|jpg)")
_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
_A_DAY = "public, max-age=86400, must-revalidate"
_FOR_NOBODY_ELSE = "private, no-store"


def picture_file(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Answer one size of a picture. The original stays in the library: it has no address.

    410 for one that was withdrawn for a legal reason with all its pages; staff still see it.
    """
    if not (_DIGEST.fullmatch(digest) and _NAME.fullmatch(name)):
        raise Http404
    closed = frozen.is_closed(digest, clock.now())
    if closed and not request.user.is_staff:
        return _gone()
    try:
        file = default_storage.open(file_name(digest, name), "rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=_TYPES[name.rpartition(".")[2]])
    response["ETag"] = quote_etag(f"{digest[:32]}-{name}")
    # The bytes never change, but the right to show them may end: within a day, everywhere.
    response["Cache-Control"] = _FOR_NOBODY_ELSE if closed else _A_DAY
    return response


def _gone() -> HttpResponse:
    said = _("This picture was withdrawn for a legal reason.")
    response = HttpResponse(said, status=410, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = _FOR_NOBODY_ELSE
    return response
