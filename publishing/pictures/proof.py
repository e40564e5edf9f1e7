"""Proving that the pictures of signed texts are what they were."""

import hashlib
import json
from collections.abc import Iterator

from django.core.files.storage import default_storage

from publishing.models import Edition
from publishing.pictures import frozen
from publishing.pictures.library import file_name


def wrong_files() -> Iterator[str]:
    """Yield a line for each edition and file of its pictures that is missing or altered."""
    found: dict[str, str] = {}
    editions = Edition.objects.select_related("revision__payload").order_by("pk")
    marked = f'"{frozen.NAME}":{{"'
    for edition in editions.filter(revision__payload__text__contains=marked).iterator(500):
        try:
            pictures = json.loads(edition.revision.payload.text)["sources"].get(frozen.NAME, {})
            named = {(d, n): held for d, p in pictures.items() for n, held in p["files"].items()}
        except (ValueError, LookupError, AttributeError, TypeError):
            continue  # The text is named as altered already.
        for (digest, name), expected in named.items():
            path = file_name(digest, name)
            if path not in found:
                found[path] = _digest(path)
            if found[path] != expected:
                what = "was altered" if found[path] else "is missing"
                yield f"Edition {edition.pk} at {edition.path}: its picture's file {path} {what}."


def _digest(path: str) -> str:
    """Return the SHA-256 of a stored file; "" where there is none."""
    try:
        with default_storage.open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
