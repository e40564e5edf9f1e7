"""Pictures: the library of them, and where an entry shows one."""

from django.conf import settings
from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.entries import Entry, EntryRow


class Picture(models.Model):
    """A picture of the library. Its files never change: another picture is another row.

    ``digest`` is the SHA-256 of the kept original; ``sent`` that of the file that was uploaded,
    before place and camera were taken out of it. ``files`` holds the SHA-256 of every file by name.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    sent = models.CharField(max_length=64, db_index=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    files = models.JSONField(editable=False)
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("For staff, to find it again. Readers don't see it."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, help_text=_("Who made it, as readers are to see it.")
    )
    licence = models.CharField(
        _("licence"), max_length=200, blank=True, help_text=_("Such as “CC BY 4.0”.")
    )
    source = models.CharField(
        _("where it is from"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The address of its page, if it has one."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    at = models.DateTimeField(_("added"), editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.title

    @property
    def uid(self) -> str:
        """What pages are tied to it by."""
        return self.digest


class Figure(EntryRow):
    """A picture in an entry: its words there, and the point that stays in view where it is cut."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        Picture, models.PROTECT, related_name="figures", verbose_name=_("picture")
    )
    key = models.SlugField(
        _("name in the text"),
        max_length=60,
        help_text=_("A line [[picture:name]] in the text places it."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("For who can't see it: what it shows that matters here."),
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It says nothing: screen readers skip it.")
    )
    caption = models.TextField(
        _("caption"), blank=True, help_text=_("Stands below it. May hold a [@citation].")
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, from the left (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, from the top (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    leads = models.BooleanField(
        _("leads the page"), default=False, help_text=_("It stands below the lead.")
    )

    class Meta(EntryRow.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(fields=["entry", "key"], name="figure_key_once_an_entry"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(leads=True), name="figure_one_leads_an_entry"
            ),
            models.CheckConstraint(
                condition=Q(decorative=False) | Q(alt=""),
                name="figure_decorative_or_in_words",
                violation_error_message=_(
                    "A decorative picture has no alternative text. Keep the words, or mark it as "
                    "decorative."
                ),
            ),
            models.CheckConstraint(
                condition=Q(focal_x__lte=100) & Q(focal_y__lte=100), name="figure_focal_within"
            ),
        ]

    def __str__(self) -> str:
        return self.key
