"""The disclaimer: one sentence changed by one, signed by another, and then on every page."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from publishing import kinds, verbs
from publishing.models import Disclaimer, Edition
from tests import factories
from tests.browser import reviewing
from tests.browser.desk import (
    admin_path,
    editor_of,
    open_form,
    save,
    sign_in,
    type_at_end,
    wait_for_editors,
)

KEPT = "This text is general."
BEFORE = "It can't replace advice from a doctor."
SAID = "It can't replace a doctor or pharmacist who knows you."


@pytest.fixture
def pages(editor, reviewer, publisher, clock):
    """Addresses of every kind of page that shows the disclaimer, made while an older one stood."""
    factories.fund_site()
    writer, signer = (factories.person(n, kinds.DISCLAIMER_REVIEWERS) for n in ("dora", "dirk"))
    text = factories.disclaimer_document(body=f"<p>{KEPT}</p><p>{BEFORE}</p>")
    factories.published(text, by=writer, signer=signer, publisher=signer, clock=clock)
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    question = factories.published(factories.question_document(editor), **people)
    factories.published(factories.supplement_document(editor), **people)
    document = factories.article_document(editor, questions=[question.entry.uid])
    factories.published(document, **people)
    over = factories.published(factories.question_document(editor, "is-it-old"), **people)
    clock.forward(minutes=1)
    verbs.withdraw(over.entry, by=publisher, reason="out_of_date", clock=clock)
    return {
        "/articles/magnesium-and-muscles/": 200,
        "/faq/does-it-help/": 200,
        "/supplements/magnesium/": 200,
        "/disclaimer/": 200,
        "/": 200,
        "/articles/": 200,
        "/faq/": 200,
        "/supplements/": 200,
        "/no-such-page/": 404,
        "/faq/is-it-old/": 410,
    }


def read_everywhere(reader: Page, pages: dict[str, int], there: str, not_there: str) -> None:
    """Read the disclaimer on each page, as somebody who is not signed in."""
    for path, status in pages.items():
        assert reader.goto(path).status == status
        heading = reader.get_by_role("heading", name="About this information")
        expect(heading, path).to_be_visible()
        shown = reader.locator("main, footer").filter(has=heading)
        expect(shown, path).to_contain_text(KEPT)
        expect(shown, path).to_contain_text(there)
        expect(shown, path).not_to_contain_text(not_there)


def test_one_sentence_goes_from_the_draft_to_every_page(visitors, pages):
    old = Disclaimer.objects.get()
    reader = visitors.open()
    read_everywhere(reader, pages, BEFORE, SAID)
    writer = factories.person("willa", kinds.DISCLAIMER_REVIEWERS, name="Willa Writer")
    other = factories.person("sven", kinds.DISCLAIMER_REVIEWERS, name="Sven Signer")
    desk = visitors.open()
    sign_in(desk, writer.username)
    rewrite(desk, old)
    refuse_own_words(desk, old)
    read_everywhere(reader, {"/": 200}, BEFORE, SAID)

    second = visitors.open()
    sign_in(second, other.username)
    sign(second, old)
    read_everywhere(reader, {"/": 200}, BEFORE, SAID)
    publish(second, old, shown_on=3)

    read_everywhere(reader, pages, SAID, BEFORE)
    reader.goto("/disclaimer/")
    expect(reader.locator("main")).to_contain_text("Sven Signer")
    reader.get_by_role("link", name="Earlier texts").click()
    expect(reader.locator("main")).to_contain_text(BEFORE)


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
    """Change one sentence, and leave the other as it stands."""
    open_form(page, admin_path(entry))
    live = page.locator(".desk-panel", has_text="What readers see now")
    expect(live).to_contain_text("Signed by Dirk")
    expect(live.locator(".desk-count")).to_have_text("3")
    editor_of(page).get_by_text(BEFORE).click(click_count=3)
    page.keyboard.type(SAID)
    expect(editor_of(page)).to_contain_text(KEPT)
    page.locator("#id_change_kind").select_option("update")
    page.locator("#id_change_note").fill("Says it in plainer words.")
    save(page)
    expect(live.locator("ins").first).to_be_visible()
    expect(live.locator("del").first).to_be_visible()


def refuse_own_words(page: Page, entry: Disclaimer) -> None:
    page.goto(admin_path(entry, "sign"))
    problem = page.get_by_role("region", name="1 problem stands in the way")
    expect(problem).to_contain_text("You wrote part of this text")
    expect(problem).to_contain_text("Ask another reviewer.")
    expect(page.get_by_role("button", name="Sign", exact=True)).to_have_count(0)
    assert Edition.objects.filter(entry=entry.pk).count() == 1


def sign(page: Page, entry: Disclaimer) -> None:
    page.goto(admin_path(entry))
    page.get_by_role("link", name="Sign", exact=True).click()
    sign_what_is_said(page)
    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")


def sign_what_is_said(page: Page) -> None:
    for said in ("I read the text.", "I saw where it will be shown."):
        expect(page.get_by_label(said)).to_be_visible()
    reviewing.fill_in_the_signature(page)
    page.get_by_role("button", name="Sign", exact=True).click()


def publish(page: Page, entry: Disclaimer, *, shown_on: int) -> None:
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.locator(".desk-flag")).to_contain_text(f"{shown_on} live page")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("Published at /disclaimer/")
