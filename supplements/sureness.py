"""How sure we are of what a supplement does, at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass

from publishing.documents import KeyPoint
from publishing.words import plain_words

CERTAINTIES = ("high", "moderate", "low", "very_low", "not_graded")


@dataclass(frozen=True)
class Sureness:
    """How sure we are of some effects, by the labels of their key points."""

    certainty: str
    labels: tuple[str, ...]


def sureness_of(points: Iterable[KeyPoint]) -> list[Sureness]:
    """Group the effects among key points by how sure we are, the surest first."""
    effects = [(p.certainty, plain_words(p.label)) for p in points if p.kind == "effect"]
    grouped = (
        Sureness(grade, tuple(label for given, label in effects if given == grade and label))
        for grade in CERTAINTIES
    )
    return [group for group in grouped if group.labels]
