"""Answering the files of pictures: those that readers get, by names that never change."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import quote_etag

from publishing.look import KEPT
from publishing.pictures.library import file_name

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[1-9]\d{0,4}\.(?:webp|jpg)")
_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


def picture_file(request: HttpRequest, digest: str, name: str) -> FileResponse:
    """Answer one size of a picture. The original stays in the library: it has no address."""
    if not (_DIGEST.fullmatch(digest) and _NAME.fullmatch(name)):
        raise Http404
    try:
        file = default_storage.open(file_name(digest, name), "rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=_TYPES[name.rpartition(".")[2]])
    response["ETag"] = quote_etag(f"{digest[:32]}-{name}")
    response["Cache-Control"] = KEPT
    return response
