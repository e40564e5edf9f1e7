"""The desk's pages read the real clock, so whoever signs there has declared interests lately."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from publishing import verbs
from publishing.models import Disclosure, Edition, Revision
from tests import factories


@pytest.fixture
def reviewer(db):
    """Somebody who signs health texts, today."""
    user = factories.reviewer()
    today = datetime.now(UTC).date()
    Disclosure.objects.create(contributor=user.contributor, text="None.", declared_on=today)
    return user


@pytest.fixture
def live(editor, reviewer, publisher, disclaimer, clock) -> Edition:
    """A live question that is to be reviewed after a year, on 2 March 2027."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    return factories.published(factories.question_document(editor, "live"), **people)


@pytest.fixture
def drafts(editor, disclaimer, clock) -> list[Revision]:
    """Three articles that pass their checks."""
    documents = [factories.article_document(editor, f"text-{n}") for n in range(3)]
    return [factories.saved(document, editor, clock) for document in documents]


@pytest.fixture
def signed(drafts, reviewer, clock) -> list[Revision]:
    """The same, signed."""
    verbs.sign_off(drafts, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    return drafts


@pytest.fixture
def browser(db) -> Client:
    """A client whose tokens are checked, as a browser's are."""
    return Client(enforce_csrf_checks=True)
