"""Entries and the rows that any kind of entry may have."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.people import Contributor
from publishing.models.topics import Topic


class ChangeKindChoices(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    UPDATE = "update", _("Update")
    MINOR = "minor", _("Minor change")


class Entry(models.Model):
    """The identity of something publishable. Each kind is a multi-table child that names itself."""

    kind_name = ""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, editable=False)
    language = models.CharField(_("language"), max_length=12, default="en", editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=200,
        help_text=_("The last part of the page's address: lower-case words joined by hyphens."),
    )
    head = models.ForeignKey(
        "publishing.Revision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    translated_from = models.ForeignKey(
        "publishing.Revision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="translations",
        verbose_name=_("translated from"),
    )
    change_kind = models.CharField(
        _("what kind of change"), max_length=12, blank=True, choices=ChangeKindChoices.choices
    )
    change_note = models.TextField(
        _("what changed, for readers"),
        blank=True,
        help_text=_(
            "One sentence. Needed from the second edition on. A correction says what the page "
            "said, what it should have said and who might be affected."
        ),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="entries", verbose_name=_("topics")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "slug"],
                name="entry_slug_per_kind",
                violation_error_message=_(
                    "Another entry of this kind already has this address. Choose another."
                ),
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="entry_has_kind"),
        ]
        indexes = [models.Index(fields=["language"], name="entry_by_language")]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} “{self.slug}”"

    def save(self, *args, **kwargs) -> None:
        """Save the row, but never ``head``: save_revision alone moves it.

        A form holds the entry as it was when it was opened; writing that head back would hide a
        revision that somebody saved meanwhile.
        """
        self.kind = self.kind or self.kind_name
        if not (self._state.adding or kwargs.get("force_insert") or kwargs.get("update_fields")):
            unread = self.get_deferred_fields()
            kwargs["update_fields"] = [
                field.name
                for field in self._meta.concrete_fields
                if not (field.primary_key or field.name == "head" or field.attname in unread)
            ]
        super().save(*args, **kwargs)


class OtherNames(models.Model):
    """Mixin of a kind that readers may look for by more names than its title, one name a line."""

    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("One a line: other spellings, the plural, what doctors call it."),
    )

    class Meta:
        abstract = True


class EntryRow(models.Model):
    """A row that belongs to an entry and keeps its place in a list."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class KeyPoint(EntryRow):
    """One sentence that a page stands for; see GRADE for the certainties."""

    class Kinds(models.TextChoices):
        EFFECT = "effect", _("Effect: it does something")
        FACT = "fact", _("Fact")
        ADVICE = "advice", _("Advice")

    class Certainties(models.TextChoices):
        HIGH = "high", _("High: we are very sure")
        MODERATE = "moderate", _("Moderate: we are fairly sure")
        LOW = "low", _("Low: we are not very sure")
        VERY_LOW = "very_low", _("Very low: we can't be sure")
        NOT_GRADED = "not_graded", _("Not graded")

    class Graders(models.TextChoices):
        SOURCE = "source", _("The source graded it")
        US = "us", _("We graded it")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="key_points")
    label = models.CharField(_("label"), max_length=120, blank=True)
    text = models.TextField(
        _("text"), blank=True, help_text=_("One sentence, with its [@citation].")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kinds.choices, default=Kinds.FACT)
    certainty = models.CharField(
        _("certainty"), max_length=10, choices=Certainties.choices, blank=True
    )
    certainty_reason = models.CharField(_("why this certainty"), max_length=300, blank=True)
    study_design = models.CharField(_("study design"), max_length=200, blank=True)
    graded_by = models.CharField(_("graded by"), max_length=6, choices=Graders.choices, blank=True)
    editorial = models.BooleanField(
        _("our editorial advice"), default=False, help_text=_("Advice that rests on no source.")
    )

    class Meta(EntryRow.Meta):
        verbose_name = _("key point")
        verbose_name_plural = _("key points")

    def __str__(self) -> str:
        return self.label or self.text[:60]


class GetHelp(EntryRow):
    """Whom to contact, and for which signs."""

    class Levels(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency: now")
        URGENT = "urgent", _("Urgent: today")
        APPOINTMENT = "appointment", _("Make an appointment")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="get_help")
    level = models.CharField(_("how urgent"), max_length=12, choices=Levels.choices)
    contact = models.CharField(_("whom to contact"), max_length=300, blank=True)
    signs = models.TextField(_("for which signs"), blank=True)

    class Meta(EntryRow.Meta):
        verbose_name = _("when to get help")
        verbose_name_plural = _("when to get help")
        constraints = [
            models.UniqueConstraint(fields=["entry", "level"], name="get_help_once_a_level")
        ]

    def __str__(self) -> str:
        return self.get_level_display()


class Authorship(EntryRow):
    """Who wrote an entry, in which role and order."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="authorships")
    contributor = models.ForeignKey(
        Contributor, models.PROTECT, related_name="authorships", verbose_name=_("contributor")
    )
    role = models.CharField(_("role"), max_length=60, default="author")

    class Meta(EntryRow.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(fields=["entry", "contributor"], name="author_once_an_entry")
        ]

    def __str__(self) -> str:
        return str(self.contributor)


class Guess(EntryRow):
    """Something that an import guessed. Confirming it deletes the row, which is writing."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="guesses")
    field = models.CharField(max_length=60)
    heading = models.CharField(max_length=300, blank=True)
    message = models.TextField()

    class Meta(EntryRow.Meta):
        verbose_name = _("guess to confirm")
        verbose_name_plural = _("guesses to confirm")

    def __str__(self) -> str:
        return self.message
