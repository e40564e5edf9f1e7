"""What a text freezes of its pictures: size, files and credit, as they were when it was saved."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from publishing.checks.context import Context
from publishing.documents import EntryDocument
from publishing.models import Edition, Entry, Picture, RevisionPayload
from publishing.models.spine import closed_by_law

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


def is_closed(digest: str, at: datetime) -> bool:
    """Say whether every page that ever showed a picture was withdrawn for a legal reason.

    A picture that no page showed yet, such as a draft's, is not closed.
    """
    begun = Edition.objects.begun(at).tied(TIE, digest)
    found = begun.order_by().values_list(closed_by_law(at), flat=True).distinct()
    return list(found) == [True]
