"""The questions of each step: asked on the admin's pages and by ``setup_site`` alike."""

import re
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import clock, contrast
from publishing.models import Edition, Site, Specialty, Topic
from publishing.setup import registers
from publishing.setup.logo_field import LogoField

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class SiteForm(forms.ModelForm):
    """A part of the site's row."""

    class Meta:
        model = Site
        fields = ()


class NameForm(SiteForm):
    """Name, readers and funding."""

    class Meta(SiteForm.Meta):
        fields = ("name", "tagline", "audience", "funding")
        widgets = {"funding": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "funding": gettext_lazy(
                "Who pays, and whether they have a say in the texts. Readers see these words on "
                "every health page that has none of its own."
            ),
            "name": gettext_lazy(
                "Up to 36 characters fit into the head of each page on a phone, unless a logo "
                "stands in its place."
            ),
            "audience": gettext_lazy("Whoever signs approves the text for these readers."),
        }


class ColourForm(SiteForm):
    """Logo, colours and footer; a colour in which text could not be read is refused."""

    class Meta(SiteForm.Meta):
        fields = ("logo", "logo_dark", "colour", "colour_dark", "footer")
        field_classes = {"logo": LogoField, "logo_dark": LogoField}
        widgets = {"footer": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "logo": gettext_lazy(
                "PNG, JPEG or WebP, up to 300 kB. It stands in the head of each page, 40 pixels "
                "high, and the site's name is read out in its place."
            ),
            "logo_dark": gettext_lazy(
                "For readers whose device is set to dark pages. Leave empty if the logo can be "
                "seen on both."
            ),
            "colour": gettext_lazy("For links and the head of a page, such as “#0b5d5e”."),
            "colour_dark": gettext_lazy("For readers whose device is set to dark pages."),
        }

    def clean_colour(self) -> str:
        return self._readable("colour", contrast.LIGHT_GROUNDS)

    def clean_colour_dark(self) -> str:
        return self._readable("colour_dark", contrast.DARK_GROUNDS)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("logo_dark") and not cleaned.get("logo") and "logo" not in self.errors:
            said = _("Dark pages alone can't have a logo. Add the one for light pages, too.")
            self.add_error("logo_dark", said)
        return cleaned

    def _readable(self, name: str, grounds: tuple[str, ...]) -> str:
        colour = self.cleaned_data[name].lower()
        if not colour:
            return ""
        try:
            verdict = contrast.judge(colour, grounds)
        except ValueError:
            # The field's own validator says so.
            return colour
        if not verdict.passes:
            raise ValidationError(
                registers.contrast_problem(verdict),
                code="contrast",
                params={"proposed": verdict.proposed},
            )
        return colour


class PlaceForm(SiteForm):
    """Country, help lines, time zone, languages and units."""

    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=[(name, name.replace("_", " ")) for name in sorted(available_timezones())],
        error_messages={
            "invalid_choice": gettext_lazy(
                "There is no time zone “%(value)s”. Write it as in “Europe/London”."
            )
        },
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("Codes with commas between them, the site's own first: “en, es”."),
    )

    class Meta(SiteForm.Meta):
        fields = (
            "country",
            "emergency_line",
            "advice_line",
            "time_zone",
            "languages",
            "units",
        )
        help_texts = {
            "emergency_line": gettext_lazy(
                "What readers call in an emergency: it ends the sentence “In an emergency, call …”."
            ),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = ", ".join(map(str, self.instance.languages or ()))

    def clean_languages(self) -> list[str]:
        codes = [code.strip() for code in self.cleaned_data["languages"].split(",")]
        codes = list(dict.fromkeys(code for code in codes if code))
        wrong = [code for code in codes if not _LANGUAGE.fullmatch(code)]
        if wrong or not codes:
            raise ValidationError(
                _("“%(code)s” is no language code. Write it as in “en” or “pt-BR”."),
                params={"code": wrong[0] if wrong else ""},
            )
        before = self.instance.languages or []
        _refuse_if_pages_would_be_lost(before, codes)
        _refuse_if_pages_would_be_hidden(before, codes)
        return codes


def _refuse_if_pages_would_be_lost(before: list[str], after: list[str]) -> None:
    """Refuse to drop a language, or to put another first, while pages in it are live or will be.

    Their addresses follow from the register: they would lead nowhere.
    """
    kept = after[1:] if before[:1] == after[:1] else []
    lost = [code for code in before[1:] if code not in kept]
    first = before[:1] if before[:1] != after[:1] else []
    shown = Edition.objects.held().ending_after(clock.now())
    for code in [*lost, *first]:
        if count := shown.filter(entry__language=code).values("entry").distinct().count():
            raise ValidationError(
                ngettext(
                    "%(count)d page in “%(code)s” is live or scheduled. Its address would lead "
                    "nowhere. Leave the language in its place, or first withdraw the page or "
                    "cancel its schedule.",
                    "%(count)d pages in “%(code)s” are live or scheduled. Their addresses would "
                    "lead nowhere. Leave the language in its place, or first withdraw the pages "
                    "or cancel their schedules.",
                    count,
                ),
                params={"count": count, "code": code},
            )


def _refuse_if_pages_would_be_hidden(before: list[str], after: list[str]) -> None:
    """Refuse to add a language below whose code a page stands, or stood, already."""
    for code in after[1:]:
        path = f"/{code.lower()}/"
        standing = Edition.objects.held().filter(path__startswith=path)
        if code not in before[1:] and standing.exists():
            raise ValidationError(
                _(
                    "The pages in “%(code)s” would stand at %(path)s, where another page has its "
                    "address. Leave this language out."
                ),
                params={"code": code, "path": path},
            )


class TopicForm(forms.Form):
    """A topic with its interval, its reading grade and the specialties that fit it."""

    name = forms.CharField(label=gettext_lazy("Topic"), max_length=120)
    months = forms.IntegerField(
        label=gettext_lazy("Review every (months)"), min_value=1, max_value=600, initial=24
    )
    grade = forms.IntegerField(
        label=gettext_lazy("Target reading grade"),
        min_value=1,
        max_value=18,
        initial=8,
        help_text=gettext_lazy("Of the Flesch-Kincaid scale; 8 or lower suits most readers."),
    )
    specialties = forms.CharField(
        label=gettext_lazy("Specialties that fit"),
        required=False,
        help_text=gettext_lazy(
            "Commas between them, such as “Nutrition, Pharmacy”. Leave empty if any will do."
        ),
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not slugify(name):
            raise ValidationError(_("No address can be made of this name. Use Latin letters."))
        return name

    def save(self) -> tuple[Topic, bool]:
        """Make the topic, or bring the one of that name up to date; return it and if it is new."""
        said = self.cleaned_data
        topic, made = Topic.objects.update_or_create(
            slug=slugify(said["name"])[:80],
            defaults={
                "name": said["name"],
                "review_interval_months": said["months"],
                "target_grade": said["grade"],
            },
        )
        names = [name.strip()[:120] for name in said["specialties"].split(",") if name.strip()]
        topic.specialties.set([Specialty.objects.get_or_create(name=name)[0] for name in names])
        return topic, made
