"""Articles, and the site's own static pages."""

from django.conf import global_settings, settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from faq.models import Question
from publishing import languages
from publishing.models import Contributor, Entry, EntryRow, OtherNames
from publishing.richtext import RichTextField
from supplements.models import Supplement

# Served in front of the site's own addresses, or kept for what will be.
RESERVED = frozenset({"api", "disclaimer", "healthz", "media", "og", "readyz", "share", "static"})

# Below these stand the pages in that language, on a site that has it.
LANGUAGES = frozenset(code for code, _name in global_settings.LANGUAGES)


def is_the_sites_own(slug: str) -> bool:
    """Say whether the site itself answers at an address below its root, now or in a language."""
    from publishing.views import entry_page  # views rest on the models

    if slug in RESERVED or slug.lower() in LANGUAGES.union(map(str.lower, languages.every())):
        return True
    try:
        # The desk's own language may have its addresses below a prefix.
        with languages.active(languages.default()):
            return resolve(f"/{slug}/").func is not entry_page
    except Resolver404:
        return False


class Article(OtherNames, Entry):
    """An article: one rich text, and all that stands round it."""

    kind_name = "article"

    entry = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=300)
    lead = models.TextField(_("lead"), blank=True, help_text=_("45 words or fewer."))
    quick_summary = models.TextField(
        _("quick summary"),
        blank=True,
        help_text=_("The answer to the title in 50 words or fewer."),
    )
    body = RichTextField(
        _("text"),
        blank=True,
        help_text=_(
            "Its headings make “In this article”; its last section is the conclusion. "
            "Cite as [@key]. [[forms:magnesium]] places that comparison table."
        ),
    )
    requested_reviewer = models.ForeignKey(
        Contributor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested reviewer"),
        help_text=_("Whom you would like to sign it. Readers see who did sign."),
    )
    funding = models.TextField(
        _("funding"), blank=True, help_text=_("Leave empty where the site's statement holds.")
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return self.title


class ArticleQuestion(EntryRow):
    """A question shown on an article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="placed_questions")
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="placements", verbose_name=_("question")
    )

    class Meta(EntryRow.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("frequently asked questions")
        constraints = [
            models.UniqueConstraint(fields=["article", "question"], name="question_once_an_article")
        ]

    def __str__(self) -> str:
        return str(self.question)


class ArticleComparison(EntryRow):
    """A supplement whose forms an article compares."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="comparisons")
    supplement = models.ForeignKey(
        Supplement, models.PROTECT, related_name="compared_in", verbose_name=_("supplement")
    )

    class Meta(EntryRow.Meta):
        verbose_name = _("comparison table")
        verbose_name_plural = _("supplement forms to compare")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "supplement"], name="comparison_once_an_article"
            )
        ]

    def __str__(self) -> str:
        return str(self.supplement)


class RelatedArticle(EntryRow):
    """A related article picked by hand, and why."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_by_hand")
    to = models.ForeignKey(
        Article, models.PROTECT, related_name="related_from", verbose_name=_("article")
    )
    reason = models.CharField(_("why it is related"), max_length=200, blank=True)

    class Meta(EntryRow.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles, by hand")
        constraints = [
            models.UniqueConstraint(fields=["article", "to"], name="related_once_an_article"),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("to")), name="related_to_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.to)


class StaticPage(Entry):
    """A page of the site itself: about, editorial policy, accessibility."""

    kind_name = "static_page"

    entry = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200)
    body = RichTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("static page")
        verbose_name_plural = _("static pages")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.slug and is_the_sites_own(self.slug):
            raise ValidationError(
                {
                    "slug": _("The site uses /%(slug)s/ itself. Choose another.")
                    % {"slug": self.slug}
                }
            )


class ImportRecord(models.Model):
    """The file that a draft was imported from, kept whole, with the report shown then.

    ``slug`` is that of the file's title, by which a later run recognises it. ``made`` holds the
    uids of the entries that the import wrote and the digest it left at each, by which a draft
    edited by a person since is told. ``offered`` holds table rows that an existing supplement
    was not changed for.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="imports")
    slug = models.CharField(max_length=200, db_index=True)
    filename = models.CharField(max_length=300)
    original = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    report = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    offered = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.filename
