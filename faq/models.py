"""FAQ items, which articles embed, and the terms of the glossary, which every text may use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.documents import name_of
from publishing.models import Entry, OtherNames
from publishing.richtext import RichTextField


class Question(Entry):
    """A question that stands alone, and its answer."""

    kind_name = "question"

    entry = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    question = models.CharField(_("question"), max_length=300, blank=True)
    answer = RichTextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        # Lists leave long texts unread; asking for one here would be a query a row.
        answer = "" if "answer" in self.get_deferred_fields() else self.answer
        return name_of(self.question, answer) or f"({self.slug})"


class Term(OtherNames, Entry):
    """A word that readers may not know, explained."""

    kind_name = "term"

    entry = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    name = models.CharField(_("term"), max_length=120, blank=True)
    definition = models.TextField(
        _("in a sentence or two"),
        blank=True,
        help_text=_("At most 40 words. Shown wherever a page uses the term. Cite as [@key]."),
    )
    body = RichTextField(_("more about it"), blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.name or f"({self.slug})"
