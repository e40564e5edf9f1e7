"""What a list of work is made of, and how many of its items are named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.models import Entry

SHOWN = 5
"""As many of one list as a person reads at a glance; the rest is counted."""
QUOTED = 140
"""As many characters of a note as a line has room for."""
ALL = 500
"""As many as the list shows that somebody asked to see whole."""


@dataclass(frozen=True)
class Step:
    """What to do about an item: the page of the admin that does it, and its name as a link."""

    url: str
    words: str


@dataclass
class Item:
    """One thing to do or to know: where, what, and why it is listed.

    ``url`` is a path of the admin, "" where the person may not open it. ``since`` is when it
    began to wait or happened; ``due`` is the day by which it should be done, and ``late`` the
    days that have gone by since then. ``step`` leads straight to what is to be done, where that
    is another page than ``url``. An item of an entry that has no title yet is given the draft's
    by ``named``.
    """

    url: str
    title: str
    why: str = ""
    since: datetime | None = None
    due: date | None = None
    late: int = 0
    step: Step | None = None
    entry: Entry | None = field(default=None, repr=False, compare=False)


@dataclass
class Block:
    """One list of the page: its items, and how many more there are.

    ``name`` stands in addresses. ``note`` is said below the items, where something was left out
    for another reason than length. A ``folded`` list is opened by who plans ahead.
    """

    name: str
    heading: Any
    items: list[Item] = field(default_factory=list)
    more: int = 0
    note: str = ""
    folded: bool = False

    @property
    def total(self) -> int:
        """All that there are, named or not."""
        return len(self.items) + self.more

    @property
    def said(self) -> bool:
        """Whether there is anything to say of it but that it is empty."""
        return bool(self.items or self.note)

    @property
    def whole(self) -> bool:
        """Whether no longer list can be had: it is complete, or as long as lists get."""
        return not self.more or len(self.items) >= ALL


def counted(rows: QuerySet, limit: int) -> tuple[list, int]:
    """Return the first rows of a query, and how many more it has, in one query."""
    found = list(rows.annotate(all_rows=Window(Count("pk")))[:limit])
    return found, (found[0].all_rows - len(found) if found else 0)


def soonest_first(field_name: str) -> Any:
    """Order by a day, what has none coming last on both engines."""
    return F(field_name).asc(nulls_last=True)


def change_url(entry: Entry, page: str = "change") -> str:
    """Return the path of an entry's page in the admin."""
    label = kinds.of(entry).model._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{label}_{page}", args=[entry.pk])


def quoted(note: str) -> str:
    """Return a note in quotation marks, on one line and cut where it is long; "" for none."""
    short = Truncator(" ".join(note.split())).chars(QUOTED)
    return _("“%(note)s”") % {"note": short} if short else ""


def named(items: Iterable[Item]) -> None:
    """Give the items without a title that of their entry's draft: one query for each kind."""
    untitled: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if not item.title and item.entry is not None:
            untitled[item.entry.kind].append(item)
    for kind, waiting in untitled.items():
        drafts = kinds.get(kind).model.objects.in_bulk({item.entry.pk for item in waiting})
        for item in waiting:
            item.title = str(drafts[item.entry.pk]) or item.entry.slug
