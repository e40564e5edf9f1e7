"""The library: bibliographic records, and what staff know of each citation of them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models import Entry, EntryRow
from references import identifiers
from references.fields import IdentifierField, NameListField

_KEY_HELP = _("The name by which texts cite it, as in [@garrison2020]. It can't change once used.")

NAMED = 80
"""As many characters of a title as tell a reference from the others in a list."""


class Reference(models.Model):
    """A bibliographic record with the fields of CSL-JSON and its identifiers."""

    class Types(models.TextChoices):
        ARTICLE = "article-journal", _("Journal article")
        BOOK = "book", _("Book")
        CHAPTER = "chapter", _("Chapter")
        REPORT = "report", _("Report")
        WEBPAGE = "webpage", _("Web page")
        THESIS = "thesis", _("Thesis")
        CONFERENCE = "paper-conference", _("Conference paper")
        DATASET = "dataset", _("Data set")
        DOCUMENT = "document", _("Other document")

    class Statuses(models.TextChoices):
        NONE = "", _("Nothing known")
        CONCERN = "concern", _("Expression of concern")
        CORRECTED = "corrected", _("Corrected")
        RETRACTED = "retracted", _("Retracted")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(_("citation key"), max_length=80, unique=True, help_text=_KEY_HELP)
    type = models.CharField(_("type"), max_length=24, choices=Types.choices, default=Types.ARTICLE)
    title = models.TextField(_("title"), blank=True)
    authors = NameListField(_("authors"), blank=True)
    editors = NameListField(_("editors"), blank=True)
    container_title = models.CharField(_("journal or book"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    publisher_place = models.CharField(_("place"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    no_date = models.BooleanField(_("no date"), default=False)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    page = models.CharField(_("pages or article number"), max_length=80, blank=True)
    doi = IdentifierField("DOI", identifiers.normalise_doi, max_length=200)
    pmid = IdentifierField("PMID", identifiers.normalise_pmid, max_length=12)
    pmcid = IdentifierField("PMCID", identifiers.normalise_pmcid, max_length=16)
    isbn = IdentifierField("ISBN", identifiers.normalise_isbn, max_length=17)
    url = models.URLField(_("address"), max_length=500, blank=True)
    accessed = models.DateField(_("accessed"), null=True, blank=True)
    study_design = models.CharField(_("study design"), max_length=120, blank=True)
    status = models.CharField(
        _("standing"), max_length=10, choices=Statuses.choices, blank=True, default=""
    )
    status_on = models.DateField(_("since"), null=True, blank=True)
    status_notice = models.CharField(_("notice"), max_length=400, blank=True)
    checked_on = models.DateField(_("last checked for retraction"), null=True, blank=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.UniqueConstraint(
                fields=[name],
                condition=~Q(**{name: ""}),
                name=f"reference_{name}_once",
                violation_error_message=_("Another reference already has this %(name)s.")
                % {"name": name.upper()},
            )
            for name in ("doi", "pmid", "pmcid", "isbn")
        ]

    def __str__(self) -> str:
        title = self.title
        if len(title) > NAMED:
            # Cut between words, and at no mark that promises more.
            title = title[:NAMED].rpartition(" ")[0].rstrip(" .,:;–—-") + "…"
        return f"{self.key}: {title}" if title else self.key


class FurtherReference(EntryRow):
    """A reference listed on a page though its text does not cite it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="further_references")
    reference = models.ForeignKey(
        Reference, models.PROTECT, related_name="listed_on", verbose_name=_("reference")
    )

    class Meta(EntryRow.Meta):
        verbose_name = _("further reference")
        verbose_name_plural = _("further references")
        constraints = [
            models.UniqueConstraint(fields=["entry", "reference"], name="further_reference_once")
        ]

    def __str__(self) -> str:
        return str(self.reference)


class Citation(models.Model):
    """What staff know of one entry's citation of one reference; never shown to the public."""

    class Readings(models.TextChoices):
        FULL = "full", _("Read in full")
        ABSTRACT = "abstract", _("Abstract only")
        SECOND_HAND = "second_hand", _("Second-hand")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="citations")
    reference = models.ForeignKey(
        Reference, models.PROTECT, related_name="citations", verbose_name=_("reference")
    )
    locator = models.CharField(_("where in the source"), max_length=120, blank=True)
    words = models.TextField(
        _("supporting words"),
        blank=True,
        help_text=_("At most 50 words of the source, for the reviewer alone."),
    )
    reading = models.CharField(
        _("how it was read"), max_length=12, choices=Readings.choices, blank=True
    )
    as_retracted = models.BooleanField(_("cited as retracted"), default=False)

    class Meta:
        ordering = ["reference__key"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(fields=["entry", "reference"], name="citation_row_once")
        ]

    def __str__(self) -> str:
        return self.reference.key
