"""The admin's log, for what setting up changes in registers and accounts."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db.models import Model


def log(by, row: Model, message: str, *, added: bool = False) -> None:
    """Write who changed what in a row, as the admin's own forms do."""
    LogEntry.objects.log_actions(
        by.pk,
        [row],
        action_flag=ADDITION if added else CHANGE,
        change_message=message,
        single_object=True,
    )
