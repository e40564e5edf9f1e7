"""The last app: it makes the groups and puts the guards back when all tables are there."""

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate


def prepare_database(using: str, apps=installed, **kwargs) -> None:
    """Make guards, rows of which there is one, groups, and what is read from texts if missing."""
    from healthcms.groups import make_groups
    from publishing import guards, names, search, word_list
    from publishing.models import Ledger, Site

    guards.install(using)
    Ledger.objects.using(using).get_or_create(pk=1)
    Site.objects.using(using).get_or_create(only_row=True)
    make_groups(using)
    if "entrywords" in apps.all_models["publishing"]:  # not after going back before it
        word_list.record_missing(using)
    if "editionname" in apps.all_models["publishing"]:
        names.record_missing(using)
    if hasattr(apps.all_models["publishing"].get("searchtext"), "language"):
        search.record_missing(using)


class HealthcmsConfig(AppConfig):
    name = "healthcms"
    verbose_name = "healthcms"

    def ready(self) -> None:
        from healthcms import checks  # noqa: F401  (registers the system checks)

        post_migrate.connect(prepare_database, sender=self, dispatch_uid="healthcms.prepare")
