"""Related pages: ranked when an edition is published, and frozen with their reasons.

Pages chosen by hand come first, in their order; then those whose shared ties weigh most.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from heapq import nlargest
from typing import Any

from django.db.models import Count

from publishing import kinds, languages, ties
from publishing.checks.context import Context
from publishing.models import EditionTie, Entry

LIMIT = 6
CROWD = 500
"""Of more pages than these that share one tie, the newest are weighed, and what else ties them."""

BY_HAND = "hand"
LISTED = "listed"


def rank(context: Context) -> list[dict[str, str]]:
    """Return at most LIMIT related pages, best first: ``{"uid", "why", "what"}``.

    ``why`` is “hand” or the name of the strongest shared tie; ``what`` names what is shared (for
    references, how many).
    """
    if LISTED not in context.kind.flags:
        return []
    chosen = [
        {"uid": str(item.uid), "why": BY_HAND, "what": item.reason}
        for item in _in_its_language(context, getattr(context.document, "related", ()))
    ]
    taken = {row["uid"] for row in chosen} | {str(context.entry.uid)}
    return (chosen + _by_ties(context, taken))[:LIMIT]


def _in_its_language(context: Context, chosen: Collection[Any]) -> list[Any]:
    """Leave out pages in another language: a page shows none of them."""
    own = languages.prefix(context.document.language)
    uids = [item.uid for item in chosen]
    said = dict(Entry.objects.filter(uid__in=uids).values_list("uid", "language"))
    return [
        i for i in chosen if languages.prefix(said.get(i.uid, context.document.language)) == own
    ]


def _by_ties(context: Context, taken: set[str]) -> list[dict[str, str]]:
    weights = ties.weights()
    own = {
        tie: label
        for tie, label in ties.ties_of(context).items()
        # A topic that was deleted has no name to give as the reason.
        if tie.partition(":")[0] in weights and (label or not tie.startswith("topic:"))
    }

    def weight(tie: str) -> int:
        return weights[tie.partition(":")[0]]

    shared = _sharing(own, weight)
    listed = [kind.name for kind in kinds.every() if LISTED in kind.flags]
    live = languages.live(context.now, context.document.language)
    live = live.filter(pk__in=shared, entry__kind__in=listed)
    found = live.exclude(entry__uid__in=taken).values_list("pk", "title", "entry__uid")
    best = sorted(found, key=lambda row: (-sum(map(weight, shared[row[0]])), *row[1:]))[:LIMIT]

    def strength(tie: str) -> tuple[int, str, str]:
        return (-weight(tie), own[tie], tie)

    return [
        {"uid": str(uid), **_reason(sorted(shared[pk], key=strength), own)}
        for pk, _title, uid in best
    ]


def _sharing(own: Collection[str], weight: Callable[[str], int]) -> dict[int, set[str]]:
    """Return the editions that share most with a page, by key, with the ties that they share.

    A common topic may tie a page to thousands of others: see CROWD. On a site without crowds all
    that share anything are among them.
    """
    rows = EditionTie.objects.filter(tie__in=own)
    counts = dict(rows.values_list("tie").annotate(Count("pk")).order_by())
    crowds = [tie for tie, count in counts.items() if count > CROWD]
    shared: dict[int, set[str]] = defaultdict(set)
    for edition, tie in rows.exclude(tie__in=crowds).values_list("edition", "tie"):
        shared[edition].add(tie)
    for crowd in crowds:
        newest = EditionTie.objects.filter(tie=crowd).order_by("-edition")
        for edition in newest.values_list("edition", flat=True)[:CROWD]:
            shared[edition].add(crowd)
    if len(shared) > 2 * CROWD:
        most = nlargest(2 * CROWD, shared, key=lambda e: (sum(map(weight, shared[e])), e))
        shared = {edition: shared[edition] for edition in most}
    if crowds:
        for edition, tie in rows.filter(tie__in=crowds, edition__in=shared).values_list(
            "edition", "tie"
        ):
            shared[edition].add(tie)
    return shared


def _reason(shared: list[str], labels: dict[str, str]) -> dict[str, str]:
    """Name the strongest tie, or, where it has no label of its own, how many of its sort."""
    name = shared[0].partition(":")[0]
    alike = [tie for tie in shared if tie.startswith(f"{name}:")]
    return {"why": name, "what": labels[shared[0]] or str(len(alike))}
