"""The questions about people, and about the levels of checks."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import kinds
from publishing.checks.problems import Level
from publishing.models import Credential, Site, Topic
from publishing.permissions import person_name
from publishing.setup import levels
from publishing.setup.accounts import Person, account_of
from publishing.setup.check_names import name_of
from publishing.setup.people import ROLES, roles_of


class PersonForm(forms.Form):
    """Somebody's account: name, e-mail, roles and credential. ``user`` is whose it is already."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("As readers should see it."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=150,
        help_text=gettext_lazy("They sign in with it."),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    administrator = forms.BooleanField(
        label=gettext_lazy("Administrator: looks after accounts and settings"), required=False
    )
    credential = forms.CharField(
        label=gettext_lazy("Credential"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Such as “Registered dietitian”. Whoever signs health texts needs one."
        ),
    )
    number = forms.CharField(label=gettext_lazy("Its number"), max_length=80, required=False)
    authority = forms.CharField(
        label=gettext_lazy("Register or authority"), max_length=200, required=False
    )
    expires = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args, user=None, **kwargs) -> None:
        self.user = user
        if user is not None:
            kwargs["initial"] = {
                "name": user.get_full_name(),
                "email": user.email,
                "roles": roles_of(user),
                "administrator": user.is_superuser,
            }
        super().__init__(*args, **kwargs)
        if user is not None:
            self.fields["email"].help_text = _("They sign in as “%(name)s”.") % {
                "name": user.get_username()
            }

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        first, _space, last = name.partition(" ")
        if len(first) > 150 or len(last) > 150:
            raise ValidationError(_("This name is longer than 150 letters. Shorten it."))
        return name

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        taken = account_of(email)
        if taken is not None and taken != self.user:
            raise ValidationError(
                _("%(name)s has this address already. Change that account, or use another."),
                params={"name": person_name(taken)},
            )
        return email

    def clean(self) -> dict:
        cleaned = super().clean()
        signs = kinds.MEDICAL_REVIEWERS in cleaned.get("roles", ())
        if signs and not cleaned.get("credential") and not self._has_credential():
            told = _("A medical reviewer signs with a credential. Write theirs here.")
            self.add_error("credential", told)
        return cleaned

    def _has_credential(self) -> bool:
        named = Credential.objects.filter(contributor__user=self.user)
        return self.user is not None and named.exists()

    def person(self) -> Person:
        """Return what was answered."""
        return Person(**{**self.cleaned_data, "roles": tuple(self.cleaned_data["roles"])})


class LevelsForm(forms.Form):
    """A level for each check that can be lowered, for all pages or for one topic."""

    why = forms.CharField(
        label=gettext_lazy("Why you change it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The log keeps it, with your name and the time."),
    )

    def __init__(self, *args, topic: Topic | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic
        site = Site.current()
        for check in levels.lowerable():
            own = levels.gravest(check)
            choices = [("", _("%(level)s (its own)") % {"level": levels.LEVEL_LABELS[own]})]
            choices += [(one.value, levels.LEVEL_LABELS[one]) for one in levels.may_become(check)]
            self.fields[check] = forms.ChoiceField(
                label=f"{check}: {name_of(check)}",
                choices=choices,
                required=False,
                initial=levels.set_for(site, check, topic) or "",
            )
        # Asked last, after what it is about.
        self.fields["why"] = self.fields.pop("why")

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.wanted_changes() and not cleaned.get("why", "").strip():
            self.add_error("why", _("Say why: it is kept in the log."))
        return cleaned

    def wanted_changes(self) -> bool:
        """Say whether any level was changed."""
        return any(name != "why" for name in self.changed_data)

    def save(self, *, by) -> list[str]:
        """Set the levels and return what changed, a line each."""
        wanted = {
            check: Level(self.cleaned_data[check]) if self.cleaned_data.get(check) else None
            for check in levels.lowerable()
        }
        return levels.lower(wanted, by=by, why=self.cleaned_data["why"], topic=self.topic)
