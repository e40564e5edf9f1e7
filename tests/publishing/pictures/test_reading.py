"""What is uploaded: a picture comes out clean, and everything else is refused in words."""

import io
import random
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image, ImageCms

from publishing.pictures import reading, renditions
from publishing.refusals import Refused
from tests.factories import upload

NOISE = Image.effect_noise((400, 300), 80).convert("RGB")
FORMATS = ("JPEG", "PNG", "WEBP")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG whose head says a size, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def moving(format: str) -> bytes:
    return upload(NOISE, format, save_all=True, append_images=[NOISE.rotate(90)])


def with_text_bomb() -> bytes:
    plain = upload(NOISE)
    return plain[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000))) + plain[33:]


def with_scans(times: int) -> bytes:
    """Return a progressive JPEG whose last scan comes again."""
    plain = upload(NOISE, "JPEG", progressive=True)
    last = plain.rindex(b"\xff\xc4", 0, plain.rindex(b"\xff\xda"))
    return plain[:-2] + plain[last:-2] * times + plain[-2:]


REFUSED = {
    "empty": (b"", "is empty"),
    "words": (b"This is no picture at all.", "no picture, whatever its name says"),
    "a page": (b"<!doctype html><p>x</p>", "no picture, whatever its name says"),
    "SVG": (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "An SVG file can hold programs"),
    "GIF": (upload(NOISE, "GIF"), "This is a GIF file"),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(99), "This is a HEIC file"),
    "AVIF": (b"\0\0\0\x18ftypavif" + bytes(99), "This is an AVIF file"),
    "a head that lies": (png_of(100_000, 100_000), "more than 40 million pixels"),
    "pixels that Pillow would take": (png_of(7000, 6000), "more than 40 million pixels"),
    "a bomb": (png_of(30_000, 30_000, bytes(1_000_000)), "more than 40 million pixels"),
    "a bomb of text": (with_text_bomb(), "is damaged"),
    "a bomb of scans": (with_scans(100), "in more than 100 steps"),
    "too many bytes": (b"\xff\xd8\xff" + bytes(15_000_001), "has 15.1 MB; 15 MB is the most"),
    "by far": (b"\xff\xd8\xff" + bytes(16_020_000), "has 16 MB; 15 MB is the most"),
    "too small": (upload(NOISE.resize((319, 400))), "is 319 × 400 pixels"),
    "too long": (upload(NOISE.resize((1300, 200))), "more than 5 times"),
    "a moving PNG": (moving("PNG"), "moves"),
    "a moving WebP": (moving("WEBP"), "moves"),
    **{
        f"{format} cut short": (upload(NOISE, format)[: 200 * 90], "is damaged")
        for format in FORMATS
    },
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_fit_picture_is_refused_in_words(name):
    data, words = REFUSED[name]
    with pytest.raises(Refused) as refusal:
        reading.read(data)
    assert str(refusal.value).startswith("Not added. ")
    assert words in str(refusal.value)


@pytest.mark.parametrize("format", FORMATS)
def test_damaged_bytes_never_end_in_an_error(format):
    chance, whole = random.Random(7), upload(NOISE, format)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            reach = len(data) // chance.choice((1, 50))
            data[chance.randrange(reach)] = chance.randrange(256)
        with suppress(Refused):
            reading.read(bytes(data))


def test_place_camera_and_remarks_are_taken_out_and_it_stands_upright():
    sent = NOISE.resize((800, 600))
    sent.paste((255, 0, 0), (0, 0, 800, 300))
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Camera of somebody"  # to be turned by 90 degrees
    notes.get_ifd(0x8825)[2] = (47.0, 22.0, 10.0)
    image, format = reading.read(upload(sent, "JPEG", exif=notes, comment=b"At home"))
    _name, kept, _image = renditions.original(image, format)

    for file in (kept, *renditions.renditions(image, format).values()):
        shown = Image.open(io.BytesIO(file))
        assert shown.size[0] < shown.size[1]
        assert not dict(shown.getexif())
        assert not shown.info.get("comment")
        assert not any(words in file for words in (b"Camera of", b"At home", b"Exif", b"GPS"))
    assert image.size == (600, 800)
    assert image.getpixel((500, 400))[0] > 200 > 60 > image.getpixel((500, 400))[1]


