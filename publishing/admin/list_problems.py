"""How many problems stop each entry of a list from going live: counted aside, kept for a while.

The checks take some ten milliseconds an entry, too long for a page of a hundred. The list shows
what was counted lately and “…” for the rest; its script then asks for those, a few at a time. The
filter goes by what was counted, among the newest texts in work, and says what was not.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing import assessment, state, zone
from publishing.admin import list_facts
from publishing.admin.list_filters import OfLists, in_state
from publishing.checks import engine
from publishing.checks.problems import Gate
from publishing.models import Revision

# Library, registers and disclaimers change what the checks find, and no key knows of that.
KEPT = 15 * 60
BUDGET = 0.15
LOOKED_AT = 200
"""As many drafts and newer changes as the filter looks at."""


def known_counts(rows: Iterable, at: datetime) -> dict[int, int]:
    """Return the counts that were made lately, by primary key, of entries with a head.

    The rows come from ``list_facts.with_facts`` and ``state.with_state``.
    """
    keys = {_key(row, at): row.pk for row in rows if row.head_id}
    return {keys[key]: count for key, count in cache.get_many(keys).items()}


def count_problems(
    rows: Iterable, at: datetime, *, seconds: Callable[[], float] = time.monotonic
) -> dict[int, int | None]:
    """Count for the entries that have no count yet, for as long as BUDGET lasts, at least one.

    None stands for a text that was removed for good. What is left out is to be asked for again.
    """
    rows = [row for row in rows if row.head_id]
    found: dict[int, int | None] = dict(known_counts(rows, at))
    begun = seconds()
    for row in rows:
        if row.pk in found:
            continue
        revision = Revision.objects.select_related("entry", "payload").get(pk=row.head_id)
        if revision.payload.text is None:
            found[row.pk] = None
            continue
        stopping = engine.stopping(assessment.problems_of(revision, at), Gate.PUBLISH)
        found[row.pk] = sum(not problem.step for problem in stopping)
        cache.set(_key(row, at), found[row.pk], KEPT)
        if seconds() - begun > BUDGET:
            break
    return found


class ProblemFilter(OfLists):
    """Whether something stops a draft, or newer changes of a live page, from going live.

    ``uncounted`` are those of which that is not known yet; ``is_cut`` is whether there are more
    than are looked at.
    """

    title = _("problems of drafts and newer changes")
    parameter_name = "problems"
    uncounted: Iterable[int] = ()
    is_cut = False
    looked_at = LOOKED_AT

    def lookups(self, request, model_admin):
        return [
            ("some", _("Something to mend")),
            ("none", _("Nothing to mend")),
            ("uncounted", _("Not counted yet")),
        ]

    def queryset(self, request, queryset):
        chosen, at = self.chosen(), self.desk.instant(request)
        if chosen is None:
            return queryset
        in_work = queryset.filter(head__isnull=False).exclude(
            in_state(state.State.LIVE, self.desk.kind, at)
        )
        newest = in_work.order_by("-head__at", "-pk").values_list("pk", flat=True)
        keys = list(newest[: LOOKED_AT + 1])
        self.is_cut = len(keys) > LOOKED_AT
        rows = state.with_state(self.desk.model.objects.filter(pk__in=keys[:LOOKED_AT]), at)
        rows = list_facts.with_facts(rows.select_related("head"), self.desk.kind.role)
        counts = known_counts(rows, at)
        self.uncounted = [pk for pk in keys[:LOOKED_AT] if pk not in counts]
        self.counts_url = self.desk.problems_url()
        wanted = {
            "some": Q(pk__in=[pk for pk, count in counts.items() if count]),
            "none": Q(pk__in=[pk for pk, count in counts.items() if count == 0]),
            "uncounted": Q(pk__in=self.uncounted),
        }
        return queryset.filter(wanted[chosen])


def _key(row, at: datetime) -> str:
    """Return a key that changes with the text, the reasons given, what is live, and the day."""
    parts = (row.head.digest, row.newest_override, row.live_revision, zone.date_of(at))
    return f"problems:{row.pk}:" + ":".join(map(str, parts))
