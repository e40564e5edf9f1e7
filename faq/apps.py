"""The FAQ app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FaqConfig(AppConfig):
    name = "faq"
    verbose_name = _("Questions and answers")

    def ready(self) -> None:
        from faq import checks, kind, term_checks  # noqa: F401  (checks register themselves)

        kind.register()
