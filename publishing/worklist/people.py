"""Which people's disclosures and credentials run out: those who author or sign."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from publishing import kinds
from publishing.checks.people import DISCLOSURE_LASTS
from publishing.models import Authorship, Contributor, Credential
from publishing.reviews import add_months

DISCLOSURE_ASKED_FOR_AFTER = 11
"""Months after which a disclosure is asked for anew; COI-1 wants one from the last year."""
CREDENTIAL_ASKED_FOR = 90
"""Days before its end from which a credential's renewal is asked for."""


@dataclass(frozen=True)
class Lapsing:
    """A disclosure or credential of a contributor that ends, or ended, on a day.

    ``what`` is the credential's name, "" for a disclosure. ``ends`` is None where no interests
    were ever declared.
    """

    contributor: Contributor
    what: str
    ends: date | None


def disclosures(today: date) -> list[Lapsing]:
    """Return who has declared no interests for eleven months, the longest ago first."""
    declared = Max("disclosures__declared_on", filter=Q(disclosures__declared_on__lte=today))
    rows = _authors_and_signers().annotate(declared=declared)
    before = add_months(today, -DISCLOSURE_ASKED_FOR_AFTER)
    rows = rows.filter(Q(declared=None) | Q(declared__lt=before))
    found = [
        Lapsing(person, "", person.declared + DISCLOSURE_LASTS if person.declared else None)
        for person in rows
    ]
    return sorted(found, key=lambda row: (row.ends or date.min, row.contributor.name))


def credentials(today: date) -> list[Lapsing]:
    """Return the credentials that end within ninety days, the first first.

    One that has ended is listed only while the person has none that is in date: else it is past.
    """
    in_date = Credential.objects.filter(contributor=OuterRef("contributor")).filter(
        Q(expires=None) | Q(expires__gte=today)
    )
    rows = Credential.objects.filter(
        contributor__in=_authors_and_signers(),
        expires__lte=today + timedelta(days=CREDENTIAL_ASKED_FOR),
    )
    rows = rows.filter(Q(expires__gte=today) | ~Exists(in_date))
    rows = rows.select_related("contributor").order_by("expires", "contributor__name", "pk")
    return [Lapsing(row.contributor, row.name, row.expires) for row in rows]


def _authors_and_signers() -> QuerySet[Contributor]:
    """Return the contributors who are named as authors, or whose account may sign some kind."""
    groups = {name for kind in kinds.every() for name in kind.signers}
    signs = Q(user__is_active=True, user__groups__name__in=groups)
    authors = Exists(Authorship.objects.filter(contributor=OuterRef("pk")))
    signers = Exists(Contributor.objects.filter(signs, pk=OuterRef("pk")))
    return Contributor.objects.filter(authors | signers)
