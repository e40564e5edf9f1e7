"""DATE-1 at night: a live page past its review date is named, and stops nothing."""

import pytest

from publishing import assessment
from publishing.checks.problems import Gate
from tests import factories


@pytest.mark.parametrize(("days", "found"), [(364, []), (366, ["DATE-1"])])
def test_a_live_page_past_its_review_date(
    days, found, clock, editor, reviewer, publisher, disclaimer
):
    document = factories.article_document(editor)
    edition = factories.published(
        document, by=editor, signer=reviewer, publisher=publisher, clock=clock
    )
    problems = assessment.problems_of(edition.revision, clock.forward(days=days))
    overdue = [p for p in problems if p.stops(Gate.NIGHT)]
    assert [p.id for p in overdue] == found
    assert not any(p.stops(Gate.PUBLISH) for p in overdue)
