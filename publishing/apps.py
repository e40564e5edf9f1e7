"""The publishing app: registers the disclaimer's kind, the checks and the guards' signal."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate
from django.utils.translation import gettext_lazy as _


def drop_guards(using: str, plan=(), **kwargs) -> None:
    """Let migrations rebuild guarded tables; ``healthcms`` puts the guards back afterwards.

    Raises CommandError, with the guards in place, where a migration to undo would fail.
    """
    from publishing import going_back, guards

    going_back.refuse_what_would_fail(plan, using)
    guards.drop(using)


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from publishing import disclaimer_kind, sources, ties
        from publishing.checks import evidence, languages, people, readiness, wording  # noqa: F401  (register)
        from publishing.pictures import checks, frozen  # noqa: F401  (checks register themselves)

        disclaimer_kind.register()
        sources.register(frozen.NAME, frozen.freeze)
        ties.register(frozen.TIE, 0, frozen.ties)
        pre_migrate.connect(drop_guards, sender=self, dispatch_uid="publishing.drop_guards")
