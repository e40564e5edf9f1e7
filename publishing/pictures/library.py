"""The verbs of the library: adding a picture with all its files, and removing an unused one."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from publishing import clock as clocks
from publishing import kinds, permissions
from publishing.models import Ledger, Picture
from publishing.pictures import frozen, reading, renditions
from publishing.pictures.documents import IllustratedDocument
from publishing.refusals import NotAllowed, Refused

FOLDER = "pictures"


def file_name(digest: str, name: str) -> str:
    """Return where the storage keeps a file of a picture."""
    return f"{FOLDER}/{digest}/{name}"


class Known(Refused):
    """The library holds this picture already: ``picture`` is its row."""

    def __init__(self, picture: Picture) -> None:
        said = _("Not added again. This picture is in the library as “%(title)s”. Use that one.")
        super().__init__(said % {"title": picture.title})
        self.picture = picture


def find(data: bytes) -> Picture | None:
    """Return the picture of the library that was made from this very file."""
    digest = hashlib.sha256(data).hexdigest()
    return Picture.objects.filter(Q(sent=digest) | Q(digest=digest)).first()


def add_picture(
    data: bytes,
    *,
    by: Any,
    title: str,
    credit: str,
    licence: str = "",
    source: str = "",
    clock=clocks.now,
) -> Picture:
    """Add an uploaded file to the library, in every size that readers may get, and return it.

    Raises NotAllowed where the person writes no kind, Known where the library holds it, and
    Refused for a file that is no picture or is not fit to be shown.
    """
    if not may_change(by):
        raise NotAllowed(_("Not added. Only people who write texts add pictures."))
    if known := find(data):
        raise Known(known)
    image, format = reading.read(data)
    name, content, image = renditions.original(image, format)
    digest = hashlib.sha256(content).hexdigest()
    if known := Picture.objects.filter(digest=digest).first():
        # The same picture under another wrapping: other remarks, another camera's notes.
        raise Known(known)
    files = {name: content, **renditions.renditions(image, format)}
    picture = Picture(
        digest=digest,
        sent=hashlib.sha256(data).hexdigest(),
        width=image.width,
        height=image.height,
        files=renditions.digests(files),
        title=title,
        credit=credit,
        licence=licence,
        source=source,
        by=by,
        at=clock(),
    )
    return _kept(picture, files)


def may_change(user: Any) -> bool:
    """Say whether a person may add to the library: whoever writes a kind that shows pictures."""
    return any(
        permissions.may(user, "write", kind)
        for kind in kinds.every()
        if issubclass(kind.document, IllustratedDocument)
    )


def _kept(picture: Picture, files: dict[str, bytes]) -> Picture:
    """Write row and files, or neither. The row comes first: two uploads at once meet there."""
    written: list[str] = []
    try:
        with transaction.atomic():
            _lock()
            picture.save(force_insert=True)
            for name, content in files.items():
                path = file_name(picture.digest, name)
                # Left by a transaction that was taken back; the name says what must stand there.
                default_storage.delete(path)
                written.append(path)
                default_storage.save(path, ContentFile(content))
    except IntegrityError:
        known = Picture.objects.filter(digest=picture.digest).first()
        if known is None:
            raise
        raise Known(known) from None
    except OSError as error:
        for path in written:
            with suppress(OSError):
                default_storage.delete(path)
        raise Refused(
            _(
                "Not added. The site could not store the files. What you typed is kept. Tell "
                "whoever runs the site that its folder for pictures takes no files."
            )
        ) from error
    return picture


@transaction.atomic
def remove_picture(picture: Picture, *, by: Any) -> None:
    """Remove a picture that no text shows or ever showed, with its files.

    Raises NotAllowed, and Refused where a draft or a recorded text has it: every past page can be
    shown again.
    """
    if not may_change(by):
        raise NotAllowed(_("Not removed. Only people who write texts remove pictures."))
    # Every save writes to the ledger: none can record the picture until this is done.
    _lock()
    if picture.figures.exists() or frozen.is_kept(picture):
        said = _("Not removed. Texts show “%(title)s”, or did once: past pages need it.")
        raise Refused(said % {"title": picture.title})
    picture.delete()
    transaction.on_commit(lambda: _delete(picture.digest, picture.files))


@transaction.atomic
def _delete(digest: str, names: Iterable[str]) -> None:
    """Delete the files of a removed picture, unless it was added again since."""
    _lock()
    if Picture.objects.filter(digest=digest).exists():
        return
    for name in names:
        with suppress(OSError):
            default_storage.delete(file_name(digest, name))


def _lock() -> None:
    """Let one at a time write or delete files, or save a text, until the transaction ends."""
    Ledger.objects.select_for_update().get(pk=1)
