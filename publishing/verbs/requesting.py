"""Asking for a review."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from publishing import clock as clocks
from publishing import kinds, permissions
from publishing.locks import lock
from publishing.models import Entry, ReviewRequest
from publishing.refusals import Refused


@transaction.atomic
def request_review(
    entry: Entry,
    *,
    by,
    reviewer=None,
    group: str = "",
    due: date | None = None,
    note: str = "",
    clock=clocks.now,
) -> ReviewRequest:
    """Ask a person, or else the group that signs this kind, to review the entry.

    A newer request takes the place of an open one. Raises Refused where there is nothing to
    review or the person asked may not sign.
    """
    kind = kinds.of(entry)
    permissions.require(by, "write", kind)
    if lock([entry])[entry.pk].head is None:
        raise Refused(_("Not sent for review. Nothing has been saved yet."))
    if reviewer is not None and not permissions.may(reviewer, "sign", kind):
        raise Refused(
            _("Not sent for review. %(name)s can't sign this. Choose one of: %(names)s.")
            % {
                "name": permissions.person_name(reviewer),
                "names": _names(permissions.allowed_people("sign", kind)),
            }
        )
    at = clock()
    ReviewRequest.objects.filter(entry=entry.pk, closed_at=None).update(closed_at=at)
    return ReviewRequest.objects.create(
        entry_id=entry.pk,
        by=by,
        at=at,
        reviewer=reviewer,
        group=None if reviewer else Group.objects.get(name=group or kind.role),
        due=due,
        note=note,
    )


def _names(people: list) -> str:
    return ", ".join(permissions.person_name(p) for p in people) or _("nobody yet")
