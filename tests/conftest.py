"""Fixtures that most tests share."""

import gc

import hypothesis
import pytest
from django.db import connection

from tests import factories

# How long an example takes is the machine's affair.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

ENGINES = frozenset({"sqlite", "postgresql"})


def pytest_collection_modifyitems(config, items) -> None:
    """Leave out what the engine at hand has no part in.

    The other engine's own statements run where they belong. What asks no database anything, or
    is marked as the same on either engine, runs once: on SQLite.
    """
    other = ENGINES - {connection.vendor}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in other)]
    if connection.vendor != "sqlite":
        left_out += [item for item in items if _is_the_same_on_any_engine(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Let the collector of cycles look at young objects only; what is imported stays.

    Django makes and drops so many objects that it took a tenth of the tests' time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _is_the_same_on_any_engine(item) -> bool:
    if item.get_closest_marker("one_engine"):
        return True
    asks = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    return not asks and not item.get_closest_marker("django_db")


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
