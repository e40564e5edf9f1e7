"""Putting an emergency notice on a live page, and taking it down."""

from django.db import transaction
from django.utils.translation import gettext as _

from publishing import cases, kinds, languages, ledger, mailing, notices, permissions
from publishing import clock as clocks
from publishing.locks import lock
from publishing.models import Case, Change, Edition, Entry
from publishing.refusals import Refused


@transaction.atomic
def put_notice(entry: Entry, *, by, wording: str, note: str = "", clock=clocks.now) -> Change:
    """Put fixed words on a live page at once; one person alone may, and everyone concerned is told.

    ``note`` is for staff. Raises NotAllowed without the role, and Refused where nothing is live
    or these very words stand there already.
    """
    permissions.require(by, "withdraw", kinds.of(entry))
    if wording not in notices.Wordings.values:
        raise Refused(_("Not shown. Choose the words from the list."))
    locked = lock([entry])[entry.pk]
    at = clocks.instant_for([locked], clock)
    live = Edition.objects.live(at).filter(entry=locked.pk).first()
    if live is None:
        raise Refused(_("Not shown. Readers can't see this page: nothing is live."))
    stands = notices.standing_on(locked, at)
    if stands is not None and stands.wording == wording:
        raise Refused(_("Not shown again. This notice stands on the page already."))
    change = _record(locked, by, at, note, notice=notices.UP, wording=wording)
    with languages.in_default():
        text = str(notices.Wordings(wording).label)
    cases.open_case(locked, Case.Whys.NOTICE, about=locked, text=text, by=by, at=at)
    mailing.tell_of_page("notice_up", live, by=by, note=note, at=at)
    return change


@transaction.atomic
def lift_notice(entry: Entry, *, by, note: str = "", clock=clocks.now) -> Change:
    """Take the notice down. Raises NotAllowed without the role, Refused where none stands."""
    permissions.require(by, "withdraw", kinds.of(entry))
    locked = lock([entry])[entry.pk]
    at = clocks.instant_for([locked], clock)
    stands = notices.standing_on(locked, at)
    if stands is None:
        raise Refused(_("Nothing was taken down. No notice stands on this page."))
    change = _record(locked, by, at, note, notice=notices.DOWN, wording=stands.wording)
    cases.close(locked, [Case.Whys.NOTICE], by=by, at=at)
    live = Edition.objects.live(at).filter(entry=locked.pk).first()
    if live is not None:
        mailing.tell_of_page("notice_down", live, by=by, note=note, at=at)
    return change


def _record(entry: Entry, by, at, note: str, **facts: str) -> Change:
    return ledger.append(Change.Verbs.NOTICE, entry, at=at, by=by, reason=note, detail=facts)
