"""Comparing two versions of an entry: any two, or the draft, the live and the last signed one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from publishing import clock, kinds, permissions, zone
from publishing.admin.actions import events
from publishing.admin.actions.history import entry_of, show
from publishing.comparing.embeds import ChangedEmbed, Side, changed_embeds
from publishing.comparison import FieldChange, changed_fields, changed_sources
from publishing.documents import load_payload
from publishing.models import Edition, Entry, Revision, SignOff

DRAFT, LIVE, SIGNED = "draft", "live", "signed"


@dataclass(frozen=True)
class Choices:
    """The versions that can be compared: the three with a role, and all, the newest first."""

    roles: dict[str, Revision]
    revisions: list[Revision]
    sign_off: SignOff | None

    def find(self, asked: str | None) -> Side | None:
        """Return the version that an address asks for, by role or number; None for none such."""
        if asked in self.roles:
            return Side(self.roles[asked], asked)
        if not asked or not asked.isdecimal():
            return None
        found = (r for r in self.revisions if str(r.number) == asked)
        return next((Side(revision, "") for revision in found), None)

    def options(self, chosen: Side) -> list[tuple[str, str, bool]]:
        """Return (value, label, chosen) for a list to choose from."""
        labels = {
            DRAFT: _("Draft: version %(number)s"),
            LIVE: _("Live: version %(number)s"),
            SIGNED: _("Last signed: version %(number)s"),
        }
        roles = [
            (role, labels[role] % {"number": revision.number}, role == chosen.role)
            for role, revision in self.roles.items()
        ]
        numbers = [
            (str(r.number), _title(r), not chosen.role and r.pk == chosen.revision.pk)
            for r in self.revisions
        ]
        return roles + numbers


def compare(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what differs between two versions, in words; ``?from=`` and ``?to=`` choose them.

    Each is a number, or “draft”, “live” or “signed”. By default the newest is compared with the
    live one; with the last signed where nothing is live, or the live one is the newest; else with
    the one before it.
    """
    entry = entry_of(model_admin, request, pk)
    choices = _choices(entry)
    after = choices.find(request.GET.get("to")) or Side(entry.head, DRAFT)
    before = choices.find(request.GET.get("from")) or _default(choices, after)
    context = {
        "before": before,
        "after": after,
        "before_title": _title(before.revision),
        "after_title": _title(after.revision),
        "before_options": choices.options(before),
        "after_options": choices.options(after),
        "sign_off": choices.sign_off,
        **_compared(entry, before, after),
    }
    return show(model_admin, request, entry, "publishing/admin/compare.html", _("Compare"), context)


def _choices(entry: Entry) -> Choices:
    revisions = list(
        Revision.objects.filter(entry=entry.pk).select_related("by").order_by("-number")
    )
    by_key = {revision.pk: revision for revision in revisions}
    roles = {DRAFT: by_key[entry.head_id]}
    live = Edition.objects.live(clock.now()).filter(entry=entry.pk).first()
    if live is not None:
        roles[LIVE] = by_key[live.revision_id]
    approved = SignOff.objects.standing_approvals().filter(revision__entry=entry.pk)
    sign_off = approved.order_by("-pk").first()
    if sign_off is not None:
        roles[SIGNED] = by_key[sign_off.revision_id]
    return Choices(roles, revisions, sign_off)


def _default(choices: Choices, after: Side) -> Side:
    for role in (LIVE, SIGNED):
        revision = choices.roles.get(role)
        if revision is not None and revision.pk != after.revision.pk:
            return Side(revision, role)
    older = (r for r in choices.revisions if r.number < after.revision.number)
    return Side(next(older, after.revision), "")


def _compared(entry: Entry, before: Side, after: Side) -> dict:
    model = kinds.of(entry).document
    texts = [side.revision.payload.text for side in (before, after)]
    if None in texts:
        removed = [s.revision.number for s in (before, after) if s.revision.payload.text is None]
        return {"removed": removed}
    (old, old_sources), (new, new_sources) = (load_payload(model, text) for text in texts)
    fields: list[FieldChange] = changed_fields(old, new)
    embeds: list[ChangedEmbed] = changed_embeds(
        (before, old, old_sources), (after, new, new_sources)
    )
    return {
        "texts": [change for change in fields if change.passages],
        "fields": [change for change in fields if not change.passages],
        "sources": changed_sources(old_sources, new_sources),
        "embeds": [(embed, _address(embed)) for embed in embeds],
    }


def _address(embed: ChangedEmbed) -> str:
    page = events.address(embed.entry, "compare", embed.entry.pk)
    return f"{page}?from={embed.before}&to={embed.after}"


def _title(revision: Revision) -> str:
    return _("Version %(number)s (%(digest)s), %(when)s, %(name)s") % {
        "number": revision.number,
        "digest": revision.short_digest,
        "when": zone.moment(revision.at),
        "name": permissions.person_name(revision.by),
    }
