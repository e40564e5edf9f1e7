"""The last app: it makes the groups and puts the guards back when all tables are there."""

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate


def prepare_database(using: str, apps=installed, **kwargs) -> None:
    """Make guards, rows of which there is one, groups, and what is read from texts if missing."""
    from healthcms.groups import make_groups
    from publishing import guards, names, search, word_list

    if not apps.all_models["publishing"]:
        return  # gone back before the first of them
    guards.install(using)
    # As the tables are by now: after going back they lack columns of today's models.
    apps.get_model("publishing", "Ledger").objects.using(using).get_or_create(pk=1)
    apps.get_model("publishing", "Site").objects.using(using).get_or_create(only_row=True)
    make_groups(using)
    if _has_todays_tables(apps):
        word_list.record_missing(using)
        names.record_missing(using)
        search.record_missing(using)


def _has_todays_tables(apps) -> bool:
    """Say whether the tables are those of today's models: not after going back."""
    return all(
        model._meta.model_name in apps.all_models["publishing"]
        and _columns(apps.get_model(model._meta.label)) >= _columns(model)
        for model in installed.get_app_config("publishing").get_models()
    )


def _columns(model) -> set[str]:
    return {field.column for field in model._meta.local_concrete_fields}


class HealthcmsConfig(AppConfig):
    name = "healthcms"
    verbose_name = "healthcms"

    def ready(self) -> None:
        from healthcms import checks  # noqa: F401  (registers the system checks)

        post_migrate.connect(prepare_database, sender=self, dispatch_uid="healthcms.prepare")
