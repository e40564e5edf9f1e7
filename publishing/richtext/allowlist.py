"""The one list of the HTML that may exist in a text.

The editor's configuration (`allowed_content`) and the sanitiser's arguments (`sanitiser_arguments`)
are both derived from `ALLOWED`, so that what an editor can make and what the server keeps
are the same.
"""

import re
import unicodedata

# Tag → attributes, in the order in which they are written.
ALLOWED: dict[str, tuple[str, ...]] = {
    "p": (),
    "h2": (),
    "h3": (),
    "h4": (),
    "ul": (),
    "ol": ("start",),
    "li": (),
    "blockquote": (),
    "table": (),
    "caption": (),
    "thead": (),
    "tbody": (),
    "tr": (),
    "th": ("scope", "colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "strong": (),
    "em": (),
    "sup": (),
    "sub": (),
    "code": (),
    "a": ("href",),
    "br": (),
    "img": ("src", "alt", "role", "width", "height"),
}
LINK_SCHEMES = ("https", "http", "mailto", "tel")

INLINE = frozenset({"strong", "em", "sup", "sub", "code", "a"})
HEADINGS = ("h2", "h3", "h4")

# Read as another tag. The page's title is its only h1.
ALIASES = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "tfoot": "tbody"}

# Unwrapped, but they end a paragraph: without that, words on both sides would run together.
BOUNDARIES = frozenset(
    {
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "main",
        "menu",
        "nav",
        "pre",
        "search",
        "section",
        "summary",
    }
)

# Dropped with everything inside: none of it is text that a reader would have seen.
DROPPED_WITH_CONTENT = frozenset(
    {
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "noembed",
        "noframes",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "textarea",
        "audio",
        "video",
        "canvas",
        "xml",
    }
)

_SPACES_AND_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINK = re.compile(r"(?:https?://[^/\\\s]|mailto:\S|tel:\S|/(?![/\\])|#\S)", re.IGNORECASE)
_MEDIA = re.compile(r"/media/[^\\?#\s]+\Z")
_DOT_SEGMENT = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)|//", re.IGNORECASE)
_ENUMERATED = {
    "scope": frozenset({"row", "col", "rowgroup", "colgroup"}),
    "role": frozenset({"presentation"}),
}
_NUMBERS = {
    "start": range(2, 10_000),
    "colspan": range(2, 1_001),
    "rowspan": range(2, 1_001),
    "width": range(1, 10_000),
    "height": range(1, 10_000),
}


def link_target(value: str) -> str | None:
    """The address as it may stand in `href`, or None where it may not stand there at all.

    Allowed are the schemes of `LINK_SCHEMES`, site paths such as `/faq/` and anchors such as
    `#dose`. `//host` and `/\\host` are not site paths: browsers read them as another host.
    """
    # Browsers drop tabs, newlines and leading spaces before they read an address; so does this,
    # or "/<tab>/host" would pass for a path.
    value = _SPACES_AND_CONTROLS.sub("", value).strip().replace(" ", "%20")
    return value if _LINK.match(value) else None


def media_source(value: str) -> str | None:
    """The path of one of the site's own pictures, or None for any other address."""
    value = _SPACES_AND_CONTROLS.sub("", value).strip().replace(" ", "%20")
    if not _MEDIA.match(value) or _DOT_SEGMENT.search(value):
        return None
    return value


def attribute_value(tag: str, name: str, value: str) -> str | None:
    """The value in its one normal form; None where the attribute must go, or says nothing."""
    value = unicodedata.normalize("NFC", value)
    if name == "href":
        return link_target(value)
    if name == "src":
        return media_source(value)
    if name in _ENUMERATED:
        value = value.strip().lower()
        return value if value in _ENUMERATED[name] else None
    if name in _NUMBERS:
        value = value.strip()
        digits = value.isascii() and value.isdigit() and len(value) < 6
        return str(int(value)) if digits and int(value) in _NUMBERS[name] else None
    return " ".join(_SPACES_AND_CONTROLS.sub(" ", value).split())


def sanitiser_arguments() -> dict[str, object]:
    """Keyword arguments for `nh3.Cleaner`: this list, and the tags that the layout reads as others.

    `"*": set()` matters: without it nh3 allows `title` on every tag.
    """
    attributes = {tag: set(names) for tag, names in ALLOWED.items() if names}
    return {
        "tags": set(ALLOWED) | set(ALIASES) | BOUNDARIES,
        "clean_content_tags": set(DROPPED_WITH_CONTENT),
        "attributes": {"*": set(), **attributes},
        "attribute_filter": attribute_value,
        "url_schemes": set(LINK_SCHEMES),
        "link_rel": None,
        "strip_comments": True,
    }


def allowed_content() -> dict[str, object]:
    """The same list as CKEditor's `allowedContent` and `pasteFilter`, for use as JSON.

    Aliases such as `b` are let through, or the editor would lose bold text from a paste before
    the server could read it as `strong`.
    """
    required = {"a": "href", "img": "src"}
    rules: dict[str, object] = {
        tag: {"attributes": ["!" + n if n == required.get(tag) else n for n in names]}
        if names
        else True
        for tag, names in ALLOWED.items()
    }
    return rules | dict.fromkeys(ALIASES, True)
