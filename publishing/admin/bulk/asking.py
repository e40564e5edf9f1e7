"""Asking for the review of several entries."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import assessment, four_eyes, permissions, verbs
from publishing.admin.bulk.page import BulkPage
from publishing.admin.review.asking import RequestReviewForm
from publishing.refusals import Refused


class RequestReview(BulkPage):
    name = "request_review"
    title = gettext_lazy("Request review")
    button = gettext_lazy("Request their review")

    def prepare(self, request, chosen):
        for each in chosen:
            if each.is_signed:
                each.stopped = _("Not sent for review. This version is signed already.")
            elif each.entry.asked:
                each.notes.append(_("A review is open. The new request takes its place."))

    def form(self, request, chosen, data):
        return RequestReviewForm(
            data,
            groups=permissions.groups_for("sign", self.kind),
            people=permissions.allowed_people("sign", self.kind),
            barred=[],
        )

    def each(self, request, chosen, form) -> str:
        whom = form.whom()
        person = whom.get("reviewer")
        if person is not None:
            context = assessment.context_for(chosen.entry.head, self.model_admin.instant(request))
            if person in four_eyes.barred(context):
                raise Refused(
                    _("Not sent for review. %(name)s wrote part of this text. Ask somebody else.")
                    % {"name": permissions.person_name(person)}
                )
        made = verbs.request_review(
            chosen.entry,
            by=request.user,
            due=form.cleaned_data["due"],
            note=form.cleaned_data["note"],
            **whom,
        )
        return _("Sent for review to %(name)s.") % {"name": made.asked}
