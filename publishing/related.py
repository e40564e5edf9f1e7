"""Related pages: ranked when an edition is published, and frozen with their reasons.

Pages chosen by hand come first, in their order; then those whose shared ties weigh most.
"""

from collections import defaultdict

from django.db.models import Case, IntegerField, Sum, Value, When

from publishing import kinds, ties
from publishing.checks.context import Context
from publishing.models import Edition, EditionTie

LIMIT = 6
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
        for item in getattr(context.document, "related", ())
    ]
    taken = {row["uid"] for row in chosen} | {str(context.entry.uid)}
    return (chosen + _by_ties(context, taken))[:LIMIT]


def _by_ties(context: Context, taken: set[str]) -> list[dict[str, str]]:
    """Rank in the database: a common topic may tie a page to thousands of others."""
    weights = ties.weights()
    own = {
        tie: label
        for tie, label in ties.ties_of(context).items()
        # A topic that was deleted has no name to give as the reason.
        if tie.partition(":")[0] in weights and (label or not tie.startswith("topic:"))
    }
    score = Case(
        *(When(ties__tie__startswith=f"{n}:", then=Value(w)) for n, w in weights.items()),
        default=0,
        output_field=IntegerField(),
    )
    listed = [kind.name for kind in kinds.every() if LISTED in kind.flags]
    sharing = Edition.objects.live(context.now).filter(ties__tie__in=own, entry__kind__in=listed)
    best = (
        sharing.exclude(entry__uid__in=taken)
        .annotate(score=Sum(score))
        .order_by("-score", "title", "entry__uid")
        .values_list("pk", "entry__uid")[:LIMIT]
    )
    best = list(best)
    shared: dict[int, list[str]] = defaultdict(list)
    found = EditionTie.objects.filter(edition__in=[pk for pk, _uid in best], tie__in=own)
    for edition, tie in found.values_list("edition_id", "tie"):
        shared[edition].append(tie)

    def strength(tie: str) -> tuple[int, str, str]:
        return (-weights[tie.partition(":")[0]], own[tie], tie)

    return [{"uid": str(uid), **_reason(sorted(shared[pk], key=strength), own)} for pk, uid in best]


def _reason(shared: list[str], labels: dict[str, str]) -> dict[str, str]:
    """Name the strongest tie, or, where it has no label of its own, how many of its sort."""
    name = shared[0].partition(":")[0]
    alike = [tie for tie in shared if tie.startswith(f"{name}:")]
    return {"why": name, "what": labels[shared[0]] or str(len(alike))}
