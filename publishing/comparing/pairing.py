"""Which piece of the old text became which piece of the new one, in reading order."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
Pair = tuple[T | None, T | None]

ALIKE = 0.4
"""The least similarity of two pieces that are shown as one piece, changed."""

# Weighing every old piece against every new one takes time that grows with the product of their
# numbers: this many comparisons take about a fifth of a second.
_MOST_COMPARISONS = 100_000


def paired(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    likeness: Callable[[T, T], float],
) -> list[Pair]:
    """Return pairs of an old piece and what it became, in order; None for what has no partner.

    Pieces of the same ``key`` are the same. Of those in between, the ones whose ``likeness`` (0 to
    1) is ``ALIKE`` or more are paired so that the sum of likenesses is the greatest; where a piece
    was deleted and another inserted, the deleted one comes first.
    """
    found: list[Pair] = []
    matcher = SequenceMatcher(None, [key(p) for p in old], [key(p) for p in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += zip(old[a:b], new[c:d], strict=True)
        else:
            found += _by_likeness(old[a:b], new[c:d], likeness)
    return found


def overlap(one: frozenset, other: frozenset) -> float:
    """Return how much two sets have in common (Dice's coefficient), 0 to 1."""
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0


def _by_likeness(old: Sequence[T], new: Sequence[T], likeness) -> Iterable[Pair]:
    if not old or not new:
        return [*((p, None) for p in old), *((None, p) for p in new)]
    if len(old) * len(new) > _MOST_COMPARISONS:
        i, j = max(1, len(old) // 2), max(1, len(new) // 2)
        first = _by_likeness(old[:i], new[:j], likeness)
        return [*first, *_by_likeness(old[i:], new[j:], likeness)]
    return _walk(old, new, *_weigh(old, new, likeness))


def _weigh(old: Sequence[T], new: Sequence[T], likeness):
    """Return the likenesses, and the best sum to be had from each place on."""
    alike = [[likeness(o, n) for n in new] for o in old]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below, own = best[i], best[i + 1], alike[i]
        for j in range(len(new) - 1, -1, -1):
            most = below[j] if below[j] > row[j + 1] else row[j + 1]
            if own[j] >= ALIKE and own[j] + below[j + 1] > most:
                most = own[j] + below[j + 1]
            row[j] = most
    return alike, best


def _walk(old: Sequence[T], new: Sequence[T], alike, best) -> list[Pair]:
    found: list[Pair] = []
    inserted: list[Pair] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found += [*inserted, (old[i], new[j])]
            inserted = []
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((old[i], None))
            i += 1
        else:
            inserted.append((None, new[j]))
            j += 1
    rest = [(p, None) for p in old[i:]]
    return [*found, *rest, *inserted, *((None, p) for p in new[j:])]
