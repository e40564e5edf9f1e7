"""What a text freezes of its pictures: size, files and credit, as they were when it was saved."""

from collections.abc import Iterable
from typing import Any

from publishing.checks.context import Context
from publishing.documents import EntryDocument
from publishing.models import Entry, Picture, RevisionPayload

NAME = "pictures"
"""Of the part of the sources, and of the tie between a page and its pictures."""

TIE = "picture"


def freeze(document: EntryDocument, entry: Entry) -> dict[str, Any]:
    """Freeze the pictures of a Document, by digest."""
    wanted = {figure.picture for figure in getattr(document, "pictures", ())}
    found = Picture.objects.filter(digest__in=wanted) if wanted else ()
    return {picture.digest: _frozen(picture) for picture in found}


def _frozen(picture: Picture) -> dict[str, Any]:
    said = {name: getattr(picture, name) for name in ("credit", "licence", "source")}
    size = {"width": picture.width, "height": picture.height}
    return {**size, "files": picture.files, **{name: text for name, text in said.items() if text}}


def ties(context: Context) -> Iterable[tuple[str, str]]:
    """Tie a page to its pictures, so that each can say where it is used."""
    return [(digest, "") for digest in context.sources.get(NAME, {})]


def is_kept(picture: Picture) -> bool:
    """Say whether a recorded text shows a picture, so that its files must stay."""
    named = f'"{picture.digest}":{{"'
    return RevisionPayload.objects.filter(text__contains=named).exists()
