"""What the readers' search looks through: projections of editions, and what it could not answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchText(models.Model):
    """What an edition says, made ready for the engine's full text; see ``publishing.search``.

    A projection of the edition's revision, like its ties. It is found by the stems of
    ``language``. ``title`` has a name a line, the title first. ``summary`` and ``body`` have a
    passage a line, ``anchors`` one line for each of them. ``facets`` is the kind and the uids of
    the topics, a space behind each. The engine's own index over it is made by the migration, for
    Django has no words for it.
    """

    edition = models.OneToOneField(
        "publishing.Edition", models.CASCADE, primary_key=True, related_name="search_text"
    )
    language = models.CharField(max_length=12, default="en")
    title = models.TextField()
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    anchors = models.TextField(blank=True)
    facets = models.TextField()

    class Meta:
        # On SQLite counting by facets reads this alone: the rows themselves are long.
        indexes = [models.Index(fields=["edition", "facets"], name="search_facets")]

    def __str__(self) -> str:
        return self.title.partition("\n")[0]


class SearchName(models.Model):
    """A name by which readers ask for an edition, as its words in their one spelling."""

    edition = models.ForeignKey("publishing.Edition", models.CASCADE, related_name="search_names")
    words = models.CharField(max_length=200, db_index=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word that some edition used: what a mistyped word may have been meant to be.

    ``spelling`` is the same for each way to write it (“oedema”, “edema”).
    """

    word = models.CharField(max_length=40, primary_key=True)
    spelling = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.word


class MissedSearch(models.Model):
    """How many readers looked on a day for words that no page has. It says nothing of them."""

    query = models.CharField(_("words"), max_length=80)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("readers"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="missed_once_a_day")]
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")

    def __str__(self) -> str:
        return self.query
