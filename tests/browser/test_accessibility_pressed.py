"""axe-core on what follows a press: not sent, changed, about to be deleted, signed at once."""

import re

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.browser import reviewing
from tests.browser.axe import assert_no_faults, faults
from tests.browser.desk import PASSWORD, admin_path
from tests.browser.test_accessibility_staff import administrator, bulk_path

__all__ = ["administrator"]


def test_a_form_that_was_sent_signed_out(visitors, house, editor):
    page = visitors.staff(editor)
    page.goto(admin_path(house["imported"], "request_review"))
    page.get_by_label("Note:").fill("Look at the dose.")
    Session.objects.all().delete()
    with page.expect_navigation():
        page.get_by_role("button", name="Request review").click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    assert faults(page) == []


def test_a_password_is_changed(visitors, house, editor):
    page = visitors.staff(editor)
    page.goto(reverse("admin:password_change"))
    page.get_by_label("Old password:").fill("wrong")
    page.get_by_role("button", name="Change my password").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Old password:").fill(PASSWORD)
    for label in ("New password:", "New password confirmation:"):
        page.get_by_label(label).fill("another long test password")
    page.get_by_role("button", name="Change my password").click()
    expect(page).to_have_url(re.compile("password_change/done/$"))
    assert faults(page) == []


def test_what_asks_before_it_deletes(visitors, house, administrator):
    topic = factories.topic("unused")
    reference = factories.reference("unused2020")
    somebody = factories.person("gone", name="Gone Tomorrow")
    page = visitors.staff(administrator)
    assert_no_faults(
        page,
        [
            reverse("admin:publishing_topic_delete", args=[topic.pk]),
            reverse("admin:references_reference_delete", args=[reference.pk]),
            reverse("admin:auth_user_delete", args=[somebody.pk]),
        ],
    )
    page.goto(reverse("admin:auth_user_changelist"))
    page.locator(f".action-select[value='{somebody.pk}']").check()
    page.locator("select[name=action]").select_option("delete_selected")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^(Go|Run)")).click()
    expect(page.locator("#content")).to_contain_text("untick “Active”")
    assert faults(page) == []


def test_the_report_of_signing_many_at_once(visitors, house, editor, reviewer, clock):
    clock.forward(minutes=1)
    texts = [
        factories.saved(factories.question_document(editor, slug), editor, clock).entry
        for slug in ("first", "second")
    ]
    page = visitors.staff(reviewer)
    page.goto(bulk_path("sign", *texts, kind="faq_question"))
    page.get_by_role("button", name="Sign the ticked texts").click()
    assert faults(page) == []
    page.locator("input[name=entry]").first.check()
    reviewing.fill_in_the_signature(page)
    page.get_by_role("button", name="Sign the ticked texts").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Report")
    assert faults(page) == []
