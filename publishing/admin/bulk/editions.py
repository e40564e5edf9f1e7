"""Publishing several entries now, or at one time."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import verbs, zone
from publishing.admin.actions.page import ActionForm
from publishing.admin.bulk.chosen import Chosen
from publishing.admin.bulk.inside import Newer, counted, newer_inside
from publishing.admin.bulk.page import BulkPage
from publishing.models import Edition, SignOff
from publishing.refusals import Refused
from publishing.state import State


class PublishForm(ActionForm):
    """Whether schedules are kept, where a chosen entry has one."""

    def __init__(self, data, *, scheduled: int) -> None:
        super().__init__(data)
        if scheduled:
            self.fields["schedules"] = forms.ChoiceField(
                choices=[(verbs.CANCEL, _("Cancel it")), (verbs.KEEP, _("Keep it"))],
                widget=forms.RadioSelect,
                label=_("Where another version is scheduled"),
            )


class ScheduleForm(PublishForm):
    """The time at which every chosen entry goes live."""

    at = forms.DateTimeField(
        label=gettext_lazy("At"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def __init__(self, data, *, scheduled: int) -> None:
        super().__init__(data, scheduled=scheduled)
        zone_name = timezone.get_current_timezone_name()
        self.fields["at"].help_text = _("Time zone: %(zone)s.") % {"zone": zone_name}


class Publish(BulkPage):
    name = "publish"
    title = gettext_lazy("Publish")
    button = gettext_lazy("Publish them now")
    allowed = "publish"
    form_class: type[PublishForm] = PublishForm

    def prepare(self, request, chosen):
        at = self.model_admin.instant(request)
        entries = [each.entry.pk for each in chosen]
        scheduled = Edition.objects.filter(entry__in=entries).scheduled(at)
        newer = newer_inside(chosen, at)
        begins: dict[int, list[datetime]] = {}
        for entry, begin in scheduled.order_by("live_from").values_list("entry", "live_from"):
            begins.setdefault(entry, []).append(begin)
        for each in chosen:
            each.notes += [
                _("Another version is scheduled for %(when)s.") % {"when": zone.moment(begin)}
                for begin in begins.get(each.entry.pk, ())
            ]
            if each.state is State.WITHDRAWN:
                when = zone.moment(each.entry.withdrawn_at)
                each.notes.append(_("It was withdrawn on %(when)s.") % {"when": when})
            if each.state is State.LIVE:
                each.stopped = _("Not published. This version is live already.")
            elif each.entry.last_decision == SignOff.Decisions.APPROVED:
                self._look_inside(each, newer.get(each.entry.pk, []))
        request._scheduled = len(begins)

    def _look_inside(self, each: Chosen, newer: list[Newer]) -> None:
        """Say what waits inside an entry: with signed texts it is published on its own page."""
        waiting = [embed for embed in newer if embed.signed and not embed.planned]
        missing = [e for e in newer if not (e.signed or e.live or e.planned)]
        behind = [e for e in newer if e.live and not e.signed]
        if missing:
            why = ngettext(
                "Not published. %(what)s in it is not live, and nobody has signed it.",
                "Not published. %(what)s in it are not live, and nobody has signed them.",
                len(missing),
            ) % {"what": counted(missing)}
            way = self.change_url(each), _("Open it")
            each.stop(why, way=way, waits=[embed.line for embed in missing])
        elif waiting:
            why = ngettext(
                "Not published. %(what)s in it is signed and waits to go live. Open it to publish "
                "both together.",
                "Not published. %(what)s in it are signed and wait to go live. Open it to publish "
                "them together.",
                len(waiting),
            ) % {"what": counted(waiting)}
            way = self.url(each, "publish"), _("Publish them together")
            each.stop(why, way=way, waits=[embed.line for embed in waiting])
        elif behind:
            each.notes.append(
                ngettext(
                    "%(what)s in it has newer text that nobody has signed: readers go on seeing "
                    "the live one.",
                    "%(what)s in it have newer text that nobody has signed: readers go on seeing "
                    "the live ones.",
                    len(behind),
                )
                % {"what": counted(behind)}
            )

    def form(self, request, chosen, data):
        return self.form_class(data, scheduled=request._scheduled)

    def each(self, request, chosen, form) -> str:
        at = form.cleaned_data.get("at")
        schedules = form.cleaned_data.get("schedules")
        revision = chosen.revision()
        try:
            edition = verbs.publish([revision], by=request.user, at=at, schedules=schedules)[0]
        except Refused as refused:
            if any(problem.id == "EMB-1" for problem in refused.problems):
                raise _with_way_out(refused) from refused
            raise
        words = {"path": edition.path, "when": zone.moment(edition.live_from)}
        if at:
            return _("Scheduled for %(when)s at %(path)s.") % words
        return _("Published at %(path)s.") % words


class Schedule(Publish):
    name = "schedule"
    title = gettext_lazy("Schedule")
    button = gettext_lazy("Schedule them")
    form_class = ScheduleForm


def _with_way_out(refused: Refused) -> Refused:
    """Add how to publish a page along with what it shows, which a list can't."""
    way = _("On the page's own “Publish” they can go live along with it.")
    return Refused(f"{refused.message} {way}", problems=refused.problems)
