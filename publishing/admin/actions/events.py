"""The ledger's rows as sentences: what happened to which version of an entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from publishing import kinds, notices, roles, withdrawals, zone
from publishing.models import Change, Edition, Entry, Revision, SignOff


@dataclass(frozen=True)
class Event:
    """A row of the timeline. ``revision`` is the version that it is about, where there is one.

    ``makes`` says whether the row is the saving of that version: what can be done with a version
    is offered there, once.
    """

    change: Change
    what: str
    revision: Revision | None
    digest: str
    makes: bool = False


def address(entry: Entry, page: str, *args) -> str:
    """Return the address of one of the desk's pages of an entry."""
    meta = kinds.of(entry).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def told(entry: Entry, changes: Iterable[Change]) -> list[Event]:
    """Return changes of one entry as events, in three queries whatever their number."""
    rows = [(change, change.facts()) for change in changes]
    sign_offs = _by_uid(SignOff, [facts.get("sign_off") for _c, facts in rows])
    editions = _by_uid(Edition, [facts.get("edition") for _c, facts in rows])
    numbers = [facts["number"] for _c, facts in rows if "number" in facts]
    saved = Revision.objects.filter(entry=entry.pk, number__in=numbers)
    revisions = {revision.number: revision for revision in saved.select_related("payload")}
    return [
        _event(
            change,
            facts,
            revisions.get(facts.get("number")),
            sign_offs.get(facts.get("sign_off")),
            editions.get(facts.get("edition")),
        )
        for change, facts in rows
    ]


def _by_uid(model, uids: list[str | None]) -> dict:
    found = model.objects.filter(uid__in=[uid for uid in uids if uid]).select_related("revision")
    return {str(row.uid): row for row in found}


def _event(
    change: Change,
    facts: dict,
    saved: Revision | None,
    sign_off: SignOff | None,
    edition: Edition | None,
) -> Event:
    about = sign_off or edition
    revision = saved or (about.revision if about else None)
    number = revision.number if revision else 0
    digest = revision.short_digest if revision else ""
    until = parse_datetime(facts["live_until"]) if facts.get("live_until") else None
    what = _what(change, facts, number, sign_off, edition, until)
    return Event(change, what, revision, digest, makes=change.verb == Change.Verbs.SAVE)


def _what(
    change: Change,
    facts: dict,
    number: int,
    sign_off: SignOff | None,
    edition: Edition | None,
    until: datetime | None,
) -> str:
    verbs = Change.Verbs
    said = {"number": number, "until": zone.moment(until) if until else ""}
    if edition is not None:
        said |= {"path": edition.path, "when": zone.moment(edition.live_from)}
    if sign_off is not None:
        said |= {"name": sign_off.name, "role": roles.label(sign_off.role)}
    match change.verb:
        case verbs.SAVE:
            return _("Version %(number)s saved") % said
        case verbs.SIGN if facts.get("decision") == SignOff.Decisions.CHANGES:
            return _("Changes asked for in version %(number)s") % said
        case verbs.SIGN if sign_off is not None:
            return _("Version %(number)s signed by %(name)s (%(role)s)") % said
        case verbs.REDACT:
            return _("The text of version %(number)s removed for good") % said
        case verbs.NOTICE:
            return _of_notice(facts)
    return _of_edition(change, facts, said) if edition is not None else _plain(change)


def _of_notice(facts: dict) -> str:
    said = {"name": facts.get("name", "")}
    match facts["notice"]:
        case notices.DOWN:
            return _("Emergency notice taken down")
        case notices.RETRACTED:
            return _("Readers told that %(name)s was retracted") % said
        case notices.CLEARED:
            return _("Readers no longer told that %(name)s was retracted") % said
    return _("Emergency notice put on the page")


def _of_edition(change: Change, facts: dict, said: dict) -> str:
    verbs = Change.Verbs
    match change.verb:
        case verbs.START:
            return _("Version %(number)s published at %(path)s") % said
        case verbs.SCHEDULE:
            return _("Version %(number)s scheduled for %(when)s at %(path)s") % said
        case verbs.END:
            return _("Version %(number)s gives way to a newer one on %(until)s") % said
        case verbs.CANCEL:
            return _("Schedule of version %(number)s for %(when)s cancelled") % said
        case verbs.REOPEN if said["until"]:
            return _("Version %(number)s stays live until %(until)s") % said
        case verbs.REOPEN:
            return _("Version %(number)s stays live") % said
        case verbs.WITHDRAW:
            why = withdrawals.reason(change)
            told = _("Version %(number)s withdrawn from %(path)s") % said
            return f"{told}: {why}" if why else told
        case verbs.RENEW:
            return _("Version %(number)s reviewed, no change needed") % said
    return _plain(change)


def _plain(change: Change) -> str:
    text = change.get_verb_display()
    return text[:1].upper() + text[1:]
