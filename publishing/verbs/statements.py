"""What a signature prints: who signed, and the sentences that they put their name to."""

from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import languages, permissions, zone
from publishing.checks.context import Context, contributor_of


def statement_of(context: Context, signer: dict, at: datetime) -> str:
    """Return the sentences that the signer puts their name to, in the language of the text."""
    with languages.active(context.document.language):
        return _statement(context, signer, at)


def _statement(context: Context, signer: dict, at: datetime) -> str:
    values = {
        "name": signer["name"],
        "credential": signer["credential"],
        "version": context.revision.short_digest,
        "title": context.document.display_title,
        "audience": context.site.said("audience", context.document.language).words,
        "at": f"{date_format(at.astimezone(UTC), 'DATETIME_FORMAT')} UTC",
        "interests": signer["disclosure"] or _("none declared"),
    }
    if not context.kind.has_claims:
        return (
            _(
                "I, %(name)s, approve version %(version)s of “%(title)s” on %(at)s. "
                "I wrote none of it."
            )
            % values
        )
    return (
        _(
            "I, %(name)s, %(credential)s, approve version %(version)s of “%(title)s” as medically "
            "accurate for %(audience)s on %(at)s. My interests on this topic: %(interests)s "
            "I wrote none of it."
        )
        % values
    )


def printed_signer(user, at: datetime) -> dict:
    """Return the signer's name, credential and interests as they are printed on a sign-off."""
    person = contributor_of(user)
    newest = person.disclosure_on(zone.date_of(at)) if person else None
    return {
        "by": user,
        "name": person.name if person else permissions.person_name(user),
        "credential": ", ".join(
            c.name for c in (person.credentials_on(zone.date_of(at)) if person else [])
        ),
        "disclosure": newest.text if newest else "",
    }
