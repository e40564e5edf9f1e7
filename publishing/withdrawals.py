"""Who took a page off the site, when and why: read from the ledger."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from publishing.models import Change, Edition, SignOff

WRONG = "wrong"
LEGAL = "legal"
WHYS = {
    "out_of_date": _("out of date"),
    WRONG: _("wrong"),
    LEGAL: _("legal: no text, no public history"),
}
"""The reasons that readers are told in fixed words, and what staff call them."""


def withdrawal_of(edition: Edition, at: datetime) -> Change | None:
    """Return the withdrawal that ended an edition by an instant, if one did."""
    if edition.live_until is None or edition.live_until > at:
        return None
    found = Change.objects.filter(
        entry=edition.entry_id, verb=Change.Verbs.WITHDRAW, at__gte=edition.live_until, at__lte=at
    )
    return found.select_related("by").order_by("number").first()


def voids(withdrawal: Change, edition: Edition, sign_off: SignOff) -> bool:
    """Say whether a signature holds no more, since the edition was withdrawn.

    What was withdrawn as wrong was signed by mistake; one made after the withdrawal holds.
    """
    same = sign_off.revision_id == edition.revision_id and sign_off.at <= withdrawal.at
    return same and withdrawal.facts().get("why") == WRONG


def reason(withdrawal: Change) -> str:
    """Return in a word or two why a page was withdrawn."""
    return str(WHYS.get(withdrawal.facts().get("why"), ""))
