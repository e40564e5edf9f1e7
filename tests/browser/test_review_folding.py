"""A link to what the reviewer's page has folded opens it, with the script and without."""

import pytest
from playwright.sync_api import expect

from publishing import kinds, verbs
from tests import factories
from tests.browser.desk import PHONE, admin_path
from tests.browser.reviewing import passage

OLD = "<p>First.</p><p>Second.</p><p>Third [@smith2020].</p>"


@pytest.fixture
def article(editor, reviewer, disclaimer, clock):
    """A page that was signed, and got one sentence more."""
    document = factories.article_document(editor, body=OLD)
    signed = factories.saved(document, editor, clock)
    verbs.sign_off([signed], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    clock.forward(minutes=1)
    longer = document.model_copy(update={"body": OLD + "<p>Zinc helps [@smith2020].</p>"})
    factories.saved(longer, editor, clock, kinds.draft_of(signed.entry))
    return kinds.draft_of(signed.entry)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_opens_what_is_folded(visitors, article, reviewer, scripts):
    page = visitors.staff(reviewer, viewport=PHONE, java_script_enabled=scripts)
    page.goto(admin_path(article, "sign"))
    third = passage(page, "Third")
    expect(third).to_be_hidden()
    expect(passage(page, "Zinc helps")).to_be_visible()

    page.locator("#claims > details > summary").click()
    page.locator("#claims .review-folded li", has_text="Third").get_by_role("link").first.click()

    expect(third).to_be_in_viewport()
    third.get_by_role("button", name="Read").click()
    expect(third.locator(".review-read")).to_have_attribute("aria-pressed", "true")
    expect(third).to_be_visible()
