"""Related pages: ranked when an edition is published, and frozen with their reasons.

A page is tied to what it is about. Floors above register their ties (a shared supplement, a
shared reference); topics are tied here. Pages chosen by hand come first, in their order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from publishing.checks.context import Context
from publishing.models import Edition, EditionTie

LIMIT = 6
BY_HAND = "hand"

TieReader = Callable[[Context], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Tie:
    """A sort of tie: its weight in the ranking, and what reads it from a page's Context.

    ``read`` yields (identity, label). The label names what two pages share and is shown to
    readers, so it comes from a signed text or a register, never from a draft.
    """

    name: str
    weight: int
    read: TieReader


_ties: dict[str, Tie] = {}


def register(name: str, weight: int, read: TieReader) -> None:
    """Register a sort of tie."""
    _ties[name] = Tie(name, weight, read)


def ties_of(context: Context) -> dict[str, str]:
    """Return a page's ties and their labels: ``{"topic:<uid>": "Magnesium"}``."""
    return {
        f"{tie.name}:{identity}": label
        for tie in _ties.values()
        for identity, label in tie.read(context)
    }


def rank(context: Context) -> list[dict[str, str]]:
    """Return at most LIMIT related pages, best first: ``{"uid", "why", "what"}``.

    ``why`` is “hand” or the name of the strongest shared tie; ``what`` names what is shared (for
    references, how many).
    """
    if "listed" not in context.kind.flags:
        return []
    chosen = [
        {"uid": str(item.uid), "why": BY_HAND, "what": item.reason}
        for item in getattr(context.document, "related", ())
    ]
    taken = {row["uid"] for row in chosen} | {str(context.entry.uid)}
    return (chosen + _by_ties(context, taken))[:LIMIT]


def record(edition: Edition, context: Context) -> None:
    """Write the ties of a new edition, so that pages published later can find it."""
    EditionTie.objects.bulk_create(
        EditionTie(edition=edition, tie=tie) for tie in sorted(ties_of(context))
    )


def _by_ties(context: Context, taken: set[str]) -> list[dict[str, str]]:
    own = ties_of(context)
    live = Edition.objects.live(context.now).filter(ties__tie__in=own)
    rows = live.values_list("entry__uid", "title", "ties__tie")
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for uid, title, tie in rows:
        if str(uid) not in taken:
            shared[(str(uid), title)].add(tie)
    ranked = sorted(
        shared.items(), key=lambda item: (-sum(map(_weight, item[1])), item[0][1], item[0][0])
    )
    return [
        {"uid": uid, **_reason(sorted(ties, key=lambda t: (-_weight(t), own[t])), own)}
        for (uid, _title), ties in ranked
    ]


def _weight(tie: str) -> int:
    return _ties[tie.partition(":")[0]].weight


def _reason(ties: list[str], labels: dict[str, str]) -> dict[str, str]:
    """Name the strongest tie, or, where it has no label of its own, how many of its sort."""
    name = ties[0].partition(":")[0]
    alike = [tie for tie in ties if tie.startswith(f"{name}:")]
    return {"why": name, "what": labels[ties[0]] or str(len(alike))}


def _topic_ties(context: Context) -> Iterable[tuple[str, str]]:
    return [(str(topic.uid), topic.name) for topic in context.topics]


register("topic", 1, _topic_ties)
