"""The one way in which every action works: a form, a verb, a refusal kept on the page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing import kinds, permissions
from publishing.admin.places import anchor
from publishing.models import Entry
from publishing.refusals import Refused


class ActionForm(forms.Form):
    """A form of an action; the subclass adds its fields."""

    required_css_class = "required"


class Closed(Exception):
    """There is no form for this person, or none now; ``why`` says so in its place."""

    def __init__(self, entry: Entry, why: str, status: int = 200) -> None:
        super().__init__(why)
        self.entry, self.why, self.status = entry, why, status


class ActionPage:
    """An action on one entry. A subclass says who may, shows its form and calls its verb.

    A refusal is shown on the page with its problems, and what was typed is kept.
    """

    title: Any = ""
    button: Any = ""
    not_done: Any = _("Nothing was done.")
    allowed: permissions.Action = "write"
    form_class: type[ActionForm] = ActionForm
    template = "publishing/admin/action.html"
    dangerous = False

    def __init__(self, model_admin) -> None:
        self.model_admin = model_admin
        self.kind = kinds.get(model_admin.model.kind_name)

    def __call__(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            entry = self.entry(request, pk)
        except Closed as closed:
            return self.closed(request, closed)
        form = self.form(request, entry, request.POST if request.method == "POST" else None)
        refusal = None
        if request.method == "POST" and form.is_valid():
            try:
                done = self.act(request, entry, form)
            except Refused as error:
                refusal = error
            else:
                messages.success(request, done)
                return HttpResponseRedirect(self.change_url(entry))
        return self.page(request, entry, form, refusal)

    def entry(self, request: HttpRequest, pk: int) -> Entry:
        """Return the entry, or refuse somebody who may not even see it, or may not do this.

        Raises Closed where the page is opened in vain. What was sent is another matter: a form
        that its sender may not send is answered with what they typed, and the verb says the rest.
        """
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        entry = (
            self.kind.model.objects.select_related("head__by", "head__payload")
            .filter(pk=pk)
            .first()
        )
        if entry is None or entry.head is None:
            raise Http404
        if not permissions.may(request.user, self.allowed, self.kind):
            who = permissions.who_may(self.allowed, self.kind)
            if request.method == "POST":
                raise permissions.MayNot(who)
            raise Closed(entry, who, 403)
        if request.method != "POST" and (why := self.idle(entry)):
            raise Closed(entry, why)
        return entry

    def idle(self, entry: Entry) -> str:
        """Say why there is nothing to do here now; "" where there is."""
        return ""

    def form(self, request: HttpRequest, entry: Entry, data) -> ActionForm:
        """Return the form, bound where data was sent."""
        return self.form_class(data)

    def act(self, request: HttpRequest, entry: Entry, form: ActionForm) -> str:
        """Call the verb and return what to tell the person."""
        raise NotImplementedError

    def context(self, request: HttpRequest, entry: Entry) -> dict[str, Any]:
        """Return what the page shows beside the form."""
        return {}

    def change_url(self, entry: Entry) -> str:
        """Return the address of the entry's change page."""
        meta = self.model_admin.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])

    def page(
        self, request: HttpRequest, entry: Entry, form: ActionForm, refusal: Refused | None
    ) -> HttpResponse:
        """Show the form, with the refusal on top where there is one."""
        context = {
            **self._frame(request, entry),
            "button": self.button,
            "not_done": self.not_done,
            "dangerous": self.dangerous,
            "kind": self.kind,
            "form": form,
            "refusal": refusal,
            "refused_problems": [
                (problem, f"{self.change_url(entry)}#{anchor(problem.place)}")
                for problem in (refusal.problems if refusal else ())
            ],
            "media": self.model_admin.media + form.media,
            **self.context(request, entry),
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, self.template, context, status=status)

    def closed(self, request: HttpRequest, closed: Closed) -> HttpResponse:
        """Say in place of the form why there is none."""
        context = {**self._frame(request, closed.entry), "why": closed.why}
        page = "publishing/admin/closed.html"
        return TemplateResponse(request, page, context, status=closed.status)

    def _frame(self, request: HttpRequest, entry: Entry) -> dict[str, Any]:
        return {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.model_admin.model._meta,
            "title": self.title,
            "entry": entry,
            "change_url": self.change_url(entry),
            "media": self.model_admin.media,
        }


class NoteField(forms.CharField):
    """A few words that may be left out."""

    def __init__(self, label, help_text="", rows: int = 2) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)


class InterestsField(NoteField):
    """The signer's interests, said anew as they sign."""

    def __init__(self, label) -> None:
        super().__init__(label, help_text=_("Write “None.” if you have none."))


class PasswordField(forms.CharField):
    """The password once more: a signature is made by the person, not by an open browser."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Your password, again"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )


def check_password(request: HttpRequest, form: ActionForm) -> None:
    """Raise Refused unless the typed password is the signer's own."""
    if not request.user.check_password(form.cleaned_data["password"]):
        raise Refused(_("Not signed. That is not your password. Type it again."))
