"""The supplements app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupplementsConfig(AppConfig):
    name = "supplements"
    verbose_name = _("Supplements")

    def ready(self) -> None:
        from publishing import sources
        from supplements import checks, kind, tokens  # noqa: F401  (checks register themselves)

        kind.register()
        sources.register("forms", tokens.freeze)
