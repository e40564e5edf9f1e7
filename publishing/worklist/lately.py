"""What changed lately, from the ledger, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import notices
from publishing.models import Change, SignOff
from publishing.permissions import person_name
from publishing.worklist.items import Item
from publishing.worklist.viewer import Viewer

LISTED = 15
_READ = 90
# Each follows from another row of the same step, which says it better.
_IMPLIED = (Change.Verbs.END, Change.Verbs.REOPEN)

_DONE = {
    Change.Verbs.SAVE: gettext_lazy("%(name)s saved version %(number)s."),
    Change.Verbs.SIGN: gettext_lazy("%(name)s signed it."),
    Change.Verbs.START: gettext_lazy("%(name)s published it."),
    Change.Verbs.SCHEDULE: gettext_lazy("%(name)s scheduled it."),
    Change.Verbs.CANCEL: gettext_lazy("%(name)s cancelled its schedule."),
    Change.Verbs.WITHDRAW: gettext_lazy("%(name)s withdrew it."),
    Change.Verbs.RENEW: gettext_lazy("%(name)s reviewed it: no change needed."),
    Change.Verbs.REDACT: gettext_lazy("%(name)s removed a version's text for good."),
    Change.Verbs.NOTICE: gettext_lazy("%(name)s put a notice on it."),
}
_SENT_BACK = gettext_lazy("%(name)s asked for changes.")
_TAKEN_DOWN = gettext_lazy("%(name)s took the notice down.")


def changes(viewer: Viewer) -> list[Item]:
    """Return the newest steps, newest first: who did what to which text, and when.

    What one person did to several texts in one step (a page with its questions) is one item,
    under the first text's name. Only kinds that the person may open are told of.
    """
    rows = Change.objects.exclude(verb__in=_IMPLIED).select_related("by", "entry")
    steps: dict[tuple, list[Change]] = {}
    # Which kinds is asked here: in the query it would read the whole ledger before its end.
    for change in rows.order_by("-number")[:_READ]:
        if change.entry is not None and change.entry.kind in viewer.opens:
            steps.setdefault(_step(change), []).append(change)
    return [_item(viewer, done[-1], len(done) - 1) for done in list(steps.values())[:LISTED]]


def _step(change: Change) -> tuple:
    return change.at, change.by_id, change.verb, _said(change)


def _said(change: Change) -> str:
    facts = change.facts()
    if facts.get("decision") == SignOff.Decisions.CHANGES:
        return str(_SENT_BACK)
    if facts.get("notice") == notices.DOWN:
        return str(_TAKEN_DOWN)
    return str(_DONE[change.verb])


def _item(viewer: Viewer, change: Change, others: int) -> Item:
    names = {"name": person_name(change.by), "number": change.facts().get("number", "")}
    why = _said(change) % names
    if others:
        also = ngettext(
            "So with %(count)d other text.", "So with %(count)d other texts.", others
        ) % {"count": others}
        why = _("%(why)s %(also)s") % {"why": why, "also": also}
    url = viewer.url(change.entry, "history")
    return Item(url, "", why, since=change.at, entry=change.entry)
