"""Topics: what pages are about, how they nest, and what a reader of one is shown first."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.people import Specialty
from publishing.models.said import SaidInLanguages


def explaining_kinds() -> Q:
    """Return the condition that an entry is of a kind that explains words."""
    from publishing import kinds  # the registry of kinds rests on the models

    return Q(kind__in=[kind.name for kind in kinds.every() if kinds.EXPLAINS in kind.flags])


class Topic(SaidInLanguages):
    """A register row: what a page is about, and how often such pages are reviewed.

    It holds no prose: what a topic means is told by the live edition of ``explained_by``.
    """

    TRANSLATED = ("name",)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    explained_by = models.ForeignKey(
        "publishing.Entry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=explaining_kinds,
        verbose_name=_("explained by"),
        help_text=_("The term whose definition opens the topic's page, once that term is live."),
    )
    specialties = models.ManyToManyField(
        Specialty,
        blank=True,
        verbose_name=_("specialties"),
        help_text=_("Who is fit to review this topic."),
    )
    review_interval_months = models.PositiveSmallIntegerField(
        _("review every (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    target_grade = models.PositiveSmallIntegerField(_("target reading grade"), default=8)

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a topic that would stand, through its parents, below itself."""
        super().clean()
        above, met = self.parent, set()
        while above is not None and above.pk not in met:
            if above.pk == self.pk:
                raise ValidationError(
                    {"parent": _("“%(topic)s” stands below this one.") % {"topic": self.parent}}
                )
            met.add(above.pk)
            above = above.parent


class FirstPage(models.Model):
    """A page that readers of a topic need most; shown before the others while it is live."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="first_pages")
    entry = models.ForeignKey(
        "publishing.Entry", models.PROTECT, related_name="first_on", verbose_name=_("page")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("page that readers need most")
        verbose_name_plural = _("pages that readers need most")
        constraints = [
            models.UniqueConstraint(fields=["topic", "entry"], name="first_page_once_a_topic")
        ]

    def __str__(self) -> str:
        return str(self.entry)
