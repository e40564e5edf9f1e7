"""What stands in the way of undoing a migration, told before anything is changed."""

from collections.abc import Iterable

from django.core.management import CommandError
from django.db.models import Count

_SCOPE = ("scope", "scope_kind", "scope_topic", "scope_entry")


def refuse_what_would_fail(plan: Iterable, using: str) -> None:
    """Raise CommandError where a migration of a plan can't be undone with what the tables hold.

    ``plan`` is the one that Django hands to ``pre_migrate``: (migration, backwards) pairs.
    """
    undone = {
        migration.name for migration, back in plan if back and migration.app_label == "publishing"
    }
    if "0009_languages" in undone:
        _refuse_several_disclaimers(using)


def _refuse_several_disclaimers(using: str) -> None:
    from publishing.models import Disclaimer

    rows = Disclaimer.objects.using(using).order_by()
    shared = rows.values(*_SCOPE).annotate(count=Count("pk")).filter(count__gt=1)
    count = sum(row["count"] for row in shared)
    if count:
        raise CommandError(
            f"Not migrated, and nothing was changed: {count} disclaimers are for the same pages in "
            "several languages, and before publishing.0009 there can be one alone. Stay at 0009 "
            "or later, or change where all but one of them are shown."
        )
