"""Pictures in a page: with sizes, words, caption and credit, where they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publishing import prose
from publishing.openings import PageText
from publishing.pages import Shown
from publishing.pictures import frozen
from publishing.pictures.documents import Figure
from publishing.pictures.library import file_name
from publishing.pictures.reading import SMALLEST
from publishing.placing import filled

COLUMN = 672
"""CSS pixels of a page's text at its widest; no picture is shown wider."""

HIGHEST = 640
"""CSS pixels that a picture may be high, so that it stands on a screen as a whole."""

_NOTHING = SafeString("")
_EDGES = 32
_TALLEST, _WIDEST = 3 / 2, 2.0
"""The shapes that a leading picture keeps; what is taller or wider is cut round its focal point."""


@dataclass(frozen=True)
class ShownFigure:
    """A picture as a template shows it; ``width`` and ``height`` are CSS pixels at its widest."""

    figure: Figure
    caption: SafeString
    held: dict[str, Any]
    width: int
    height: int
    cut: str = ""

    @property
    def webp(self) -> str:
        """The addresses of all sizes as WebP, each with its width."""
        return self._addresses("webp")

    @property
    def jpeg(self) -> str:
        return self._addresses("jpg")

    @property
    def address(self) -> str:
        """The address for whoever can't choose: a size that fits most screens."""
        return url(self.figure.picture, f"{self._middle}.jpg")

    @property
    def largest(self) -> str:
        """The address of the largest size, for programs."""
        return url(self.figure.picture, f"{self._widths[-1]}.jpg")

    @property
    def sizes(self) -> str:
        """How wide it is shown, for browsers to choose by."""
        return f"(min-width: {self.width + _EDGES}px) {self.width}px, calc(100vw - {_EDGES}px)"

    @property
    def at(self) -> int:
        """Where the focal point is along the side that is cut, in tenths."""
        figure = self.figure
        return round((figure.focal_x if self.cut == "wide" else figure.focal_y) / 10)

    @property
    def _widths(self) -> list[int]:
        names = (name.partition(".") for name in self.held["files"])
        return sorted({int(width) for width, _dot, _ending in names if width.isdecimal()})

    @property
    def _middle(self) -> int:
        return max((width for width in self._widths if width <= 960), default=self._widths[0])

    def _addresses(self, ending: str) -> str:
        return ", ".join(
            f"{url(self.figure.picture, f'{width}.{ending}')} {width}w" for width in self._widths
        )


def url(digest: str, name: str) -> str:
    """Return the address of a file of a picture."""
    return default_storage.url(file_name(digest, name))


def thumbnail(digest: str, width: int = 160) -> SafeString:
    """Return the smallest size of a picture, for staff and for comparisons."""
    return format_html(
        '<img class="thumbnail" src="{}" width="{}" height="{}" alt="{}">',
        url(digest, f"{SMALLEST}.webp"),
        width,
        round(width * 2 / 3),
        _("Picture %(digest)s") % {"digest": digest[:8]},
    )


def leading_figure(main: Shown, caption: SafeString = _NOTHING) -> ShownFigure | None:
    """Return the picture that leads a text, cut where its shape would fill the screen."""
    figure = getattr(main.document, "leading_picture", None)
    held = figure and main.sources.get(frozen.NAME, {}).get(figure.picture)
    if not held:
        return None
    shape = held["width"] / held["height"]
    if _TALLEST <= shape <= _WIDEST:
        return _whole(figure, held, caption)
    kept = min(max(shape, _TALLEST), _WIDEST)
    width = min(COLUMN, held["width"])
    cut = "tall" if shape < kept else "wide"
    return ShownFigure(figure, caption, held, width, round(width / kept), cut)


def leading(main: Shown, text: PageText) -> SafeString:
    """Return the picture that leads a text as HTML; "" where none does."""
    figure = getattr(main.document, "leading_picture", None)
    if figure is None:
        return _NOTHING
    return _rendered(leading_figure(main, text.plain(figure.caption, main.sources)))


def placing(main: Shown, text: PageText) -> Callable[[str], str]:
    """Return what makes the HTML of a picture by its name in the text; "" for an unknown one."""
    named = {figure.key: figure for figure in main.document.pictures}

    def place(key: str) -> str:
        figure = named.get(key)
        held = figure and main.sources.get(frozen.NAME, {}).get(figure.picture)
        if not held:
            return ""
        return _rendered(_whole(figure, held, text.plain(figure.caption, main.sources)))

    return place


def body(main: Shown, text: PageText) -> SafeString:
    """Return a text's body with its pictures in their places."""

    def rich(html: str) -> str:
        return text.rich(html, main.sources)

    html = filled(prose.body(main.document.body), rich, {"picture": placing(main, text)})
    return mark_safe(html)


def _whole(figure: Figure, held: dict[str, Any], caption: SafeString) -> ShownFigure:
    shape = held["width"] / held["height"]
    width = min(COLUMN, held["width"], round(HIGHEST * shape))
    return ShownFigure(figure, caption, held, width, round(width / shape))


def _rendered(shown: ShownFigure | None) -> SafeString:
    return render_to_string("publishing/_figure.html", {"shown": shown}) if shown else _NOTHING
