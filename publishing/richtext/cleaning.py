"""Every way into the house for a rich text: `clean` for HTML, `from_text` for plain text."""

import html as html_module
import re
import unicodedata
from functools import lru_cache

import nh3

from publishing.richtext.allowlist import HEADINGS, sanitiser_arguments
from publishing.richtext.layout import lay_out

_CLEANER = nh3.Cleaner(**sanitiser_arguments())

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_ANY_TAG = re.compile(r"<[a-zA-Z/!?]")
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")

# Elements that nest only inside others that are counted, or that never nest.
_NOT_COUNTED = frozenset(HEADINGS) | {
    "dd",
    "dt",
    "hr",
    "p",
    "li",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "colgroup",
    "col",
    "h1",
    "h5",
    "h6",
    "br",
    "img",
    "input",
    "meta",
    "link",
    "wbr",
    "area",
    "base",
    "embed",
    "source",
    "track",
    "param",
    "option",
    "html",
    "head",
    "body",
}
# Elements that HTML's parser opens again in each later paragraph while they stay unclosed.
_REOPENED = frozenset(
    {
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    }
)
_MAX_DEPTH = 50
_MAX_REOPENED = 10


def _characters(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        before = text[max(0, error.start - 20) : error.start]
        raise ValueError(
            f"The text holds half of a character at position {error.start + 1}, after “{before}”. "
            "Delete it there and type it again."
        ) from None
    return _NOT_TEXT.sub("", _LINE_END.sub("\n", text))


def _flatten(html: str) -> str:
    """Take the tags out that nest deeper than any text does; the words in them stay.

    HTML's rules for unclosed tags make a parser's work, and its output, grow with the square of
    the depth: 50 KB of `<b 1><p><b 2><p>…` become 56 MB and take 12 seconds.
    """
    opened: list[str] = []
    skipped: dict[str, int] = {}

    def replace(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in _NOT_COUNTED:
            return match[0]
        if match[1]:
            if skipped.get(name):
                skipped[name] -= 1
                return "</x-"
            if name in opened:
                del opened[len(opened) - 1 - opened[::-1].index(name) :]
            return match[0]
        if name == "a" and "a" in opened:
            opened.remove("a")
        full = len(opened) >= _MAX_DEPTH or (
            name in _REOPENED and sum(each in _REOPENED for each in opened) >= _MAX_REOPENED
        )
        if full:
            # An end tag that nothing opened: parsers drop it, attributes and all.
            skipped[name] = skipped.get(name, 0) + 1
            return "</x-"
        opened.append(name)
        return match[0]

    return _TAG_NAME.sub(replace, html)


@lru_cache(maxsize=64)  # a save cleans the same text in the form, the model and the Document
def clean(html: str) -> str:
    """The text as the house stores it: only what the allow-list names, in one normal layout.

    Idempotent, and the same for whatever an editor makes of an untouched text: white space,
    entities, empty paragraphs and the order of attributes make no difference. Text without any
    tag becomes paragraphs, divided at blank lines. NFC, LF, no control characters.

    Raises ValueError, with a message for people, where the text holds half of a character
    (a lone surrogate).
    """
    html = _characters(html)
    if not _ANY_TAG.search(html):
        html = "".join(f"<p>{part}</p>" for part in _BLANK_LINE.split(html))
    # Over the whole, markup included, so that no later pass over a page changes it.
    return unicodedata.normalize("NFC", lay_out(_CLEANER.clean(_flatten(html))))


def from_text(text: str) -> str:
    """Plain text as rich text: `<` and `&` mean themselves, blank lines divide paragraphs."""
    return clean(html_module.escape(text, quote=False))
