"""FAQ items: a question and its answer, an entry of its own that articles embed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.documents import name_of
from publishing.models import Entry
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
