"""A page that nobody looked at for too long: read again, and renewed in one step."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from publishing import zone
from publishing.models import Disclosure, Edition
from tests import factories
from tests.browser import reviewing
from tests.browser.desk import open_waiting, sign_in, waiting

PATH = "/articles/magnesium-and-muscles/"
TITLE = "Does magnesium and muscles help?"
OVERDUE = "This page was due for review on"


@pytest.fixture
def clock():
    """A clock that stands still so long ago that a year's review is overdue by a month."""
    return factories.Clock(datetime.now(UTC) - timedelta(days=396))


@pytest.fixture
def live(editor, reviewer, publisher, disclaimer, clock) -> Edition:
    """An article with a question, live and not looked at since."""
    for user in (editor, reviewer):
        Disclosure.objects.create(
            contributor=user.contributor, text="None.", declared_on=clock.at.date()
        )
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    clock.forward(minutes=1)
    question = factories.published(factories.question_document(editor), **people)
    document = factories.article_document(editor, questions=[question.entry.uid])
    return factories.published(document, **people)


def test_an_overdue_page_is_renewed_in_one_step(visitors, live, reviewer):
    reader = visitors.open()
    assert reader.goto(PATH).status == 200
    expect(reader.locator("main")).to_contain_text(OVERDUE)
    expect(reader.locator("main")).to_contain_text(last_reviewed(live.live_from))

    page = visitors.open()
    sign_in(page, reviewer.username)
    line = waiting(page, "overdue").locator("li", has_text=TITLE)
    expect(line).to_contain_text("days overdue")
    open_waiting(page, "overdue", TITLE)
    expect(page.locator(".desk-side")).to_contain_text("Review overdue by")
    renew(page)
    expect(page.locator(".desk-side")).not_to_contain_text("Review overdue by")
    expect(waiting(page, "overdue")).not_to_contain_text(TITLE)

    assert reader.goto(PATH).status == 200
    expect(reader.locator("main")).not_to_contain_text(OVERDUE)
    expect(reader.locator("main")).to_contain_text(last_reviewed(datetime.now(UTC)))
    expect(reader.locator("main")).to_contain_text("Muscles need it")


def last_reviewed(at: datetime) -> str:
    return f"Medically reviewed by Rita Reviewer, Registered dietitian · {zone.day(at)}"


def renew(page: Page) -> None:
    """Read what is live, and say in one step that it still holds, its question along with it."""
    page.get_by_role("link", name="Reviewed, no change needed").click()
    expect(page.locator("#changes")).to_contain_text("No word has changed")
    expect(reviewing.passage(page, "It is used in muscles")).to_be_visible()
    along = page.get_by_role("group", name="Sign these along with it").get_by_role("checkbox")
    expect(along).to_be_checked()
    reviewing.fill_in_the_signature(page)
    page.get_by_role("button", name="Sign and renew").click()
    expect(page.locator(".messagelist")).to_contain_text("its review date counts anew")
