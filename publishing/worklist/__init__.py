"""What waits for a person, what is due, what is scheduled and what changed: queries, no verbs.

The start page and the daily mail are made from the same lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from publishing import permissions, roles
from publishing.worklist import due, lately, schedule, waiting
from publishing.worklist.declined import declined
from publishing.worklist.due import SiteDues
from publishing.worklist.items import Block, Item, Step, named
from publishing.worklist.schedule import Week
from publishing.worklist.viewer import Viewer

__all__ = [
    "Block",
    "Item",
    "SiteDues",
    "Step",
    "Tasks",
    "Week",
    "Worklist",
    "tasks_for",
    "worklist_for",
]


@dataclass
class Tasks:
    """What a person is to do: disclaimers that are due, what waits, what is due."""

    announcements: list[Item]
    waiting: list[Block]
    due: list[Block]

    @property
    def sections(self) -> list[tuple[str, list[Block], list[Block]]]:
        """Return what waits and what is due: the lists with something in them, and the others."""
        return [
            (name, [b for b in blocks if b.said], [b for b in blocks if not b.said])
            for name, blocks in (("waiting", self.waiting), ("due", self.due))
        ]

    def items(self) -> Iterator[Item]:
        """Yield every item of every list."""
        blocks = chain(self.waiting, self.due)
        return chain(self.announcements, *(block.items for block in blocks))


@dataclass
class Worklist:
    """Everything that a person's start page says.

    ``roles`` are the names of their groups; ``later`` counts the scheduled editions for which the
    weeks have no room.
    """

    roles: list[str]
    tasks: Tasks
    weeks: list[Week]
    later: int
    changes: list[Item]


def tasks_for(viewer: Viewer, dues: SiteDues) -> Tasks:
    """Gather what a person is to do; only the lists of what their groups may do are there."""
    blocks = []
    if viewer.signs:
        blocks.append(waiting.to_sign(viewer))
    if viewer.writes:
        blocks += [
            waiting.sent_back(viewer),
            declined(viewer),
            waiting.with_problems(viewer),
        ]
    if viewer.publishes:
        blocks.append(waiting.ready(viewer))
    if viewer.keeps:
        blocks.append(waiting.open_cases(viewer))
    reviews = due.reviews(viewer, dues) if viewer.keeps else []
    lapsing = due.lapsing(viewer, dues) if viewer.keeps else []
    made = Tasks(due.announcements(viewer, dues), blocks, [*reviews, *lapsing])
    named(made.items())
    return made


def worklist_for(user, at: datetime, *, whole: str = "") -> Worklist:
    """Gather a person's start page at an instant; ``whole`` names a list to show in full."""
    viewer = Viewer(user, at, whole)
    tasks = tasks_for(viewer, SiteDues(at))
    changes = lately.changes(viewer)
    named(changes)
    weeks, later = schedule.weeks(viewer)
    return Worklist(
        roles=sorted(map(roles.label, permissions.group_names(user))),
        tasks=tasks,
        weeks=weeks,
        later=later,
        changes=changes,
    )
