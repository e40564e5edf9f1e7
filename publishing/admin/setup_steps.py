"""One class a step: its form, what saving does, and what its page shows beside the form."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import contrast
from publishing.models import Topic
from publishing.setup import accounts, levels, page_drafts, registers, texts
from publishing.setup.forms import ColourForm, NameForm, PlaceForm, TopicForm
from publishing.setup.log import log
from publishing.setup.people_forms import LevelsForm, PersonForm


class StepPage:
    """A step's page for one request. ``form`` is None where there is nothing to fill in."""

    template = "step"
    button: Any = gettext_lazy("Save")
    next_url = ""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.data = request.POST if request.method == "POST" else None
        self.form: forms.BaseForm | None = self.make_form()

    def make_form(self) -> forms.BaseForm | None:
        """Return the form, bound where data was sent."""
        return None

    def is_valid(self) -> bool:
        """Say whether what was sent can be saved."""
        return self.form is None or self.form.is_valid()

    def save(self) -> str:
        """Do what was asked for, and return what to tell the person. May raise Refused."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """Return what the page shows besides."""
        return {}


class RegisterPage(StepPage):
    """A part of the site's row."""

    form_class: type[forms.ModelForm]

    def make_form(self):
        return self.form_class(
            self.data,
            self.request.FILES if self.data is not None else None,
            instance=registers.site_row(),
        )

    def save(self) -> str:
        site = self.form.save()
        if self.form.changed_data:
            labels = [str(self.form.fields[name].label) for name in self.form.changed_data]
            log(self.request.user, site, _("Changed: %(names)s") % {"names": ", ".join(labels)})
        return _("Saved.")


class NamePage(RegisterPage):
    form_class = NameForm


class PlacePage(RegisterPage):
    form_class = PlaceForm


class LookPage(RegisterPage):
    template = "look"
    form_class = ColourForm

    def save(self) -> str:
        said = super().save()
        passed = [
            _("%(colour)s has a contrast of at least %(ratio)s.")
            % {"colour": colour, "ratio": contrast.shown(contrast.worst(colour, grounds)[0])}
            for colour, grounds in (
                (self.form.cleaned_data["colour"], contrast.LIGHT_GROUNDS),
                (self.form.cleaned_data["colour_dark"], contrast.DARK_GROUNDS),
            )
            if colour
        ]
        return " ".join([said, *passed])

    def context(self) -> dict[str, Any]:
        # Pressed, a proposal is sent after what was typed under the same name, and so wins.
        proposals = {
            name: error.params["proposed"]
            for name, errors in self.form.errors.as_data().items()
            for error in errors
            if error.code == "contrast" and error.params["proposed"]
        }
        return {"proposals": proposals, "site": registers.site_row()}


class PeoplePage(StepPage):
    template = "people"
    button = gettext_lazy("Make the account")

    def make_form(self):
        return PersonForm(self.data)

    def save(self) -> str:
        user = accounts.save_person(self.form.person(), by=self.request.user)
        self.next_url = reverse("admin:setup_person", args=[user.pk])
        return _("The account is made. Give its holder the link below.")


class TopicsPage(StepPage):
    button = gettext_lazy("Add the topic")

    def make_form(self):
        return TopicForm(self.data)

    def save(self) -> str:
        topic, made = self.form.save()
        log(self.request.user, topic, _("Set while setting up"), added=made)
        said = _("“%(topic)s” is added.") if made else _("“%(topic)s” is brought up to date.")
        return said % {"topic": topic.name}


class DisclaimerPage(StepPage):
    template = "disclaimer"
    button = gettext_lazy("Make this the draft, in my name")

    def save(self) -> str:
        revision = texts.draft_disclaimer(by=self.request.user)
        self.next_url = reverse("admin:publishing_disclaimer_change", args=[revision.entry_id])
        return _("A draft is made. Change what does not fit, then ask somebody else to sign it.")

    def context(self) -> dict[str, Any]:
        entry = texts.site_disclaimer()
        return {"entry": entry, "offered": None if entry else page_drafts.disclaimer()}


class PagesForm(forms.Form):
    """Which drafts to make."""

    pages = forms.MultipleChoiceField(
        label=gettext_lazy("Drafts to make"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one page.")},
    )


class PagesPage(StepPage):
    template = "pages"
    button = gettext_lazy("Make these drafts, in my name")

    def make_form(self):
        self.offered = texts.pages_to_offer()
        if not self.offered and self.data is None:
            return None
        form = PagesForm(self.data, initial={"pages": [page.slug for page in self.offered]})
        # Every page may be sent: one that is there meanwhile is passed over, not refused.
        pages = self.offered if self.data is None else page_drafts.every()
        form.fields["pages"].choices = [(page.slug, page.title) for page in pages]
        return form

    def save(self) -> str:
        made = texts.draft_pages(self.form.cleaned_data["pages"], by=self.request.user)
        return ngettext(
            "%(count)d draft is made. Answer its questions before anybody signs it.",
            "%(count)d drafts are made. Answer their questions before anybody signs them.",
            len(made),
        ) % {"count": len(made)}

    def context(self) -> dict[str, Any]:
        return {"offered": self.offered}


class LevelsPage(StepPage):
    template = "levels"

    def make_form(self):
        self.topic = None
        slug = self.request.GET.get("topic", "")
        if slug:
            self.topic = Topic.objects.filter(slug=slug).first()
            if self.topic is None:
                raise Http404
        return LevelsForm(self.data, topic=self.topic)

    def save(self) -> str:
        changed = self.form.save(by=self.request.user)
        return "; ".join(changed) or _("Nothing was changed.")

    def context(self) -> dict[str, Any]:
        fixed = ", ".join(levels.fixed())
        return {"topic": self.topic, "topics": Topic.objects.all(), "fixed": fixed}


PAGES: dict[str, type[StepPage]] = {
    "name": NamePage,
    "look": LookPage,
    "place": PlacePage,
    "people": PeoplePage,
    "topics": TopicsPage,
    "disclaimer": DisclaimerPage,
    "pages": PagesPage,
    "levels": LevelsPage,
}
"""The page of each step, by its address."""
