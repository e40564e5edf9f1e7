"""How sure we are of what a supplement does, at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass

from publishing.documents import KeyPoint
from publishing.words import plain_words

CERTAINTIES = ("high", "moderate", "low", "very_low", "not_graded")


@dataclass(frozen=True)
class Sureness:
    """The effect that we are surest of, in its own signed sentence; ``more`` counts the others.

    Never its label alone: “We are fairly sure: cramps” would promise what the sentence denies.
    """

    certainty: str
    effect: str
    more: int


def sureness_of(points: Iterable[KeyPoint]) -> Sureness | None:
    """Return the surest effect among key points, the first of several; None where there is none."""
    effects = [point for point in points if point.kind == "effect"]
    surest = min(effects, key=lambda point: CERTAINTIES.index(point.certainty), default=None)
    if surest is None:
        return None
    return Sureness(surest.certainty, plain_words(surest.text), len(effects) - 1)
