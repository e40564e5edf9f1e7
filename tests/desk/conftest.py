"""The desk's pages read the real clock, so whoever signs there has declared interests lately."""

from datetime import UTC, datetime

import pytest

from publishing.models import Disclosure
from tests import factories


@pytest.fixture
def reviewer(db):
    """Somebody who signs health texts, today."""
    user = factories.reviewer()
    today = datetime.now(UTC).date()
    Disclosure.objects.create(contributor=user.contributor, text="None.", declared_on=today)
    return user
