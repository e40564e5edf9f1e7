"""What a person may do with an entry now, and what not and why not."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import permissions
from publishing.kinds import Kind
from publishing.models import Entry
from publishing.notices import Notice
from publishing.state import Standing, State


@dataclass(frozen=True)
class Offer:
    """Something to do; ``reason`` says why it cannot be done now, where it cannot."""

    name: str
    label: str
    url: str = ""
    reason: str = ""


def offers(
    entry: Entry,
    kind: Kind,
    user,
    standing: Standing,
    barred: list,
    notice: Notice | None = None,
) -> list[Offer]:
    """Return the actions that concern a person. ``barred`` are those who can't sign this text.

    ``notice`` is the emergency notice that stands on the live page.
    """
    if standing.head is None:
        return []

    def offer(name: str, label: str, reason: str = "") -> Offer:
        url = reverse(f"admin:{entry._meta.label_lower.replace('.', '_')}_{name}", args=[entry.pk])
        return Offer(name, label, "" if reason else url, reason)

    made: list[Offer] = []
    signed = standing.is_signed
    same_as_live = standing.live is not None and standing.live.revision_id == standing.head.pk
    if permissions.may(user, "write", kind) and not same_as_live:
        reason = _("This version is signed already.") if signed else ""
        made.append(offer("request_review", _("Request review"), reason))
    if permissions.may(user, "sign", kind):
        own = _own_text() if user in barred else ""
        made += _signing(offer, signed, same_as_live, standing, own)
    if permissions.may(user, "publish", kind) and not same_as_live:
        reason = _unsigned(standing)
        made.append(offer("publish", _("Publish"), reason))
    if permissions.may(user, "publish", kind) and standing.scheduled:
        made.append(offer("cancel", _("Cancel the schedule")))
    if permissions.may(user, "withdraw", kind) and standing.live:
        made.append(offer("withdraw", _("Withdraw")))
        made.append(offer("notice", _("Emergency notice")))
        if notice is not None:
            made.append(offer("lift_notice", _("Take the notice down")))
    return made


def _signing(offer, signed: bool, same_as_live: bool, standing: Standing, own: str) -> list[Offer]:
    if same_as_live:
        return [offer("renew", _("Reviewed, no change needed"))]
    made = []
    if not signed:
        made.append(offer("sign", _("Sign"), own))
    made.append(offer("ask_for_changes", _("Ask for changes")))
    if standing.live is not None:
        made.append(offer("renew", _("Renew the live version")))
    return made


def _unsigned(standing: Standing) -> str:
    """Return why the head can't be published, where a signature is missing."""
    if standing.must_be_signed_anew:
        return _("It was withdrawn as wrong, and nobody has signed it since.")
    signed = standing.progress is State.APPROVED
    return "" if signed else _("Nobody has signed this version yet.")


def _own_text() -> str:
    return _("You wrote part of this text, or are named as its author. Ask another reviewer.")
