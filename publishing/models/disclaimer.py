"""The medical disclaimer: an entry of floor 0, because every page carries one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.entries import Entry
from publishing.models.topics import Topic
from publishing.richtext import RichTextField


class Disclaimer(Entry):
    """A disclaimer with the pages that it is for. The most specific live one is shown."""

    kind_name = "disclaimer"

    class Scopes(models.TextChoices):
        SITE = "site", _("The whole site")
        KIND = "kind", _("One kind of page")
        TOPIC = "topic", _("One topic")
        ENTRY = "entry", _("One page")

    entry = models.OneToOneField(
        Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )
    # The entry's language once more: a constraint can't reach into the parent's table.
    for_language = models.CharField(max_length=12, default="en", editable=False)
    title = models.CharField(_("heading"), max_length=200, default="About this information")
    body = RichTextField(_("text"), blank=True)
    scope = models.CharField(
        _("shown on"), max_length=5, choices=Scopes.choices, default=Scopes.SITE
    )
    scope_kind = models.CharField(_("kind of page"), max_length=20, blank=True)
    scope_topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, verbose_name=_("topic"), related_name="+"
    )
    scope_entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, verbose_name=_("page"), related_name="+"
    )

    class Meta:
        verbose_name = _("disclaimer")
        verbose_name_plural = _("disclaimers")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(scope="site", scope_kind="", scope_topic=None, scope_entry=None)
                    | (Q(scope="kind", scope_topic=None, scope_entry=None) & ~Q(scope_kind=""))
                    | Q(scope="topic", scope_kind="", scope_topic__isnull=False, scope_entry=None)
                    | Q(scope="entry", scope_kind="", scope_topic=None, scope_entry__isnull=False)
                ),
                name="disclaimer_scope_names_its_target",
                violation_error_message=_(
                    "Say where the disclaimer is shown: fill the one field that belongs to "
                    "“shown on” and leave the others empty."
                ),
            ),
            models.UniqueConstraint(
                fields=["scope", "for_language"],
                condition=Q(scope="site"),
                name="disclaimer_once_for_site",
                violation_error_message=_("The site already has a disclaimer. Change that one."),
            ),
            models.UniqueConstraint(
                fields=["scope_kind", "for_language"],
                condition=Q(scope="kind"),
                name="disclaimer_once_for_kind",
                violation_error_message=_("This kind already has a disclaimer. Change that one."),
            ),
            models.UniqueConstraint(
                fields=["scope_topic", "for_language"],
                condition=Q(scope="topic"),
                name="disclaimer_once_for_topic",
                violation_error_message=_("This topic already has a disclaimer. Change that one."),
            ),
            models.UniqueConstraint(
                fields=["scope_entry", "for_language"],
                condition=Q(scope="entry"),
                name="disclaimer_once_for_entry",
                violation_error_message=_("This page already has a disclaimer. Change that one."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.for_language = self.language
        super().save(*args, **kwargs)
