"""The disclaimer: written by one, signed by another, published, and then on every page."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from publishing import kinds
from publishing.models import Disclaimer, Edition
from tests import factories
from tests.browser.desk import PASSWORD, admin_path, save, sign_in, type_at_end, wait_for_editors

SAID = "This text is general. It can't replace a doctor who knows you."


@pytest.fixture
def pages(editor, reviewer, publisher, clock):
    """A live page of each kind that shows the disclaimer, published while an older one stood."""
    factories.fund_site()
    factories.live_disclaimer(clock)
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    question = factories.published(factories.question_document(editor), **people)
    factories.published(factories.supplement_document(editor), **people)
    document = factories.article_document(editor, questions=[question.entry.uid])
    factories.published(document, **people)
    return [
        "/articles/magnesium-and-muscles/",
        "/faq/does-it-help/",
        "/supplements/magnesium/",
        "/",
        "/articles/",
        "/faq/",
        "/supplements/",
        "/no-such-page/",
    ]


def test_from_draft_to_every_page(visitors, pages):
    old = Disclaimer.objects.get()
    writer = factories.person("willa", kinds.DISCLAIMER_REVIEWERS, name="Willa Writer")
    other = factories.person("sven", kinds.DISCLAIMER_REVIEWERS, name="Sven Signer")
    desk = visitors.open()
    sign_in(desk, writer.username)
    rewrite(desk, old)
    refuse_own_words(desk, old)

    second = visitors.open()
    sign_in(second, other.username)
    sign(second, old)
    publish(second, old, shown_on=3)

    reader = visitors.open()
    for path in pages:
        reader.goto(path)
        heading = reader.get_by_role("heading", name="About this information")
        expect(heading, path).to_be_visible()
        expect(reader.locator("main, footer").filter(has=heading), path).to_contain_text(SAID)
    reader.goto("/disclaimer/")
    expect(reader.locator("main")).to_contain_text(SAID)
    expect(reader.locator("main")).to_contain_text("Sven Signer")
    reader.get_by_role("link", name="Earlier texts").click()
    expect(reader.locator("main")).to_contain_text("General information")


def test_the_first_one_of_a_site(visitors, publisher):
    """Where nothing is live yet: written from the add page, and the next page shows it."""
    writer = factories.person("willa", kinds.DISCLAIMER_REVIEWERS, name="Willa Writer")
    other = factories.person("sven", kinds.DISCLAIMER_REVIEWERS, name="Sven Signer")
    desk = visitors.staff(writer)
    desk.goto(reverse("admin:publishing_disclaimer_add"))
    wait_for_editors(desk)
    desk.locator("#id_title").fill("About this information")
    desk.locator("#id_slug").fill("site")
    type_at_end(desk, "body", SAID)
    save(desk)
    expect(desk.locator(".desk-panel", has_text="this disclaimer is not live")).to_be_visible()

    second = visitors.staff(other)
    entry = Disclaimer.objects.get()
    sign(second, entry)
    publish(second, entry, shown_on=0)
    second.goto("/")
    expect(second.locator("body")).to_contain_text(SAID)


def rewrite(page: Page, entry: Disclaimer) -> None:
    page.goto(admin_path(entry))
    wait_for_editors(page)
    live = page.locator(".desk-panel", has_text="What readers see now")
    expect(live).to_contain_text("Signed by Dirk")
    expect(live.locator(".desk-count")).to_have_text("3")
    page.frame_locator("#cke_id_body iframe").locator("body").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(SAID)
    page.locator("#id_change_kind").select_option("update")
    page.locator("#id_change_note").fill("Says it in plainer words.")
    save(page)
    expect(live.locator("ins").first).to_be_visible()
    expect(live.locator("del").first).to_be_visible()


def refuse_own_words(page: Page, entry: Disclaimer) -> None:
    page.goto(admin_path(entry, "sign"))
    fill_in_the_signature(page)
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Not signed. You wrote part of this text")
    expect(problem).to_contain_text("Ask another reviewer.")
    expect(problem).to_be_focused()
    assert Edition.objects.filter(entry=entry.pk).count() == 1


def sign(page: Page, entry: Disclaimer) -> None:
    page.goto(admin_path(entry))
    page.get_by_role("link", name="Sign", exact=True).click()
    fill_in_the_signature(page)
    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")


def fill_in_the_signature(page: Page) -> None:
    page.get_by_label("I read the text.").check()
    page.get_by_label("I saw where it will be shown.").check()
    page.get_by_label("Your password, again").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()


def publish(page: Page, entry: Disclaimer, *, shown_on: int) -> None:
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.locator(".desk-flag")).to_contain_text(f"{shown_on} live page")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Published at /disclaimer/")
