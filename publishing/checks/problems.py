"""What a check yields, and the words for its levels, gates and groups."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing import languages
from publishing.checks.messages import Message

_BOUND_IN = "en"
"""The language of a message to which a reason is bound: that of the source, whoever gives it."""


class Level(StrEnum):
    """How grave a problem is; see CHECKS: an error stops its gate, a warning needs a reason."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Gate(StrEnum):
    """Where a problem stops the way: never (write), at signing, at publishing, or nightly."""

    WRITE = "write"
    SIGN = "sign"
    PUBLISH = "publish"
    NIGHT = "night"


class Group(StrEnum):
    """The four groups of problems on the change page."""

    SET_UP = "set_up"
    SOURCES = "sources"
    WORDING = "wording"
    BEFORE_PUBLISHING = "before_publishing"


GROUP_LABELS = {
    Group.SET_UP: _("Set up"),
    Group.SOURCES: _("Sources"),
    Group.WORDING: _("Wording"),
    Group.BEFORE_PUBLISHING: _("Before publishing"),
}


@dataclass(frozen=True)
class Place:
    """Where a problem is: field (“key_points.2.text”), the heading above, the sentence."""

    field: str = ""
    heading: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Finding:
    """What a rule yields; level and gates default to the rule's own.

    A ``step`` is something that cannot be done yet at this point of the way (signing, say), so
    the change page shows it as a next step and not as a mistake.
    """

    message: str | Promise | Message
    hint: str | Promise | Message
    place: Place = Place()
    level: Level | None = None
    gates: tuple[Gate, ...] | None = None
    step: bool = False


@dataclass(frozen=True)
class Problem:
    """A finding with its rule's id; ``override_reason`` is set where somebody answered it.

    ``message`` and ``hint`` are in the language of whoever asked; ``said`` is the finding's own
    message, for other languages.
    """

    id: str
    level: Level
    gates: tuple[Gate, ...]
    group: Group
    message: str
    hint: str
    place: Place
    step: bool = False
    override_reason: str = ""
    override_by: str = field(default="", compare=False)
    said: str | Promise | Message = field(default="", compare=False)

    def message_in(self, language: str) -> str:
        """Return the message in a language: what is kept doesn't hang on who acts."""
        with languages.active(language):
            return str(self.said or self.message)

    @property
    def passage(self) -> str:
        """A digest of check and passage: an override lapses when the passage changes.

        It is the same in every language.
        """
        message = self.message_in(_BOUND_IN)
        parts = "\n".join((self.id, self.place.field, self.place.sentence, message))
        return hashlib.sha256(parts.encode()).hexdigest()

    @property
    def can_be_overridden(self) -> bool:
        """Only warnings take a reason instead of a mend."""
        return self.level is Level.WARNING

    def stops(self, gate: Gate) -> bool:
        """Say whether this problem stops a gate.

        What stops a signature stops publication too. An unanswered warning stops the gate that
        its rule names; a warning of the write gate is shown and stops nothing.
        """
        gates = {Gate.SIGN, Gate.PUBLISH} if gate is Gate.PUBLISH else {gate}
        if self.level is Level.ADVICE or not gates.intersection(self.gates):
            return False
        return self.level is Level.ERROR or not self.override_reason
