"""“I can't review this”: the request goes back to whoever asked."""

from django.db import transaction
from django.utils.translation import gettext as _

from publishing import assessment, four_eyes, kinds, mailing, permissions
from publishing import clock as clocks
from publishing.locks import lock
from publishing.models import Decline, Entry, ReviewRequest
from publishing.refusals import Refused
from publishing.verbs.requesting import letter


def open_request(entry: Entry) -> ReviewRequest | None:
    """Return the entry's open review request, with who asked whom."""
    asked = ReviewRequest.objects.filter(entry=entry.pk, closed_at=None)
    return asked.select_related("by", "reviewer", "group").first()


@transaction.atomic
def decline(entry: Entry, *, by, why: str, note: str = "", clock=clocks.now) -> Decline:
    """Record why somebody can't review, and mail whoever asked for the review.

    A request to a person is closed; one to a group stays open while anyone else of it can still
    sign. Said twice, it is recorded once. Raises NotAllowed without the right to sign, and
    Refused where no review is asked for, or where somebody else was asked by name.
    """
    permissions.require(by, "sign", kinds.of(entry))
    if why not in Decline.Whys.values:
        raise Refused(_("Not sent back. Choose why you can't review this."))
    entry = lock([entry])[entry.pk]
    request = open_request(entry)
    if request is None:
        earlier = Decline.objects.filter(request__entry=entry.pk, by=by).order_by("-pk").first()
        if earlier is not None and not entry.review_requests.filter(at__gt=earlier.at).exists():
            return earlier
        raise Refused(_("Not sent back. Nobody is asked for a review of this now."))
    if request.reviewer_id not in (None, by.pk):
        raise Refused(_("Not sent back. %(name)s was asked, not you.") % {"name": request.asked})
    at = clock()
    made, new = Decline.objects.get_or_create(
        request=request, by=by, defaults={"at": at, "why": why, "note": note.strip()}
    )
    if not new:
        return made
    left = still_asked(request, entry)
    if not left:
        request.closed_at = at
        request.save(update_fields=["closed_at"])
    names = ", ".join(permissions.person_name(person) for person in left)
    told = {"decline": made, "name": permissions.person_name(by), "left": names}
    mailing.tell([request.by], "review_declined", letter(request, entry) | told)
    return made


def still_asked(request: ReviewRequest, entry: Entry) -> list:
    """Return who of those asked may sign, has not declined and wrote no part of the text."""
    declined = set(request.declines.values_list("by", flat=True))
    if request.reviewer_id is not None:
        return [] if request.reviewer_id in declined else [request.reviewer]
    context = assessment.context_for(entry.head, clocks.now())
    out = declined | {person.pk for person in four_eyes.barred(context)}
    people = permissions.allowed_people("sign", kinds.of(entry))
    asked = set(request.group.user_set.values_list("pk", flat=True))
    return [person for person in people if person.pk in asked and person.pk not in out]
