"""What opens a page of claims: the answer, when to get help, and the key points in words."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.safestring import SafeString

from publishing.documents import KeyPoint, PageDocument

URGENCY = ("emergency", "urgent", "appointment")


class PageText(Protocol):
    """The texts of one page: citations numbered, and in ``running`` ones the terms marked."""

    def plain(self, text: str, sources: dict[str, Any]) -> SafeString: ...
    def running(self, text: str, sources: dict[str, Any]) -> SafeString: ...


@dataclass(frozen=True)
class HelpLine:
    """Whom to contact, and for which signs."""

    level: str
    contact: SafeString
    signs: SafeString


@dataclass(frozen=True)
class PointLine:
    """A key point with its certainty; the template has the words for each certainty."""

    label: SafeString
    text: SafeString
    point: KeyPoint

    @property
    def reason(self) -> str:
        """Why the certainty is what it is, without its full stop: a template adds one."""
        return self.point.certainty_reason.rstrip(". ")

    @property
    def study_design(self) -> str:
        """The design of the studies, without a full stop."""
        return self.point.study_design.rstrip(". ")


@dataclass(frozen=True)
class Opening:
    """The parts above the lead, in reading order, citations numbered."""

    quick_summary: SafeString
    get_help: tuple[HelpLine, ...]
    key_points: tuple[PointLine, ...]


def opening_of(document: PageDocument, sources: dict[str, Any], text: PageText) -> Opening:
    """Render the opening of a page, in the order in which readers meet it.

    What is most urgent stands first, in whatever order it was typed; nothing is marked there,
    so that nothing distracts.
    """

    def render(words: str) -> SafeString:
        return text.plain(words, sources)

    def running(words: str) -> SafeString:
        return text.running(words, sources)

    summary = running(document.quick_summary)
    get_help = tuple(
        HelpLine(row.level, render(row.contact), render(row.signs))
        for row in sorted(document.get_help, key=lambda row: URGENCY.index(row.level))
    )
    points = tuple(
        PointLine(render(point.label), running(point.text), point) for point in document.key_points
    )
    return Opening(summary, get_help, points)
