"""Contributors: who writes and signs, with what right and which interests."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Specialty(models.Model):
    """A field of practice that links reviewers to the topics they are fit to review."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")

    def __str__(self) -> str:
        return self.name


class Contributor(models.Model):
    """A person shown to readers as author or reviewer."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    bio = models.TextField(_("about"), blank=True)
    specialties = models.ManyToManyField(Specialty, blank=True, verbose_name=_("specialties"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("user"),
        help_text=_("The account with which this person signs."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return self.name

    def credentials_on(self, day: date) -> list["Credential"]:
        """Return the credentials that are in date on a day."""
        return [c for c in self.credentials.all() if c.expires is None or c.expires >= day]

    def disclosure_on(self, day: date) -> "Disclosure | None":
        """Return the newest disclosure made on or before a day."""
        made = [d for d in self.disclosures.all() if d.declared_on <= day]
        return max(made, key=lambda d: (d.declared_on, d.pk), default=None)


class Credential(models.Model):
    """A registration or degree, with its number and the last day on which it is valid."""

    contributor = models.ForeignKey(Contributor, models.CASCADE, related_name="credentials")
    name = models.CharField(_("credential"), max_length=200)
    number = models.CharField(_("number"), max_length=80, blank=True)
    authority = models.CharField(_("register or authority"), max_length=200, blank=True)
    expires = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self) -> str:
        return self.name


class Disclosure(models.Model):
    """What a contributor declared of their interests, on which day."""

    contributor = models.ForeignKey(Contributor, models.CASCADE, related_name="disclosures")
    text = models.TextField(_("interests"), help_text=_("Write “None.” where there are none."))
    declared_on = models.DateField(_("declared on"))

    class Meta:
        ordering = ["-declared_on", "-pk"]
        get_latest_by = "declared_on"
        verbose_name = _("disclosure of interests")
        verbose_name_plural = _("disclosures of interests")

    def __str__(self) -> str:
        return f"{self.declared_on}: {self.text[:60]}"
