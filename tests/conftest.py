"""Fixtures that most tests share."""

import pytest

from tests import factories


@pytest.fixture
def clock() -> factories.Clock:
    """A clock that stands still at factories.START."""
    return factories.Clock()


@pytest.fixture
def editor(db):
    """Somebody who writes."""
    return factories.editor()


@pytest.fixture
def reviewer(db):
    """Somebody who signs health texts."""
    return factories.reviewer()


@pytest.fixture
def publisher(db):
    """Somebody who publishes."""
    return factories.publisher()


@pytest.fixture
def disclaimer(db, clock):
    """The site's disclaimer, live, and the site's funding stated."""
    factories.fund_site()
    return factories.live_disclaimer(clock)
