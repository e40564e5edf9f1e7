"""The entries that a bulk page is about, each in the version that the person was shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from publishing import state
from publishing.models import Entry, Revision, SignOff
from publishing.refusals import Refused


@dataclass
class Chosen:
    """One entry of the list. ``opened`` is the number of the version that the page showed.

    ``statement`` is what its signer would put their name to, and ``inside`` the digests of what
    the entry shows of others, by their uid. ``stopped`` says why the action
    can't be done to it, where that is known beforehand; ``way`` is then where it can be, as
    (address, words), and ``waits`` what stands in the way, as the report's ``problems``.
    """

    entry: Entry
    opened: int
    ticked: bool
    notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    statement: str = ""
    inside: dict[str, str] = field(default_factory=dict)
    stopped: str = ""
    way: tuple[str, str] | None = None
    waits: list[tuple[str, str, str]] = field(default_factory=list)

    def stop(self, why: str, *, way: tuple[str, str], waits: list[tuple[str, str, str]]) -> None:
        """Say why it is not done here, where it can be, and what stands in the way."""
        self.stopped, self.way, self.waits = why, way, waits
        self.links = [link for link in self.links if link[0] != way[0]]

    @property
    def value(self) -> str:
        """The value of its tick box."""
        return f"{self.entry.pk}:{self.opened}"

    @property
    def title(self) -> str:
        """Its title, as lists show it."""
        return str(self.entry)

    @property
    def state(self) -> state.State:
        """Its state at the instant for which the page was made."""
        return state.listed_state(self.entry)

    @property
    def is_signed(self) -> bool:
        """Whether its newest version is signed, and was not taken off the site since."""
        signed = self.entry.last_decision == SignOff.Decisions.APPROVED
        return signed and not self.entry.asked and self.state not in state.ENDED

    @property
    def state_label(self) -> str | Promise:
        """Its state in words."""
        return state.STATE_LABELS[self.state]

    @property
    def is_newest(self) -> bool:
        """Whether nobody saved a newer version since the page was opened."""
        return self.entry.head.number == self.opened

    def revision(self) -> Revision:
        """Return the version that the page showed. Raises Refused where there is none such."""
        if self.is_newest:
            self.entry.head.entry = self.entry
            return self.entry.head
        found = Revision.objects.filter(entry=self.entry.pk, number=self.opened)
        revision = found.select_related("entry").first()
        if revision is None:
            raise Refused(_("Not done. This version does not exist. Open the list again."))
        return revision


def keys_in(text: str) -> list[int]:
    """Return the primary keys of “1,2,3”, each once; what is none is left out."""
    parts = (part.strip() for part in text.split(","))
    return list(dict.fromkeys(int(p) for p in parts if _is_number(p)))


def opened_in(text: str) -> dict[int, int]:
    """Return version numbers by primary key, from “1:4,2:7”; what is none is left out."""
    pairs = (part.partition(":") for part in text.split(","))
    return {int(pk): int(n) for pk, _colon, n in pairs if _is_number(pk) and _is_number(n)}


def chosen_from(entries: Iterable[Entry], keys: list[int]) -> list[Chosen]:
    """Return the entries that have a version, in the order of their keys, in their newest."""
    found = {entry.pk: entry for entry in entries if entry.head_id}
    return [Chosen(found[pk], found[pk].head.number, ticked=True) for pk in keys if pk in found]


def _is_number(text: str) -> bool:
    # Eighteen digits fit both engines' integers.
    return text.isascii() and text.isdigit() and len(text) <= 18
