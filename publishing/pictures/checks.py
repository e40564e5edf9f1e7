"""PIC-1, and A11Y-1 for pictures: each stands somewhere, and says what it shows."""

import re
from collections.abc import Iterator

from publishing.checks.context import Context
from publishing.checks.engine import check
from publishing.checks.messages import gettext as _
from publishing.checks.problems import Finding, Gate, Group, Level, Place
from publishing.pictures.documents import Figure, IllustratedDocument
from publishing.placing import TOKEN, keys, stands_in_paragraph

_IMAGE = re.compile(r'<img src="([^"]*)"')
_FILE = re.compile(
    r"[\w-]+\.(?:jpe?g|png|webp|gif|svg|tiff?)|(?:img|dsc|pxl)[_-]?\d+", re.IGNORECASE
)
_OF_A_PICTURE = re.compile(
    r"(?:an? |the )?(?:image|picture|photo(?:graph)?|graphic|icon) (?:of|showing)\b", re.IGNORECASE
)


def shows_pictures(context: Context) -> bool:
    """The kinds whose texts may show pictures."""
    return isinstance(context.document, IllustratedDocument)


@check("PIC-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING)
def places_hold_pictures(context: Context) -> Iterator[Finding]:
    """Every `[[picture:…]]` names a picture of the text, on a line of its own in its body."""
    named = {figure.key for figure in getattr(context.document, "pictures", ())}
    for piece in context.document.texts():
        for key in keys(piece.text, "picture"):
            place = Place(piece.field, sentence=f"[[picture:{key}]]")
            if piece.field != "body" or not shows_pictures(context):
                yield Finding(
                    _("[[picture:%(key)s]] places a picture only in the body of a text.")
                    % {"key": key},
                    _("Move it there, or remove it."),
                    place,
                )
            elif key not in named:
                yield Finding(
                    _("[[picture:%(key)s]] names no picture of this text.") % {"key": key},
                    _("Add the picture under that name, correct the name, or remove it."),
                    place,
                )
            elif not all(_stands_alone(piece.text, key)):
                yield Finding(
                    _("[[picture:%(key)s]] stands in a list, a heading, a table or a link.")
                    % {"key": key},
                    _("Put it on a line of its own: no picture is shown there."),
                    place,
                )


@check("PIC-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING)
def pictures_come_from_the_library(context: Context) -> Iterator[Finding]:
    """No picture stands in a text by an address alone: without sizes, credit and digest."""
    hint = (
        _("Add it under “Pictures”, then put [[picture:name]] in its place.")
        if shows_pictures(context)
        else _("Remove it: articles and supplements alone show pictures.")
    )
    for piece in context.document.texts():
        for address in _IMAGE.findall(piece.text) if piece.html else ():
            yield Finding(
                _("A picture stands in the text by its address (%(address)s).")
                % {"address": address},
                hint,
                Place(piece.field, sentence=address),
            )


@check("PIC-1", Level.WARNING, group=Group.WORDING, applies=shows_pictures)
def pictures_are_shown(context: Context) -> Iterator[Finding]:
    """Every picture leads the page or stands in the body."""
    placed = keys(getattr(context.document, "body", ""), "picture")
    for row, figure in enumerate(context.document.pictures, 1):
        if not figure.leads and figure.key not in placed:
            yield Finding(
                _("The picture “%(key)s” stands nowhere, so nobody sees it.") % {"key": figure.key},
                _("Put [[picture:%(key)s]] on a line of the text, let it lead, or remove it.")
                % {"key": figure.key},
                Place(f"pictures.{row}.key"),
            )


@check("A11Y-1", Level.ERROR, gates=(Gate.SIGN,), group=Group.WORDING, applies=shows_pictures)
def pictures_are_described(context: Context) -> Iterator[Finding]:
    """Alternative text or “decorative” (error), and words that describe (WCAG 1.1.1)."""
    for row, figure in enumerate(context.document.pictures, 1):
        place = Place(f"pictures.{row}.alt", sentence=figure.alt)
        if not figure.alt and not figure.decorative:
            yield Finding(
                _("The picture “%(key)s” has no alternative text.") % {"key": figure.key},
                _("Describe it in words, or mark it as decorative."),
                place,
            )
        elif said := _undescribed(figure):
            yield Finding(said[0], said[1], place, level=Level.WARNING, gates=(Gate.WRITE,))


def _undescribed(figure: Figure) -> tuple[str, str] | None:
    """Return message and hint for words that don't say what the picture shows."""
    named = {"key": figure.key, "text": figure.alt}
    if _FILE.fullmatch(figure.alt):
        return (
            _("The alternative text of “%(key)s” is the name of a file (%(text)s).") % named,
            _("Say what the picture shows that matters here."),
        )
    if _OF_A_PICTURE.match(figure.alt):
        return (
            _("The alternative text of “%(key)s” begins with what everybody is told anyway.")
            % named,
            _("Leave out “picture of”: say at once what it shows."),
        )
    if figure.alt and figure.alt == figure.caption:
        return (
            _("The alternative text of “%(key)s” repeats its caption.") % named,
            _("Say what is to be seen; who listens hears both."),
        )
    return None


def _stands_alone(html: str, key: str) -> Iterator[bool]:
    for match in TOKEN.finditer(html):
        if match[1] == "picture" and match[2] == key:
            yield stands_in_paragraph(html, match.start())
