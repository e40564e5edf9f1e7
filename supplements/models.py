"""Supplements: their forms, intake limits and interactions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Entry, OtherNames
from publishing.richtext import RichTextField


class Supplement(OtherNames, Entry):
    """A supplement's page, whose forms articles compare."""

    kind_name = "supplement"

    entry = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    title = models.CharField(_("name"), max_length=200)
    quick_summary = models.TextField(
        _("quick summary"), blank=True, help_text=_("What it is and helps, in 50 words or fewer.")
    )
    ask_first = RichTextField(_("who must ask first"), blank=True)
    body = RichTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")

    def __str__(self) -> str:
        return self.title


class SupplementRow(models.Model):
    """A row of a supplement that keeps its place."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


_CELL_HELP = _("With its [@citation]. Write “No data” where nothing is known.")


class Form(SupplementRow):
    """One chemical form of a supplement: a row of the comparison table."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="forms")
    name = models.CharField(_("form"), max_length=120)
    absorption = models.TextField(
        _("bioavailability and absorption"), blank=True, help_text=_CELL_HELP
    )
    common_use = models.TextField(_("common use"), blank=True, help_text=_CELL_HELP)
    side_effects = models.TextField(_("possible side effects"), blank=True, help_text=_CELL_HELP)
    compare = models.BooleanField(_("show in comparison tables"), default=True)

    class Meta(SupplementRow.Meta):
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def __str__(self) -> str:
        return self.name


class IntakeLimit(SupplementRow):
    """A recommended, adequate or upper intake, for whom, set by whom, counting what."""

    class Kinds(models.TextChoices):
        RECOMMENDED = "recommended", _("Recommended amount")
        ADEQUATE = "adequate", _("Adequate intake")
        UPPER = "upper", _("Upper limit")

    class Bases(models.TextChoices):
        ELEMENTAL = "elemental", _("The element alone")
        COMPOUND = "compound", _("The whole compound")

    class Counts(models.TextChoices):
        SUPPLEMENTS = "supplements", _("Supplements and medicines only")
        ALL = "all", _("Food, drink and supplements together")

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="limits")
    label = models.CharField(_("what it is"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kinds.choices)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Bases.choices, blank=True)
    population = models.CharField(_("for whom"), max_length=200, blank=True)
    authority = models.CharField(_("set by"), max_length=200, blank=True)
    counts = models.CharField(
        _("what it counts"), max_length=12, choices=Counts.choices, blank=True
    )
    citations = models.CharField(_("citations"), max_length=300, blank=True)

    class Meta(SupplementRow.Meta):
        verbose_name = _("intake limit")
        verbose_name_plural = _("intake limits")

    def __str__(self) -> str:
        return f"{self.label} {self.population}"


class Interaction(SupplementRow):
    """What happens together with a medicine, food or other supplement, and what to do."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="interactions")
    substance = models.CharField(_("with"), max_length=200)
    effect = models.TextField(_("what happens"), blank=True)
    advice = models.TextField(_("what to do"), blank=True)

    class Meta(SupplementRow.Meta):
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")

    def __str__(self) -> str:
        return self.substance
