"""Reading an upload: what is a picture, and fit to be shown, and nothing else.

Whatever is sent, the answer is a picture or words that say what is wrong. Its size is read from its
head before anything is unpacked, so that a small file that unpacks to gigabytes costs nothing.
"""

import io
import re
import struct
import warnings
import zlib
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from publishing.refusals import Refused

MAX_BYTES = 15_000_000
MAX_PIXELS = 40_000_000
SMALLEST = 320
"""Pixels that a picture is wide at least: every one has this size, for lists of them."""

MIN_HEIGHT = 160
MAX_SHAPE = 5
"""How many times longer than high, or higher than long, a picture may be."""


@dataclass(frozen=True)
class Fit:
    """The least size of a picture, and how many times longer than high, or the other way round."""

    width: int = SMALLEST
    height: int = MIN_HEIGHT
    shape: int = MAX_SHAPE


MAX_SCANS = 100
"""Times that a JPEG may go over the picture: programs write about ten, and each costs time."""

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
"""What is taken, and the ending of the original that is kept."""

_OTHERS = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"8BPS", "Photoshop"),
)
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    AttributeError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_ORIENTATION = 0x0112
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})
# Every marker that has a length after it, and the end. A byte of data that looks like the start of
# a marker has a 0 after it; what lies below 0xC0, and from 0xD0 to 0xD8, stands alone.
_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd9-\xfe])")
_END, _SCAN = 0xD9, 0xDA
_SRGB = ImageCms.createProfile("sRGB")


def read(data: bytes, fit: Fit | None = None) -> tuple[Image.Image, str]:
    """Return a picture upright, in sRGB, without anything but its pixels, and its format.

    ``fit`` is what it must measure, by default what one in a text must. Raises Refused, in words
    for who sent it, for what is no picture or is not fit to be shown.
    """
    require_size(len(data))
    try:
        with warnings.catch_warnings():
            # Our own limit is lower than the one at which Pillow begins to warn.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=tuple(FORMATS))
            # What phones call JPEG may hold a second picture, of the depth or the light.
            format = "JPEG" if image.format == "MPO" else str(image.format)
            if format == "JPEG":
                _require_few_scans(data)
            _require_fit(image, fit or Fit())
            if format != "JPEG" and getattr(image, "is_animated", False):
                raise Refused(_moves())
            return _clean(image), format
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Image.UnidentifiedImageError as error:
        raise Refused(_no_picture(data)) from error
    except _BROKEN as error:
        raise Refused(
            _(
                "Not added. The file is damaged or was cut short, so it can't be read to its end. "
                "Open it, save it anew, and choose that file."
            )
        ) from error


def require_size(size: int) -> None:
    """Raise Refused for a file of no bytes, or of more than are read."""
    if not size:
        raise Refused(_("Not added. The file is empty. Choose another one."))
    if size > MAX_BYTES:
        said = _("Not added. The file has %(size)s MB; %(limit)d MB is the most. Save it smaller.")
        # To the nearest tenth, but never as if it were just small enough.
        tenths = max(round(size / 100_000), MAX_BYTES // 100_000 + 1)
        shown = number_format(f"{tenths / 10:g}")
        raise Refused(said % {"size": shown, "limit": MAX_BYTES // 1_000_000})


def _require_fit(image: Image.Image, fit: Fit) -> None:
    """Refuse by what the head of the file says, before a pixel is unpacked."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large()
    if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
        width, height = height, width
    if width < fit.width or height < fit.height:
        said = _(
            "Not added. The picture is %(width)d × %(height)d pixels; it needs at least %(least)s. "
            "Find a larger one: made larger, it would be blurred."
        )
        least = f"{fit.width} × {fit.height}"
        raise Refused(said % {"width": width, "height": height, "least": least})
    if max(width, height) > fit.shape * min(width, height):
        said = _(
            "Not added. The picture is more than %(times)d times as long as it is wide: on a phone "
            "nothing could be seen in it. Cut it to what matters."
        )
        raise Refused(said % {"times": fit.shape})


def _require_few_scans(data: bytes) -> None:
    """Refuse a small JPEG that would take minutes to unpack, without unpacking it.

    It is walked as the decoder walks it: what a segment holds, and what follows the picture (a
    phone's film, a second picture), may look like scans by chance.
    """
    scans = at = 0
    while found := _MARKER.search(data, at):
        at, marker = found.end(), found[1][0]
        if marker == _END:
            return
        scans += marker == _SCAN
        if scans > MAX_SCANS:
            raise Refused(
                _(
                    "Not added. The file builds its picture in more than %(limit)d steps, which "
                    "would take too long. Open it, save it anew, and choose that file."
                )
                % {"limit": MAX_SCANS}
            )
        at += int.from_bytes(data[at : at + 2])


def _too_large() -> Refused:
    said = _(
        "Not added. The picture has more than %(limit)d million pixels. Save it smaller: 2,000 "
        "pixels a side are enough."
    )
    return Refused(said % {"limit": MAX_PIXELS // 1_000_000})


def _moves() -> str:
    return _("Not added. The picture moves, which keeps people from reading. Save one image of it.")


def _no_picture(data: bytes) -> str:
    head = data[:1000].lstrip().lower()
    if b"<svg" in head or head.startswith(b"<?xml"):
        return _(
            "Not added. An SVG file can hold programs that would run in readers' browsers. Save "
            "it as PNG."
        )
    name = next((name for start, name in _OTHERS if data.startswith(start)), "")
    if data[4:8] == b"ftyp":
        name = "AVIF" if data[8:12].startswith(b"avi") else "HEIC"
    if name:
        if name in {"AVIF", "ICO"}:
            said = _("Not added. This is an %(name)s file. Save it as JPEG, PNG or WebP.")
        else:
            said = _("Not added. This is a %(name)s file. Save it as JPEG, PNG or WebP.")
        return said % {"name": name}
    return _("Not added. This file is no picture, whatever its name says. Choose a JPEG or PNG.")


def _clean(image: Image.Image) -> Image.Image:
    """Unpack a picture: upright, in sRGB, with nothing beside its pixels."""
    image.load()
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        # Sixteen bits a point, of which a screen shows eight.
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode == "P" or "transparency" in image.info:
        image = image.convert("RGBA")
    clear = "A" in image.getbands() and image.getchannel("A").getextrema()[0] < 255
    alpha = image.getchannel("A") if clear else None
    image = _in_srgb(image, profile)
    if alpha is not None:
        image.putalpha(alpha)
    # Comments, place and camera travel in here.
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    plain = {"LA": "L", "RGBA": "RGB", "La": "L", "RGBa": "RGB"}.get(image.mode)
    if plain:
        image = image.convert(plain)
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, given, _SRGB, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A profile that can't be read, or is for other colours, says nothing.
    return image.convert("RGB")
