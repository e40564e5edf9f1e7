"""The field for the site's logo: a picture is kept as its cleaned pixels, or refused in words."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

from publishing.pictures import reading, renditions
from publishing.refusals import Refused

MOST_BYTES = 300_000
LONGEST_SIDE = 2000
KEPT_HEIGHT = 160
"""Pixels that a logo is high at most: four times what any page shows."""

FIT = reading.Fit(width=20, height=20, shape=10)


class LogoField(forms.FileField):
    """Takes a picture as the library does; its file is named by its digest and its size."""

    def __init__(self, **kwargs: Any) -> None:
        # Its own name goes, however long, and an empty file is refused in our words.
        super().__init__(**{**kwargs, "max_length": None, "allow_empty_file": True})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": "image/png,image/jpeg,image/webp"}

    def to_python(self, data: Any) -> ContentFile | None:
        """Return the file to keep. Raises ValidationError for what is not fit to be shown."""
        sent = super().to_python(data)
        if sent is None:
            return None
        if sent.size > MOST_BYTES:
            raise ValidationError(_too_large())
        try:
            image, format = reading.read(sent.read(), FIT)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        if max(image.size) > LONGEST_SIDE:
            raise ValidationError(_too_large())
        if image.height > KEPT_HEIGHT:
            width = max(1, round(image.width * KEPT_HEIGHT / image.height))
            image = image.resize((width, KEPT_HEIGHT), Image.Resampling.LANCZOS)
        _name, content, image = renditions.original(image, format)
        digest = hashlib.sha256(content).hexdigest()[:16]
        name = f"logo-{digest}-{image.width}x{image.height}.{reading.FORMATS[format]}"
        return ContentFile(content, name=name)


def _too_large() -> str:
    return _("The logo is larger than 300 kB or 2,000 pixels a side. Make it smaller.")
