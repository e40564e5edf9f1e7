"""What a supplement does and how sure we are of it, at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass

from publishing.documents import KeyPoint
from publishing.words import plain_words

GRADES = ("high", "moderate", "low", "very_low")
MOST = 2
"""Effects that are told in words: as many as the first screen of a phone has room for."""


@dataclass(frozen=True)
class Effect:
    """What a supplement does, in the words of its key point, and how sure we are of that.

    Not its label: “fairly sure: cramps” would be read as if it helped against them.
    """

    certainty: str
    words: str


@dataclass(frozen=True)
class Sureness:
    """The effects of which we are surest, and how many there are beside them."""

    told: tuple[Effect, ...] = ()
    more: int = 0
    not_graded: int = 0

    def __bool__(self) -> bool:
        return bool(self.told or self.not_graded)


def sureness_of(points: Iterable[KeyPoint]) -> Sureness:
    """Return the effects among key points by how sure we are, the surest first."""
    effects = [point for point in points if point.kind == "effect"]
    graded = [point for grade in GRADES for point in effects if point.certainty == grade]
    told = tuple(Effect(point.certainty, plain_words(point.text)) for point in graded[:MOST])
    return Sureness(told, len(graded) - len(told), len(effects) - len(graded))
