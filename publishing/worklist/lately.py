"""What changed lately, from the ledger, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import notices, zone
from publishing.models import Change, SignOff
from publishing.permissions import person_name
from publishing.worklist.items import Item
from publishing.worklist.viewer import Viewer

LISTED = 15
_READ = 90
_TOLD = 4
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
_NOTICES = {
    notices.DOWN: gettext_lazy("%(name)s took the notice down."),
    notices.RETRACTED: gettext_lazy("%(name)s noted that a source was retracted."),
    notices.CLEARED: gettext_lazy("%(name)s noted that a source was not retracted."),
}


def changes(viewer: Viewer) -> list[Item]:
    """Return the newest steps, newest first: who did what to which text, and when.

    What one person did to several texts in one step (a page with its questions) is told of the
    first text alone; the steps of one text on one day are one item. Only kinds that the person
    may open are told of.
    """
    rows = Change.objects.exclude(verb__in=_IMPLIED).select_related("by", "entry")
    steps: dict[tuple, list[Change]] = {}
    # Which kinds is asked here: in the query it would read the whole ledger before its end.
    for change in rows.order_by("-number")[:_READ]:
        if change.entry is not None and change.entry.kind in viewer.opens:
            steps.setdefault(_step(change), []).append(change)
    days: dict[tuple, list[list[Change]]] = {}
    for done in steps.values():
        days.setdefault((done[-1].entry_id, zone.date_of(done[-1].at)), []).append(done)
    return [_item(viewer, day) for day in list(days.values())[:LISTED]]


def _step(change: Change) -> tuple:
    return change.at, change.by_id, change.verb, _said(change)


def _said(change: Change) -> str:
    facts = change.facts()
    if facts.get("decision") == SignOff.Decisions.CHANGES:
        return str(_SENT_BACK)
    if facts.get("notice") in _NOTICES:
        return str(_NOTICES[facts["notice"]])
    return str(_DONE[change.verb])


def _item(viewer: Viewer, steps: list[list[Change]]) -> Item:
    newest = steps[0][-1]
    told = [_told(done) for done in steps[:_TOLD]]
    if left := len(steps) - len(told):
        earlier = ngettext("And %(count)d earlier step.", "And %(count)d earlier steps.", left)
        told.append(earlier % {"count": left})
    url = viewer.url(newest.entry, "history")
    return Item(url, "", " ".join(told), since=newest.at, entry=newest.entry)


def _told(done: list[Change]) -> str:
    change, others = done[-1], len(done) - 1
    names = {"name": person_name(change.by), "number": change.facts().get("number", "")}
    why = _said(change) % names
    if not others:
        return why
    also = ngettext(
        "And %(count)d other text with it.", "And %(count)d other texts with it.", others
    )
    return _("%(why)s %(also)s") % {"why": why, "also": also % {"count": others}}
