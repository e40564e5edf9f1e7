"""What is learned of a source after pages that cite it went live: its retraction, or an error."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from publishing import cases, languages, permissions, zone
from publishing import clock as clocks
from publishing.models import EditionTie


@transaction.atomic
def source_retracted(
    source: UUID, name: str, *, since: date | None, by, clock=clocks.now
) -> list[int]:
    """Open a case on each page that cites a source, live or scheduled; return their entries.

    ``name`` tells the source from others (“Smith, 2020”). A page that has the case open keeps it.
    Raises NotAllowed for who may write no page that cites.
    """
    permissions.require_for_sources(by)
    with languages.in_default():
        if since is None:
            text = _(
                "%(name)s, which this page cites, was retracted. Replace it, or mark it “cited as "
                "retracted” and say so in the sentence."
            ) % {"name": name}
        else:
            text = _(
                "%(name)s, which this page cites, was retracted on %(day)s. Replace it, or mark "
                "it “cited as retracted” and say so in the sentence."
            ) % {"name": name, "day": zone.day(since)}
    return cases.open_for_pages_citing(_tie(source), text=text, by=by, at=clock())


@transaction.atomic
def source_not_retracted(source: UUID, *, by, clock=clocks.now) -> int:
    """Close the cases about a source that was not retracted after all; return how many.

    Raises NotAllowed for who may write no page that cites.
    """
    permissions.require_for_sources(by)
    return cases.close_about(_tie(source), by=by, at=clock())


def _tie(source: UUID) -> str:
    return f"{EditionTie.REFERENCE}:{source}"
