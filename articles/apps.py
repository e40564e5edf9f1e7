"""The articles app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import kind
        from publishing import ties

        kind.register()
        ties.register("supplement", 3, supplement_ties)


def supplement_ties(context):
    """Tie pages that show the same supplement's forms."""
    return [
        (str(uid), embed.document.display_title)
        for uid, embed in context.embeds.items()
        if embed.entry.kind == "supplement" and embed.shown_revision
    ]
