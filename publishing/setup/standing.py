"""What a step says of itself: what is set, and what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Something that is set; ``url`` leads to where it is changed, where that is elsewhere."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Missing:
    """Something that is left, in a sentence. ``stops``: nothing can be published without it."""

    text: str
    stops: bool = True


Found = tuple[list[Fact], list[Missing]]


@dataclass(frozen=True)
class Step:
    """One step: what it is, why publishing waits for it (or that it doesn't), how it stands.

    ``look`` reads the database at an instant. ``register`` steps are open to whoever may change
    the site's register; the others to administrators.
    """

    slug: str
    title: Any
    about: Any
    why: Any
    look: Callable[[datetime], Found]
    register: bool = False


@dataclass(frozen=True)
class Standing:
    """A step as it stands at an instant."""

    step: Step
    facts: tuple[Fact, ...]
    missing: tuple[Missing, ...]

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return not self.missing

    @property
    def stops(self) -> bool:
        """Whether nothing can be published before more of it is done."""
        return any(one.stops for one in self.missing)
