"""The articles app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import kind
        from publishing import related

        kind.register()
        related.register("supplement", 3, supplement_ties)


def supplement_ties(document, sources):
    """Tie pages that show the same supplement's forms."""
    from supplements import tokens
    from supplements.models import Supplement

    uids = {*getattr(document, "comparisons", ()), *tokens.uids_in(document, sources)}
    found = Supplement.objects.filter(uid__in=uids).values_list("uid", "title")
    return [(str(uid), title) for uid, title in found]
