"""From the bytes of an uploaded file to text, or to one line that says why not."""

import codecs
import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.findings import Findings
from articles.importing.parsed import UnreadableFile

MAX_BYTES = 10 * 1024 * 1024

# First bytes of formats that people upload by mistake.
SIGNATURES = (
    (b"%PDF", gettext_lazy("a PDF")),
    (b"\x89PNG", gettext_lazy("a PNG picture")),
    (b"\xff\xd8\xff", gettext_lazy("a JPEG picture")),
    (b"GIF8", gettext_lazy("a GIF picture")),
    (b"II*\x00", gettext_lazy("a TIFF picture")),
    (b"MM\x00*", gettext_lazy("a TIFF picture")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("an old Word or Excel file")),
    (b"{\\rtf", gettext_lazy("a rich text (RTF) file")),
    (b"\x1f\x8b", gettext_lazy("a gzip archive")),
    (b"7z\xbc\xaf", gettext_lazy("a 7z archive")),
    (b"Rar!", gettext_lazy("a RAR archive")),
    (b"\x7fELF", gettext_lazy("a program")),
    (b"MZ\x90", gettext_lazy("a program")),
    (b"SQLite format 3", gettext_lazy("a database")),
    (b"ID3", gettext_lazy("a sound file")),
    (b"OggS", gettext_lazy("a sound file")),
    (b"fLaC", gettext_lazy("a sound file")),
    (b"wOF", gettext_lazy("a font")),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
# A page may name these for itself; others (UTF-7 above all) are not taken at its word.
ACCEPTED_DECLARATIONS = re.compile(
    r"iso8859|cp125\d|cp437|cp850|latin|gbk|gb2312|gb18030|big5|shift_jis|cp932|euc_|koi8|ascii"
)
UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
SPACES = re.compile("[\x0b\x0c\x85\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
READ_AS_WINDOWS = gettext_lazy("The file is not UTF-8. It was read as Windows-1252.")
CUT_LETTER = gettext_lazy("The file ends in the middle of a letter, so its last letter is missing.")


def decode(data: bytes, findings: Findings) -> str:
    """The text of a file with `\\n` line ends, in NFC and without invisible characters.

    No line is added or removed, so line numbers stay those of the file.
    Raises UnreadableFile for a file that is empty, too large, binary or in an unknown encoding.
    """
    if len(data) > MAX_BYTES:
        size, most = len(data) // 1_000_000, MAX_BYTES // (1024 * 1024)
        said = _("It is too large: %(size)d MB. An article file may hold %(most)d MB.")
        raise UnreadableFile(said % {"size": size, "most": most})
    if not data.strip():
        raise UnreadableFile(_("It is empty."))
    refuse_known_formats(data)
    text = _to_text(data, findings)
    controls = len(CONTROLS.findall(text))
    if controls > 3 and controls * 200 > len(text):
        raise UnreadableFile(
            _("It is a binary file, not text. Save the article as text, and try that.")
        )
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = SPACES.sub(" ", INVISIBLE.sub("", text))
    if not text.strip():
        raise UnreadableFile(_("It is empty: it holds white space and nothing else."))
    return unicodedata.normalize("NFC", text)


def refuse_known_formats(data: bytes) -> None:
    """Raises UnreadableFile that names the format for PDFs, pictures, archives and the like."""
    kind = next((name for start, name in SIGNATURES if data.startswith(start)), "")
    if data.startswith(b"PK\x03\x04"):
        head = data[:4000] + data[-4000:]
        kind = _("a Word (.docx) file") if b"word/" in head else _("a ZIP archive")
        if b"opendocument.text" in head:
            kind = _("an OpenDocument (.odt) file")
    elif data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        kind = _("a WebP picture") if data[8:12] == b"WEBP" else _("a sound or video file")
    elif data[4:8] == b"ftyp":
        kind = _("a video or picture file")
    if kind:
        raise UnreadableFile(
            _(
                "It looks like %(kind)s, not text. Save the article as .txt, .html or .md, and try "
                "that."
            )
            % {"kind": kind}
        )


def _to_text(data: bytes, findings: Findings) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, findings)
    if b"\x00" in data:
        raise UnreadableFile(
            _(
                "It holds NUL bytes, so it is a binary file or UTF-16 without a byte order mark. "
                "Save it as UTF-8 text."
            )
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_cut_letter(data, error):
            return _without_cut_letter(data, error, "utf-8", findings)
        return _decode_legacy(data, error, findings)


def _decode_marked(data: bytes, encoding: str, findings: Findings) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if data and len(data) - error.start < 4 and error.start:
            return _without_cut_letter(data, error, encoding, findings)
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise UnreadableFile(
            _("It says that it is %(name)s, but line %(line)d is not. Save it as UTF-8 again.")
            % {"name": name, "line": line}
        ) from None


def _is_cut_letter(data: bytes, error: UnicodeDecodeError) -> bool:
    return error.reason == "unexpected end of data" and len(data) - error.start < 4


def _without_cut_letter(
    data: bytes, error: UnicodeDecodeError, encoding: str, findings: Findings
) -> str:
    text = data[: error.start].decode(encoding)
    if not text.strip():
        raise UnreadableFile(_("It holds no whole letter."))
    findings.problem(
        "JUNK-1",
        "warning",
        str(CUT_LETTER),
        _("Read the end of the article, and compare it with the original."),
        field="body",
        line=text.count("\n") + 1,
    )
    return text


def _decode_legacy(data: bytes, error: UnicodeDecodeError, findings: Findings) -> str:
    declared = DECLARED.search(data[:4096])
    if declared:
        text = _decode_declared(data, (declared[1] or declared[2]).decode("ascii"))
        if text:
            return text
    line = data.count(b"\n", 0, error.start) + 1
    if not data.count(b"\n") and b"\r" in data:
        line = data.count(b"\r", 0, error.start) + 1
    high = sum(map(len, HIGH_BYTES.findall(data)))
    if sum(map(len, UTF8_SEQUENCE.findall(data))) * 2 > high:
        raise UnreadableFile(
            _(
                "It is UTF-8, but line %(line)d holds a byte that is not (%(byte)s). Save it as "
                "UTF-8 again."
            )
            % {"line": line, "byte": f"0x{data[error.start]:02X}"}
        )
    in_runs = sum(map(len, HIGH_RUN.findall(data)))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or high * 4 > len(data) or in_runs * 4 > high:
        raise UnreadableFile(
            _("Its encoding could not be told: line %(line)d is not UTF-8. Save it as UTF-8.")
            % {"line": line}
        )
    findings.guess(
        "body",
        str(READ_AS_WINDOWS),
        _("Check accents, quotation marks and dashes."),
        line=line,
        sentence=text.split("\n")[line - 1] if "\n" in text else "",
    )
    return text


def _decode_declared(data: bytes, name: str) -> str:
    try:
        codec = codecs.lookup(name).name
        if ACCEPTED_DECLARATIONS.match(codec):
            # Browsers read Latin-1 as Windows-1252, and so do the pages that declare it.
            return data.decode("cp1252" if codec in ("iso8859-1", "ascii") else codec)
    except (LookupError, UnicodeDecodeError):
        pass
    return ""
