"""The preview beside the form: it follows the typing, and no word of it is saved."""

import pytest
from playwright.sync_api import expect

from publishing import kinds
from publishing.models import Change
from tests import factories
from tests.browser.desk import PHONE, admin_path, open_form


@pytest.fixture
def article(editor, clock, disclaimer):
    return kinds.draft_of(factories.saved(factories.article_document(editor), editor, clock).entry)


def test_the_preview_follows_the_typing_at_each_width(visitors, article, editor):
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    changes = Change.objects.count()

    page.locator("#id_lead").fill("A lead that is only typed.")
    page.get_by_role("button", name="Preview what is typed").click()
    frame = page.frame_locator(".desk-preview-stage iframe:not(.desk-preview-coming)")
    expect(frame.get_by_text("A lead that is only typed.")).to_be_visible()
    for name, width in (("Tablet", "768px"), ("Desktop", "1280px"), ("Phone", "360px")):
        page.get_by_label(name).check()
        expect(page.locator(".desk-preview-stage iframe")).to_have_css("width", width)

    page.locator("#id_lead").fill("Typed once more.")
    expect(frame.get_by_text("Typed once more.")).to_be_visible()
    page.locator("#id_title").fill("")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("No preview yet")
    page.get_by_role("button", name="Close the preview").click()
    expect(page.locator(".desk-preview")).to_be_hidden()
    expect(page.get_by_role("button", name="Preview what is typed")).to_be_focused()
    assert page.locator("#id_lead").input_value() == "Typed once more."
    assert Change.objects.count() == changes


def test_on_a_phone_it_covers_the_form_and_closes_by_keyboard(visitors, article, editor):
    page = visitors.staff(editor, viewport=PHONE)
    open_form(page, admin_path(article))
    page.get_by_role("button", name="Preview what is typed").click()
    frame = page.frame_locator(".desk-preview-stage iframe:not(.desk-preview-coming)")
    expect(frame.get_by_text("Muscles need magnesium.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".desk-preview")).to_be_hidden()


def test_without_scripts_the_button_opens_the_page_in_a_new_tab(visitors, article, editor):
    page = visitors.staff(editor, java_script_enabled=False)
    page.goto(admin_path(article))
    page.locator("#id_lead").fill("Typed without scripts.")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview what is typed").click()
    expect(opened.value.get_by_text("Typed without scripts.")).to_be_visible()
