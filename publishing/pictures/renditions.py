"""The files of a picture: the original that is kept, and the sizes that readers get."""

import hashlib
import io

from PIL import Image

from publishing.pictures.reading import FORMATS, SMALLEST

WIDTHS = (SMALLEST, 480, 640, 960, 1280, 1920)
ORIGINAL_SIDE = 3840
"""The longest side of the original that is kept: twice of what any page shows."""

_PAPER = (255, 255, 255)


def widths(width: int) -> tuple[int, ...]:
    """Return the widths in which a picture is shown: none is wider than it is."""
    return (*(w for w in WIDTHS if w < width), *([width] if width <= WIDTHS[-1] else []))


def original(image: Image.Image, format: str) -> tuple[str, bytes, Image.Image]:
    """Return name and content of the original to keep, and the picture that it shows."""
    if max(image.size) > ORIGINAL_SIDE:
        image = image.copy()
        image.thumbnail((ORIGINAL_SIDE, ORIGINAL_SIDE), Image.Resampling.LANCZOS)
    options = {
        "JPEG": {"quality": 92, "optimize": True},
        "PNG": {"optimize": max(image.size) <= 2000},
        "WEBP": {"quality": 92, "method": 4},
    }[format]
    return f"original.{FORMATS[format]}", _encoded(image, format, **options), image


def original_digest(image: Image.Image, format: str) -> str:
    """Return the digest by which a picture that was read is known."""
    _name, content, _image = original(image, format)
    return hashlib.sha256(content).hexdigest()


def renditions(image: Image.Image, format: str) -> dict[str, bytes]:
    """Return the files that readers get by name, “640.webp” and “640.jpg” for each width.

    What was drawn keeps its edges: a PNG is tried without loss too, and the smaller file is kept.
    """
    files: dict[str, bytes] = {}
    drawn = format == "PNG"
    for width in sorted(widths(image.width), reverse=True):
        height = max(1, round(image.height * width / image.width))
        sized = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        lossy = _encoded(sized, "WEBP", quality=80, method=4)
        exact = _encoded(sized, "WEBP", lossless=True, method=4) if drawn else lossy
        files[f"{width}.webp"] = min(lossy, exact, key=len)
        files[f"{width}.jpg"] = _encoded(
            _on_paper(sized), "JPEG", quality=80, optimize=True, progressive=True,
            subsampling="4:4:4" if drawn else "4:2:0",
        )  # fmt: skip
    return files


def digests(files: dict[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _on_paper(image: Image.Image) -> Image.Image:
    """Lay a picture that is clear in places on white: JPEG knows nothing of it."""
    if image.mode == "RGB":
        return image
    paper = Image.new("RGB", image.size, _PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _encoded(image: Image.Image, format: str, **options) -> bytes:
    held = io.BytesIO()
    image.save(held, format, **options)
    return held.getvalue()
