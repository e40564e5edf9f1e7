"""Asking a person or a group for a review, and saying that one can't do it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import assessment, clock, four_eyes, permissions, roles, state, verbs, zone
from publishing.admin.actions.page import ActionForm, ActionPage, NoteField
from publishing.models import Decline as DeclineRow
from publishing.refusals import Refused
from publishing.verbs.declining import open_request, still_asked

_GROUP, _PERSON = "group", "person"


class RequestReviewForm(ActionForm):
    """Whom to ask: a group that signs this kind, or one of its people by name."""

    asked = forms.ChoiceField(label=gettext_lazy("Ask"))
    due = forms.DateField(
        required=False,
        label=gettext_lazy("By"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = NoteField(gettext_lazy("Note"), rows=3)

    def __init__(self, data, *, groups, people, barred) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        anyone = [
            (f"{_GROUP}:{g}", _("Any of the %(group)s") % {"group": roles.label(g).lower()})
            for g in groups
        ]
        named = [(f"{_PERSON}:{pk}", permissions.person_name(p)) for pk, p in self.people.items()]
        self.fields["asked"].choices = [
            (_("A group"), anyone),
            *([(_("A person"), named)] if named else []),
        ]
        today = zone.date_of(clock.now())
        self.fields["due"].widget.attrs["min"] = today.isoformat()
        names = ", ".join(permissions.person_name(person) for person in barred)
        if names:
            self.fields["asked"].help_text = _(
                "Not in the list, because they wrote part of this text: %(names)s."
            ) % {"names": names}

    def clean_due(self):
        """Refuse a day that has passed: nobody could keep to it."""
        due = self.cleaned_data["due"]
        if due is not None and due < zone.date_of(clock.now()):
            raise forms.ValidationError(
                _("This day lies in the past. Choose today or a later one.")
            )
        return due

    def whom(self) -> dict:
        """Return the verb's ``reviewer`` or ``group``."""
        sort, _colon, which = self.cleaned_data["asked"].partition(":")
        return {"reviewer": self.people[which]} if sort == _PERSON else {"group": which}


class RequestReview(ActionPage):
    title = gettext_lazy("Request review")
    button = gettext_lazy("Request review")
    not_done = gettext_lazy("Not sent for review.")
    form_class = RequestReviewForm

    def form(self, request, entry, data):
        people = permissions.allowed_people("sign", self.kind)
        barred = {person.pk for person in four_eyes.barred(_context(entry))}
        return RequestReviewForm(
            data,
            groups=permissions.groups_for("sign", self.kind),
            people=[person for person in people if person.pk not in barred],
            barred=[person for person in people if person.pk in barred],
        )

    def act(self, request, entry, form) -> str:
        standing = state.standing_of(entry, clock.now())
        last = standing.sign_off
        if standing.is_signed:
            raise Refused(
                _("Not sent for review. %(name)s signed this version on %(when)s.")
                % {"name": last.name, "when": zone.moment(last.at)}
            )
        made = verbs.request_review(
            entry,
            by=request.user,
            due=form.cleaned_data["due"],
            note=form.cleaned_data["note"],
            **form.whom(),
        )
        return _("Sent for review to %(name)s.") % {"name": made.asked}


class DeclineForm(ActionForm):
    why = forms.ChoiceField(
        choices=DeclineRow.Whys.choices, widget=forms.RadioSelect, label=gettext_lazy("Why")
    )
    note = NoteField(
        gettext_lazy("Note"),
        help_text=gettext_lazy("For whoever asked. Say who else could do it, if you know."),
        rows=3,
    )


class Decline(ActionPage):
    title = gettext_lazy("I can't review this")
    button = gettext_lazy("Send it back")
    not_done = gettext_lazy("Not sent back.")
    allowed = "sign"
    form_class = DeclineForm
    template = "publishing/admin/review/decline.html"

    def act(self, request, entry, form) -> str:
        made = verbs.decline(entry, by=request.user, **form.cleaned_data)
        asker = permissions.person_name(made.request.by)
        left = [] if made.request.closed_at else still_asked(made.request, entry)
        if left:
            names = ", ".join(permissions.person_name(person) for person in left)
            return _("%(asker)s knows that you can't. Still asked: %(names)s.") % {
                "asker": asker,
                "names": names,
            }
        return _("Sent back to %(asker)s, who can ask somebody else.") % {"asker": asker}

    def context(self, request, entry):
        return {"request_for_review": open_request(entry)}


def _context(entry):
    return assessment.context_for(entry.head, clock.now())
