"""A real Chromium against a real server: one browser a session, a fresh context a person."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from articles.documents import StaticPageDocument
from articles.importing.run import import_file
from articles.models import Article
from publishing import kinds, verbs
from publishing.models import Disclaimer, Disclosure, Entry
from tests import factories
from tests.browser import chromium
from tests.browser.desk import Visitors

LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = Path(__file__).parent
LAYOUT = HERE.parent / "articles" / "files" / "magnesium-layout.txt"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """Mark every test of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The session's Chromium; without one, the tests of this folder are skipped."""
    found = chromium.executable()
    if found is None:
        pytest.skip("no chromium found: install Debian's package “chromium-headless-shell”")
    # Playwright's sync API runs an event loop in this thread, so Django takes it for an async one.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=list(LAUNCH))
        yield launched
        launched.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def live_server(request) -> Iterator[LiveServer]:
    """pytest-django's server, with the static files of the project's own staticfiles app.

    The stock one looks for “django.contrib.staticfiles” by that name and would serve none.
    """
    request.getfixturevalue("django_db_setup")
    request.getfixturevalue("django_db_blocker")
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = StaticFilesHandler
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visitors(browser, live_server) -> Iterator[Visitors]:
    """Opens pages for people; no page may log an error, break its policy or call another host."""
    made = Visitors(browser, live_server.url)
    yield made
    made.close()
    assert made.faults == []


@pytest.fixture
def clock() -> factories.Clock:
    """A clock that stands still a day ago: the server itself runs on the real time."""
    return factories.Clock(datetime.now(UTC) - timedelta(days=1))


def _declared(user):
    """Renew the person's disclosure: on the real calendar the factories' one grows old."""
    today = datetime.now(UTC).date()
    Disclosure.objects.create(
        contributor=user.contributor, text="None.", declared_on=today - timedelta(days=30)
    )
    return user


@pytest.fixture
def editor(transactional_db):
    """Somebody who writes."""
    return _declared(factories.person("eddie", kinds.EDITORS, name="Eddie Editor"))


@pytest.fixture
def reviewer(transactional_db):
    """Somebody who signs health texts."""
    return _declared(factories.person("rita", kinds.MEDICAL_REVIEWERS, name="Rita Reviewer"))


@pytest.fixture
def publisher(transactional_db):
    """Somebody who publishes."""
    return _declared(factories.person("paula", kinds.PUBLISHERS, name="Paula Publisher"))


@pytest.fixture
def disclaimer(transactional_db, clock):
    """The site's disclaimer, live, and the site's funding stated."""
    factories.fund_site()
    return factories.live_disclaimer(clock)


@pytest.fixture
def house(editor, reviewer, publisher, disclaimer, clock) -> dict[str, Entry]:
    """An entry of each kind, in different states: live, sent back, imported with guesses."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    question = factories.published(factories.question_document(editor), **people)
    supplement = factories.published(factories.supplement_document(editor), **people)
    document = factories.article_document(
        editor, questions=[question.entry.uid], comparisons=[supplement.entry.uid]
    )
    live = factories.published(document, **people).entry
    clock.forward(minutes=1)
    changed = document.model_copy(update={"lead": "Muscles do need it.", "quick_summary": ""})
    revision = factories.saved(changed, editor, clock, kinds.draft_of(live))
    verbs.request_review(live, by=editor, note="Look at the lead.", clock=clock)
    clock.forward(minutes=1)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="Say why.", clock=clock)
    page = StaticPageDocument(slug="about", title="About us", body="<p>We write.</p>")
    about = factories.saved(page, editor, clock)
    report = import_file(LAYOUT.read_bytes(), LAYOUT.name, by=editor, clock=clock)
    old = kinds.draft_of(disclaimer.entry)
    factories.saved(factories.disclaimer_document(body="<p>Only general.</p>"), editor, clock, old)
    return {
        "article": kinds.draft_of(live),
        "question": kinds.draft_of(question.entry),
        "supplement": kinds.draft_of(supplement.entry),
        "static page": kinds.draft_of(about.entry),
        "disclaimer": Disclaimer.objects.get(pk=old.pk),
        "imported": Article.objects.get(slug=report.slug),
    }
