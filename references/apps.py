"""The references app: tells the spine how citations are frozen, checked and tied."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferencesConfig(AppConfig):
    name = "references"
    verbose_name = _("References")

    def ready(self) -> None:
        from publishing import claims, sources, ties
        from publishing.models import EditionTie
        from references import checks, library, retraction_checks  # noqa: F401  (they register)
        from references.claims import LIBRARY

        sources.register("references", library.freeze)
        claims.register(LIBRARY)
        ties.register(EditionTie.REFERENCE, 2, reference_ties)


def reference_ties(context):
    """Tie pages that rest on the same sources; the reason counts them."""
    return [(frozen["uid"], "") for frozen in context.sources.get("references", {}).values()]
