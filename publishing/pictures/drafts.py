"""The draft rows of pictures: read into a Document, and written back."""

from typing import Any

from publishing.drafts import replace_rows, rows_data
from publishing.models import Entry, Figure, Picture
from publishing.pictures.documents import IllustratedDocument

_FIELDS = ("key", "alt", "decorative", "caption", "focal_x", "focal_y", "leads")


def read_pictures(entry: Entry) -> list[dict[str, Any]]:
    """Return an entry's pictures as a Document has them."""
    rows = list(entry.pictures.select_related("picture"))
    return [
        {**data, "picture": row.picture.digest}
        for row, data in zip(rows, rows_data(rows, _FIELDS), strict=True)
    ]


def write_pictures(document: IllustratedDocument, entry: Entry) -> None:
    """Replace an entry's pictures; one that the library does not hold is left out."""
    wanted = [figure.picture for figure in document.pictures]
    known = Picture.objects.in_bulk(wanted, field_name="digest") if wanted else {}
    rows = [
        {**figure.model_dump(), "picture": known[figure.picture]}
        for figure in document.pictures
        if figure.picture in known
    ]
    replace_rows(Figure, "entry", Entry(pk=entry.pk), rows)
