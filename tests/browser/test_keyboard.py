"""Signing with the keyboard alone: from the change page to the signature."""

from playwright.sync_api import expect

from publishing import kinds
from publishing.models import SignOff
from tests import factories
from tests.browser.desk import PASSWORD, PHONE, admin_path
from tests.browser.keys import tab_to


def test_signing_needs_no_mouse(visitors, editor, reviewer, disclaimer, clock):
    question = factories.saved(factories.question_document(editor), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid])
    revision = factories.saved(document, editor, clock)
    page = visitors.staff(reviewer, viewport=PHONE)
    page.goto(admin_path(kinds.draft_of(revision.entry)))

    tab_to(page, text="Sign")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign")
    tab_to(page, name="along")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    for tick in ("whole_page", "key_points", "get_help", "balance"):
        tab_to(page, name=f"tick_{tick}")
        page.keyboard.press("Space")
    tab_to(page, name="password")
    page.keyboard.type(PASSWORD)
    tab_to(page, type="submit", text="Sign")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")
    signed = SignOff.objects.filter(revision__in=[revision.pk, question.pk])
    assert [s.by for s in signed] == [reviewer, reviewer]


def test_a_problem_leads_to_its_field(visitors, editor, clock):
    revision = factories.saved(factories.article_document(editor, quick_summary=""), editor, clock)
    page = visitors.staff(editor)
    page.goto(admin_path(kinds.draft_of(revision.entry)))
    tab_to(page, text="There is no quick summary.")
    page.keyboard.press("Enter")
    expect(page.locator("#id_quick_summary")).to_be_focused()
    page.keyboard.type("Only where it is lacking.")
    expect(page.locator("#id_quick_summary")).to_have_value("Only where it is lacking.")
