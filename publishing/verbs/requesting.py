"""Asking for a review."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import clock as clocks
from publishing import documents, kinds, mailing, permissions, roles
from publishing.kinds import Kind
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
    """Ask a person, or else a group that signs this kind, to review the entry; they get a mail.

    A newer request takes the place of an open one; the same one sent twice is one. Raises Refused
    where there is nothing to review or whoever is asked may not sign.
    """
    kind = kinds.of(entry)
    permissions.require(by, "write", kind)
    locked = lock([entry])[entry.pk]
    if locked.head is None:
        raise Refused(_("Not sent for review. Nothing has been saved yet."))
    _require_signer(kind, reviewer, group)
    asked = None if reviewer else Group.objects.get(name=group or kind.role)
    at = clock()
    earlier = ReviewRequest.objects.filter(entry=entry.pk, closed_at=None).first()
    if earlier is not None:
        told = (earlier.by, earlier.reviewer, earlier.group, earlier.due, earlier.note)
        if told == (by, reviewer, asked, due, note) and earlier.at >= locked.head.at:
            return earlier
        ReviewRequest.objects.filter(pk=earlier.pk).update(closed_at=at)
    made = ReviewRequest.objects.create(
        entry_id=entry.pk, by=by, at=at, reviewer=reviewer, group=asked, due=due, note=note
    )
    mailing.tell(asked_people(made, by), "review_asked", letter(made, locked))
    return made


def _require_signer(kind: Kind, reviewer, group: str) -> None:
    """Refuse to ask somebody, or a group, who can't sign this kind; name those who can."""
    if reviewer is not None and not permissions.may(reviewer, "sign", kind):
        raise Refused(
            _("Not sent for review. %(name)s can't sign this. Choose one of: %(names)s.")
            % {
                "name": permissions.person_name(reviewer),
                "names": _names(permissions.allowed_people("sign", kind)),
            }
        )
    signers = permissions.groups_for("sign", kind)
    if group and group not in signers:
        raise Refused(
            _("Not sent for review. “%(name)s” can't sign this. Choose one of: %(names)s.")
            % {"name": roles.label(group), "names": ", ".join(map(roles.label, signers))}
        )


def asked_people(request: ReviewRequest, by) -> list:
    """Return whom a request reaches: the person, or the group's active people but the asker."""
    if request.reviewer is not None:
        return [request.reviewer]
    people = get_user_model().objects.filter(groups=request.group_id, is_active=True)
    return list(people.exclude(pk=by.pk).order_by("pk"))


def letter(request: ReviewRequest, entry: Entry) -> dict[str, Any]:
    """Return what a mail about a review says; ``entry`` has its head."""
    kind = kinds.of(entry)
    text = entry.head.payload.text
    title = documents.load_payload(kind.document, text)[0].display_title if text else entry.slug
    meta = kind.model._meta
    path = reverse(f"admin:{meta.app_label}_{meta.model_name}_sign", args=[entry.pk])
    change = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])
    return {
        "request": request,
        "title": title,
        "asker": permissions.person_name(request.by),
        "address": f"{settings.SITE_URL}{path}?version={entry.head.number}",
        "change_address": f"{settings.SITE_URL}{change}",
    }


def _names(people: list) -> str:
    return ", ".join(permissions.person_name(p) for p in people) or _("nobody yet")
