"""The site's own register: one row."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.said import SaidInLanguages


def validate_time_zone(name: str) -> None:
    """Refuse a name that the time zone database does not have."""
    if name not in available_timezones():
        raise ValidationError(
            _("There is no time zone “%(name)s”. Write it as in “Europe/London”."),
            params={"name": name},
        )


def validate_intervals(intervals: object) -> None:
    """Refuse anything but whole months, 1 to 600, by the name of a kind."""
    good = isinstance(intervals, dict) and all(
        isinstance(months, int) and not isinstance(months, bool) and 1 <= months <= 600
        for months in intervals.values()
    )
    if not good:
        raise ValidationError(
            _('Write months by kind, from 1 to 600, for example {"disclaimer": 12}, or {}.')
        )


def validate_colour(text: str) -> None:
    """Refuse anything but a hexadecimal colour such as #0b5d5e."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValidationError(
            _("“%(text)s” is no colour. Write it as in “#0b5d5e”."), params={"text": text}
        )


def default_languages() -> list[str]:
    """Return the languages of a new site."""
    return ["en"]


_held: ContextVar["Site | None"] = ContextVar("held_site", default=None)


class Site(SaidInLanguages):
    """What holds for the whole site. There is exactly one row, made by ``post_migrate``."""

    TRANSLATED = ("tagline", "emergency_line", "advice_line", "audience", "funding", "footer")

    class Units(models.TextChoices):
        METRIC = "metric", _("Metric: g, ml, °C")
        US = "us", _("US customary: oz, fl oz, °F")

    name = models.CharField(_("name"), max_length=120, default="Health pages")
    tagline = models.CharField(_("what this site is, in a sentence"), max_length=200, blank=True)
    audience = models.CharField(_("written for"), max_length=120, default="the general public")
    country = models.CharField(_("country"), max_length=60, blank=True)
    emergency_line = models.CharField(
        _("emergency line"), max_length=120, default="your local emergency number"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[validate_time_zone]
    )
    advice_line = models.CharField(
        _("advice line"),
        max_length=120,
        blank=True,
        help_text=_("Where readers get advice that can't wait, for example a telephone service."),
    )
    languages = models.JSONField(
        _("languages"), default=default_languages, help_text=_('For example ["en", "es"].')
    )
    units = models.CharField(_("units"), max_length=8, choices=Units.choices, default=Units.METRIC)
    logo = models.ImageField(
        _("logo"),
        upload_to="site/",
        blank=True,
        help_text=_("PNG, JPEG or WebP. The name of the site is read out in its place."),
    )
    logo_dark = models.ImageField(_("logo on a dark page"), upload_to="site/", blank=True)
    colour = models.CharField(
        _("colour on a light page"), max_length=7, blank=True, validators=[validate_colour]
    )
    colour_dark = models.CharField(
        _("colour on a dark page"), max_length=7, blank=True, validators=[validate_colour]
    )
    footer = models.TextField(
        _("foot of every page"),
        max_length=2000,
        blank=True,
        help_text=_(
            "Who publishes the site, and links, one a line. A line that ends in an address is a "
            "link: “Privacy /privacy/” or “Our charity https://charity.example/”."
        ),
    )
    check_levels = models.JSONField(
        _("levels of checks"),
        default=dict,
        blank=True,
        help_text=_('Level by check, for example {"SUM-1": "advice"}.'),
    )
    funding = models.TextField(_("funding"), blank=True)
    review_interval_months = models.PositiveSmallIntegerField(
        _("review every (months)"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    review_intervals = models.JSONField(
        _("review intervals by kind"),
        default=dict,
        blank=True,
        validators=[validate_intervals],
        help_text=_('Months by kind, for example {"disclaimer": 12}.'),
    )
    only_row = models.BooleanField(default=True, editable=False, unique=True)

    last_read: ClassVar["Site | None"] = None
    """The row as this process read it last, for pages that must not ask the database."""

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("site")
        constraints = [
            models.CheckConstraint(condition=models.Q(only_row=True), name="site_has_one_row")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        # An empty list or null is what a form makes of “nothing”: no interval of its own.
        self.review_intervals = self.review_intervals or {}

    @classmethod
    def current(cls) -> "Site":
        """Return the one row, or its defaults where the database holds none yet."""
        held = _held.get()
        if held is None:
            held = Site.last_read = cls.objects.first() or cls()
        return held

    @staticmethod
    @contextmanager
    def held(site: "Site") -> Iterator[None]:
        """Let ``current`` answer with a row that was read already, while this lasts."""
        token = _held.set(site)
        try:
            yield
        finally:
            _held.reset(token)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone; UTC where the name is none, which the form refuses."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    def interval_for(self, kind: str) -> int:
        """Return the review interval of a kind, in months."""
        months = self.review_intervals.get(kind)
        usable = isinstance(months, int) and 1 <= months <= 600
        return months if usable else self.review_interval_months
