"""Answering a warning with a reason, instead of mending the passage."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from publishing import assessment, kinds, languages, permissions
from publishing import clock as clocks
from publishing.checks.problems import Problem
from publishing.models import Entry, Override
from publishing.refusals import Refused


def warning(entry: Entry, passage: str) -> Problem | None:
    """Return the warning of an entry's head with this passage digest, if it is still there."""
    if entry.head is None:
        return None
    problems = assessment.problems_of(entry.head, clocks.now())
    return next((p for p in problems if p.passage == passage and p.can_be_overridden), None)


@transaction.atomic
def answer_warning(
    entry: Entry,
    *,
    by,
    passage: str,
    reason: str,
    until: date | None = None,
    clock=clocks.now,
) -> Override:
    """Record why a passage stays as it is. It lapses when the passage changes or the date comes.

    Raises Refused where there is no such warning any more, or no reason was given.
    """
    permissions.require(by, "write", kinds.of(entry))
    found = warning(entry, passage)
    if found is None:
        raise Refused(_("Not kept. The passage was changed, so the warning is another one now."))
    if not reason.strip():
        raise Refused(_("Not kept. Say why the passage is right as it is."))
    return Override.objects.create(
        entry_id=entry.pk,
        check_id=found.id,
        passage=passage,
        message=found.message_in(languages.default()),
        reason=reason.strip(),
        by=by,
        at=clock(),
        until=until,
    )
