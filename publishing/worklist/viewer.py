"""The person for whom a list of work is made: what they may do, and what they may open."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from publishing import kinds, permissions, zone
from publishing.models import Entry
from publishing.worklist.items import ALL, SHOWN, Step, change_url


@dataclass
class Viewer:
    """A person at an instant. ``whole`` names the one list that they asked to see whole."""

    user: object
    at: datetime
    whole: str = ""

    @cached_property
    def today(self) -> date:
        """The day of the instant, in the site's time zone."""
        return zone.date_of(self.at)

    @cached_property
    def writes(self) -> list[str]:
        """The names of the kinds that the person may write."""
        return self._may("write")

    @cached_property
    def signs(self) -> list[str]:
        """The names of the kinds that the person may sign."""
        return self._may("sign")

    @cached_property
    def publishes(self) -> list[str]:
        """The names of the kinds that the person may publish."""
        return self._may("publish")

    @cached_property
    def keeps(self) -> set[str]:
        """The names of the kinds that the person has any part in."""
        return {*self.writes, *self.signs, *self.publishes}

    @cached_property
    def opens(self) -> set[str]:
        """The names of the kinds whose pages the admin opens to the person."""
        metas = {kind.name: kind.model._meta for kind in kinds.every()}
        return {
            name
            for name, meta in metas.items()
            if self.user.has_perm(f"{meta.app_label}.view_{meta.model_name}")
            or self.user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
        }

    @cached_property
    def runs_the_desk(self) -> bool:
        """Whether what others let lapse is theirs to chase: editors, publishers, administrators."""
        own = {kinds.EDITORS, kinds.PUBLISHERS}
        return self.user.is_superuser or bool(own & permissions.group_names(self.user))

    def limit(self, block: str) -> int:
        """Return how many items of a list to name."""
        return ALL if block == self.whole else SHOWN

    def url(self, entry: Entry, page: str = "change") -> str:
        """Return the path of an entry's page; "" where the person may not open it."""
        return change_url(entry, page) if entry.kind in self.opens else ""

    def step(self, entry: Entry, page: str, words: str) -> Step | None:
        """Return the link to a page that does something; None where the person may not open it."""
        url = self.url(entry, page)
        return Step(url, words) if url else None

    def days_late(self, due: date | None) -> int:
        """Return how many days have gone by since a day; 0 where it is still to come."""
        return max(0, (self.today - due).days) if due else 0

    def _may(self, action: permissions.Action) -> list[str]:
        return [k.name for k in kinds.every() if permissions.may(self.user, action, k)]
