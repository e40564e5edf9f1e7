"""The words of a PDF that Chromium printed, so far as a test needs them: no library reads it here.

Chromium writes plain objects, and every font with a table from its glyphs to Unicode (ISO 32000-1,
9.10.3).
"""

import re
import unicodedata
import zlib

from playwright.sync_api import Page

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>(?=[^<>()]*?T[jJ])")
_ROW = re.compile(rb"<(\w{4})> <(\w{4})>(?: <(\w+)>)?\n")


def printed(page: Page) -> str:
    """Print a page to PDF and return its words, white space left out and ligatures undone."""
    objects = dict(_OBJECT.findall(page.pdf(format="A4")))
    fonts = {
        number: _table(_unpacked(objects[found[1]]))
        for number, body in objects.items()
        if (found := re.search(rb"/ToUnicode (\d+) 0 R", body))
    }
    contents = re.findall(rb"/Contents (\d+) 0 R", b"".join(objects.values()))
    said = "".join(_words(_unpacked(objects[number]), fonts) for number in contents)
    return "".join(unicodedata.normalize("NFKC", said).split())


def _unpacked(body: bytes) -> bytes:
    return zlib.decompress(_STREAM.search(body)[1])


def _table(cmap: bytes) -> dict[int, str]:
    """Read the rows “<glyph> <text>” and “<first> <last> <text of the first>”."""
    table = {}
    for first, last, text in _ROW.findall(cmap.partition(b"endcodespacerange")[2]):
        glyphs = range(int(first, 16), int(last if text else first, 16) + 1)
        start = bytes.fromhex((text or last).decode()).decode("utf-16-be")
        for step, glyph in enumerate(glyphs):
            table[glyph] = start[:-1] + chr(ord(start[-1]) + step)
    return table


def _words(stream: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    said, table = [], {}
    for font, glyphs in _SHOWN.findall(stream):
        if font:
            table = fonts[font]
        else:
            codes = (int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))
            said.append("".join(table.get(code, "") for code in codes))
    return "".join(said)