@pytest.mark.parametrize(
    ("sent", "mode"),
    [
        (NOISE.convert("L"), "RGB"),
        (NOISE.quantize(8), "RGB"),
        (NOISE.convert("RGBA"), "RGB"),
        (Image.new("RGBA", (400, 300), (10, 20, 30, 0)), "RGBA"),
        (Image.new("LA", (400, 300), (10, 99)), "RGBA"),
        (Image.new("I;16", (400, 300), 65_535 // 2), "RGB"),
    ],
    ids=["grey", "palette", "opaque", "clear", "grey and clear", "sixteen bits"],
)
def test_every_sort_of_pixel_becomes_what_browsers_show(sent, mode):
    image, format = reading.read(upload(sent))
    assert image.mode == mode
    assert len(renditions.renditions(image, format)) == 4
    if sent.mode == "I;16":
        assert image.getpixel((0, 0)) == (127, 127, 127)


def test_printers_colours_and_a_profile_become_srgb():
    cmyk, format = reading.read(upload(Image.new("CMYK", (400, 300), (0, 255, 255, 0)), "JPEG"))
    assert (cmyk.mode, format) == ("RGB", "JPEG")
    assert cmyk.getpixel((5, 5))[0] > 200 > 60 > cmyk.getpixel((5, 5))[1]
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    odd, _format = reading.read(upload(NOISE, icc_profile=lab))
    assert odd.mode == "RGB"
    assert odd.info == {}


def test_a_phones_jpeg_with_a_second_picture_is_a_jpeg():
    sent = upload(NOISE, "MPO", save_all=True, append_images=[NOISE])
    assert reading.read(sent)[1] == "JPEG"


def test_what_looks_like_scans_beside_the_picture_is_no_reason_to_refuse():
    plain, looks = upload(NOISE, "JPEG", progressive=True), b"\xff\xda\0\x02" * 200
    remark = b"\xff\xfe" + struct.pack(">H", len(looks) + 2) + looks
    for sent in (with_scans(80), plain[:2] + remark + plain[2:], plain + looks):
        assert reading.read(sent)[1] == "JPEG"


def test_sizes_go_up_to_the_picture_and_no_further():
    assert renditions.widths(320) == (320,)
    assert renditions.widths(1000) == (320, 480, 640, 960, 1000)
    assert renditions.widths(5000) == (320, 480, 640, 960, 1280, 1920)
    files = renditions.renditions(NOISE.resize((500, 250)), "JPEG")
    assert set(files) == {f"{w}.{e}" for w in (320, 480, 500) for e in ("webp", "jpg")}
    for name, content in files.items():
        shown = Image.open(io.BytesIO(content))
        assert f"{shown.width}.{ {'WEBP': 'webp', 'JPEG': 'jpg'}[shown.format] }" == name
        assert shown.height == round(shown.width / 2)


def test_a_clear_ground_is_white_in_jpeg_and_stays_clear_in_webp():
    files = renditions.renditions(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG")
    assert Image.open(io.BytesIO(files["400.jpg"])).getpixel((9, 9)) == (255, 255, 255)
    assert Image.open(io.BytesIO(files["400.webp"])).getpixel((9, 9))[3] == 0


def test_the_original_is_kept_no_larger_than_any_page_needs():
    name, content, image = renditions.original(Image.new("RGB", (6000, 3000)), "JPEG")
    assert (name, image.size) == ("original.jpg", (3840, 1920))
    assert Image.open(io.BytesIO(content)).size == (3840, 1920)
